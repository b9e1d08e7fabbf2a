"""The money of a quarter, counted from what really happened, apart from the product's own count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from succession.domain import Budget, Scenario

__all__ = ["Line", "charged", "counted", "move_cost"]

Line = dict[str, Any]
"""A line of the form, by the headings."""


def counted(row: Budget, pool: str, unit: str | None, period: int, amount: float) -> float:
    """How much of a charge the row pays."""
    inside = row.from_period <= period <= row.to_period
    return amount if row.pool == pool and row.unit in (None, unit) and inside else 0.0


def charged(
    scenario: Scenario, learning: Iterable[Line], sessions: Iterable[Line], seats: Iterable[Line]
) -> Iterator[tuple[str, str | None, int, float]]:
    """Pool, unit, period and amount of everything that was paid in the quarter."""
    settings = scenario.settings
    first = settings.calendar.label(1)
    for line in learning:
        activity = scenario.activity_by_id[line["activity"]]
        began = line["mark"] in ("done", "failed") and line["start"] == first
        if began and activity.pool:
            unit = scenario.employee_by_id[line["employee"]].unit
            yield activity.pool, unit, 1, activity.cost
    for line in sessions:
        activity = scenario.activity_by_id[line["activity"]]
        if activity.pool:
            yield activity.pool, None, 1, activity.session_cost * line["held"]
    for line in seats:
        opening = scenario.opening_by_id[line["opening"]]
        if line["mark"] != "done":
            continue
        if line["plan"] == "hire" and settings.external_pool:
            yield settings.external_pool, opening.unit, opening.needed, opening.external_cost or 0.0
        if line["plan"] == "placement" and settings.move_pool:
            yield settings.move_pool, opening.unit, 1, move_cost(scenario, line)


def move_cost(scenario: Scenario, line: Line) -> float:
    """What the placement in the line costs, once it is sure."""
    for row in scenario.candidates:
        same = (row.opening, row.employee) == (line["opening"], line["employee"])
        if same and row.move_cost is not None:
            return row.move_cost
    role = scenario.employee_by_id[line["employee"]].role
    goal = scenario.opening_by_id[line["opening"]].role
    costs = {(row.from_role, row.to_role): row.move_cost for row in scenario.career_paths}
    return costs.get((role, goal), 0.0)
