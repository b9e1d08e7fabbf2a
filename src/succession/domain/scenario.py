"""The scenario: everything that a plan is made from (scenario.md)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import astuple, dataclass, field, fields
from datetime import date
from functools import cached_property
from typing import Literal

from succession.domain.calendar import Calendar, PeriodLength
from succession.domain.records import (
    Activity,
    Budget,
    Candidate,
    CareerPath,
    Commitment,
    Competency,
    Employee,
    Group,
    Interest,
    Opening,
    Outcome,
    Prerequisite,
    Profile,
    Requirement,
    Resource,
    Role,
    Session,
    Unit,
)

__all__ = ["SHEETS", "Scenario", "Settings"]


@dataclass(frozen=True, slots=True)
class Settings:
    """The Settings sheet; costs in `currency`, hours a period."""

    name: str
    start: date
    period: PeriodLength = "quarter"
    periods: int = 8
    currency: str = "EUR"
    hours_per_period: float = 40.0
    max_at_once: int = 2
    risk: Literal["expected", "ignore"] = "expected"
    interest_cost: float = 0.0
    change_cost: float = 0.0
    bench_shortage_cost: float = 0.0
    retention_effect: float = 0.0
    min_stay: int = 4
    backfill: Literal["none", "cost", "chain"] = "cost"
    external_pool: str | None = None
    move_pool: str | None = None

    @property
    def calendar(self) -> Calendar:
        """The horizon's calendar."""
        return Calendar(self.start, self.period, self.periods)


@dataclass(frozen=True)
class Scenario:
    """All tables, each a tuple of records sorted by its key, so that row order means nothing.

    `source_rows` gives, for a sheet name, the row (or CSV line) of each record in table order;
    it is empty for a scenario that was not read from a file and never counts in comparisons.
    """

    settings: Settings
    competencies: tuple[Competency, ...] = ()
    roles: tuple[Role, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    units: tuple[Unit, ...] = ()
    employees: tuple[Employee, ...] = ()
    profiles: tuple[Profile, ...] = ()
    career_paths: tuple[CareerPath, ...] = ()
    openings: tuple[Opening, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    interests: tuple[Interest, ...] = ()
    activities: tuple[Activity, ...] = ()
    sessions: tuple[Session, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    resources: tuple[Resource, ...] = ()
    budgets: tuple[Budget, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    groups: tuple[Group, ...] = ()
    source_rows: Mapping[str, tuple[int, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def employee_by_id(self) -> Mapping[str, Employee]:
        """Employees by id."""
        return {row.employee: row for row in self.employees}

    @cached_property
    def role_by_id(self) -> Mapping[str, Role]:
        """Roles by id."""
        return {row.role: row for row in self.roles}

    @cached_property
    def opening_by_id(self) -> Mapping[str, Opening]:
        """Openings by id."""
        return {row.opening: row for row in self.openings}

    @cached_property
    def activity_by_id(self) -> Mapping[str, Activity]:
        """Activities by id."""
        return {row.activity: row for row in self.activities}

    @cached_property
    def sha256(self) -> str:
        """`scenario_sha256`: of all tables but Groups and all settings but the name."""
        digest = hashlib.sha256()
        settings = zip(_setting_names(), astuple(self.settings), strict=True)
        _digest_row(digest, [pair for pair in settings if pair[0] != "name"])
        for sheet, attribute in SHEETS.items():
            if sheet == "Groups":
                continue
            _digest_row(digest, sheet)
            for row in getattr(self, attribute):
                _digest_row(digest, [getattr(row, name) for name in row.__slots__])
        return digest.hexdigest()


SHEETS: Mapping[str, str] = {
    "Competencies": "competencies",
    "Roles": "roles",
    "Requirements": "requirements",
    "Units": "units",
    "Employees": "employees",
    "Profiles": "profiles",
    "CareerPaths": "career_paths",
    "Openings": "openings",
    "Candidates": "candidates",
    "Interests": "interests",
    "Activities": "activities",
    "Sessions": "sessions",
    "Prerequisites": "prerequisites",
    "Outcomes": "outcomes",
    "Resources": "resources",
    "Budgets": "budgets",
    "Commitments": "commitments",
    "Groups": "groups",
}
"""Sheet name → the Scenario field that holds its records, in the order of scenario.md."""


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


def _setting_names() -> list[str]:
    return [item.name for item in fields(Settings)]


def _digest_row(digest: hashlib._Hash, row: object) -> None:
    digest.update(_ENCODER.encode(row).encode("utf-8") + b"\n")
