"""The rows of a scenario's tables as frozen records (scenario.md), defaults filled in.

A record holds what its row means, not what was typed: blank cells have become defaults, an
opening's costs are its own or its role's, period labels and dates are period numbers. `None`
stands for "none", "no limit" or "not allowed", as each docstring says. Amounts are in the
scenario's currency, hours in hours a period, rates and shares are fractions.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "Activity",
    "Budget",
    "Candidate",
    "CareerPath",
    "Commitment",
    "Competency",
    "Employee",
    "Group",
    "Interest",
    "Opening",
    "Outcome",
    "Prerequisite",
    "Profile",
    "Requirement",
    "Resource",
    "Role",
    "Session",
    "Unit",
]


@dataclass(frozen=True, slots=True)
class Competency:
    """A competency and its top level."""

    competency: str
    name: str
    kind: Literal["skill", "certification", "experience"]
    levels: int


@dataclass(frozen=True, slots=True)
class Role:
    """A role; `external_cost` None: cannot be hired, `unfilled_cost` None: may not stay open."""

    role: str
    title: str
    family: str
    grade: int | None
    external_cost: float | None
    external_lead: int
    vacancy_cost: float
    unfilled_cost: float | None
    backfill_cost: float
    replacement_cost: float


@dataclass(frozen=True, slots=True)
class Requirement:
    """A role asks for a competency at a level or above."""

    role: str
    competency: str
    level: int


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit; limits None: no limit. `max_away` learners, `max_moves_out` moves a period."""

    unit: str
    name: str
    max_away: int | None
    max_moves_out: int | None


@dataclass(frozen=True, slots=True)
class Employee:
    """An employee; `leaving_risk` a year, `available_from`…`available_to` inclusive."""

    employee: str
    name: str
    role: str
    unit: str | None
    hours: float
    leaving_risk: float
    available_from: int
    available_to: int
    move_from: int


@dataclass(frozen=True, slots=True)
class Profile:
    """An employee holds a competency at a level; validity None: no limit on that side."""

    employee: str
    competency: str
    level: int
    valid_from: int | None
    valid_to: int | None


@dataclass(frozen=True, slots=True)
class CareerPath:
    """People of `from_role` may move to `to_role`, at `move_cost`."""

    from_role: str
    to_role: str
    kind: Literal["ladder", "lattice"]
    move_cost: float


@dataclass(frozen=True, slots=True)
class Opening:
    """Seats of a role to fill from period `needed`; its costs are already its own or its role's.

    `external_cost` None: may not be hired for; `unfilled_cost` None: may not stay unfilled.
    """

    opening: str
    role: str
    unit: str | None
    needed: int
    seats: int
    probability: float
    max_delay: int
    bench: int
    incumbent: str | None
    nominated_only: bool
    external_cost: float | None
    external_lead: int
    vacancy_cost: float
    unfilled_cost: float | None


@dataclass(frozen=True, slots=True)
class Candidate:
    """An employee's standing for an opening; `move_cost` None: the career path's, or 0."""

    opening: str
    employee: str
    status: Literal["nominate", "exclude", "require", "standby"]
    period: int | None
    move_cost: float | None


@dataclass(frozen=True, slots=True)
class Interest:
    """An employee's interest in a role, 0 (not interested) … 3 (aspires)."""

    employee: str
    role: str
    interest: int


@dataclass(frozen=True, slots=True)
class Activity:
    """A learning activity; `seats` (a session) None: no limit and no sessions to hold."""

    activity: str
    name: str
    kind: Literal[
        "course",
        "workshop",
        "e-learning",
        "coaching",
        "mentoring",
        "project",
        "rotation",
        "certification",
        "programme",
    ]
    duration: int
    hours: float
    cost: float
    pool: str | None
    seats: int | None
    min_seats: int
    session_cost: float
    resource: str | None
    away: bool
    pass_rate: float


@dataclass(frozen=True, slots=True)
class Session:
    """The calendar allows `sessions` sessions of an activity in a period (rows added up)."""

    activity: str
    period: int
    sessions: int


@dataclass(frozen=True, slots=True)
class Prerequisite:
    """A competency and level that must be held in the period an activity starts."""

    activity: str
    competency: str
    level: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a finished activity gives; `valid_periods` None: for ever."""

    activity: str
    competency: str
    level: int
    valid_periods: int | None


@dataclass(frozen=True, slots=True)
class Resource:
    """Learners underway at once; `period` None: every period without a row of its own."""

    resource: str
    period: int | None
    capacity: int


@dataclass(frozen=True, slots=True)
class Budget:
    """Money that a pool may spend in periods `from_period`…`to_period`; unit None: everyone."""

    pool: str
    unit: str | None
    from_period: int
    to_period: int
    amount: float


@dataclass(frozen=True, slots=True)
class Commitment:
    """An activity that an employee does whatever is planned; start ≤ 0: before the horizon."""

    employee: str
    activity: str
    start: int


@dataclass(frozen=True, slots=True)
class Group:
    """An attribute for the fairness audit only; the solver never reads it."""

    employee: str
    attribute: str
    value: str
