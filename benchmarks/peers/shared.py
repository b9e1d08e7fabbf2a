"""What a set of person plans uses of the shared limits, kept up to date as they come and go."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from functools import cached_property, partial

from tests.oracle.enumerate import Charge, PersonPlan
from tests.oracle.facts import Facts
from tests.oracle.limits import Use, committed_charges, underway

from succession.domain import Activity, Scenario

__all__ = ["Shared"]

TOLERANCE = 1e-6


class Shared:
    """Limits with what commitments leave of them, and what is used of that."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.used: Counter[Use] = Counter()
        self.starts: Counter[tuple[str, int]] = Counter()
        self.money: defaultdict[int, float] = defaultdict(float)
        self._committed: Counter[Use] = Counter()
        for person, row, start in facts.committed:
            for use in self._underway(person.unit, row, start):
                self._committed[use] += 1
        self._room = self._budget_room()

    @property
    def scenario(self) -> Scenario:
        return self.facts.scenario

    @cached_property
    def _capacity(self) -> dict[tuple[str, int | None], int]:
        return {(row.resource, row.period): row.capacity for row in self.scenario.resources}

    @cached_property
    def _units(self) -> dict[str, tuple[int | None, int | None]]:
        return {row.unit: (row.max_away, row.max_moves_out) for row in self.scenario.units}

    @cached_property
    def _budgets_of(self) -> dict[str, list[int]]:
        found: dict[str, list[int]] = defaultdict(list)
        for number, row in enumerate(self.scenario.budgets):
            found[row.pool].append(number)
        return found

    def _budget_room(self) -> list[float]:
        room = [row.amount for row in self.scenario.budgets]
        for charge in committed_charges(self.facts):
            for number in self.rows(charge):
                room[number] -= charge.amount
        return [max(0.0, amount) for amount in room]

    def rows(self, charge: Charge) -> Iterator[int]:
        """Budget rows that a charge counts in."""
        for number in self._budgets_of.get(charge.pool, ()):
            row = self.scenario.budgets[number]
            in_time = row.from_period <= charge.period <= row.to_period
            if in_time and (row.unit is None or row.unit == charge.unit):
                yield number

    def _underway(self, unit: str | None, row: Activity, start: int) -> Iterator[Use]:
        return underway(self.facts, unit, row, start)

    def _uses(self, plan: PersonPlan) -> Iterator[Use]:
        unit = self.scenario.employee_by_id[plan.employee].unit
        for name, start in plan.learning:
            yield from self._underway(unit, self.scenario.activity_by_id[name], start)
        target = plan.target
        if target and target.kind != "standby" and unit is not None and target.seat[1] != unit:
            yield "moves", unit, target.period

    def _limit(self, use: Use) -> float:
        kind, name, period = use
        if kind == "resource":
            found = self._capacity.get((name, period))
            limit: int | None = self._capacity.get((name, None), 0) if found is None else found
        else:
            limit = self._units.get(name, (None, None))[0 if kind == "away" else 1]
        if limit is None:
            return float("inf")
        return max(0.0, limit - self._committed[use])

    def has_place(self, unit: str | None, activity: str, start: int) -> bool:
        """Whether one more learner may start: seats, resources and away places."""
        row = self.scenario.activity_by_id[activity]
        if row.seats is not None:
            most = row.seats * self.facts.sessions_allowed(row, start)
            taken = self.facts.committed_starts[activity, start]
            if self.starts[activity, start] + 1 > most - taken:
                return False
        return all(
            self.used[use] + 1 <= self._limit(use) for use in self._underway(unit, row, start)
        )

    def places_of(self, unit: str | None) -> Callable[[str, int], bool]:
        """Whether a learner of a unit finds a place, and the money for it."""
        return partial(self._open, unit)

    def _open(self, unit: str | None, activity: str, start: int) -> bool:
        row = self.scenario.activity_by_id[activity]
        if not self.has_place(unit, activity, start):
            return False
        if row.pool is None:
            return True
        charges = [Charge(row.pool, unit, start, row.cost)]
        if self._opens_session(row, start):
            charges.append(Charge(row.pool, None, start, row.session_cost))
        return self.affordable(charges)

    def fits(self, plan: PersonPlan) -> bool:
        """Whether the plan finds room beside those that are counted already."""
        unit = self.scenario.employee_by_id[plan.employee].unit
        if not all(self.has_place(unit, name, start) for name, start in plan.learning):
            return False
        wanted = Counter(self._uses(plan))
        if any(self.used[use] + count > self._limit(use) for use, count in wanted.items()):
            return False
        return self.affordable(self.charges(plan))

    def affordable(self, charges: list[Charge]) -> bool:
        spent: defaultdict[int, float] = defaultdict(float)
        for charge in charges:
            for number in self.rows(charge):
                spent[number] += charge.amount
        return all(
            amount <= 0 or self.money[number] + amount <= self._room[number] + TOLERANCE
            for number, amount in spent.items()
        )

    def charges(self, plan: PersonPlan) -> list[Charge]:
        """The plan's own charges and those of the sessions that it makes necessary."""
        found = list(plan.charges)
        for name, start in plan.learning:
            row = self.scenario.activity_by_id[name]
            if row.pool is not None and self._opens_session(row, start):
                found.append(Charge(row.pool, None, start, row.session_cost))
        return found

    def _opens_session(self, row: Activity, start: int) -> bool:
        return self.sessions(row, start, 1) > self.sessions(row, start)

    def sessions(self, row: Activity, start: int, more: int = 0) -> int:
        """Sessions that hold all starts, as far as the calendar allows them."""
        if row.seats is None:
            return 0
        starts = self.starts[row.activity, start] + self.facts.committed_starts[row.activity, start]
        needed = -(-(starts + more) // row.seats)
        return min(needed, self.facts.sessions_allowed(row, start))

    def lacking(self, row: Activity, start: int) -> int:
        """Starts that the sessions lack of their minimum."""
        if row.seats is None or row.min_seats == 0:
            return 0
        taken = self.facts.committed_starts[row.activity, start]
        allowed = self.facts.sessions_allowed(row, start)
        first = min(-(-taken // row.seats), allowed)
        more = self.sessions(row, start) - first
        return max(0, row.min_seats * more - taken - self.starts[row.activity, start])

    def session_price(self, plan: PersonPlan) -> float:
        """What the sessions cost that the plan makes necessary."""
        rows = [(self.scenario.activity_by_id[name], start) for name, start in plan.learning]
        return sum(row.session_cost for row, start in rows if self._opens_session(row, start))

    def add(self, plan: PersonPlan) -> list[Charge]:
        """Counts a plan; what it charges is to be handed back when it goes."""
        charges = self.charges(plan)
        self.starts.update(plan.learning)
        self.used.update(self._uses(plan))
        self.pay(charges)
        return charges

    def remove(self, plan: PersonPlan) -> None:
        """Forgets a plan; sessions that fall away are no longer charged."""
        self.starts.subtract(plan.learning)
        self.used.subtract(self._uses(plan))
        self.pay(self.charges(plan), -1.0)

    def pay(self, charges: list[Charge], sign: float = 1.0) -> None:
        for charge in charges:
            for number in self.rows(charge):
                self.money[number] += sign * charge.amount
