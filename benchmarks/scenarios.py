"""Large scenarios for measurements: `large_scenario(employees, seed=1, option="rich")`.

Openings are 5 % of employees; a role asks for about six competencies; some 45 activities are in
reach of a person, who has two to four roles in reach. Numpy draws whole columns at a time, so
that 100,000 employees take seconds.

plain   no risk, expiry, commitments, class minimums, unit limits or chains
rich    every rule, limits that bind here and there
tight   rich, with seats and budgets at 40 % of what development alone would need
chains  rich, with vacancy chains in place of a backfill cost
"""

from __future__ import annotations

from datetime import date

from benchmarks.catalogue import Catalogue, draw_catalogue
from benchmarks.openings import draw_budgets, draw_openings
from benchmarks.staff import (
    draw_candidates,
    draw_commitments,
    draw_employees,
    draw_interests,
    draw_profiles,
    draw_staff,
)
from benchmarks.world import GRADES, Option, World

from succession.domain import CareerPath, Requirement, Role, Scenario, Settings, Unit

__all__ = ["large_scenario"]

STARTS_OF_A_FILL = 1.8
"""Activities that it takes to fill an opening from within, about."""


def large_scenario(
    employees: int,
    *,
    seed: int = 1,
    option: Option = "rich",
    periods: int = 8,
    gap: float = 0.0,
    variants: float = 3.2,
) -> Scenario:
    """A scenario of any size; `variants` ways to learn each level, `gap` more levels missing."""
    world = World(employees, seed, option, periods, gap)
    staff = draw_staff(world)
    roles = _roles(world)
    paths = _career_paths(world)
    catalogue = draw_catalogue(world, variants, STARTS_OF_A_FILL * world.openings)
    openings = draw_openings(world, staff, roles)
    profiles = draw_profiles(world, staff, catalogue)
    return Scenario(
        settings=_settings(world),
        competencies=catalogue.competencies,
        roles=tuple(roles.values()),
        requirements=_requirements(world, catalogue),
        units=_units(world),
        employees=draw_employees(world, staff, openings),
        profiles=profiles,
        career_paths=paths,
        openings=openings,
        candidates=draw_candidates(world, staff, openings),
        interests=draw_interests(world, staff, paths),
        activities=catalogue.activities,
        sessions=catalogue.sessions,
        prerequisites=catalogue.prerequisites,
        outcomes=catalogue.outcomes,
        resources=catalogue.resources,
        budgets=draw_budgets(world, openings),
        commitments=draw_commitments(world, staff, catalogue, profiles),
    )


def _settings(world: World) -> Settings:
    rich = world.rich
    return Settings(
        name=f"{world.option}-{world.employees}",
        start=date(2027, 1, 1),
        periods=world.periods,
        risk="expected" if rich else "ignore",
        interest_cost=400.0,
        bench_shortage_cost=3000.0 if rich else 0.0,
        retention_effect=0.2 if rich else 0.0,
        backfill="chain" if world.option == "chains" else "cost",
        external_pool="Hiring",
        move_pool="Moves" if rich else None,
    )


def _roles(world: World) -> dict[str, Role]:
    roles = {}
    for family in range(world.families):
        for grade in range(GRADES):
            name = world.role(family, grade)
            external = 12000.0 + 7000.0 * grade + 500.0 * int(world.rng.integers(0, 8))
            roles[name] = Role(
                role=name,
                title=f"Family {family}, grade {grade + 1}",
                family=f"F{family:02d}",
                grade=grade + 1,
                external_cost=external,
                external_lead=int(world.rng.integers(1, 4)),
                vacancy_cost=1500.0 + 900.0 * grade,
                unfilled_cost=round(1.6 * external, -2),
                backfill_cost=round(0.35 * external, -2),
                replacement_cost=round(0.8 * external, -2),
            )
    return roles


def _career_paths(world: World) -> tuple[CareerPath, ...]:
    """Two to four roles in reach: the next grade, two up or a neighbour, at times a transfer."""
    paths = []
    for family in range(world.families):
        for grade in range(GRADES):
            here = world.role(family, grade)
            if world.rng.random() < 0.3:
                paths.append(CareerPath(here, here, "lattice", 600.0))
            if grade + 1 < GRADES:
                paths.append(CareerPath(here, world.role(family, grade + 1), "ladder", 1200.0))
                neighbour = (family + 1) % world.families
                if world.rng.random() < 0.7 and neighbour != family:
                    goal = world.role(neighbour, grade + 1)
                    paths.append(CareerPath(here, goal, "lattice", 2000.0))
            if grade + 2 < GRADES and world.rng.random() < 0.7:
                paths.append(CareerPath(here, world.role(family, grade + 2), "ladder", 1800.0))
    return tuple(sorted(paths, key=lambda row: (row.from_role, row.to_role)))


def _requirements(world: World, catalogue: Catalogue) -> tuple[Requirement, ...]:
    found = [
        Requirement(
            world.role(family, grade),
            catalogue.skill_ids[skill],
            min(level, catalogue.top[skill]),
        )
        for family in range(world.families)
        for grade in range(GRADES)
        for skill, level in zip(
            world.family_skills[family].tolist(),
            world.required[family, grade].tolist(),
            strict=True,
        )
        if level
    ]
    return tuple(sorted(found, key=lambda row: (row.role, row.competency)))


def _units(world: World) -> tuple[Unit, ...]:
    size = world.employees / (world.families * world.units)
    away = max(1, round(0.06 * size)) if world.rich else None
    moves = max(1, round(0.02 * size)) if world.rich else None
    return tuple(
        Unit(world.unit(family, number), "", away, moves)
        for family in range(world.families)
        for number in range(world.units)
    )
