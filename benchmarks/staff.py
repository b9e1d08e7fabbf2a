"""People of a large scenario: what they hold, want and have begun."""

from __future__ import annotations

from typing import Literal

import numpy as np
from benchmarks.catalogue import Catalogue
from benchmarks.world import GRADES, Staff, World, employee_id

from succession.domain import (
    Candidate,
    CareerPath,
    Commitment,
    Employee,
    Interest,
    Opening,
    Profile,
)

__all__ = [
    "draw_candidates",
    "draw_commitments",
    "draw_employees",
    "draw_interests",
    "draw_profiles",
    "draw_staff",
]

GRADE_SHARES = (0.28, 0.24, 0.20, 0.14, 0.09, 0.05)


def draw_employees(
    world: World, staff: Staff, openings: tuple[Opening, ...]
) -> tuple[Employee, ...]:
    """Those whose seat is an opening leave when it is needed; a few others come late or leave."""
    size, rng = world.employees, world.rng
    hours = rng.choice([30.0, 40.0, 60.0], size, p=[0.2, 0.6, 0.2]).tolist()
    risk = (
        rng.choice([0.02, 0.05, 0.1, 0.2], size, p=[0.3, 0.4, 0.2, 0.1])
        if world.rich
        else np.zeros(size)
    ).tolist()
    last = np.where(rng.random(size) < 0.03, rng.integers(2, world.periods + 4, size), 99)
    retiring = {row.incumbent: row.needed for row in openings if row.incumbent}
    first = np.where(rng.random(size) < 0.1, rng.integers(2, 6, size), 1).tolist()
    columns = zip(staff.family.tolist(), staff.grade.tolist(), staff.unit.tolist(), strict=True)
    found = []
    for place, (family, grade, unit) in enumerate(columns):
        name = employee_id(place)
        until = min(int(last[place]), retiring.get(name, 99))
        found.append(
            Employee(
                name,
                "",
                world.role(family, grade),
                world.unit(family, unit),
                hours[place],
                risk[place],
                1,
                world.periods if until == 99 else until,
                first[place],
            )
        )
    return tuple(found)


def draw_staff(world: World) -> Staff:
    size = world.employees
    grade = world.rng.choice(GRADES, size, p=GRADE_SHARES)
    family = world.rng.integers(0, world.families, size)
    return Staff(family, grade, world.rng.integers(0, world.units, size))


def draw_profiles(world: World, staff: Staff, catalogue: Catalogue) -> tuple[Profile, ...]:
    """About what the own role asks for, a level more or less; a little of the family's rest."""
    size, rng = world.employees, world.rng
    asked = world.required[staff.family, staff.grade]
    more = rng.choice([-1, 0, 1, 2], asked.shape, p=[0.45, 0.43, 0.1, 0.02])
    fewer = rng.poisson(world.gap, asked.shape) if world.gap > 0 else 0
    rest = rng.choice([0, 1, 2], asked.shape, p=[0.6, 0.25, 0.15])
    skills = world.family_skills[staff.family]
    level = np.minimum(
        np.where(asked > 0, asked + more - fewer, rest), np.array(catalogue.top)[skills]
    )
    ends = np.where(
        rng.random(asked.shape) < 0.4, rng.integers(2, world.periods + 4, asked.shape), 0
    )
    certificate = np.array(catalogue.top)[skills] == 1
    ends = np.where(certificate & world.rich, ends, 0)
    people, places = np.nonzero(level > 0)
    columns = (people, skills[people, places], level[people, places], ends[people, places])
    names = [employee_id(place) for place in range(size)]
    return tuple(
        Profile(names[who], catalogue.skill_ids[skill], held, None, until or None)
        for who, skill, held, until in zip(*(column.tolist() for column in columns), strict=True)
    )


def draw_interests(
    world: World, staff: Staff, paths: tuple[CareerPath, ...]
) -> tuple[Interest, ...]:
    """A third have said what they want of the roles in reach."""
    reach: dict[str, list[str]] = {}
    for row in paths:
        reach.setdefault(row.from_role, []).append(row.to_role)
    spoken = np.nonzero(world.rng.random(world.employees) < 0.33)[0].tolist()
    wishes = world.rng.choice(4, (len(spoken), 8), p=[0.1, 0.2, 0.4, 0.3]).tolist()
    return tuple(
        Interest(employee_id(who), role, wish)
        for who, row in zip(spoken, wishes, strict=True)
        for role, wish in zip(
            reach.get(world.role(int(staff.family[who]), int(staff.grade[who])), []),
            row,
            strict=False,
        )
    )


def draw_commitments(
    world: World, staff: Staff, catalogue: Catalogue, profiles: tuple[Profile, ...]
) -> tuple[Commitment, ...]:
    """3 % are in the middle of learning the next level of something."""
    if not world.rich:
        return ()
    numbers = {skill: number for number, skill in enumerate(catalogue.skill_ids)}
    share = 0.03 * world.employees / max(1, len(profiles))
    found: dict[str, Commitment] = {}
    for place in np.nonzero(world.rng.random(len(profiles)) < share)[0].tolist():
        row = profiles[place]
        ways = catalogue.ways.get((numbers[row.competency], row.level + 1), [])
        if ways:
            way = ways[int(world.rng.integers(0, len(ways)))]
            start = int(world.rng.integers(-1, 3))
            found[row.employee] = Commitment(row.employee, way, start)
    return tuple(found[name] for name in sorted(found))


def draw_candidates(
    world: World, staff: Staff, openings: tuple[Opening, ...]
) -> tuple[Candidate, ...]:
    """Two of the family nominated for a fifth of the openings, one kept out of a tenth."""
    if not world.rich:
        return ()
    found: dict[tuple[str, str], Candidate] = {}
    statuses: tuple[tuple[Literal["nominate", "exclude"], float, int], ...] = (
        ("nominate", 0.2, 2),
        ("exclude", 0.1, 1),
    )
    members = [np.nonzero(staff.family == family)[0] for family in range(world.families)]
    for row in openings:
        family = int(row.role[1:].split("-")[0])
        for status, share, count in statuses:
            if world.rng.random() < share and len(members[family]):
                for who in world.rng.choice(members[family], count).tolist():
                    name = employee_id(who)
                    found[row.opening, name] = Candidate(row.opening, name, status, None, None)
    return tuple(found[key] for key in sorted(found))
