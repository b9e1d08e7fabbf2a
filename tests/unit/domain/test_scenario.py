"""The scenario's fingerprint: whatever the solver sees counts, and nothing else does."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from tests import builders as build

from succession.domain import SHEETS, Group, Scenario, Settings

CHANGED: dict[str, Any] = {
    "start": date(2027, 4, 1),
    "period": "month",
    "periods": 5,
    "currency": "CHF",
    "hours_per_period": 41.0,
    "max_at_once": 3,
    "risk": "ignore",
    "interest_cost": 1.0,
    "change_cost": 1.0,
    "bench_shortage_cost": 1.0,
    "retention_effect": 0.1,
    "min_stay": 5,
    "backfill": "chain",
    "external_pool": "P",
    "move_pool": "P",
}


def full() -> Scenario:
    """One row in every table."""
    return build.scenario(
        competencies=[build.competency("C")],
        roles=[build.role("junior"), build.role("senior")],
        requirements=[build.requirement("senior", "C")],
        units=[build.unit("U")],
        employees=[build.employee("E1")],
        profiles=[build.profile("E1", "C")],
        career_paths=[build.path("junior", "senior")],
        openings=[build.opening("O1")],
        candidates=[build.candidate("O1", "E1")],
        interests=[build.interest("E1", "senior", 2)],
        activities=[build.activity("A")],
        sessions=[build.session("A", 1)],
        prerequisites=[build.prerequisite("A", "C")],
        outcomes=[build.outcome("A", "C", 2)],
        resources=[build.resource("R", 1)],
        budgets=[build.budget("P", 1.0)],
        commitments=[build.commitment("E1", "A", 1)],
        groups=[Group("E1", "site", "north")],
    )


def test_every_table_is_in_the_example() -> None:
    assert all(getattr(full(), table) for table in SHEETS.values())


def test_name_and_groups_do_not_count() -> None:
    renamed = replace(full(), settings=replace(full().settings, name="other"), groups=())
    assert renamed.sha256 == full().sha256


@pytest.mark.parametrize("name", [item.name for item in fields(Settings) if item.name != "name"])
def test_every_other_setting_counts(name: str) -> None:
    changed = replace(full(), settings=replace(full().settings, **{name: CHANGED[name]}))
    assert changed.sha256 != full().sha256


@pytest.mark.parametrize("table", [name for name in SHEETS.values() if name != "groups"])
def test_every_other_table_counts_in_every_column(table: str) -> None:
    """A row fewer, and any value of a row changed, is another scenario."""
    rows = getattr(full(), table)
    fewer: dict[str, Any] = {table: rows[:-1]}
    assert replace(full(), **fewer).sha256 != full().sha256
    for column in rows[0].__slots__:
        first = replace(rows[0], **{column: "something else"})
        other: dict[str, Any] = {table: (first, *rows[1:])}
        assert replace(full(), **other).sha256 != full().sha256, column


def test_an_empty_table_is_not_the_next_one() -> None:
    """The same row is another scenario in another table: the sheet's name counts."""
    need = replace(build.scenario(), prerequisites=(build.prerequisite("A", "C"),))
    asked = replace(build.scenario(), requirements=(build.requirement("A", "C"),))
    assert need.sha256 != asked.sha256


def test_none_is_not_a_word() -> None:
    """No unit is not the unit called None, and no limit is not 0."""
    nobody = replace(build.scenario(), employees=(build.employee("E1"),))
    somebody = replace(build.scenario(), employees=(build.employee("E1", unit="None"),))
    assert nobody.sha256 != somebody.sha256
    free = replace(build.scenario(), units=(build.unit("U"),))
    assert free.sha256 != replace(free, units=(build.unit("U", max_away=0),)).sha256


def test_source_rows_do_not_count() -> None:
    """Where a row stood in its file makes it neither another scenario nor an unequal one."""
    moved = replace(full(), source_rows={"Roles": (7, 9)})
    assert moved.sha256 == full().sha256
    assert moved == full()


def test_rows_are_found_by_their_ids() -> None:
    scenario = full()
    assert scenario.employee_by_id["E1"] is scenario.employees[0]
    assert scenario.role_by_id["senior"] is scenario.roles[1]
    assert scenario.opening_by_id["O1"] is scenario.openings[0]
    assert scenario.activity_by_id["A"] is scenario.activities[0]
