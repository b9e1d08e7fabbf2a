"""Random tables for test scenarios: every rule, column and setting on or off by a draw of its own.

Each function draws one table; `Draw` carries the generator, the shape and what is drawn so far.
Amounts and hours are whole numbers: ties and limits met exactly are common.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Literal, TypeVar

from succession.domain import (
    CareerPath,
    Competency,
    Employee,
    Group,
    Interest,
    Profile,
    Requirement,
    Role,
    Settings,
    Unit,
)

__all__ = ["FEATURES", "Draw", "Shape", "draw_people", "draw_settings", "draw_structure"]

T = TypeVar("T")

FEATURES = (
    "risk",
    "interest",
    "change",
    "bench",
    "retention",
    "external_pool",
    "move_pool",
    "validity",
    "expiry",
    "prerequisites",
    "availability",
    "move_from",
    "leaving",
    "commitments",
    "seats",
    "sessions",
    "min_seats",
    "session_cost",
    "resources",
    "away",
    "moves_out",
    "budgets",
    "unit_budgets",
    "candidates",
    "nominated_only",
    "locks",
    "incumbents",
    "probability",
    "pass_rate",
    "hours",
    "delay",
)
"""What a scenario has or has not, each by a draw of its own."""


@dataclass(frozen=True, slots=True)
class Shape:
    """How large a scenario is, and how often each feature is in it."""

    name: str
    employees: int
    openings: int
    activities: int
    periods: int
    competencies: int
    levels: int
    roles: int
    units: int
    requirements: int
    rate: float = 0.45


@dataclass
class Draw:
    """One scenario in the making."""

    rng: Random
    shape: Shape
    on: set[str] = field(init=False)
    backfill: Literal["none", "cost", "chain"] = field(init=False)

    def __post_init__(self) -> None:
        kinds: tuple[Literal["none", "cost", "chain"], ...] = ("chain", "none", "cost", "cost")
        self.backfill = self.rng.choice(kinds)
        # Chains need several who move: fewer limits, and more of them ready.
        rate = self.shape.rate * (0.6 if self.chains else 1.0)
        self.on = {name for name in FEATURES if self.rng.random() < rate}

    @property
    def chains(self) -> bool:
        return self.backfill == "chain"

    def chance(self, share: float) -> bool:
        return self.rng.random() < share

    def has(self, feature: str, share: float = 1.0) -> bool:
        """Whether the feature is on, and this row has it."""
        return feature in self.on and self.chance(share)

    def money(self, low: int, high: int, step: int = 50) -> float:
        return float(self.rng.randrange(low, high + 1, step))

    def pick(self, rows: Sequence[T]) -> T:
        return self.rng.choice(rows)

    def whole(self, low: int, high: int) -> int:
        return self.rng.randint(low, max(low, high))

    def ids(self, letter: str, count: int) -> list[str]:
        return [f"{letter}{number:0{len(str(count))}d}" for number in range(1, count + 1)]

    @property
    def unit_ids(self) -> list[str]:
        return self.ids("U", self.shape.units)

    @property
    def role_ids(self) -> list[str]:
        return self.ids("R", self.shape.roles)

    @property
    def employee_ids(self) -> list[str]:
        return self.ids("E", self.shape.employees)


def draw_settings(draw: Draw) -> Settings:
    return Settings(
        name=draw.shape.name,
        start=date(2027, draw.whole(1, 12), draw.pick((1, 15))),
        period=draw.pick(("quarter", "quarter", "month")),
        periods=draw.shape.periods,
        max_at_once=draw.pick((1, 1, 2, 2, 3)),
        risk="expected" if draw.has("risk") or draw.chance(0.3) else "ignore",
        interest_cost=draw.money(50, 400) if draw.has("interest") else 0.0,
        change_cost=draw.money(100, 900) if draw.has("change") else 0.0,
        bench_shortage_cost=draw.money(300, 1500) if draw.has("bench") else 0.0,
        retention_effect=draw.pick((0.2, 0.5, 1.0)) if draw.has("retention") else 0.0,
        min_stay=draw.pick((0, 1, 2, 4)),
        backfill=draw.backfill,
        external_pool=draw.pick(("P1", "PX", "PX")) if draw.has("external_pool") else None,
        move_pool=draw.pick(("P1", "PM")) if draw.has("move_pool") else None,
    )


@dataclass(frozen=True, slots=True)
class Structure:
    """Competencies, roles and what they ask for, units and career paths."""

    competencies: tuple[Competency, ...]
    roles: tuple[Role, ...]
    requirements: tuple[Requirement, ...]
    units: tuple[Unit, ...]
    career_paths: tuple[CareerPath, ...]

    def levels(self, competency: str) -> int:
        return next(row.levels for row in self.competencies if row.competency == competency)


def draw_structure(draw: Draw) -> Structure:
    competencies = []
    for name in draw.ids("C", draw.shape.competencies):
        certificate = draw.chance(0.25)
        levels = 1 if certificate else draw.whole(2, draw.shape.levels)
        kind: Literal["certification", "skill"] = "certification" if certificate else "skill"
        competencies.append(Competency(name, "", kind, levels))
    requirements = [
        Requirement(role, row.competency, draw.whole((row.levels + 1) // 2, row.levels))
        for role in draw.role_ids
        for row in draw.rng.sample(
            competencies,
            min(len(competencies), draw.whole(draw.pick((1, 2)), draw.shape.requirements)),
        )
    ]
    units = [
        Unit(
            name,
            "",
            draw.pick((0, 1, 1)) if draw.has("away", 0.9) else None,
            draw.pick((0, 1, 1)) if draw.has("moves_out", 0.7) else None,
        )
        for name in draw.unit_ids
    ]
    return Structure(
        tuple(competencies),
        tuple(_role(draw, role) for role in draw.role_ids),
        tuple(sorted(requirements, key=lambda row: (row.role, row.competency))),
        tuple(units),
        _paths(draw),
    )


def _role(draw: Draw, role: str) -> Role:
    external = None if draw.chance(0.1) else draw.money(2500, 9000)
    # Chains pay where they end in a seat that is cheap to leave open.
    lowest = role == draw.role_ids[0]
    cheap = draw.chains and draw.chance(0.9 if lowest else 0.1)
    unfilled = draw.money(0, 1200) if cheap else draw.money(3000, 9000)
    return Role(
        role=role,
        title="",
        family="",
        grade=None,
        external_cost=external,
        external_lead=draw.whole(0, 3),
        vacancy_cost=draw.money(0, 900),
        unfilled_cost=None if draw.chance(0.2) and not cheap else unfilled,
        backfill_cost=draw.money(0, 2500) if draw.chance(0.7) else (external or 0.0) / 2,
        replacement_cost=draw.money(0, 6000),
    )


def _paths(draw: Draw) -> tuple[CareerPath, ...]:
    """Mostly upwards, at times across or down; with many roles to the next two alone."""
    found = []
    for place, source in enumerate(draw.role_ids):
        for goal, target in enumerate(draw.role_ids):
            share = 0.9 if goal > place else 0.6 if goal == place else 0.4
            if draw.chains:
                share = 1.0 if goal == place + 1 else 0.25
            if draw.shape.roles > 4 and not place <= goal <= place + 2:
                share = 0.05
            if draw.chance(share):
                kind: Literal["ladder", "lattice"] = "ladder" if goal > place else "lattice"
                found.append(CareerPath(source, target, kind, draw.money(0, 900)))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class People:
    """Employees and what they hold and want."""

    employees: tuple[Employee, ...]
    profiles: tuple[Profile, ...]
    interests: tuple[Interest, ...]
    groups: tuple[Group, ...]


def draw_people(draw: Draw, structure: Structure) -> People:
    employees = tuple(_employee(draw, name) for name in draw.employee_ids)
    profiles = [row for name in draw.employee_ids for row in _profile(draw, name, structure)]
    interests = [
        Interest(name, role, draw.pick((0, 1, 2, 2, 3, 3, 3)))
        for name in draw.employee_ids
        for role in draw.role_ids
        if draw.has("interest", 0.5)
    ]
    groups = tuple(Group(name, "site", draw.pick("AB")) for name in draw.employee_ids)
    return People(employees, tuple(profiles), tuple(interests), groups)


def _employee(draw: Draw, name: str) -> Employee:
    horizon = draw.shape.periods
    senior = draw.chance(0.3)
    return Employee(
        employee=name,
        name="",
        role=draw.pick(draw.role_ids if senior else draw.role_ids[:-1]),
        unit=None if draw.chance(0.1) else draw.pick(draw.unit_ids),
        hours=float(draw.pick((10, 10, 15, 20)) if draw.has("hours") else 40),
        leaving_risk=draw.pick((0.0, 0.1, 0.3, 0.6, 1.0)) if draw.has("leaving", 0.9) else 0.0,
        available_from=draw.whole(0, horizon - 1) if draw.has("availability", 0.45) else 1,
        available_to=draw.whole(horizon // 2 + 1, horizon + 2)
        if draw.has("availability", 0.4)
        else horizon,
        move_from=draw.whole(2, horizon) if draw.has("move_from", 0.45) else 1,
    )


def _profile(draw: Draw, employee: str, structure: Structure) -> list[Profile]:
    found: list[Profile] = []
    horizon = draw.shape.periods
    for row in structure.competencies:
        level = draw.whole(0, row.levels)
        other = draw.whole(0, row.levels)
        if draw.chains or (draw.shape.levels > 2 and draw.chance(0.7)):
            level = max(level, other)
        elif draw.shape.levels == 2 and draw.chance(0.8):
            level = min(level, other)
        if level == 0:
            continue
        first = last = None
        if draw.has("validity", 0.35):
            first = draw.whole(-2, horizon // 2) if draw.chance(0.5) else None
            last = draw.whole(max(1, first or 1), horizon + 1) if draw.chance(0.7) else None
        found.append(Profile(employee, row.competency, level, first, last))
        if draw.has("validity", 0.15) and last is not None and last < horizon:
            again = draw.whole(1, row.levels)
            found.append(Profile(employee, row.competency, again, last + 1, None))
    return found
