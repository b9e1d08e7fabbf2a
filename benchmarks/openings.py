"""Openings of a large scenario, the learning that they call for, and the budgets for it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from benchmarks.world import GRADES, Staff, World

from succession.domain import Activity, Budget, Commitment, Opening, Role

__all__ = ["demand", "draw_budgets", "draw_openings"]

GRADE_SHARES = (0.0, 0.28, 0.26, 0.22, 0.14, 0.10)

# Measured on plans found where nothing is limited: starts, learning money with sessions, and
# expected move cost of a seat.
STARTS_OF_A_FILL = 2.6
LEARNING_OF_A_FILL = 1700.0
MOVE_OF_A_FILL = 780.0

LEARNING = {"rich": 0.8, "seats": 0.8, "chains": 0.8, "plain": 0.8, "tight": 0.4}
MOVES = {"rich": 1.0, "seats": 1.0, "chains": 1.0, "tight": 0.4}
HIRING = {"rich": 0.7, "seats": 0.7, "chains": 1.5, "tight": 0.4}
"""Budgets as a share of what is needed; for hires, where every seat is hired for."""


def demand(world: World) -> list[list[float]]:
    """Skill and level → starts to expect: people lack the last levels that roles ask for."""
    starts = np.zeros((world.skills, int(world.top.max()) + 1))
    weights = np.zeros_like(starts)
    for grade, share in enumerate(GRADE_SHARES):
        level = world.asked[:, grade, :]
        for below, weight in ((0, 0.7), (1, 0.3)):
            np.add.at(
                weights,
                (world.family_skills, np.maximum(level - below, 0)),
                share * weight,
            )
    weights[:, 0] = 0.0
    starts = weights / weights.sum() * STARTS_OF_A_FILL * world.openings
    found: list[list[float]] = starts[:, 1:].tolist()
    return found


def draw_openings(world: World, staff: Staff, roles: dict[str, Role]) -> tuple[Opening, ...]:
    """Seats of grade 2 and above, four in ten of somebody who leaves when it is needed."""
    rng, found = world.rng("openings"), []
    homes: dict[tuple[int, int], list[int]] = {}
    for place, key in enumerate(zip(staff.family.tolist(), staff.grade.tolist(), strict=True)):
        homes.setdefault(key, []).append(place)
    taken: set[int] = set()
    families = rng.integers(0, world.families, world.openings).tolist()
    grades = rng.choice(GRADES, world.openings, p=GRADE_SHARES).tolist()
    units = rng.integers(0, world.units, world.openings).tolist()
    known = (rng.random(world.openings) < 0.4).tolist()
    for number, (family, grade, unit) in enumerate(zip(families, grades, units, strict=True)):
        role, incumbent = roles[world.roles[family][grade]], None
        holders = homes.get((family, grade), [])
        if holders and known[number]:
            who = holders[int(rng.integers(0, len(holders)))]
            if who not in taken:
                taken.add(who)
                unit, incumbent = int(staff.unit[who]), world.people[who]
        found.append(_opening(world, rng, number, role, world.unit_ids[family][unit], incumbent))
    return tuple(found)


def _opening(
    world: World,
    rng: np.random.Generator,
    number: int,
    role: Role,
    unit: str,
    incumbent: str | None,
) -> Opening:
    needed = int(rng.integers(3, world.periods + 1))
    pair, bench, nominated = (rng.random(3) < [0.1, 0.2, 0.03]).tolist()
    probability = (0.6, 0.8, 1.0)[int(rng.integers(0, 3))]
    return Opening(
        opening=f"O{number:05d}",
        role=role.role,
        unit=unit,
        needed=needed,
        seats=2 if pair else 1,
        probability=probability if world.rich else 1.0,
        max_delay=(0, 0, 1, 2)[int(rng.integers(0, 4))],
        bench=int(world.rich and bench),
        incumbent=incumbent,
        nominated_only=world.rich and nominated,
        external_cost=role.external_cost,
        external_lead=role.external_lead,
        vacancy_cost=role.vacancy_cost,
        unfilled_cost=role.unfilled_cost,
    )


def draw_budgets(
    world: World,
    openings: tuple[Opening, ...],
    activities: Iterable[Activity],
    commitments: tuple[Commitment, ...],
) -> tuple[Budget, ...]:
    """Learning money a year, some of it by unit; hiring and moves over the whole horizon.

    What commitments take is paid for on top.
    """
    last, seats = world.periods, sum(row.seats for row in openings)
    promised = _promised(activities, commitments)
    learning = LEARNING[world.option] * LEARNING_OF_A_FILL * seats
    early = sum(row.seats for row in openings if row.needed <= 4)
    first = learning * max(0.3, early / seats + 0.2)
    rows = [Budget("Learning", None, 1, 4, round(promised + first, -2))]
    if last > 4:
        rows.append(Budget("Learning", None, 5, last, round(learning - 0.6 * first, -2)))
    rows.append(Budget("Learning", None, 1, last, round(promised + learning, -2)))
    if world.rich:
        rows += _unit_budgets(world, promised + learning)
        hiring = sum(row.probability * (row.external_cost or 0.0) * row.seats for row in openings)
        rows.append(Budget("Hiring", None, 1, last, round(HIRING[world.option] * hiring, -2)))
        moves = MOVES[world.option] * MOVE_OF_A_FILL * seats
        rows.append(Budget("Moves", None, 1, last, round(moves, -2)))
    return tuple(sorted(rows, key=lambda row: (row.pool, row.unit or "", row.from_period)))


def _promised(activities: Iterable[Activity], commitments: tuple[Commitment, ...]) -> float:
    """What commitments cost in the horizon, a session for each class of theirs included."""
    rows = {row.activity: row for row in activities}
    classes = {(row.activity, row.start) for row in commitments if row.start >= 1}
    learners = sum(rows[row.activity].cost for row in commitments if row.start >= 1)
    return learners + sum(rows[name].session_cost for name, _ in classes)


def _unit_budgets(world: World, learning: float) -> list[Budget]:
    """A tenth of the units have money of their own, half more than their share."""
    share = 1.5 * learning / (world.families * world.units)
    chosen = np.nonzero(world.rng("budgets").random((world.families, world.units)) < 0.1)
    return [
        Budget("Learning", world.unit_ids[family][unit], 1, world.periods, round(share, -2))
        for family, unit in zip(*(axis.tolist() for axis in chosen), strict=True)
    ]
