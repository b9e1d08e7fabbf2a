"""The people and what they hold."""

from __future__ import annotations

from succession.domain import Employee, Profile
from succession.io.schema.columns import Column, Table
from succession.io.schema.makers import (
    id_column,
    level_column,
    period_column,
    ref_column,
    share_column,
    text_column,
)

__all__ = ["PEOPLE"]

PEOPLE: tuple[Table, ...] = (
    Table(
        "Employees",
        Employee,
        "The people who may be developed and placed.",
        (
            id_column("employee", "the employee's id"),
            text_column("name", "the employee's name"),
            ref_column("role", "Roles", "the role they have now"),
            ref_column("unit", "Units", "the unit they belong to", optional=True),
            Column(
                "hours",
                "hours",
                "hours they may learn",
                "rule",
                rule="hours_per_period of Settings",
                unit="hours a period",
                low=0,
            ),
            share_column("leaving_risk", "the chance that they leave", 0.0, "share a year"),
            period_column("available_from", "first period in which they are there", default=1),
            period_column(
                "available_to",
                "last period in which they are there",
                edge="last",
                rule="the last period, T",
            ),
            period_column("move_from", "first period in which they may be placed", default=1),
        ),
        ("employee",),
        required=True,
    ),
    Table(
        "Profiles",
        Profile,
        "What people hold already, and how long it is valid.",
        (
            ref_column("employee", "Employees", "who holds it"),
            ref_column("competency", "Competencies", "what they hold"),
            level_column("at which level"),
            period_column("valid_from", "first period in which it counts; blank: no limit"),
            period_column(
                "valid_to", "last period in which it counts; blank: no limit", edge="last"
            ),
        ),
        ("employee", "competency", "level", "valid_from"),
    ),
)
