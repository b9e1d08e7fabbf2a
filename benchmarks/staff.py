"""People of a large scenario: what they hold, want and have begun."""

from __future__ import annotations

import numpy as np
from benchmarks.catalogue import Catalogue
from benchmarks.world import GRADES, Staff, World

from succession.domain import CareerPath, Commitment, Employee, Interest, Opening, Profile

__all__ = [
    "draw_commitments",
    "draw_employees",
    "draw_interests",
    "draw_profiles",
    "draw_staff",
]

GRADE_SHARES = (0.28, 0.24, 0.20, 0.14, 0.09, 0.05)


def draw_staff(world: World) -> Staff:
    """Who is where, and holds about what the own role asks for, a level more or less."""
    rng, size = world.rng("staff"), world.employees
    grade = rng.choice(GRADES, size, p=GRADE_SHARES)
    family = rng.integers(0, world.families, size)
    unit = rng.integers(0, world.units, size)
    asked = world.required[family, grade]
    more = rng.choice([-1, 0, 1, 2], asked.shape, p=[0.45, 0.43, 0.1, 0.02])
    rest = rng.choice([0, 1, 2], asked.shape, p=[0.6, 0.25, 0.15])
    certified = rng.random(asked.shape) < 0.4
    ends = rng.integers(2, world.periods + 4, asked.shape)
    fewer = rng.poisson(world.gap, asked.shape) if world.gap > 0 else 0
    top = world.top[world.family_skills[family]]
    level = np.minimum(np.where(asked > 0, asked + more - fewer, rest), top)
    expires = certified & (top == 1) & world.rich
    return Staff(family, grade, unit, level, np.where(expires, ends, 0))


def draw_employees(
    world: World, staff: Staff, openings: tuple[Opening, ...]
) -> tuple[Employee, ...]:
    """Those whose seat is an opening leave when it is needed; a few others come late or leave."""
    rng, size, rich = world.rng("employees"), world.employees, world.rich
    hours = rng.choice([30.0, 40.0, 60.0], size, p=[0.2, 0.6, 0.2]).tolist()
    risk = rng.choice([0.02, 0.05, 0.1, 0.2], size, p=[0.3, 0.4, 0.2, 0.1])
    last = np.where(rng.random(size) < 0.03, rng.integers(2, world.periods + 4, size), 99).tolist()
    move = np.where(rng.random(size) < 0.1, rng.integers(2, 6, size), 1).tolist()
    first = np.where(rng.random(size) < 0.02, rng.integers(2, 5, size), 1)
    retiring = {row.incumbent: row.needed for row in openings if row.incumbent}
    columns = zip(
        world.people,
        staff.family.tolist(),
        staff.grade.tolist(),
        staff.unit.tolist(),
        hours,
        (risk if rich else np.zeros(size)).tolist(),
        (first if rich else np.ones(size, dtype=np.int64)).tolist(),
        last,
        move,
        strict=True,
    )
    found = []
    for name, family, grade, unit, hour, leaving, start, end, earliest in columns:
        role, home = world.roles[family][grade], world.unit_ids[family][unit]
        until = min(end, retiring.get(name, 99))
        until = world.periods if until == 99 else max(start, until)
        found.append(Employee(name, "", role, home, hour, leaving, start, until, earliest))
    return tuple(found)


def draw_profiles(world: World, staff: Staff, catalogue: Catalogue) -> tuple[Profile, ...]:
    """A row for every skill held; a few begin to count in the horizon (a pending certificate)."""
    rng, (people, places) = world.rng("profiles"), np.nonzero(staff.level > 0)
    skills = world.family_skills[staff.family[people], places].tolist()
    levels = staff.level[people, places].tolist()
    ends = staff.ends[people, places]
    pending = np.where(rng.random(len(people)) < 0.005, rng.integers(2, 5, len(people)), 0)
    begins = np.where(world.rich & (ends == 0), pending, 0).tolist()
    names, ids = world.people, catalogue.skill_ids
    columns = zip(people.tolist(), skills, levels, begins, ends.tolist(), strict=True)
    return tuple(
        Profile(names[who], ids[skill], level, first or None, last or None)
        for who, skill, level, first, last in columns
    )


def draw_interests(
    world: World, staff: Staff, paths: tuple[CareerPath, ...]
) -> tuple[Interest, ...]:
    """A third have said what they want of the roles in reach."""
    reach: dict[str, list[str]] = {}
    for row in paths:
        reach.setdefault(row.from_role, []).append(row.to_role)
    rng = world.rng("interests")
    spoken = np.nonzero(rng.random(world.employees) < 0.33)[0].tolist()
    wishes = rng.choice(4, (len(spoken), 8), p=[0.1, 0.2, 0.4, 0.3]).tolist()
    family, grade = staff.family.tolist(), staff.grade.tolist()
    return tuple(
        Interest(world.people[who], role, wish)
        for who, row in zip(spoken, wishes, strict=True)
        for role, wish in zip(
            reach.get(world.roles[family[who]][grade[who]], []), row, strict=False
        )
    )


def draw_commitments(
    world: World, catalogue: Catalogue, profiles: tuple[Profile, ...]
) -> tuple[Commitment, ...]:
    """3 % are in the middle of learning the next level of something."""
    if not world.rich:
        return ()
    rng = world.rng("commitments")
    numbers = {skill: number for number, skill in enumerate(catalogue.skill_ids)}
    share = 0.03 * world.employees / max(1, len(profiles))
    found: dict[str, Commitment] = {}
    for place in np.nonzero(rng.random(len(profiles)) < share)[0].tolist():
        row = profiles[place]
        ways = catalogue.ways.get((numbers[row.competency], row.level + 1), [])
        if ways:
            way, start = ways[int(rng.integers(0, len(ways)))], int(rng.integers(-1, 3))
            found[row.employee] = Commitment(row.employee, way, start)
    return tuple(found[name] for name in sorted(found))
