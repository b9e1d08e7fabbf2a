"""Who would be next for an opening: the people nearest to it among those who have no target."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from succession.domain import Employee, Opening, Profile
from succession.report.reading import Reading
from succession.verify.facts import Facts, Seat
from succession.verify.holdings import Demand, Holdings
from succession.verify.ledger import Person
from succession.verify.people import objections

__all__ = ["Contender", "held_level", "next_best"]


@dataclass(frozen=True, slots=True)
class Contender:
    """Somebody eligible and available; `missing`: levels that they lack when the seat is free."""

    employee: Employee
    missing: int
    interest: int


def next_best(reading: Reading, most: int = 3) -> Mapping[str, tuple[Contender, ...]]:
    """For each opening, up to `most` people without a target: nearest first, then keenest."""
    pool = _Pool(reading)
    return {row.opening: pool.nearest(row, most) for row in reading.scenario.openings}


def held_level(holdings: Holdings, competency: str, period: int, most: int) -> int:
    """The highest level up to `most` at which a competency is held in a period, or 0."""
    for level in range(most, 0, -1):
        if holdings.meets(Demand(competency, level, period, None)):
            return level
    return 0


class _Pool:
    """The people whom an opening could draw on, indexed once by role."""

    def __init__(self, reading: Reading) -> None:
        self._facts = _whole(reading)
        self._people = reading.ledger.people
        taken = {target.employee.employee for target in reading.ledger.targets}
        self._by_role: dict[str, list[Employee]] = defaultdict(list)
        for employee in reading.scenario.employees:
            if employee.employee not in taken:
                self._by_role[employee.role].append(employee)
        self._free = {row.employee: row for rows in self._by_role.values() for row in rows}
        self._feeders: dict[str, list[str]] = defaultdict(list)
        for path in reading.scenario.career_paths:
            self._feeders[path.to_role].append(path.from_role)
        self._named: dict[str, list[str]] = defaultdict(list)
        for row in reading.scenario.candidates:
            self._named[row.opening].append(row.employee)
        self._missing: dict[tuple[str, str, int], int] = {}
        self._holdings: dict[str, Holdings] = {}

    def nearest(self, opening: Opening, most: int) -> tuple[Contender, ...]:
        """Eligible people who could move in time, in order."""
        seat = self._facts.seat_of(opening)
        found = [
            Contender(
                employee,
                self._levels_missing(employee, seat),
                self._facts.interest(employee.employee, seat.role),
            )
            for employee in self._reach(opening)
            if _can_move(self._facts, employee, seat)
            and next(objections(self._facts, employee, seat), None) is None
        ]
        found.sort(key=_order)
        return tuple(found[:most])

    def _reach(self, opening: Opening) -> Iterator[Employee]:
        seen = set()
        named = (self._free[name] for name in self._named[opening.opening] if name in self._free)
        feeders = () if opening.nominated_only else self._feeders[opening.role]
        for employee in [*named, *(row for role in feeders for row in self._by_role[role])]:
            if employee.employee not in seen:
                seen.add(employee.employee)
                yield employee

    def _levels_missing(self, employee: Employee, seat: Seat) -> int:
        key = (employee.employee, seat.role, seat.needed)
        if key not in self._missing:
            holdings = self._holdings_of(employee)
            self._missing[key] = sum(
                row.level - held_level(holdings, row.competency, seat.needed, row.level)
                for row in self._facts.requirements.get(seat.role, ())
            )
        return self._missing[key]

    def _holdings_of(self, employee: Employee) -> Holdings:
        if employee.employee not in self._holdings:
            person = self._people.get(employee.employee) or Person(employee, (), ())
            self._holdings[employee.employee] = Holdings(self._facts, person)
        return self._holdings[employee.employee]


def _order(row: Contender) -> tuple[int, int, float, str]:
    return row.missing, -row.interest, row.employee.leaving_risk, row.employee.employee


def _can_move(facts: Facts, employee: Employee, seat: Seat) -> bool:
    """Whether there is a period in which the person may be placed (model.md, rules 6 and 7)."""
    first = max(seat.needed, employee.move_from, employee.available_from)
    stay = min(facts.horizon, first + facts.scenario.settings.min_stay - 1)
    return first <= seat.latest and employee.available_to >= stay


def _whole(reading: Reading) -> Facts:
    """The reading's look-ups with everybody's profile, not the planned people's alone."""
    return replace(reading.facts, profiles=_by_employee(reading.scenario.profiles))


def _by_employee(rows: Iterable[Profile]) -> Mapping[str, Sequence[Profile]]:
    found: dict[str, list[Profile]] = defaultdict(list)
    for row in rows:
        found[row.employee].append(row)
    return found
