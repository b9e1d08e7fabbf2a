"""Blank cells take the defaults of scenario.md."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from tests.unit.io.books import tables, write_csv

from succession.io import load_scenario


def test_settings_default(tmp_path: Path) -> None:
    rows: list[list[Any]] = [["key", "value"], ["Start", "2027-05-17"], ["risk", None]]
    settings = load_scenario(write_csv(tmp_path / "plant", tables(Settings=rows))).settings
    assert settings.name == "plant"
    assert settings.start == date(2027, 5, 1)
    assert (settings.period, settings.periods, settings.currency) == ("quarter", 8, "EUR")
    assert (settings.hours_per_period, settings.max_at_once) == (40.0, 2)
    assert (settings.risk, settings.backfill, settings.min_stay) == ("expected", "cost", 4)
    assert settings.external_pool is None


def test_min_stay_is_a_year_of_months(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["key", "value"],
        ["start", "2027-05"],
        ["period", "month"],
        ["move pool", "None"],
    ]
    settings = load_scenario(write_csv(tmp_path / "plant", tables(Settings=rows))).settings
    assert settings.min_stay == 12
    assert settings.move_pool is None


def test_an_employees_blanks_come_from_settings_and_horizon(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["key", "value"],
        ["start", "2027-01"],
        ["periods", 5],
        ["hours_per_period", 12.5],
    ]
    employee = load_scenario(write_csv(tmp_path / "a", tables(Settings=rows))).employees[0]
    assert employee.hours == 12.5
    assert (employee.available_from, employee.available_to, employee.move_from) == (1, 5, 1)
    assert employee.leaving_risk == 0.0


def test_role_costs_default_to_the_external_cost_or_nothing(tmp_path: Path) -> None:
    header = ["role", "external_cost", "backfill_cost", "unfilled_cost"]
    content = tables(Roles=[header, ["Dev", None, None, None], ["Lead", 70, 5, 1]])
    dev, lead = load_scenario(write_csv(tmp_path / "a", content)).roles
    assert (dev.external_cost, dev.backfill_cost, dev.replacement_cost) == (None, 0.0, 0.0)
    assert (lead.backfill_cost, lead.replacement_cost) == (5.0, 70.0)
    assert dev.unfilled_cost is None


def test_an_openings_costs_are_its_own_or_its_roles(tmp_path: Path) -> None:
    header = ["opening", "role", "needed", "external_cost", "external_lead", "unfilled_cost"]
    rows = [["O1", "Lead", 2, None, None, None], ["O2", "Lead", 2, "None", 3, 7]]
    first, second = load_scenario(
        write_csv(tmp_path / "a", tables(Openings=[header, *rows]))
    ).openings
    assert (first.external_cost, first.external_lead, first.unfilled_cost) == (2000.0, 0, 9000.0)
    assert (second.external_cost, second.external_lead, second.unfilled_cost) == (None, 3, 7.0)


def test_competencies_and_units_count_as_declared_where_their_table_is_empty(
    tmp_path: Path,
) -> None:
    content = tables(Competencies=[["competency"]], Units=None)
    scenario = load_scenario(write_csv(tmp_path / "a", content))
    assert [(c.competency, c.levels) for c in scenario.competencies] == [("Java", 5)]
    assert [unit.unit for unit in scenario.units] == ["North", "South"]


def test_a_certification_has_one_level_by_default(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["Java", "", None],
        ["Safe", "Certification", None],
        ["Old", "certification", 3],
    ]
    content = tables(Competencies=[["competency", "kind", "levels"], *rows])
    levels = {
        c.competency: c.levels
        for c in load_scenario(write_csv(tmp_path / "a", content)).competencies
    }
    assert levels == {"Java": 5, "Safe": 1, "Old": 3}


def test_yes_and_no_have_many_spellings(tmp_path: Path) -> None:
    words = ["yes", "TRUE", "1", "x", "No", "false", "0", ""]
    rows = [[f"A{k}", word] for k, word in enumerate(words)]
    content = tables(
        Activities=[["activity", "away"], *rows, ["Course", None]],
    )
    activities = load_scenario(write_csv(tmp_path / "a", content)).activities
    assert [a.away for a in activities] == [True] * 4 + [False] * 5
