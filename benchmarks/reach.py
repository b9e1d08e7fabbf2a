"""How many ways to learn each level bring the activities in reach of a person to a number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from benchmarks.catalogue import PROGRAMMES
from benchmarks.world import Staff, World

from succession.domain import CareerPath, Opening

__all__ = ["ways_a_level"]

SAMPLE = 2000


def ways_a_level(
    world: World,
    staff: Staff,
    paths: tuple[CareerPath, ...],
    openings: tuple[Opening, ...],
    reach: float,
) -> float:
    """Ways for each level, so that `reach` activities are of use to somebody with openings ahead.

    Of use are those that teach a level that is missing for a role of theirs in reach, where an
    opening of it is planned.
    """
    places = world.rng("reach").choice(world.employees, min(SAMPLE, world.employees), replace=False)
    goals = _goals(paths, openings)
    missing = [len(levels) for levels in _missing(world, staff, places.tolist(), goals) if levels]
    if not missing:
        return 2.0
    return float(np.clip(reach / np.mean(missing) - PROGRAMMES, 2.0, 6.0))


def _goals(
    paths: tuple[CareerPath, ...], openings: tuple[Opening, ...]
) -> dict[str, list[tuple[int, int]]]:
    """Role → (family, grade) of the roles in reach that have openings."""
    wanted, found = {row.role for row in openings}, defaultdict(list)
    for row in paths:
        if row.to_role in wanted:
            family, grade = row.to_role[1:].split("-")
            found[row.from_role].append((int(family), int(grade) - 1))
    return found


def _missing(
    world: World, staff: Staff, places: list[int], goals: dict[str, list[tuple[int, int]]]
) -> Iterator[set[tuple[int, int]]]:
    """For each person: (skill, level) that some goal of theirs asks for and they lack."""
    for place in places:
        family, grade = int(staff.family[place]), int(staff.grade[place])
        skills = world.family_skills[family].tolist()
        held = dict(zip(skills, staff.level[place].tolist(), strict=True))
        yield {
            (skill, level)
            for goal in goals.get(world.roles[family][grade], ())
            for skill, asked in zip(
                world.family_skills[goal[0]].tolist(), world.asked[goal].tolist(), strict=True
            )
            for level in range(held.get(skill, 0) + 1, asked + 1)
        }
