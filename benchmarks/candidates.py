"""Who is named for an opening of a large scenario: nominated, kept out, decided already."""

from __future__ import annotations

from collections import defaultdict
from typing import Literal

import numpy as np
from benchmarks.world import Ints, Staff, World

from succession.domain import Candidate, Employee, Interest, Opening, Profile

__all__ = ["draw_candidates"]

NOMINATED, EXCLUDED, DECIDED = 0.2, 0.1, 0.04


def draw_candidates(
    world: World,
    staff: Staff,
    employees: tuple[Employee, ...],
    openings: tuple[Opening, ...],
    interests: tuple[Interest, ...],
    profiles: tuple[Profile, ...],
) -> tuple[Candidate, ...]:
    """Two of the family nominated for a fifth of the openings, one kept out of a tenth.

    4 % are decided, where somebody of the role is ready: they are placed, or stand by where a bench
    is wanted.
    """
    if not world.rich:
        return ()
    decided = _Decided(world, staff, employees, interests, profiles)
    rng = world.rng("candidates")
    order = np.argsort(staff.family, kind="stable")
    members = np.split(order, np.searchsorted(staff.family[order], np.arange(1, world.families)))
    found: dict[tuple[str, str], Candidate] = {}
    for row in openings:
        family, grade = (int(part) for part in row.role[1:].split("-"))
        nominate, exclude, decide = (rng.random(3) < [NOMINATED, EXCLUDED, DECIDED]).tolist()
        drawn = rng.integers(0, max(1, len(members[family])), 3).tolist()
        names = [world.people[members[family][place]] for place in drawn if len(members[family])]
        if nominate or row.nominated_only:
            for name in names[:2]:
                found[row.opening, name] = Candidate(row.opening, name, "nominate", None, None)
        if exclude:
            for name in names[2:]:
                found[row.opening, name] = Candidate(row.opening, name, "exclude", None, None)
        who = decided.choose(row, members[family], grade - 1) if decide else None
        if who is not None:
            kind: Literal["standby", "require"] = "standby" if row.bench else "require"
            found[row.opening, who] = Candidate(row.opening, who, kind, None, None)
    return tuple(found[key] for key in sorted(found))


class _Decided:
    """Somebody of the role who is ready and free when needed; one from each unit."""

    def __init__(
        self,
        world: World,
        staff: Staff,
        employees: tuple[Employee, ...],
        interests: tuple[Interest, ...],
        profiles: tuple[Profile, ...],
    ) -> None:
        self.world = world
        self.staff = staff
        self.employees = employees
        self.refused: defaultdict[str, set[str]] = defaultdict(set)
        for row in interests:
            if row.interest == 0:
                self.refused[row.role].add(row.employee)
        self.counts_from: defaultdict[str, int] = defaultdict(int)
        for held in profiles:
            if held.valid_from is not None:
                self.counts_from[held.employee] = max(
                    self.counts_from[held.employee], held.valid_from
                )
        self.units: set[str | None] = set()

    def choose(self, row: Opening, members: Ints, grade: int) -> str | None:
        """The first in the table whom nothing keeps from the opening; None where nobody is."""
        if not len(members):
            return None
        asked = self.world.asked[self.staff.family[members[0]], grade]
        peers = members[self.staff.grade[members] == grade]
        level, ends = self.staff.level[peers], self.staff.ends[peers]
        holds = (level >= asked) & ((ends == 0) | (ends >= row.needed))
        ready: list[int] = peers[holds.all(axis=1)].tolist()
        for place in ready:
            person = self.employees[place]
            if self._is_free(person, row):
                self.units.add(person.unit)
                return person.employee
        return None

    def _is_free(self, person: Employee, row: Opening) -> bool:
        return (
            person.unit != row.unit
            and person.unit not in self.units
            and person.employee not in self.refused[row.role]
            and self.counts_from.get(person.employee, 0) <= row.needed
            and person.available_from <= row.needed
            and person.move_from <= row.needed
            and person.available_to >= self.world.periods
        )
