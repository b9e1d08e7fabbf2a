"""Everything that has a limit: hours, at once, seats, resources, away places, moves, budgets.

One law holds for all of them (model.md, section 4): commitments come first; what they leave is
the limit for anything new; where they alone are over it, that is an excess and no breach.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import TypeVar

from succession.domain import RuleId, Violation
from succession.verify.facts import Facts, exceeds
from succession.verify.holdings import Prospect
from succession.verify.ledger import Enrolment, Ledger, Person

__all__ = [
    "Charge",
    "Excess",
    "Limit",
    "budget_limits",
    "charges",
    "learning_limits",
    "move_limits",
]

_Key = TypeVar("_Key", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Excess:
    """Commitments alone are over a limit by `amount`: legal, reported as a warning (section 4)."""

    rule: RuleId
    who: str
    what: str
    when: str
    amount: float
    message: str


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit with what commitments and new decisions use of it; `title` names it in words."""

    rule: RuleId
    who: str
    what: str
    when: str
    limit: float
    committed: float
    new: float
    title: str

    def violation(self) -> Violation | None:
        """The breach, if anything new goes beyond what commitments leave."""
        if self.new <= 0 or not exceeds(min(self.committed, self.limit) + self.new, self.limit):
            return None
        over = self.new - max(0.0, self.limit - self.committed)
        message = (
            f"{self.title}{self._when}: {_number(self.committed + self.new)} planned "
            f"({_number(self.committed)} of them committed), {_number(self.limit)} allowed; "
            f"{_number(over)} too many."
        )
        return Violation(self.rule, self.who, self.what, self.when, over, message)

    def excess(self) -> Excess | None:
        """The excess, if commitments alone are over the limit."""
        if not exceeds(self.committed, self.limit):
            return None
        over = self.committed - self.limit
        message = (
            f"{self.title}{self._when}: commitments alone take {_number(self.committed)} of "
            f"{_number(self.limit)}, {_number(over)} too many; nothing new may use any."
        )
        return Excess(self.rule, self.who, self.what, self.when, over, message)

    @property
    def _when(self) -> str:
        return f" in {self.when}" if self.when else ""


class _Use(defaultdict[_Key, tuple[float, float]]):
    """What commitments (first) and new decisions (second) use of each thing."""

    def __init__(self) -> None:
        super().__init__(lambda: (0.0, 0.0))

    def add(self, key: _Key, amount: float, *, committed: bool) -> None:
        before, new = self[key]
        self[key] = (before + amount, new) if committed else (before, new + amount)


def learning_limits(facts: Facts, ledger: Ledger) -> Iterator[Limit]:
    """Hours and at once of every person; seats, resources and away places of all of them."""
    for person in ledger.people.values():
        yield from _person_limits(facts, person)
    yield from _seat_limits(facts, ledger)
    yield from _resource_limits(facts, ledger)
    yield from _away_limits(facts, ledger)


def move_limits(facts: Facts, ledger: Ledger) -> Iterator[Limit]:
    """Moves out of a unit into a seat of another one, in each period; standbys do not move."""
    moves: Counter[tuple[str, int]] = Counter()
    for target in ledger.targets:
        unit = target.employee.unit
        if target.moves and unit is not None and target.seat.unit != unit:
            moves[unit, target.period] += 1
    for (name, period), count in sorted(moves.items()):
        row = facts.units.get(name)
        if row is not None and row.max_moves_out is not None:
            when, title = facts.label(period), f"Moves out of unit {name}"
            yield Limit(
                RuleId.MOVES_OUT, name, "", when, float(row.max_moves_out), 0.0, float(count), title
            )


def start_counts(ledger: Ledger) -> dict[tuple[str, int], tuple[int, int]]:
    """Starts of each activity in each period ≥ 1: (commitments, new)."""
    counts: dict[tuple[str, int], tuple[int, int]] = {}
    for _, item in _enrolments(ledger):
        if item.start >= 1:
            key = (item.activity.activity, item.start)
            committed, new = counts.get(key, (0, 0))
            counts[key] = (committed + item.committed, new + (not item.committed))
    return counts


def _enrolments(ledger: Ledger) -> Iterator[tuple[Person, Enrolment]]:
    return ((person, item) for person in ledger.people.values() for item in person.enrolments)


def _person_limits(facts: Facts, person: Person) -> Iterator[Limit]:
    hours: _Use[int] = _Use()
    at_once: _Use[int] = _Use()
    for item in person.enrolments:
        for period in item.underway(facts.horizon):
            hours.add(period, item.activity.hours, committed=item.committed)
            at_once.add(period, 1.0, committed=item.committed)
    who, name = person.employee.employee, facts.name(person.employee.employee)
    most = float(facts.scenario.settings.max_at_once)
    for period in sorted(at_once):
        when = facts.label(period)
        limit = person.employee.hours
        title = f"Learning hours of {name}"
        yield Limit(RuleId.HOURS, who, "", when, limit, *hours[period], title)
        title = f"Activities at once of {name}"
        yield Limit(RuleId.AT_ONCE, who, "", when, most, *at_once[period], title)


def _seat_limits(facts: Facts, ledger: Ledger) -> Iterator[Limit]:
    for (name, period), (committed, new) in sorted(start_counts(ledger).items()):
        activity = facts.scenario.activity_by_id[name]
        if activity.seats is None:
            continue
        # Fewer sessions than commitments need is a breach of its own (SESSIONS), no lack of seats.
        needed = facts.sessions_committed(activity, period, committed)
        held = max(needed, ledger.sessions.get((name, period), 0))
        seats = float(activity.seats * held)
        when, title = facts.label(period), f"Starts of {name} in the seats of {held} session(s)"
        yield Limit(RuleId.SEATS, name, "", when, seats, float(committed), float(new), title)


