"""Large scenarios for measurements: `large_scenario(employees, seed=1, option="rich")`.

Openings are 5 % of employees; a role asks for six competencies; 45 activities are of use to a
person, who has two to four roles in reach. Roles are 24 at 1,000 people, 240 at 10,000, 2,400 at
1,000,000: the openings of a role grow from two to twenty. Each table draws numbers of its own, so
that the options differ in what they are about and in nothing else.

plain   no risk, expiry, commitments, class minimums, unit limits or chains
seats   rich, but a class costs its learners alone, however few
rich    every rule that needs no previous plan, limits that bind here and there
tight   rich, with seats, mentors and budgets at 40 % of what is needed where nothing is limited
chains  rich, with vacancy chains in place of a backfill cost
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from benchmarks.candidates import draw_candidates
from benchmarks.catalogue import Catalogue, draw_catalogue
from benchmarks.openings import demand, draw_budgets, draw_openings
from benchmarks.reach import ways_a_level
from benchmarks.staff import (
    draw_commitments,
    draw_employees,
    draw_interests,
    draw_profiles,
    draw_staff,
)
from benchmarks.world import GRADES, Option, World

from succession.domain import CareerPath, Requirement, Role, Scenario, Settings, Unit

__all__ = ["large_scenario"]


def large_scenario(
    employees: int,
    *,
    seed: int = 1,
    option: Option = "rich",
    periods: int = 8,
    gap: float = 0.0,
    reach: float = 45.0,
) -> Scenario:
    """A scenario of any size; `gap` more levels missing, `reach` activities of use to a person."""
    with _no_collection():
        return _scenario(World(employees, seed, option, periods, gap), reach)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Millions of rows are made and none is garbage: looking for it takes a third of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def _scenario(world: World, reach: float) -> Scenario:
    staff = draw_staff(world)
    roles = _roles(world)
    paths = _career_paths(world)
    openings = draw_openings(world, staff, roles)
    variants = ways_a_level(world, staff, paths, openings, reach)
    catalogue = draw_catalogue(world, variants, demand(world))
    people = draw_employees(world, staff, openings)
    profiles = draw_profiles(world, staff, catalogue)
    interests = draw_interests(world, staff, paths)
    commitments = draw_commitments(world, catalogue, profiles)
    return Scenario(
        settings=_settings(world),
        competencies=catalogue.competencies,
        roles=tuple(roles.values()),
        requirements=_requirements(world, catalogue),
        units=_units(world),
        employees=people,
        profiles=profiles,
        career_paths=paths,
        openings=openings,
        candidates=draw_candidates(world, staff, people, openings, interests, profiles),
        interests=interests,
        activities=catalogue.activities,
        sessions=catalogue.sessions,
        prerequisites=catalogue.prerequisites,
        outcomes=catalogue.outcomes,
        resources=catalogue.resources,
        budgets=draw_budgets(world, openings, catalogue.activities, commitments),
        commitments=commitments,
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
    roles, rng = {}, world.rng("roles")
    for family, names in enumerate(world.roles):
        for grade, name in enumerate(names):
            external = 12000.0 + 7000.0 * grade + 500.0 * int(rng.integers(0, 8))
            roles[name] = Role(
                role=name,
                title=f"Family {family}, grade {grade + 1}",
                family=f"F{family:03d}",
                grade=grade + 1,
                external_cost=external,
                external_lead=int(rng.integers(1, 4)),
                vacancy_cost=1500.0 + 900.0 * grade,
                unfilled_cost=round(1.6 * external, -2),
                backfill_cost=round(0.35 * external, -2),
                replacement_cost=round(0.8 * external, -2),
            )
    return roles


def _career_paths(world: World) -> tuple[CareerPath, ...]:
    """Two to four roles in reach: the next grade, two up or a neighbour, at times a transfer."""
    paths, rng = [], world.rng("career paths")
    for family, names in enumerate(world.roles):
        neighbour = (family + 1) % world.families
        for grade, here in enumerate(names):
            transfer, aside, leap = (rng.random(3) < [0.3, 0.7, 0.7]).tolist()
            if transfer:
                paths.append(CareerPath(here, here, "lattice", 600.0))
            if grade + 1 < GRADES:
                paths.append(CareerPath(here, names[grade + 1], "ladder", 1200.0))
                if aside and neighbour != family:
                    goal = world.roles[neighbour][grade + 1]
                    paths.append(CareerPath(here, goal, "lattice", 2000.0))
            if grade + 2 < GRADES and leap:
                paths.append(CareerPath(here, names[grade + 2], "ladder", 1800.0))
    return tuple(sorted(paths, key=lambda row: (row.from_role, row.to_role)))


def _requirements(world: World, catalogue: Catalogue) -> tuple[Requirement, ...]:
    found = [
        Requirement(world.roles[family][grade], catalogue.skill_ids[skill], level)
        for family in range(world.families)
        for grade in range(GRADES)
        for skill, level in zip(
            world.family_skills[family].tolist(),
            world.asked[family, grade].tolist(),
            strict=True,
        )
        if level
    ]
    return tuple(sorted(found, key=lambda row: (row.role, row.competency)))


def _units(world: World) -> tuple[Unit, ...]:
    size = world.employees / (world.families * world.units)
    away = max(1, round(0.04 * size)) if world.rich else None
    moves = max(1, round(0.02 * size)) if world.rich else None
    return tuple(Unit(unit, "", away, moves) for units in world.unit_ids for unit in units)
