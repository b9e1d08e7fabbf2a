"""Every target of every person: the placements and standbys that rule out nothing but learning.

A target's cost is `fixed + σ·slope` (model.md, section 6), its use of a shared row
`constant + σ·slope` in the same way: σ is known only with the learning.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from succession.domain import Candidate, Employee, Opening, Plan, RuleId, Scenario
from succession.instance.limits import Limits, Row, Variable, budget_rows, hire_vacancy

__all__ = ["SeatType", "Target", "build_targets"]

Use = tuple[int, float, float]
"""(row, constant, slope): a target uses constant + σ·slope of the row."""


@dataclass(frozen=True, slots=True)
class SeatType:
    """Vacated seats of one role and unit are interchangeable (section 7)."""

    role: str
    unit: str | None

    @property
    def key(self) -> str:
        """A key for rows and variables; the unit separator keeps it unambiguous."""
        return f"{self.role}\x1f{self.unit if self.unit is not None else ''}"

    @property
    def waiting_key(self) -> str:
        """The key of the rows that count seats waiting to be filled from within."""
        return f"{self.key}\x1fwaiting"


@dataclass(frozen=True, slots=True)
class Target:
    """One person's target. `chance` is σ without learning, 1 where σ counts as 1."""

    employee: str
    kind: Literal["placement", "standby", "vacated"]
    seat: str
    role: str
    period: int
    fixed: float
    slope: float
    chance: float
    certain: bool
    rows: tuple[Use, ...]


