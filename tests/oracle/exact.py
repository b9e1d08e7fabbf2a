"""The truth: one exact integer program over all person plans (model.md, sections 4 to 7)."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Literal

from tests.oracle.enumerate import Charge, PersonPlan, Target, hire_wait, person_plans
from tests.oracle.facts import Facts, Seat
from tests.oracle.limits import add_shared_limits
from tests.oracle.program import INFINITY, Program
from tests.oracle.readout import Answer, read_plan

from succession.domain import Plan, Scenario

__all__ = ["Model", "OracleResult", "solve_exactly"]


@dataclass(frozen=True, slots=True)
class OracleResult:
    """The optimum, or that there is none; `columns` counts the person plans."""

    status: Literal["optimal", "infeasible"]
    cost: float | None
    plan: Plan | None
    columns: int


def solve_exactly(
    scenario: Scenario, previous: Plan | None = None, previous_sha256: str | None = None
) -> OracleResult:
    """The optimal plan of a tiny scenario by full enumeration."""
    model = Enumerated(Facts(scenario, previous))
    values = model.program.solve()
    if values is None:
        return OracleResult("infeasible", None, None, len(model.plans))
    chosen = [plan for place, plan in model.plans.items() if values[place]]
    answer = Answer(model.facts, chosen, values)
    plan = read_plan(answer, previous_sha256)
    return OracleResult("optimal", plan.cost, plan, len(model.plans))


class Model:
    """The program; some variables stand for (parts of) person plans, the others have names.

    `charged` holds the money that one unit of a variable takes from budget pools.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.plans: dict[int, PersonPlan] = {}
        self.program = Program()
        self.charged: dict[int, list[Charge]] = defaultdict(list)
        self.add_people()
        self._aims: dict[Target, list[int]] = defaultdict(list)
        for place, plan in self.plans.items():
            if plan.target is not None:
                self._aims[plan.target].append(place)
        self._openings()
        self._locks()
        if facts.chains:
            self._vacated_seats()
        add_shared_limits(self)

    def add_people(self) -> None:
        """Adds the variables of `plans` and the rows that concern one person."""
        raise NotImplementedError

    def _aimed(self, kind: str, opening: str) -> dict[int, float]:
        return {
            place: 1.0
            for target, places in self._aims.items()
            if target.kind == kind and target.opening == opening
            for place in places
        }

    def _openings(self) -> None:
        """Openings and bench."""
        settings = self.facts.scenario.settings
        for row in self.facts.scenario.openings:
            p = self.facts.probability(row)
            wait = hire_wait(row.external_lead, row.needed, settings.periods)
            price = row.external_cost or 0.0
            most = 0 if row.external_cost is None else row.seats
            hire = self.program.variable(
                ("hire", row.opening), p * (price + row.vacancy_cost * wait), 0, most
            )
            if settings.external_pool is not None:
                charge = Charge(settings.external_pool, row.unit, row.needed, p * price)
                self.charged[hire].append(charge)
            most = 0 if row.unfilled_cost is None else row.seats
            empty = self.program.variable(
                ("unfilled", row.opening), p * (row.unfilled_cost or 0.0), 0, most
            )
            terms = self._aimed("placement", row.opening)
            self.program.row({**terms, hire: 1, empty: 1}, row.seats, row.seats)
            short = self.program.variable(
                ("short", row.opening), settings.bench_shortage_cost, 0, row.bench
            )
            terms = self._aimed("standby", row.opening)
            self.program.row({**terms, short: 1}, row.bench, row.bench)

    def _locks(self) -> None:
        for row in self.facts.scenario.candidates:
            if row.status not in ("require", "standby"):
                continue
            kind = "placement" if row.status == "require" else "standby"
            terms = {
                place: 1.0
                for place in self._aimed(kind, row.opening)
                if self.plans[place].employee == row.employee
                and (kind == "standby" or row.period in (None, self._target(place).period))
            }
            self.program.row(terms, 1, 1)

    def _target(self, place: int) -> Target:
        target = self.plans[place].target
        assert target is not None
        return target

    def _vacated_seats(self) -> None:
        """Section 7: a vacated seat waits for somebody, or is hired for or left when vacated."""
        for seat in self.facts.vacatable:
            waiting: dict[int, float] = {}
            for period in range(1, self.facts.horizon + 1):
                leave, enter = self._leaving(seat, period), self._entering(seat, period)
                hire, empty = self._seat_left(seat, period)
                gone = dict.fromkeys(leave, -1.0)
                self.program.row({**gone, hire: 1, empty: 1}, -INFINITY, 0)
                most = 0 if period == self.facts.horizon else len(self.facts.scenario.employees)
                cost = self.facts.scenario.role_by_id[seat[0]].vacancy_cost
                carried = self.program.variable(("wait", *seat, period), cost, 0, most)
                terms = {**waiting, **dict.fromkeys(leave, 1.0), **dict.fromkeys(enter, -1.0)}
                self.program.row({**terms, hire: -1, empty: -1, carried: -1}, 0, 0)
                waiting = {carried: 1}

    def _leaving(self, seat: Seat, period: int) -> list[int]:
        people = self.facts.scenario.employee_by_id
        return [
            place
            for target, places in self._aims.items()
            if target.period == period and target.kind != "standby"
            for place in places
            if (people[self.plans[place].employee].role, people[self.plans[place].employee].unit)
            == seat
            and self.plans[place].employee not in self.facts.incumbents
        ]

    def _entering(self, seat: Seat, period: int) -> list[int]:
        return self._aims.get(Target("vacated", None, seat, period), [])

    def _seat_left(self, seat: Seat, period: int) -> tuple[int, int]:
        """How many seats vacated in the period are hired for, and how many stay unfilled."""
        role, people = self.facts.scenario.role_by_id[seat[0]], len(self.facts.scenario.employees)
        wait = hire_wait(role.external_lead, period, self.facts.horizon)
        price = role.external_cost or 0.0
        most = 0 if role.external_cost is None else people
        cost = price + role.vacancy_cost * wait
        hire = self.program.variable(("vacated_hire", *seat, period), cost, 0, most)
        pool = self.facts.scenario.settings.external_pool
        if pool is not None:
            self.charged[hire].append(Charge(pool, seat[1], period, price))
        most = 0 if role.unfilled_cost is None else people
        cost = role.unfilled_cost or 0.0
        return hire, self.program.variable(("vacated_unfilled", *seat, period), cost, 0, most)


class Enumerated(Model):
    """One variable for every legal person plan, named by its place."""

    def add_people(self) -> None:
        """Exactly one person plan for everybody."""
        rows: dict[str, dict[int, float]] = {p.employee: {} for p in self.facts.scenario.employees}
        change = self.facts.scenario.settings.change_cost
        for place, plan in enumerate(person_plans(self.facts.scenario, self.facts.previous)):
            self.plans[place] = plan
            self.program.variable(place, plan.costs.total - change * plan.kept, 0, 1)
            rows[plan.employee][place] = 1
            self.charged[place] += plan.charges
        for terms in rows.values():
            self.program.row(terms, 1, 1)
