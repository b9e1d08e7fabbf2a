"""The sheet Decisions: written by the report, marked by a planner, read by `decide`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from succession.io.schema import Column, Table

__all__ = ["DECISIONS", "SCENARIO_MARK", "Decision"]

SCENARIO_MARK = "Made from the scenario "
"""Stands above the headings, followed by the scenario's sha256."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A marked row: what was decided about a placement, a standby or an activity's start.

    `opening` is None for learning, `activity` for the others; `row` is the sheet's.
    """

    row: int
    decision: Literal["accept", "reject", "lock"]
    kind: Literal["placement", "standby", "learning"]
    opening: str | None
    employee: str
    activity: str | None
    period: int


DECISIONS = Table(
    "Decisions",
    Decision,
    "What is decided about the plan: accept, reject or lock.",
    (
        Column("decision", "choice", "the decision", choices=("accept", "reject", "lock")),
        Column(
            "kind",
            "choice",
            "what the row is about",
            "required",
            choices=("placement", "standby", "learning"),
        ),
        Column("opening", "id", "which opening", table="Openings"),
        Column("employee", "id", "who", "required", table="Employees"),
        Column("activity", "id", "which activity", table="Activities"),
        Column("period", "period", "when", "required"),
    ),
    ("decision", "kind", "opening", "employee", "activity", "period"),
    required=True,
    notes=("role", "unit", "name", "title", "chance", "saving", "remark"),
)
"""`notes` tell the planner what the ids stand for; they are not read back."""
