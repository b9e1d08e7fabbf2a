"""How soon somebody could be ready for a role, if nothing but time stood in the way."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from operator import attrgetter
from typing import TypeVar

from succession.domain import Commitment, Profile, Scenario

__all__ = ["Reach"]

_MOST_PEOPLE = 100
_MOST_IN_ALL = 15_000
_Row = TypeVar("_Row", Profile, Commitment)
_Held = Mapping[str, Mapping[int, int]]
"""For each competency the levels held, each with the first period in which it is held."""


class Reach:
    """Earliest periods of readiness; hours, seats, budgets and expiry are left out of account.

    What it finds is therefore never later than what any plan could do.
    """

    def __init__(self, scenario: Scenario) -> None:
        self._horizon = scenario.settings.periods
        self._activities = {row.activity: row.duration for row in scenario.activities}
        self._needs: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for need in scenario.requirements:
            self._needs[need.role].append((need.competency, need.level))
        self._before: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for row in scenario.prerequisites:
            self._before[row.activity].append((row.competency, row.level))
        self._gives: dict[str, list[tuple[str, int]]] = defaultdict(list)
        self._givers: dict[str, set[str]] = defaultdict(set)
        for outcome in scenario.outcomes:
            self._gives[outcome.activity].append((outcome.competency, outcome.level))
            self._givers[outcome.competency].add(outcome.activity)
        self._offered: dict[str, list[int]] = defaultdict(list)
        for session in scenario.sessions:
            self._offered[session.activity] += [session.period] if session.sessions else []
        self._profiles = scenario.profiles
        self._commitments = scenario.commitments
        self._left = _MOST_IN_ALL
        self._roles: dict[str, list[str]] = {}
        self._known: dict[tuple[str, frozenset[tuple[str, int, int]]], int | None] = {}

    def earliest(self, role: str, people: Iterable[str], enough: int) -> int | None:
        """The first period in which one of the people could be ready; None: not known, or never.

        Stops at the first who is ready by `enough`; gives up after a hundred people, and where
        thousands have been looked at for other openings.
        """
        best: int | None = None
        for number, person in enumerate(people):
            if number == _MOST_PEOPLE or self._left == 0:
                return None
            self._left -= 1
            found = self._person(role, person)
            if found is not None and (best is None or found < best):
                best = found
            if best is not None and best <= enough:
                break
        return best

    def _person(self, role: str, person: str) -> int | None:
        relevant = self._relevant(role)
        names = {c for c, _ in self._needs[role]}
        names |= {c for activity in relevant for c, _ in self._before[activity]}
        facts = {fact for fact in self._held(person) if fact[0] in names}
        key = (role, frozenset(facts))
        if key not in self._known:
            self._known[key] = self._ready(role, relevant, facts)
        return self._known[key]

    def _held(self, person: str) -> Iterator[tuple[str, int, int]]:
        """Competency, level and first period of what a person holds, or will by a commitment."""
        for profile in _rows_of(person, self._profiles):
            if profile.valid_to is None or profile.valid_to >= 1:
                first = 1 if profile.valid_from is None else max(1, profile.valid_from)
                yield profile.competency, profile.level, first
        for row in _rows_of(person, self._commitments):
            end = max(1, row.start + self._activities[row.activity])
            for competency, level in self._gives.get(row.activity, ()):
                yield competency, level, end

    def _relevant(self, role: str) -> list[str]:
        """The activities that can help, directly or through prerequisites."""
        if role not in self._roles:
            found: dict[str, None] = {}
            waiting = [c for c, _ in self._needs[role]]
            seen = set(waiting)
            while waiting:
                for activity in sorted(self._givers[waiting.pop()] - set(found)):
                    found[activity] = None
                    new = {c for c, _ in self._before[activity]} - seen
                    seen |= new
                    waiting += sorted(new)
            self._roles[role] = list(found)
        return self._roles[role]

    def _ready(
        self, role: str, relevant: list[str], facts: set[tuple[str, int, int]]
    ) -> int | None:
        held: dict[str, dict[int, int]] = defaultdict(dict)
        for competency, level, period in facts:
            held[competency][level] = min(period, held[competency].get(level, period))
        ends: dict[str, int] = {}
        changed = True
        while changed:
            changed = False
            for activity in relevant:
                end = self._end(activity, held)
                if end is not None and end < ends.get(activity, end + 1):
                    ends[activity] = end
                    changed = True
                    for competency, level in self._gives[activity]:
                        earlier = held[competency].get(level, end)
                        held[competency][level] = min(end, earlier)
        return _all_by(self._needs[role], held)

    def _end(self, activity: str, held: _Held) -> int | None:
        """The period from which on it can be finished, or None if it cannot be in the horizon."""
        start = _all_by(self._before[activity], held)
        if start is None:
            return None
        if activity in self._offered:
            start = min((t for t in self._offered[activity] if t >= start), default=None)
        if start is None or start + self._activities[activity] > self._horizon + 1:
            return None
        return start + self._activities[activity]


def _rows_of(person: str, rows: Sequence[_Row]) -> Iterator[_Row]:
    """The rows of one employee; tables are sorted by their keys, which begin with the employee."""
    number = bisect_left(rows, person, key=attrgetter("employee"))
    while number < len(rows) and rows[number].employee == person:
        yield rows[number]
        number += 1


def _all_by(needs: Iterable[tuple[str, int]], held: _Held) -> int | None:
    """The first period in which all of this is held, or None."""
    latest = 1
    for competency, level in needs:
        periods = [t for given, t in held.get(competency, {}).items() if given >= level]
        if not periods:
            return None
        latest = max(latest, min(periods))
    return latest
