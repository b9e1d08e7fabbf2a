"""Every error has its code and its cell, in a workbook as in a CSV folder, all in one pass."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.unit.io.books import codes, findings, tables, with_row, write_csv, write_xlsx

from succession.errors import BadInput
from succession.io import load, load_scenario

_ACTIVITY = ["activity", "seats", "min_seats", "session_cost", "pass_rate", "resource", "pool"]
_BAD_CELLS: list[tuple[str, list[str] | None, list[Any], str, str]] = [
    # table, headings (None: as they are), the spoilt row, column of the finding, code
    ("Employees", None, [None, "Cy", "Dev", "North"], "employee", "E_ID_MISSING"),
    ("Employees", None, ["E3", "Cy", None, "North"], "role", "E_BLANK"),
    ("Employees", None, ["E1", "Cy", "Dev", "North"], "employee", "E_ID_DUP"),
    ("Employees", None, ["e1", "Cy", "Dev", "North"], "employee", "E_ID_TWINS"),
    ("Employees", None, ["Ｅ1", "Cy", "Dev", "North"], "employee", "E_ID_TWINS"),
    ("Employees", None, ["E3", "Cy", "Devv", "North"], "role", "E_REF"),
    ("Employees", None, ["E3", "Cy", "Dev", "Nort"], "unit", "E_REF"),
    ("Employees", None, ["E3", "x" * 300, "Dev", "North"], "name", "E_LONG"),
    ("Employees", None, ["Total", None, None, None], "employee", "E_ID_UNKNOWN"),
    ("Employees", ["employee", "role", "hours"], ["E3", "Dev", "ten"], "hours", "E_NUMBER"),
    ("Employees", ["employee", "role", "hours"], ["E3", "Dev", -1], "hours", "E_RANGE"),
    ("Employees", ["employee", "role", "hours"], ["E3", "Dev", "1.234"], "hours", "E_AMBIGUOUS"),
    ("Employees", ["employee", "role", "hours"], ["E3", "Dev", "1'234.50"], "hours", "E_AMBIGUOUS"),
    ("Employees", ["employee", "role", "hours"], ["E3", "Dev", "1,5"], "hours", "E_AMBIGUOUS"),
    ("Employees", ["employee", "role", "hours"], ["E3", "Dev", "nan"], "hours", "E_NUMBER"),
    ("Employees", ["employee", "role", "hours"], ["E3", "Dev", "1_000"], "hours", "E_NUMBER"),
    ("Employees", ["employee", "role", "hours"], ["E3", "Dev", "٣٤"], "hours", "E_NUMBER"),
    ("Employees", ["employee", "role", "hours"], ["E3", "Dev", "12e3"], "hours", "E_NUMBER"),
    (
        "Employees",
        ["employee", "role", "leaving_risk"],
        ["E3", "Dev", 80],
        "leaving_risk",
        "E_PERCENT",
    ),
    (
        "Employees",
        ["employee", "role", "leaving_risk"],
        ["E3", "Dev", "80%"],
        "leaving_risk",
        "E_PERCENT",
    ),
    (
        "Employees",
        ["employee", "role", "available_from", "available_to"],
        ["E3", "Dev", 5, 3],
        "available_to",
        "E_DATE",
    ),
    (
        "Employees",
        ["employee", "role", "move_from"],
        ["E3", "Dev", "03/04/2027"],
        "move_from",
        "E_DATE_AMBIGUOUS",
    ),
    (
        "Employees",
        ["employee", "role", "move_from"],
        ["E3", "Dev", "2027-02-30"],
        "move_from",
        "E_DATE",
    ),
    (
        "Employees",
        ["employee", "role", "move_from"],
        ["E3", "Dev", "soon"],
        "move_from",
        "E_PERIOD",
    ),
    ("Employees", ["employee", "role", "move_from"], ["E3", "Dev", 1.5], "move_from", "E_PERIOD"),
    ("Profiles", None, ["E1", "Java", 7], "level", "E_RANGE"),
    ("Profiles", None, ["E1", "Java", "3 - advanced"], "level", "E_NUMBER"),
    ("Profiles", None, ["E1", "Java", 2.5], "level", "E_NUMBER"),
    ("Profiles", None, ["E1", "Java", 0], "level", "E_RANGE"),
    ("Requirements", None, ["Lead", "Java", 2], "role", "E_KEY_DUP"),
    ("Profiles", None, ["E9", "Java", 2], "employee", "E_REF"),
    ("Competencies", None, ["Law", "talent", 5], "kind", "E_CHOICE"),
    ("CareerPaths", None, ["Dev", "Boss"], "to_role", "E_REF"),
    ("Openings", None, ["O2", "Lead", "North", 5], "needed", "E_RANGE"),
    ("Openings", None, ["O2", "Lead", "North", None], "needed", "E_BLANK"),
    (
        "Openings",
        ["opening", "role", "needed", "external_cost", "unfilled_cost", "nominated_only"],
        ["O2", "Lead", 2, "none", "none", "yes"],
        "opening",
        "E_OPENING",
    ),
    ("Openings", ["opening", "role", "needed", "seats"], ["O2", "Lead", 2, 0], "seats", "E_RANGE"),
    (
        "Openings",
        ["opening", "role", "needed", "nominated_only"],
        ["O2", "Lead", 2, "maybe"],
        "nominated_only",
        "E_YESNO",
    ),
    (
        "Openings",
        ["opening", "role", "needed", "incumbent"],
        ["O2", "Lead", 2, "E9"],
        "incumbent",
        "E_REF",
    ),
    ("Activities", _ACTIVITY, ["A", 4, 5, None, None, None, None], "min_seats", "E_RANGE"),
    ("Activities", _ACTIVITY, ["A", None, 2, None, None, None, None], "min_seats", "E_SEATS"),
    ("Activities", _ACTIVITY, ["A", None, None, 9, None, None, None], "session_cost", "E_SEATS"),
    ("Activities", _ACTIVITY, ["A", 4, None, None, None, "Room", None], "resource", "E_REF"),
    ("Interests", ["employee", "role", "interest"], ["E1", "Lead", 4], "interest", "E_RANGE"),
    ("Resources", ["resource", "period", "capacity"], ["Room", 1, None], "capacity", "E_BLANK"),
    ("Budgets", ["pool", "from", "to", "amount"], ["P", 3, 2, 10], "to", "E_DATE"),
    ("Commitments", ["employee", "activity", "start"], ["E1", "Course", 5], "start", "E_RANGE"),
]


@pytest.mark.parametrize(("sheet", "header", "row", "column", "code"), _BAD_CELLS)
def test_a_bad_cell_is_named(
    tmp_path: Path, sheet: str, header: list[str] | None, row: list[Any], column: str, code: str
) -> None:
    content = with_row(sheet, row, header)
    if header:
        # The rows that others refer to stay; only the spoilt one uses the new headings.
        kept = [[*old[:1], *[None] * (len(header) - 1)] for old in tables().get(sheet, [])[1:]]
        content[sheet] = [header, *[_filled(header, old, sheet) for old in kept], row]
    line = len(content[sheet])
    for path, is_csv in (
        (write_xlsx(tmp_path / "a.xlsx", content), False),
        (write_csv(tmp_path / "a", content), True),
    ):
        found = [finding for finding in findings(path) if finding.code == code]
        assert len(found) == 1, load(path).findings
        assert found[0].sheet == (f"{sheet}.csv" if is_csv else sheet)
        assert (found[0].row, found[0].column) == (line, column)
        number = content[sheet][0].index(column)
        assert found[0].cell == (None if is_csv else f"{chr(65 + number)}{line}")
        assert found[0].message
        assert load(path).scenario is None


def _filled(header: list[str], row: list[Any], sheet: str) -> list[Any]:
    old_header, old_row = tables()[sheet][0], next(r for r in tables()[sheet] if r[0] == row[0])
    old = dict(zip(old_header, old_row, strict=True))
    return [old.get(name) for name in header]


def test_all_findings_come_in_one_pass_and_in_order(tmp_path: Path) -> None:
    content = tables(
        Settings=[["key", "value"], ["start", "2027-01-01"], ["periods", 99], ["risk", "some"]],
        Roles=[["role", "external_cost"], ["Dev", "dear"], ["Lead", 5]],
        Employees=[["employee", "role"], ["E1", "Dev"], ["E1", "Lead"], ["E2", "Deef"]],
        Openings=[["opening", "role", "needed"], ["O1", "Leed", 2]],
        Outcomes=[["activity", "competency"], ["Course", "Java"], ["Curse", "Java"]],
    )
    for path in (write_xlsx(tmp_path / "a.xlsx", content), write_csv(tmp_path / "a", content)):
        assert [(f.sheet[:4], f.code) for f in findings(path)] == [
            ("Sett", "E_RANGE"),
            ("Sett", "E_CHOICE"),
            ("Role", "E_NUMBER"),
            ("Empl", "E_ID_DUP"),
            ("Empl", "E_REF"),
            ("Open", "E_REF"),
            ("Outc", "E_REF"),
        ]


def test_a_near_name_is_suggested(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a", with_row("CareerPaths", ["Dev", "Leed"]))
    assert findings(path)[0].hint == "Did you mean Lead?"
    path = write_csv(tmp_path / "b", with_row("CareerPaths", ["dev", "Lead"]))
    assert findings(path)[0].hint == "Did you mean Dev?"


def test_missing_tables_and_columns_are_all_reported(tmp_path: Path) -> None:
    content = tables(
        Roles=[["rolle", "title"], ["Dev", "x"]],
        Openings=[["opening"], ["O1"]],
        Employee=tables()["Employees"],
    )
    del content["Employees"]
    path = write_xlsx(tmp_path / "a.xlsx", content)
    found = findings(path)
    assert [finding.code for finding in found] == ["E_COLUMN", "E_SHEET", "E_COLUMN", "E_COLUMN"]
    assert "Did you mean rolle?" in found[0].hint
    assert "Did you mean Employee?" in found[1].hint


def test_a_good_row_is_checked_although_others_are_bad(tmp_path: Path) -> None:
    content = tables(
        Employees=[["employee", "role", "hours"], ["E1", "Dev", "much"], ["E2", "Nobody", 4]]
    )
    path = write_csv(tmp_path / "a", content)
    assert codes(path) == ["E_NUMBER", "E_REF"]


def test_duplicate_sheets_and_headings_are_errors(tmp_path: Path) -> None:
    content = tables(employees_=tables()["Employees"])
    assert codes(write_xlsx(tmp_path / "a.xlsx", content)) == ["E_SHEET_DUP"]
    content = tables(Roles=[["role", "title", "Title"], ["Dev", "a", "b"], ["Lead", "c", "d"]])
    found = findings(write_xlsx(tmp_path / "b.xlsx", content))
    assert [(finding.code, finding.cell) for finding in found] == [("E_COLUMN_DUP", "C1")]


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["O1", "E1", "require"], ["O2", "E1", "require"]], "E_PIN"),
        ([["O1", "E1", "require"], ["O3", "E1", "standby"]], "E_PIN"),
        ([["O1", "E1", "require"], ["O1", "E2", "require"]], "E_PIN"),
        ([["O1", "E1", "standby"]], "E_PIN"),
        ([["O1", "E1", "require"], ["O1", "E1", "exclude"]], "E_PIN"),
    ],
)
def test_pins_that_cannot_hold_are_errors(tmp_path: Path, rows: list[Any], code: str) -> None:
    content = tables(
        Openings=[
            ["opening", "role", "needed", "bench"],
            *(["O1", "Lead", 2, 0], ["O2", "Lead", 3, 0], ["O3", "Lead", 3, 1]),
        ],
        Candidates=[["opening", "employee", "status"], *rows],
    )
    assert codes(write_csv(tmp_path / "a", content)) == [code]


def test_settings_are_checked_by_their_own_rules(tmp_path: Path) -> None:
    rows = [["period", "week"], ["periods", 0], ["currency", "Euro"], ["start", "x"], ["stard", 1]]
    content = tables(Settings=[["key", "value"], *rows, ["periods", 3], ["max_at_once", -1]])
    loaded = load(write_xlsx(tmp_path / "a.xlsx", content))
    assert [(finding.code, finding.cell) for finding in loaded.findings][:7] == [
        ("E_CHOICE", "B2"),
        ("E_RANGE", "B3"),
        ("E_CURRENCY", "B4"),
        ("E_PERIOD", "B5"),
        ("W_SETTING_IGNORED", "A6"),
        ("E_ID_DUP", "A7"),
        ("E_RANGE", "B8"),
    ]


def test_strict_refuses_warnings(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a", tables(Extra=[["a"], ["b"]]))
    assert load_scenario(path).openings
    with pytest.raises(BadInput) as caught:
        load_scenario(path, strict=True)
    assert [finding.code for finding in caught.value.findings] == ["W_SHEET_IGNORED"]


def test_values_are_cut_and_escaped(tmp_path: Path) -> None:
    path = write_csv(tmp_path / "a", with_row("CareerPaths", ["Dev", "y" * 200]))
    value = findings(path)[0].value
    assert value is not None
    assert len(value) == 80


def test_a_sheet_on_its_side_is_recognised(tmp_path: Path) -> None:
    rows = tables()["Employees"]
    content = tables(Employees=[list(row) for row in zip(*rows, strict=True)])
    found = findings(write_xlsx(tmp_path / "a.xlsx", content))
    assert [finding.code for finding in found] == ["E_COLUMN"]
    assert "transpose" in found[0].hint


def test_another_currency_is_named(tmp_path: Path) -> None:
    content = tables(Budgets=[["pool", "amount"], ["P", "1200 USD"], ["Q", "€1200"]])
    assert codes(write_csv(tmp_path / "a", content)) == ["E_CURRENCY", "E_NUMBER"]


def test_a_column_full_of_strangers_is_reported_in_good_time(tmp_path: Path) -> None:
    people = [[f"E{number}", "Dev"] for number in range(5000)]
    content = tables(
        Employees=[["employee", "role"], *people],
        Profiles=[["employee", "competency"], *([f"X{number}", "Java"] for number in range(5000))],
    )
    assert codes(write_csv(tmp_path / "a", content)).count("E_REF") == 5000