def _resource_limits(facts: Facts, ledger: Ledger) -> Iterator[Limit]:
    use: _Use[tuple[str, int]] = _Use()
    for _, item in _enrolments(ledger):
        if item.activity.resource is not None:
            for period in item.underway(facts.horizon):
                use.add((item.activity.resource, period), 1.0, committed=item.committed)
    for (name, period), used in sorted(use.items()):
        capacity = float(facts.capacity(name, period))
        when, title = facts.label(period), f"Learners with resource {name}"
        yield Limit(RuleId.RESOURCES, name, "", when, capacity, *used, title)


def _away_limits(facts: Facts, ledger: Ledger) -> Iterator[Limit]:
    use: _Use[tuple[str, int]] = _Use()
    for person, item in _enrolments(ledger):
        if item.activity.away and person.employee.unit is not None:
            for period in item.underway(facts.horizon):
                use.add((person.employee.unit, period), 1.0, committed=item.committed)
    for (name, period), used in sorted(use.items()):
        row = facts.units.get(name)
        if row is not None and row.max_away is not None:
            when, title = facts.label(period), f"Learners of unit {name} away"
            yield Limit(RuleId.AWAY, name, "", when, float(row.max_away), *used, title)


@dataclass(frozen=True, slots=True)
class Charge:
    """Money charged to a pool in a period; `unit` is what rows with a unit count."""

    pool: str
    unit: str | None
    period: int
    amount: float
    committed: bool = False


def budget_limits(facts: Facts, ledger: Ledger, prospects: tuple[Prospect, ...]) -> Iterator[Limit]:
    """Every budget row with the money charged to it, in the scenario's currency."""
    by_unit: _Use[tuple[str, str | None, int]] = _Use()
    for charge in charges(facts, ledger, prospects):
        key = (charge.pool, charge.unit, charge.period)
        by_unit.add(key, charge.amount, committed=charge.committed)
    everyone: _Use[tuple[str, int]] = _Use()
    for (pool, _, period), (committed, new) in by_unit.items():
        everyone.add((pool, period), committed, committed=True)
        everyone.add((pool, period), new, committed=False)
    for row in facts.scenario.budgets:
        used = (0.0, 0.0)
        first, last = max(1, row.from_period), min(facts.horizon, row.to_period)
        for period in range(first, last + 1):
            part = everyone.get((row.pool, period))
            if row.unit is not None:
                part = by_unit.get((row.pool, row.unit, period))
            if part is not None:
                used = (used[0] + part[0], used[1] + part[1])
        when = f"{facts.label(first)} to {facts.label(last)}"
        title = f"Money of pool {row.pool}" + (f" for unit {row.unit}" if row.unit else "")
        yield Limit(RuleId.BUDGETS, row.pool, row.unit or "", when, row.amount, *used, title)


def charges(facts: Facts, ledger: Ledger, prospects: tuple[Prospect, ...]) -> Iterator[Charge]:
    """Everything that is charged to a pool, whether a budget row limits it or not."""
    yield from _learning_charges(facts, ledger)
    yield from _session_charges(facts, ledger)
    settings = facts.scenario.settings
    if settings.external_pool is not None:
        yield from _hire_charges(facts, ledger, prospects, settings.external_pool)
    if settings.move_pool is not None:
        for prospect in prospects:
            target = prospect.target
            if target.moves:
                cost = facts.move_cost(target.employee, target.seat)
                amount = target.seat.probability * prospect.sigma * cost
                yield Charge(settings.move_pool, target.seat.unit, target.period, amount)


def _learning_charges(facts: Facts, ledger: Ledger) -> Iterator[Charge]:
    for person, item in _enrolments(ledger):
        if item.activity.pool is not None and facts.inside(item.start):
            unit, cost = person.employee.unit, item.activity.cost
            yield Charge(item.activity.pool, unit, item.start, cost, item.committed)


def _session_charges(facts: Facts, ledger: Ledger) -> Iterator[Charge]:
    starts = start_counts(ledger)
    for key, held in ledger.sessions.items():
        name, period = key
        activity = facts.scenario.activity_by_id[name]
        if activity.pool is None:
            continue
        committed, _ = starts.get(key, (0, 0))
        kept = min(held, facts.sessions_committed(activity, period, committed))
        cost = activity.session_cost
        yield Charge(activity.pool, None, period, kept * cost, committed=True)
        yield Charge(activity.pool, None, period, (held - kept) * cost)


def _hire_charges(
    facts: Facts, ledger: Ledger, prospects: tuple[Prospect, ...], pool: str
) -> Iterator[Charge]:
    for name, seats in ledger.hires.items():
        opening = facts.seat_of(facts.scenario.opening_by_id[name])
        amount = opening.probability * (opening.external_cost or 0.0) * seats
        yield Charge(pool, opening.unit, opening.needed, amount)
    for name in sorted(ledger.vacated_hires):
        seat = ledger.vacated[name]
        yield Charge(pool, seat.unit, seat.needed, seat.external_cost or 0.0)
    for prospect in prospects:
        target, seat = prospect.target, prospect.target.seat
        if target.kind == "placement" and prospect.fallback == "hire":
            amount = seat.probability * (1.0 - prospect.sigma) * (seat.external_cost or 0.0)
            yield Charge(pool, seat.unit, target.period, amount)


def _number(amount: float) -> str:
    return f"{amount:,.6f}".rstrip("0").rstrip(".")
