"""Small scenarios and plans for tests: every record with the defaults of scenario.md.

staff = scenario(roles=[role("R")], employees=[employee("E1")], openings=[opening("O1")])
draft = plan(staff, hires=[Hires("O1", 1)])
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from succession.domain import (
    Activity,
    Budget,
    Candidate,
    CareerPath,
    Commitment,
    Competency,
    Employee,
    Interest,
    Opening,
    Outcome,
    Plan,
    Prerequisite,
    Profile,
    Requirement,
    Resource,
    Role,
    Scenario,
    Session,
    Settings,
    Unit,
)

__all__ = [
    "activity",
    "budget",
    "candidate",
    "commitment",
    "competency",
    "employee",
    "interest",
    "opening",
    "outcome",
    "path",
    "plan",
    "prerequisite",
    "profile",
    "promotion",
    "requirement",
    "resource",
    "role",
    "scenario",
    "session",
    "settings",
    "unit",
]


def settings(**changes: Any) -> Settings:
    """Four quarters from January 2027 with backfill `none`, unless changed."""
    defaults = Settings("test", date(2027, 1, 1), periods=4, backfill="none")
    return replace(defaults, **changes)


def scenario(options: Settings | None = None, /, **tables: Any) -> Scenario:
    """A scenario of the tables given, each sorted as a reader leaves it."""
    rows: dict[str, Any] = {
        name: tuple(sorted(table, key=_sort_key)) for name, table in tables.items()
    }
    return Scenario(options or settings(), **rows)


def plan(scenario: Scenario, **changes: Any) -> Plan:
    """A plan of that scenario's header with the lists given, sorted; it claims to cost nothing."""
    lists: dict[str, Any] = {
        name: tuple(sorted(value)) if isinstance(value, list) else value
        for name, value in changes.items()
    }
    return replace(Plan.blank(scenario), **{"status": "optimal", **lists})


def promotion(options: Settings | None = None, /, **tables: Any) -> Scenario:
    """E1, a junior, may become senior and take O1 with C, which A gives; tables replace these."""
    defaults: dict[str, Any] = {
        "competencies": [competency("C")],
        "roles": [role("junior"), role("senior")],
        "requirements": [requirement("senior", "C")],
        "employees": [employee("E1")],
        "career_paths": [path("junior", "senior")],
        "openings": [opening("O1")],
        "activities": [activity("A")],
        "outcomes": [outcome("A", "C")],
    }
    return scenario(options, **{**defaults, **tables})


def competency(name: str, levels: int = 5) -> Competency:
    return Competency(name, name, "skill", levels)


def role(name: str, **changes: Any) -> Role:
    """A role that can be hired for at 100 and stay unfilled at 1000."""
    defaults = Role(name, name, "", None, 100.0, 0, 0.0, 1000.0, 0.0, 0.0)
    return replace(defaults, **changes)


def requirement(role: str, competency: str, level: int = 1) -> Requirement:
    return Requirement(role, competency, level)


def unit(name: str, max_away: int | None = None, max_moves_out: int | None = None) -> Unit:
    return Unit(name, name, max_away, max_moves_out)


def employee(name: str, role: str = "junior", **changes: Any) -> Employee:
    """An employee who is there for good: 40 hours, no leaving risk."""
    return replace(Employee(name, name, role, None, 40.0, 0.0, 1, 60, 1), **changes)


def profile(
    employee: str,
    competency: str,
    level: int = 1,
    valid_from: int | None = None,
    valid_to: int | None = None,
) -> Profile:
    return Profile(employee, competency, level, valid_from, valid_to)


def path(from_role: str, to_role: str, move_cost: float = 0.0) -> CareerPath:
    return CareerPath(from_role, to_role, "ladder", move_cost)


def opening(name: str, role: str = "senior", **changes: Any) -> Opening:
    """One seat, needed in period 3 for certain; hired for at 100 or unfilled at 1000."""
    defaults = Opening(name, role, None, 3, 1, 1.0, 0, 0, None, False, 100.0, 0, 0.0, 1000.0)
    return replace(defaults, **changes)


def candidate(opening: str, employee: str, **changes: Any) -> Candidate:
    return replace(Candidate(opening, employee, "nominate", None, None), **changes)


def interest(employee: str, role: str, interest: int) -> Interest:
    return Interest(employee, role, interest)


def activity(name: str, **changes: Any) -> Activity:
    """One period, no hours, no cost, no seats, always passed."""
    defaults = Activity(name, name, "course", 1, 0.0, 0.0, None, None, 0, 0.0, None, False, 1.0)
    return replace(defaults, **changes)


def session(activity: str, period: int, sessions: int = 1) -> Session:
    return Session(activity, period, sessions)


def prerequisite(activity: str, competency: str, level: int = 1) -> Prerequisite:
    return Prerequisite(activity, competency, level)


def outcome(
    activity: str, competency: str, level: int = 1, valid_periods: int | None = None
) -> Outcome:
    return Outcome(activity, competency, level, valid_periods)


def resource(name: str, capacity: int, period: int | None = None) -> Resource:
    return Resource(name, period, capacity)


def budget(pool: str, amount: float, **changes: Any) -> Budget:
    return replace(Budget(pool, None, 1, 60, amount), **changes)


def commitment(employee: str, activity: str, start: int) -> Commitment:
    return Commitment(employee, activity, start)


def _sort_key(row: Any) -> list[tuple[bool, str, Any]]:
    values = [getattr(row, name) for name in row.__slots__]
    return [(value is not None, type(value).__name__, value) for value in values]
