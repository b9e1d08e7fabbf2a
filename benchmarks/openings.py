"""Openings of a large scenario, and the budgets that they make tight."""

from __future__ import annotations

import numpy as np
from benchmarks.world import GRADES, Staff, World, employee_id

from succession.domain import Budget, Opening, Role

__all__ = ["draw_budgets", "draw_openings"]

GRADE_SHARES = (0.0, 0.28, 0.26, 0.22, 0.14, 0.10)
# Measured on plans found without budgets: what a fill from within costs.
COST_OF_A_FILL = 900.0
MOVE_OF_A_FILL = 450.0


def draw_openings(world: World, staff: Staff, roles: dict[str, Role]) -> tuple[Opening, ...]:
    """Seats of grade 2 and above, four in ten of somebody who leaves when it is needed."""
    rng, found = world.rng, []
    homes: dict[tuple[int, int], list[int]] = {}
    for place, key in enumerate(zip(staff.family.tolist(), staff.grade.tolist(), strict=True)):
        homes.setdefault(key, []).append(place)
    taken: set[int] = set()
    for number in range(world.openings):
        family = int(rng.integers(0, world.families))
        grade = int(rng.choice(GRADES, p=GRADE_SHARES))
        role = roles[world.role(family, grade)]
        unit, incumbent = int(rng.integers(0, world.units)), None
        holders = homes.get((family, grade), [])
        if holders and rng.random() < 0.4:
            who = holders[int(rng.integers(0, len(holders)))]
            if who not in taken:
                taken.add(who)
                unit, incumbent = int(staff.unit[who]), employee_id(who)
        found.append(_opening(world, number, role, world.unit(family, unit), incumbent))
    return tuple(found)


def _opening(world: World, number: int, role: Role, unit: str, incumbent: str | None) -> Opening:
    rng = world.rng
    return Opening(
        opening=f"O{number:05d}",
        role=role.role,
        unit=unit,
        needed=int(rng.integers(3, world.periods + 1)),
        seats=2 if rng.random() < 0.1 else 1,
        probability=float(rng.choice([0.6, 0.8, 1.0])) if world.rich else 1.0,
        max_delay=int(rng.choice([0, 0, 1, 2])),
        bench=int(rng.random() < 0.2) if world.rich else 0,
        incumbent=incumbent,
        nominated_only=False,
        external_cost=role.external_cost,
        external_lead=role.external_lead,
        vacancy_cost=role.vacancy_cost,
        unfilled_cost=role.unfilled_cost,
    )


def draw_budgets(world: World, openings: tuple[Opening, ...]) -> tuple[Budget, ...]:
    """Learning money a year, some of it by unit; hiring and moves over the whole horizon."""
    last, seats = world.periods, sum(row.seats for row in openings)
    learning = 0.8 * world.slack * COST_OF_A_FILL * seats
    early = [row for row in openings if row.needed <= 4]
    first = round(learning * max(0.3, len(early) / len(openings) + 0.2), -2)
    rows = [Budget("Learning", None, 1, 4, first)]
    if last > 4:
        rows.append(Budget("Learning", None, 5, last, round(learning - 0.6 * first, -2)))
    rows.append(Budget("Learning", None, 1, last, round(learning, -2)))
    if world.rich:
        rows += _unit_budgets(world, learning)
        hiring = sum((row.external_cost or 0.0) * row.seats for row in openings)
        rows.append(Budget("Hiring", None, 1, last, round(0.7 * hiring, -2)))
        rows.append(Budget("Moves", None, 1, last, round(world.slack * MOVE_OF_A_FILL * seats, -2)))
    return tuple(sorted(rows, key=lambda row: (row.pool, row.unit or "", row.from_period)))


def _unit_budgets(world: World, learning: float) -> list[Budget]:
    """A tenth of the units have money of their own, half more than their share."""
    share = 1.5 * learning / (world.families * world.units)
    chosen = np.nonzero(world.rng.random((world.families, world.units)) < 0.1)
    return [
        Budget("Learning", world.unit(family, unit), 1, world.periods, round(share, -2))
        for family, unit in zip(*(axis.tolist() for axis in chosen), strict=True)
    ]
