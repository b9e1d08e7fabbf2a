"""A plan in the making: person plans, and hires or empty seats for the rest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace

from benchmarks.peers.shared import Shared
from tests.oracle import readout as oracle
from tests.oracle.enumerate import Charge, PersonPlan, hire_wait
from tests.oracle.facts import Facts
from tests.oracle.readout import read_plan

from succession.domain import Opening, Plan, Role, Scenario
from succession.verify import verify

__all__ = ["Answer", "Draft", "Trace", "checked", "finished", "with_bound"]


Trace = tuple[tuple[float, float | None, float | None], ...]
"""(seconds, cost, bound) as they became known."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a peer found: its verified plan, and a proven bound where it has one.

    `seconds` of solving alone; `build`: those before, in which a program was written down.
    """

    cost: float | None
    bound: float | None
    plan: Plan | None
    seconds: float
    build: float = 0.0
    trace: Trace = ()


@dataclass
class Draft:
    """Person plans by employee; every seat that nobody takes is hired for or left unfilled."""

    facts: Facts
    shared: Shared = field(init=False)
    chosen: dict[str, PersonPlan] = field(default_factory=dict)
    seats: Counter[str] = field(default_factory=Counter)
    bench: Counter[str] = field(default_factory=Counter)
    holders: defaultdict[tuple[str, str], dict[str, None]] = field(
        default_factory=lambda: defaultdict(dict)
    )

    def __post_init__(self) -> None:
        self.shared = Shared(self.facts)
        for row in self.scenario.openings:
            self.seats[row.opening] = row.seats
            self.bench[row.opening] = row.bench

    @property
    def scenario(self) -> Scenario:
        return self.facts.scenario

    def fits(self, plan: PersonPlan) -> bool:
        """Whether there is a seat, or a place on the bench, and room in every limit."""
        target = plan.target
        if target is None or target.opening is None:
            return False
        room = self.bench if target.kind == "standby" else self.seats
        return room[target.opening] > 0 and self.shared.fits(plan)

    def add(self, plan: PersonPlan) -> None:
        assert plan.target is not None
        room = self.bench if plan.target.kind == "standby" else self.seats
        room[str(plan.target.opening)] -= 1
        self.holders[plan.target.kind, str(plan.target.opening)][plan.employee] = None
        self.shared.add(plan)
        self.chosen[plan.employee] = plan

    def remove(self, employee: str) -> PersonPlan:
        plan = self.chosen.pop(employee)
        assert plan.target is not None
        room = self.bench if plan.target.kind == "standby" else self.seats
        room[str(plan.target.opening)] += 1
        del self.holders[plan.target.kind, str(plan.target.opening)][employee]
        self.shared.remove(plan)
        return plan

    def price_of_seat(self, opening: Opening) -> float:
        """What a seat costs that nobody inside takes, were there money for the hire."""
        return min(self._hire_price(opening), self._empty_price(opening))

    def _hire_price(self, opening: Opening) -> float:
        if opening.external_cost is None:
            return float("inf")
        wait = hire_wait(opening.external_lead, opening.needed, self.facts.horizon)
        price = opening.external_cost + opening.vacancy_cost * wait
        return self.facts.probability(opening) * price

    def _empty_price(self, opening: Opening) -> float:
        if opening.unfilled_cost is None:
            return float("inf")
        return self.facts.probability(opening) * opening.unfilled_cost

    def price(self, plan: PersonPlan) -> float:
        """The plan's own cost, with the sessions it opens and the seat it leaves."""
        return plan.costs.total + self.shared.session_price(plan) + self.price_of_leaving(plan)

    def drop_unviable(self) -> None:
        """Cancels classes below their minimum and everybody whose plan counts on one."""
        while True:
            bad = {
                pair
                for pair, count in self.shared.starts.items()
                if count > 0 and self.shared.lacking(self.scenario.activity_by_id[pair[0]], pair[1])
            }
            out = [name for name, plan in self.chosen.items() if bad & set(plan.learning)]
            if not out:
                return
            for name in out:
                self.remove(name)

    def plan(self) -> Plan:
        """The finished plan; hires first where they save most, as far as money goes."""
        values: dict[Hashable, int] = {}
        for row in self.scenario.activities:
            for period in range(1, self.facts.horizon + 1):
                held = self.shared.sessions(row, period)
                if held:
                    values["held", row.activity, period] = held
        self._fill_from_outside(values)
        if self.facts.chains:
            self._leave_seats(values)
        return finished(self.facts, list(self.chosen.values()), values)

    def _fill_from_outside(self, values: dict[Hashable, int]) -> None:
        def saving(row: Opening) -> float:
            return self._empty_price(row) - self._hire_price(row)

        pool = self.scenario.settings.external_pool
        for row in sorted(self.scenario.openings, key=saving, reverse=True):
            values["short", row.opening] = self.bench[row.opening]
            seats, hires = self.seats[row.opening], 0
            price = self.facts.probability(row) * (row.external_cost or 0.0)
            charges = [] if pool is None else [Charge(pool, row.unit, row.needed, price)]
            while hires < seats and row.external_cost is not None and saving(row) >= 0:
                if not self.shared.affordable(charges):
                    break
                self.shared.pay(charges)
                hires += 1
            values["hire", row.opening], values["unfilled", row.opening] = hires, seats - hires

    def _leave_seats(self, values: dict[Hashable, int]) -> None:
        """Vacated seats are hired for where that is cheaper and can be paid, else left."""
        for plan in self.chosen.values():
            person, target = self.scenario.employee_by_id[plan.employee], plan.target
            moves = target is not None and target.kind == "placement"
            if target is None or not moves or plan.employee in self.facts.incumbents:
                continue
            role = self.scenario.role_by_id[person.role]
            hire = self._vacated_hire_price(role, target.period)
            charges = self._vacated_charge(role, person.unit, target.period)
            empty = float("inf") if role.unfilled_cost is None else role.unfilled_cost
            hired = hire <= empty and self.shared.affordable(charges)
            if hired:
                self.shared.pay(charges)
            name = "vacated_hire" if hired else "vacated_unfilled"
            key = name, person.role, person.unit, target.period
            values[key] = values.get(key, 0) + 1

    def _vacated_hire_price(self, role: Role, period: int) -> float:
        if role.external_cost is None:
            return float("inf")
        wait = hire_wait(role.external_lead, period, self.facts.horizon)
        return role.external_cost + role.vacancy_cost * wait

    def price_of_leaving(self, plan: PersonPlan) -> float:
        """What the seat costs that the person vacates, where chains are planned."""
        person = self.scenario.employee_by_id[plan.employee]
        target = plan.target
        if not self.facts.chains or target is None or target.kind == "standby":
            return 0.0
        if person.employee in self.facts.incumbents:
            return 0.0
        role = self.scenario.role_by_id[person.role]
        empty = float("inf") if role.unfilled_cost is None else role.unfilled_cost
        return min(self._vacated_hire_price(role, target.period), empty)

    def _vacated_charge(self, role: Role, unit: str | None, period: int) -> list[Charge]:
        pool = self.scenario.settings.external_pool
        if pool is None:
            return []
        return [Charge(pool, unit, period, role.external_cost or 0.0)]


def finished(facts: Facts, chosen: list[PersonPlan], values: Mapping[Hashable, int]) -> Plan:
    """The plan with its costs; its bound is the plain one that no amount but retention is < 0."""
    everybody = defaultdict(int, values)
    plan = read_plan(oracle.Answer(facts, chosen, everybody))
    settings = facts.scenario.settings
    worth = sum(
        facts.scenario.role_by_id[row.role].replacement_cost for row in facts.scenario.employees
    )
    return with_bound(plan, -settings.retention_effect * worth)


def with_bound(plan: Plan, bound: float) -> Plan:
    """The same plan with another bound, and the status that goes with it."""
    assert plan.cost is not None
    bound = min(bound, plan.cost)
    gap = (plan.cost - bound) / max(1.0, abs(plan.cost))
    return replace(plan, bound=bound, gap=gap, status="optimal" if gap <= 1e-6 else "feasible")


def checked(facts: Facts, plan: Plan) -> Plan:
    """The plan, if the verifier has nothing against it."""
    found = verify(facts.scenario, plan).violations
    if found:
        raise AssertionError(found[:3])
    return plan
