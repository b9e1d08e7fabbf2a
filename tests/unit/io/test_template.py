"""The template can be filled in, the examples can be solved, the docs follow the schema."""

from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import openpyxl
import pytest
from tests.unit.io import books

from succession.domain import SHEETS, Settings
from succession.io import convert, describe_tables, example_names, load, write_template
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
def test_every_example_can_be_solved_as_it_is(tmp_path: Path, name: str) -> None:
    write_template(tmp_path / "a.xlsx", name)
    loaded = load(tmp_path / "a.xlsx")
    assert loaded.errors == ()
    assert name != "toy" or loaded.findings == ()
    assert loaded.scenario is not None
    assert loaded.scenario.openings


def test_an_unknown_example_is_a_lookup_error(tmp_path: Path) -> None:
    with pytest.raises(LookupError, match="toy"):
        write_template(tmp_path / "a.xlsx", "../toy")
    assert not (tmp_path / "a.xlsx").exists()


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> openpyxl.Workbook:
    path = tmp_path_factory.mktemp("empty") / "a.xlsx"
    write_template(path)
    return openpyxl.load_workbook(path)


def test_every_sheet_is_an_excel_table_below_its_help(empty: openpyxl.Workbook) -> None:
    assert empty.sheetnames == ["Read me", *(table.sheet for table in TABLES)]
    for table in TABLES[1:]:
        page = empty[table.sheet]
        assert list(page.tables) == [table.sheet]
        assert page.tables[table.sheet].ref.startswith("A3:")
        assert [cell.value for cell in page[3]] == [column.heading for column in table.columns]
        assert str(page["A2"].value).startswith("» ")
        for cell, column in zip(page[2], table.columns, strict=True):
            assert column.help in str(cell.value)
        assert page.freeze_panes in ("B4", "C4")
        assert page.print_title_rows == "$1:$3"
        fits = page.sheet_properties.pageSetUpPr
        assert fits is not None
        assert fits.fitToPage


def test_units_stand_in_the_headings(empty: openpyxl.Workbook) -> None:
    assert empty["Employees"]["E3"].value == "hours (hours a period)"
    assert empty["Roles"]["G3"].value == "vacancy_cost (money a period)"


def test_cells_offer_what_may_stand_in_them(empty: openpyxl.Workbook) -> None:
    page = empty["Openings"]
    rules = {str(rule.sqref).split(":")[0]: rule for rule in page.data_validations.dataValidation}
    assert rules["B4"].formula1 == "Roles_ids"
    assert rules["J4"].formula1 == '"yes,no"'
    assert (rules["F4"].type, rules["F4"].formula2) == ("decimal", "1")
    assert rules["K4"].type is None  # a number, or the word none
    assert all(rule.prompt for rule in rules.values())
    assert empty.defined_names["Roles_ids"].attr_text.startswith("OFFSET(Roles!$A$4")
    assert page.column_dimensions["F"].width > 10
    settings = empty["Settings"].data_validations.dataValidation
    assert '"quarter,month"' in [rule.formula1 for rule in settings]


def test_numbers_are_shown_as_what_they_are(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx", "toy")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    assert book["Employees"]["F4"].number_format == "0.0%_)"
    assert book["Roles"]["E4"].number_format == "#,##0.00_)"
    assert book["Employees"]["A4"].number_format == "@"
    assert book["Settings"]["B5"].number_format == "yyyy-mm-dd"


def test_required_optional_and_help_look_different(empty: openpyxl.Workbook) -> None:
    page = empty["Openings"]
    fills = {page[cell].fill.fgColor.rgb for cell in ("A2", "A3", "C3")}
    assert len(fills) == 3


def test_the_cover_leads_to_every_sheet_and_counts_its_rows(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx", "toy")
    page = openpyxl.load_workbook(tmp_path / "a.xlsx")["Read me"]
    links = {cell.value: cell.hyperlink.location for row in page for cell in row if cell.hyperlink}
    assert links == {table.sheet: f"'{table.sheet}'!A1" for table in TABLES}
    counts = openpyxl.load_workbook(tmp_path / "a.xlsx", data_only=True)["Read me"]
    shown = {row[1].value: row[3].value for row in counts if row[1].value in links}
    assert (shown["Employees"], shown["Openings"], shown["Settings"]) == (7, 3, 10)


def test_a_filled_example_goes_to_csv_and_back_without_its_help(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx", "toy")
    convert(tmp_path / "a.xlsx", tmp_path / "b")
    convert(tmp_path / "b", tmp_path / "c.xlsx")
    lines = (tmp_path / "b" / "Employees.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("employee,name,role,unit,hours,leaving_risk")
    assert len(lines) == 8
    assert not (tmp_path / "b" / "Read me.csv").exists()
    found = [load(tmp_path / name) for name in ("a.xlsx", "b", "c.xlsx")]
    assert all(loaded.findings == () for loaded in found)
    assert len({loaded.scenario.sha256 for loaded in found if loaded.scenario}) == 1


def test_rows_of_help_are_skipped_in_our_tables_alone(tmp_path: Path) -> None:
    content = books.tables(Notes=[["» mine"], ["what"], ["milk"]])
    content["Units"] = [["» departments"], ["» the unit's id"], *content["Units"]]
    path = books.write_xlsx(tmp_path / "a.xlsx", content)
    assert [finding.code for finding in load(path).findings] == ["W_SHEET_IGNORED"]
    convert(path, tmp_path / "b")
    assert (tmp_path / "b" / "Notes.csv").read_text(encoding="utf-8") == "» mine\nwhat\nmilk\n"
    content["Units"][2:] = [["unit", "max_away"], ["North", "lots"], ["South", 2]]
    found = load(books.write_xlsx(tmp_path / "c.xlsx", content)).findings
    assert [f.place for f in found if f.severity == "error"] == ["Units!B4"]


def test_a_cover_that_people_wrote_on_goes_along(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx", "toy")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["Read me"]["G2"] = "Ask Ana about grade 4"
    book["Read me"]["D11"] = None  # openpyxl keeps no stored values of formulas
    book.save(tmp_path / "b.xlsx")
    convert(tmp_path / "b.xlsx", tmp_path / "c")
    assert "Ask Ana" in (tmp_path / "c" / "Read me.csv").read_text(encoding="utf-8")


def test_the_unit_in_a_heading_is_the_schema_s_or_none(tmp_path: Path) -> None:
    """`cost (old)` must not be taken for `cost`."""
    content = books.tables()
    content["Roles"][0] = ["role", "external_cost (old)", "unfilled_cost (money)"]
    found = load(books.write_xlsx(tmp_path / "a.xlsx", content)).findings
    assert [(f.code, f.column) for f in found] == [("W_COLUMN_IGNORED", "external_cost (old)")]
    content["Roles"][0] = ["role", "unfilled_cost", "unfilled_cost (money)"]
    found = load(books.write_xlsx(tmp_path / "b.xlsx", content)).findings
    assert "E_COLUMN_DUP" in [finding.code for finding in found]


def test_no_formula_and_no_link_comes_from_what_people_type(tmp_path: Path) -> None:
    write_template(tmp_path / "a.xlsx", "toy")
    assert books.live_parts(tmp_path / "a.xlsx") == []


def test_the_committed_documentation_is_up_to_date() -> None:
    committed = (ROOT / "docs" / "scenario.md").read_text(encoding="utf-8")
    assert committed == describe_tables(), "run: python -m succession.io.describe docs/scenario.md"
