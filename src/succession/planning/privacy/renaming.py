"""A scenario and its plan with other names for people; everything else stays as it was."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from succession import io
from succession.domain.plan import Plan
from succession.domain.scenario import SHEETS, Scenario
from succession.planning.privacy.mentions import Mentions

__all__ = ["rename_plan", "rename_scenario"]

_PEOPLE = ("employee", "incumbent", "vacated_by")
_FREE_TEXT = ("name", "title", "family")
_PLAN_LISTS = (
    "placements",
    "vacated",
    "standbys",
    "learning",
    "vacated_hires",
    "vacated_unfilled",
)


def rename_scenario(
    scenario: Scenario, people: Mapping[str, str], mentions: Mentions, path: Path
) -> Scenario:
    """Write the scenario to `path` with other names for people, and return it as it reads.

    `people` gives the new id of each employee who gets one; their name becomes the same. Their
    rows in Groups go: protected attributes do not outlive the person, nor leave the house.
    `mentions` mends the free texts: names and titles of everything else.
    """
    tables: dict[str, Any] = {
        attribute: tuple(
            _renamed(row, people, mentions)
            for row in getattr(scenario, attribute)
            if sheet != "Groups" or row.employee not in people
        )
        for sheet, attribute in SHEETS.items()
    }
    if path.is_dir():
        shutil.rmtree(path)  # tables that are gone must not stay
    io.write_scenario(replace(scenario, **tables, source_rows={}), path, force=True)
    return io.load_scenario(path)


def rename_plan(plan: Plan, people: Mapping[str, str], **changes: Any) -> Plan:
    """The plan with other ids for people, its lists in order again; `changes` are its head's."""
    lists: dict[str, Any] = {
        name: tuple(sorted(_renamed(row, people, None) for row in getattr(plan, name)))
        for name in _PLAN_LISTS
    }
    return replace(plan, **lists, **changes)


def _renamed(row: Any, people: Mapping[str, str], mentions: Mentions | None) -> Any:
    changes: dict[str, object] = {}
    for item in fields(row):
        value = getattr(row, item.name)
        if item.name in _PEOPLE and value in people:
            changes[item.name] = people[value]
        elif item.name in _FREE_TEXT and mentions is not None and isinstance(value, str):
            changes[item.name] = mentions.replaced_words(value)
    if "employee" in changes and hasattr(row, "name"):
        changes["name"] = changes["employee"]
    return replace(row, **changes) if changes else row
