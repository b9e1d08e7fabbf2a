"""What is odd but usable is a warning; what was mended is listed as a fix."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.io.books import codes, findings, tables, write_csv, write_xlsx

from succession.io import load, load_scenario


@pytest.mark.parametrize(
    ("changes", "code", "sheet"),
    [
        ({"Extra": [["a"], ["b"]]}, "W_SHEET_IGNORED", "Extra.csv"),
        (
            {"Units": [["unit", "boss"], ["North", 1], ["South", 2]]},
            "W_COLUMN_IGNORED",
            "Units.csv",
        ),
        ({"Openings": [["opening", "role", "needed"]]}, "W_NO_ROWS", "Openings.csv"),
        (
            {"Requirements": [["role", "competency", "level"], ["Lead", "Java", 5]]},
            "W_UNFILLABLE",
            "Requirements.csv",
        ),
        ({"Requirements": None}, "W_ROLE_EMPTY", "Roles.csv"),
        ({"CareerPaths": None}, "W_NO_CANDIDATE", "Openings.csv"),
        (
            {"Activities": [["activity"], ["Course"], ["Idle"]]},
            "W_NO_OUTCOME",
            "Activities.csv",
        ),
        ({"Activities": [["activity", "pool"], ["Course", "P"]]}, "W_BUDGET", "Activities.csv"),
        ({"Activities": [["activity", "seats"], ["Course", 0]]}, "W_SEATS", "Activities.csv"),
        (
            {"Sessions": [["activity", "period"], ["Course", 1], ["Course", 9]]},
            "W_PERIOD_OUTSIDE",
            "Sessions.csv",
        ),
        (
            {"Prerequisites": [["activity", "competency", "level"], ["Course", "Java", 3]]},
            "W_CYCLE",
            "Prerequisites.csv",
        ),
        ({"Budgets": [["pool", "amount"], ["P", 2e9]]}, "W_OUTLIER", "Budgets.csv"),
        (
            {"Budgets": [["pool", "amount"], *([f"P{k}", 10] for k in range(9)), ["Q", 10001]]},
            "W_OUTLIER",
            "Budgets.csv",
        ),
    ],
)
def test_what_is_odd_is_a_warning_and_the_scenario_stands(
    tmp_path: Path, changes: dict[str, Any], code: str, sheet: str
) -> None:
    loaded = load(write_csv(tmp_path / "a", tables(**changes)))
    assert (code, sheet) in [(finding.code, finding.sheet) for finding in loaded.warnings]
    assert loaded.errors == ()
    assert loaded.scenario is not None


def test_a_circle_of_prerequisites_is_printed_whole(tmp_path: Path) -> None:
    content = tables(
        Competencies=[["competency"], ["Java"], ["Go"]],
        Profiles=None,
        Activities=[["activity"], ["A"], ["B"], ["C"]],
        Sessions=None,
        Prerequisites=[["activity", "competency"], ["A", "Go"], ["B", "Java"]],
        Outcomes=[["activity", "competency", "level"], ["A", "Java", 3], ["B", "Go", 2]],
    )
    found = [
        f for f in findings(write_csv(tmp_path / "a", content), "warning") if "CYCLE" in f.code
    ]
    assert "A → B → A" in found[0].message


def test_a_circle_that_somebody_can_enter_is_no_warning(tmp_path: Path) -> None:
    content = tables(
        Competencies=[["competency"], ["Java"], ["Go"]],
        Profiles=[["employee", "competency"], ["E1", "Go"]],
        Activities=[["activity"], ["A"], ["B"]],
        Sessions=None,
        Prerequisites=[["activity", "competency"], ["A", "Go"], ["B", "Java"]],
        Outcomes=[["activity", "competency", "level"], ["A", "Java", 3], ["B", "Go", 2]],
    )
    assert codes(write_csv(tmp_path / "a", content), "warning") == []


def test_an_unlisted_resource_is_an_error_a_closed_one_is_not(tmp_path: Path) -> None:
    content = tables(Activities=[["activity", "resource"], ["Course", "Room"]])
    assert codes(write_csv(tmp_path / "a", content)) == ["E_REF"]
    content["Resources"] = [["resource", "period", "capacity"], ["Room", 9, 5]]
    scenario = load_scenario(write_csv(tmp_path / "b", content))
    assert [(r.period, r.capacity) for r in scenario.resources] == [(1, 0)]


def test_an_activity_with_sessions_outside_the_horizon_alone_is_never_offered(
    tmp_path: Path,
) -> None:
    content = tables(Sessions=[["activity", "period", "sessions"], ["Course", 9, 3]])
    scenario = load_scenario(write_csv(tmp_path / "a", content))
    assert [(s.period, s.sessions) for s in scenario.sessions] == [(1, 0)]


def test_rows_of_one_activity_and_period_add_up(tmp_path: Path) -> None:
    rows = [["Course", 2, 1], ["Course", "2027-Q2", 2], ["Course", 1, None]]
    content = tables(Sessions=[["activity", "period", "sessions"], *rows])
    scenario = load_scenario(write_csv(tmp_path / "a", content))
    assert [(s.period, s.sessions) for s in scenario.sessions] == [(1, 1), (2, 3)]


def test_what_is_mended_is_listed(tmp_path: Path) -> None:
    content = tables(
        Roles=[["role", "title", "vacancy_cost"], [" Dev\u00a0", "a\u200bb", "42"], ["Lead", "", 1]]
    )
    path = write_xlsx(tmp_path / "a.xlsx", content)
    loaded = load(path)
    assert codes(path, "fix") == ["F_TRIM", "F_INVISIBLE", "F_NUMBER_TEXT"]
    assert loaded.scenario is not None
    assert loaded.scenario.roles[0].role == "Dev"
    assert loaded.scenario.roles[0].title == "ab"
    assert loaded.scenario.roles[0].vacancy_cost == 42


def test_rows_after_a_thousand_blank_ones_are_read_with_a_warning(tmp_path: Path) -> None:
    content = tables()
    content["Units"] += [[None]] * 1500 + [["West"]]
    loaded = load(write_xlsx(tmp_path / "a.xlsx", content))
    assert [finding.code for finding in loaded.warnings] == ["W_FAR_ROWS"]
    assert loaded.scenario is not None
    assert len(loaded.scenario.units) == 3


def test_headings_below_a_title_are_found_with_a_warning(tmp_path: Path) -> None:
    content = tables()
    content["Employees"] = [["Our people", "", "", ""], *content["Employees"]]
    loaded = load(write_xlsx(tmp_path / "a.xlsx", content))
    assert [finding.code for finding in loaded.findings] == ["W_HEADER_ROW"]
    assert loaded.scenario is not None
    assert loaded.scenario.source_rows["Employees"] == (3, 4)
