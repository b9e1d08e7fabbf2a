"""results.xlsx: readable back, safe, the same bytes every time, and fit to be looked at."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook
from tests import builders as build
from tests import office
from tests.unit.report import samples

from succession.domain import Hires
from succession.report import Report, build_report, development_plans, write_xlsx
from succession.report.workbook.pages import LINKS, AnyTable
from succession.report.workbook.plan_data import choices
from succession.report.worksheets import (
    activity_calendar,
    decisions_table,
    filling_table,
    person_calendar,
    succession_table,
)

OFFICE = samples.office_scenario()
REPORT = build_report(OFFICE, samples.office_plan(OFFICE), samples.WARNINGS)
READING = REPORT.reading
SHEETS = [
    *("Summary", "Decisions", "Openings", "Succession", "Development plan", "By person"),
    *("By activity", "Learning", "Activities", "Hires", "Unfilled", "Bench", "Budgets", "Limits"),
    *("Figures", "Warnings", "Plan data"),
]
TABLES: list[AnyTable] = [
    decisions_table(READING),
    filling_table(READING),
    succession_table(READING),
    person_calendar(READING),
    activity_calendar(READING),
    *(table for table in REPORT.tables if table.key not in ("Openings", "Placements")),
]


@pytest.fixture(scope="module")
def written() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_xlsx(REPORT)))


def formulas(report: Report) -> dict[str, str]:
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(report)))
    return {
        f"{sheet.title}!{cell.coordinate}": str(cell.value)
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def test_there_is_a_sheet_a_table_after_the_summary(written: openpyxl.Workbook) -> None:
    assert written.sheetnames == SHEETS
    assert written["Plan data"].sheet_state == "hidden"


@pytest.mark.parametrize("number", range(len(TABLES)), ids=[table.key for table in TABLES])
def test_every_value_of_every_table_is_in_its_sheet(
    written: openpyxl.Workbook, number: int
) -> None:
    table = TABLES[number]
    sheet = written[table.key]
    assert [cell.value for cell in sheet[4]] == [item.title for item in table.columns]
    for row, cells in enumerate(table.cells, start=5):
        for cell, value in zip(sheet[row], cells, strict=True):
            if isinstance(value, float):
                assert cell.value == pytest.approx(value)
            else:
                assert cell.value == (value if value != "" else None)


def test_text_is_never_a_formula_or_an_outer_link(written: openpyxl.Workbook) -> None:
    for sheet in written:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or sheet.title == "Development plan"
                if cell.hyperlink is not None:
                    assert cell.hyperlink.target is None
                    assert re.fullmatch(r"'[\w ]+'!A\d+", str(cell.hyperlink.location))
                if isinstance(cell.value, str) and cell.value[:1] in "=+-@":
                    assert cell.data_type == "s" or sheet.title == "Development plan"


def test_no_formula_depends_on_what_people_are_called() -> None:
    """The formulas of the page a person are the same whatever the names are."""
    plain = [replace(row, name="x" * len(row.name)) for row in OFFICE.employees]
    other = replace(OFFICE, employees=tuple(plain))
    report = build_report(other, samples.office_plan(other), samples.WARNINGS)
    assert formulas(report) == formulas(REPORT)
    assert {name.split("!")[0] for name in formulas(REPORT)} == {"Development plan"}


def test_tables_are_excel_tables_with_filters_and_frozen_headers(
    written: openpyxl.Workbook,
) -> None:
    sheet = written["Learning"]
    assert list(sheet.tables) == ["tbl_Learning"]
    assert sheet.tables["tbl_Learning"].ref == "A4:J9"
    assert sheet.freeze_panes == "B5"
    setup = written["Summary"].sheet_properties.pageSetUpPr
    assert setup is not None
    assert setup.fitToPage


def test_links_lead_to_the_rows_about_the_same(written: openpyxl.Workbook) -> None:
    found = 0
    for source, heading, goal, wanted in LINKS:
        titles = [cell.value for cell in written[source][4]]
        other = [cell.value for cell in written[goal][4]].index(wanted) + 1
        for row in written[source].iter_rows(min_row=5):
            cell = row[titles.index(heading)]
            if cell.hyperlink is not None:
                line = int(str(cell.hyperlink.location).rsplit("A", 1)[1])
                assert written[goal].cell(line, other).value == cell.value
                found += 1
    assert found > 20
    for name in SHEETS[1:-1]:
        back = [c.hyperlink.location for row in written[name]["A1:G3"] for c in row if c.hyperlink]
        assert back == ["'Summary'!A1"], name


def test_decisions_can_be_marked_by_drop_down(written: openpyxl.Workbook) -> None:
    sheet = written["Decisions"]
    kinds = {f"A{row}": sheet[f"B{row}"].value for row in range(5, sheet.max_row + 1)}
    offered = {
        cell: rule.formula1
        for rule in sheet.data_validations.dataValidation
        for cell in kinds
        if cell in rule.sqref
    }
    assert set(kinds.values()) == {"placement", "standby", "learning"}
    for cell, kind in kinds.items():
        wanted = '"lock"' if kind == "learning" else '"accept,reject,lock"'
        assert offered[cell] == wanted


def test_colours_follow_the_values(written: openpyxl.Workbook) -> None:
    for name in ("Decisions", "Openings", "Succession", "By person", "By activity", "Budgets"):
        assert list(written[name].conditional_formatting), name


def test_the_summary_has_four_charts_over_the_figures() -> None:
    with zipfile.ZipFile(io.BytesIO(write_xlsx(REPORT))) as archive:
        charts = [name for name in archive.namelist() if re.match(r"xl/charts/chart\d", name)]
        texts = [archive.read(name).decode() for name in sorted(charts)]
    kinds = [re.search(r"<c:(barDir|grouping) val=\"(\w+)\"", text) for text in texts]
    assert [kind and kind[2] for kind in kinds] == ["bar", "col", "col", "bar"]
    assert all("Figures!" in text for text in texts)


def test_the_charts_show_the_key_figures(written: openpyxl.Workbook) -> None:
    sheet = written["Figures"]
    rows = [[cell.value for cell in row[4:9]] for row in sheet.iter_rows()]
    start = rows.index(["Period", "From within", "Hired", "Unfilled", "Share within"])
    for fill, cells in zip(REPORT.kpis.fill, rows[start + 1 :], strict=False):
        assert cells[:4] == [fill.label, fill.placed, fill.hired, fill.unfilled]
    start = next(k for k, row in enumerate(rows) if row[0] == "Part")
    parts = {row[0]: row[1] for row in rows[start + 1 : start + 12] if row[0]}
    costs = {row.part: row.amount for row in REPORT.costs.rows if row.amount}
    assert parts == pytest.approx(costs)


def test_small_pools_and_units_are_added_up_not_left_out() -> None:
    units = [build.unit(f"u{k:02d}") for k in range(20)]
    scenario = build.scenario(
        units=units,
        roles=[build.role("r", external_cost=10.0)],
        openings=[build.opening(f"O{k}", "r", unit=f"u{k:02d}", bench=2) for k in range(20)],
    )
    plan = build.plan(scenario, hires=[Hires(f"O{k}", 1) for k in range(20)])
    report = build_report(scenario, samples.priced(scenario, plan))
    sheet = openpyxl.load_workbook(io.BytesIO(write_xlsx(report)))["Figures"]
    rows = [[cell.value for cell in row[4:8]] for row in sheet.iter_rows()]
    start = rows.index(["Unit", "Placed", "Standing by", "Bench missing"])
    missing = [row[3] for row in rows[start + 1 :] if isinstance(row[3], int)]
    assert sum(missing) == 40
    assert rows[start + 13][0] == "8 others"


def test_equal_reports_give_equal_bytes() -> None:
    assert write_xlsx(REPORT) == write_xlsx(REPORT)


def test_the_clock_is_not_in_the_file() -> None:
    with zipfile.ZipFile(io.BytesIO(write_xlsx(REPORT))) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2027-01-01T00:00:00Z") == 2


def test_an_empty_plan_is_written_too() -> None:
    scenario = build.scenario(roles=[build.role("r")])
    report = build_report(scenario, samples.priced(scenario, build.plan(scenario)))
    written = openpyxl.load_workbook(io.BytesIO(write_xlsx(report)))
    assert written["Openings"]["A5"].value == "None."
    assert "Development plan" not in written.sheetnames


def test_a_chain_is_written_too() -> None:
    scenario = samples.chain_scenario()
    report = build_report(scenario, samples.chain_plan(scenario))
    written = openpyxl.load_workbook(io.BytesIO(write_xlsx(report)))
    assert [cell.value for cell in written["Openings"]["A"]][4:6] == ["H", "left by S"]
    assert "Vacated seats" in written.sheetnames


def test_libreoffice_opens_it_and_the_summary_prints_on_one_page(tmp_path: Path) -> None:
    (tmp_path / "results.xlsx").write_bytes(write_xlsx(REPORT))
    pages = office.pages(tmp_path / "results.xlsx")
    assert "Cost of the plan" in pages[0]
    assert "Scenario " in pages[0]
    assert pages[1].lstrip().startswith("Decisions")
    assert "###" not in "".join(pages)
    assert len(pages) == len(SHEETS) - 1


def test_the_page_a_person_calculates_for_whoever_is_chosen(tmp_path: Path) -> None:
    """For every person, awkward names among them, LibreOffice's values are those of the plan."""
    plans = development_plans(READING)
    names = choices(plans)
    book = openpyxl.load_workbook(io.BytesIO(write_xlsx(REPORT)))
    for number, name in enumerate(names):
        page = book.copy_worksheet(book["Development plan"])
        page.title = f"P{number}"
        page["B3"].value = name
        page["B3"].data_type = "s"
    book.save(tmp_path / "people.xlsx")
    shown = CalamineWorkbook.from_path(office.convert(tmp_path / "people.xlsx", "xlsx"))
    for number, plan in enumerate(plans):
        rows = shown.get_sheet_by_name(f"P{number}").to_python()
        texts = {str(value) for row in rows for value in row if value != ""}
        assert plan.aim in texts
        for row in plan.gaps:
            assert row.competency in texts
        for step in plan.steps:
            assert step.activity in texts or f"{step.activity} (agreed)" in texts
        assert {*plan.reasons, *plan.risks, *(row.what for row in plan.milestones)} <= texts
        others = {row.aim for row in plans} - {plan.aim}
        assert not others & texts