class TargetBuilder:
    """Walks over people and openings; chain rows are added to `limits` as seats can be vacated."""

    def __init__(self, scenario: Scenario, limits: Limits, previous: Plan | None) -> None:
        self.scenario = scenario
        self.settings = scenario.settings
        self.limits = limits
        self.chain = scenario.settings.backfill == "chain"
        self.paths: dict[str, dict[str, float]] = defaultdict(dict)
        for path in scenario.career_paths:
            self.paths[path.from_role][path.to_role] = path.move_cost
        self.openings_of: dict[str, list[Opening]] = defaultdict(list)
        for opening in scenario.openings:
            self.openings_of[opening.role].append(opening)
        self.candidates = {(c.opening, c.employee): c for c in scenario.candidates}
        self.named: dict[str, list[Candidate]] = defaultdict(list)
        for candidate in scenario.candidates:
            self.named[candidate.employee].append(candidate)
        self.interest = {(i.employee, i.role): i.interest for i in scenario.interests}
        self.incumbents = {o.incumbent for o in scenario.openings if o.incumbent is not None}
        self.kept = {(p.opening, p.employee) for p in previous.placements} if previous else set()
        self.seat_types: dict[SeatType, None] = {}

    def build(self) -> list[Target]:
        """All targets, people and openings in the scenario's order."""
        if self.chain:
            self._add_seat_types()
        return [target for e in self.scenario.employees for target in self.of(e)]

    def of(self, employee: Employee) -> Iterator[Target]:
        """The targets of one employee, locks applied."""
        locks = [c for c in self.named[employee.employee] if c.status in ("require", "standby")]
        for target in self._free(employee):
            if all(_meets(target, lock) for lock in locks):
                yield target

    def _free(self, employee: Employee) -> Iterator[Target]:
        for opening, move_cost in self._eligible(employee):
            for period in self._placement_periods(employee, opening.needed, opening.max_delay):
                yield self._placement(employee, opening, period, move_cost)
            if opening.bench and _available(employee, opening.needed):
                yield self._standby(employee, opening)
        if self.chain:
            yield from self._vacated(employee)

    def _eligible(self, employee: Employee) -> Iterator[tuple[Opening, float]]:
        """Openings that section 3 lets the employee have, with the move cost."""
        reach: dict[str, Opening] = {
            o.opening: o for role in self.paths[employee.role] for o in self.openings_of[role]
        }
        for candidate in self.named[employee.employee]:
            if candidate.status != "exclude":
                opening = self.scenario.opening_by_id[candidate.opening]
                reach[opening.opening] = opening
        for _, opening in sorted(reach.items()):
            named = self.candidates.get((opening.opening, employee.employee))
            if self._is_barred(employee, opening, named):
                continue
            cost = self.paths[employee.role].get(opening.role, 0.0)
            if named is not None and named.move_cost is not None:
                cost = named.move_cost
            yield opening, cost

    def _is_barred(self, employee: Employee, opening: Opening, named: Candidate | None) -> bool:
        return (
            (named is not None and named.status == "exclude")
            or (named is None and opening.nominated_only)
            or self.interest.get((employee.employee, opening.role), 1) == 0
            or opening.incumbent == employee.employee
            or (employee.role == opening.role and employee.unit == opening.unit)
        )

    def _placement_periods(self, employee: Employee, needed: int, delay: int | None) -> list[int]:
        horizon = self.settings.periods
        last = horizon if delay is None else min(needed + delay, horizon)
        return [
            t
            for t in range(needed, last + 1)
            if _available(employee, t)
            and t >= employee.move_from
            and employee.available_to >= min(horizon, t + self.settings.min_stay - 1)
        ]

    def _chance(self, employee: Employee, period: int) -> float:
        if self.settings.risk == "ignore":
            return 1.0
        years = (period - 1) / self.settings.calendar.periods_per_year
        return float((1.0 - employee.leaving_risk) ** years)

    def _placement(self, e: Employee, o: Opening, t: int, move_cost: float) -> Target:
        s = self.settings
        horizon, p = s.periods, 1.0 if self.chain else o.probability
        hire = None
        if o.external_cost is not None:
            delay = min(t - o.needed + o.external_lead, horizon - o.needed + 1)
            hire = o.external_cost + o.vacancy_cost * delay
        fallbacks = [cost for cost in (hire, o.unfilled_cost) if cost is not None]
        success = move_cost + o.vacancy_cost * (t - o.needed)
        if s.backfill == "cost" and e.employee not in self.incumbents:
            success += self.scenario.role_by_id[e.role].backfill_cost
        fixed = self._interest(e, o.role) - p * self._retention(e, o.role)
        if (o.opening, e.employee) in self.kept:
            fixed -= s.change_cost
        certain = not fallbacks or s.risk == "ignore"
        fallback = min(fallbacks) if fallbacks else 0.0
        slope = p * (success - fallback)
        fixed += p * fallback
        rows = [(self.limits.index[RuleId.OPENINGS, o.opening, 0], 1.0, 0.0)]
        rows += self._common_rows(e, o.unit, t, p * move_cost)
        if hire is not None and hire == fallback:
            charged = budget_rows(self.limits, self.scenario, s.external_pool, t, o.unit)
            money = p * (o.external_cost or 0.0)
            rows += [(row, money, -money) for row in charged]
        chance = 1.0 if certain else self._chance(e, t)
        return Target(
            e.employee, "placement", o.opening, o.role, t, fixed, slope, chance, certain,
            tuple(rows),
        )  # fmt: skip

    def _standby(self, e: Employee, o: Opening) -> Target:
        shortage = self.settings.bench_shortage_cost
        must_fill = o.external_cost is None and o.unfilled_cost is None
        certain = must_fill or self.settings.risk == "ignore"
        return Target(
            e.employee, "standby", o.opening, o.role, o.needed, self._interest(e, o.role),
            -shortage, 1.0 if certain else self._chance(e, o.needed), certain,
            ((self.limits.index[RuleId.BENCH, o.opening, 0], 1.0, 0.0),),
        )  # fmt: skip

    def _vacated(self, e: Employee) -> Iterator[Target]:
        for seat in self.seat_types:
            move_cost = self.paths[e.role].get(seat.role)
            interest = self.interest.get((e.employee, seat.role), 1)
            if move_cost is None or interest == 0 or (e.role, e.unit) == (seat.role, seat.unit):
                continue
            for t in self._placement_periods(e, 1, None):
                rows = [(self.limits.index[RuleId.VACATED, seat.waiting_key, t], -1.0, 0.0)]
                rows += self._common_rows(e, seat.unit, t, move_cost)
                yield Target(
                    e.employee, "vacated", seat.key, seat.role, t, self._interest(e, seat.role),
                    move_cost, self._chance(e, t), self.settings.risk == "ignore", tuple(rows),
                )  # fmt: skip

    def _common_rows(
        self, e: Employee, unit: str | None, t: int, expected_move: float
    ) -> list[Use]:
        """Rows that a move into a seat of `unit` uses: moves out, move budget, vacated seat."""
        rows: list[Use] = []
        out = self.limits.index.get((RuleId.MOVES_OUT, e.unit or "", t)) if e.unit else None
        if out is not None and unit != e.unit:
            rows.append((out, 1.0, 0.0))
        charged = budget_rows(self.limits, self.scenario, self.settings.move_pool, t, unit)
        rows += [(row, 0.0, expected_move) for row in charged]
        if self.chain and e.employee not in self.incumbents:
            key = SeatType(e.role, e.unit).key
            rows.append((self.limits.index[RuleId.VACATED, key, t], 1.0, 0.0))
        return rows

    def _interest(self, e: Employee, role: str) -> float:
        interest = self.interest.get((e.employee, role), 1)
        return self.settings.interest_cost * (3 - interest)

    def _retention(self, e: Employee, role: str) -> float:
        if self.interest.get((e.employee, role), 1) < 2:
            return 0.0
        s = self.settings
        years = s.periods / s.calendar.periods_per_year
        leaving = 1.0 - (1.0 - e.leaving_risk) ** years
        replacement = self.scenario.role_by_id[e.role].replacement_cost
        return float(s.retention_effect * leaving * replacement)

    def _add_seat_types(self) -> None:
        """Rows of vacated seats by seat type and period t.

        Vacated in t: hired + left unfilled + opened to people = vacated; waiting: those waiting
        from t−1 + opened in t = filled in t + waiting on to t+1.
        """
        periods = range(1, self.settings.periods + 1)
        for e in self.scenario.employees:
            if e.employee not in self.incumbents:
                self.seat_types[SeatType(e.role, e.unit)] = None
        for seat in self.seat_types:
            vacated, waiting = (
                [self.limits.add(Row(RuleId.VACATED, key, t, 0.0, 0.0)) for t in periods]
                for key in (seat.key, seat.waiting_key)
            )
            for t in periods:
                self._add_seat_variables(seat, t, vacated[t - 1], waiting[t - 1 : t + 1])

    def _add_seat_variables(self, seat: SeatType, t: int, vacated: int, waiting: list[int]) -> None:
        role, s = self.scenario.role_by_id[seat.role], self.settings
        most = float(len(self.scenario.employees))

        def add(kind: str, cost: float, *rows: tuple[int, float]) -> None:
            self.limits.variables.append(Variable(kind, seat.key, t, cost, most, rows))

        if role.external_cost is not None:
            vacancy = hire_vacancy(role.vacancy_cost, role.external_lead, t, s.periods)
            charged = budget_rows(self.limits, self.scenario, s.external_pool, t, seat.unit)
            money = [(row, role.external_cost) for row in charged]
            add("vacated_hire", role.external_cost + vacancy, (vacated, -1.0), *money)
        if role.unfilled_cost is not None:
            add("vacated_unfilled", role.unfilled_cost, (vacated, -1.0))
        add("vacated_opened", 0.0, (vacated, -1.0), (waiting[0], 1.0))
        if t < s.periods:
            add("vacated_waiting", role.vacancy_cost, (waiting[0], -1.0), (waiting[1], 1.0))


def build_targets(scenario: Scenario, limits: Limits, previous: Plan | None) -> list[Target]:
    """Targets of all employees in order; adds chain rows and variables to `limits`.

    `previous` holds the placements that can be kept, already laid onto this calendar.
    """
    return TargetBuilder(scenario, limits, previous).build()


def _available(employee: Employee, period: int) -> bool:
    return employee.available_from <= period <= employee.available_to


def _meets(target: Target, lock: Candidate) -> bool:
    kind = "placement" if lock.status == "require" else "standby"
    same = target.kind == kind and target.seat == lock.opening
    return same and (lock.period is None or kind == "standby" or target.period == lock.period)
