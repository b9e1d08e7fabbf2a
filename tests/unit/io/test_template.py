"""The template can be filled in, the examples can be solved, the docs follow the schema."""

from __future__ import annotations

import zipfile
from dataclasses import fields
from pathlib import Path

import openpyxl
import pytest

from succession.domain import SHEETS, Settings
from succession.io import describe_tables, example_names, load, write_template
from succession.io.schema import SETTINGS, TABLES

ROOT = Path(__file__).parents[3]


def test_the_schema_describes_every_record_field_in_order() -> None:
    assert [table.sheet for table in TABLES] == ["Settings", *SHEETS]
    for table in TABLES[1:]:
        assert table.record is not None
        expected = [item.name for item in fields(table.record)]
        assert [column.attribute for column in table.columns] == expected
    assert [column.name for column in SETTINGS] == [item.name for item in fields(Settings)]


def test_an_empty_template_lacks_only_what_must_be_filled_in(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx")
    found = [(finding.code, finding.sheet) for finding in load(tmp_path / "a.xlsx").findings]
    assert found == [
        ("E_SETTING", "Settings"),
        ("W_NO_ROWS", "Employees"),
        ("W_NO_ROWS", "Openings"),
        ("W_NO_ROWS", "Activities"),
        ("W_NO_ROWS", "Budgets"),
    ]


@pytest.mark.parametrize("name", example_names())
def test_every_example_reads_without_a_finding(tmp_path: Path, name: str) -> None:
    write_template(tmp_path / "a.xlsx", name)
    loaded = load(tmp_path / "a.xlsx")
    assert loaded.findings == ()
    assert loaded.scenario is not None
    assert loaded.scenario.openings


def test_an_unknown_example_is_a_lookup_error(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="toy"):
        write_template(tmp_path / "a.xlsx", "../toy")
    assert not (tmp_path / "a.xlsx").exists()


def test_the_template_has_lists_notes_and_frozen_headings(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book.sheetnames == ["Read me", *(table.sheet for table in TABLES)]
    page = book["Openings"]
    assert page.freeze_panes == "B2"
    assert page["B1"].comment is not None
    assert page["A1"].fill.fgColor.rgb != page["C1"].fill.fgColor.rgb
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    assert rules["B2"].formula1 == "Roles_ids"
    assert rules["J2"].formula1 == '"yes,no"'
    assert "Roles_ids" in book.defined_names


def test_the_template_holds_no_formula_cells(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx", "toy")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        sheets = [name for name in archive.namelist() if "worksheets/sheet" in name]
        assert all(b"<f>" not in archive.read(name) for name in sheets)


def test_the_committed_documentation_is_up_to_date() -> None:
    committed = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8")
    assert committed == describe_tables(), "run: python -m succession.io.describe docs/scenario.md"
