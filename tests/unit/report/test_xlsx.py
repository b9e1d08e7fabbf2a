"""results.xlsx: readable back, safe, the same bytes every time, and fit to be looked at."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from tests.unit.report import samples

from succession.report import build_report, write_xlsx

OFFICE = samples.office_scenario()
REPORT = build_report(OFFICE, samples.office_plan(OFFICE), samples.WARNINGS)
SHEETS = (
    "Summary Openings Placements Hires Unfilled Bench Learning Activities Budgets Limits Warnings"
)


def book() -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(write_xlsx(REPORT)))


def test_there_is_a_sheet_a_table_after_the_summary() -> None:
    assert book().sheetnames == SHEETS.split()


def test_every_value_of_every_table_is_in_its_sheet() -> None:
    written = book()
    for table in REPORT.tables:
        sheet = written[table.key]
        assert [cell.value for cell in sheet[4]] == [item.title for item in table.columns]
        for number, cells in enumerate(table.cells, start=5):
            for cell, value in zip(sheet[number], cells, strict=True):
                if isinstance(value, float):
                    assert cell.value == pytest.approx(value)
                else:
                    assert cell.value == (value if value != "" else None)


def test_text_is_never_a_formula_or_a_link() -> None:
    for sheet in book():
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f", cell.coordinate
                assert cell.hyperlink is None
                if isinstance(cell.value, str) and cell.value[:1] in "=+-@":
                    assert cell.data_type == "s"


def test_tables_are_excel_tables_with_filters_and_frozen_headers() -> None:
    written = book()
    sheet = written["Learning"]
    assert list(sheet.tables) == ["tbl_Learning"]
    assert sheet.tables["tbl_Learning"].ref == "A4:J9"
    assert sheet.freeze_panes == "B5"
    setup = written["Summary"].sheet_properties.pageSetUpPr
    assert setup is not None
    assert setup.fitToPage


def test_equal_reports_give_equal_bytes() -> None:
    assert write_xlsx(REPORT) == write_xlsx(REPORT)


def test_the_clock_is_not_in_the_file() -> None:
    with zipfile.ZipFile(io.BytesIO(write_xlsx(REPORT))) as archive:
        core = archive.read("docProps/core.xml").decode()
    assert core.count("2027-01-01T00:00:00Z") == 2


def test_an_empty_plan_is_written_too() -> None:
    from tests import builders as build

    scenario = build.scenario(roles=[build.role("r")])
    report = build_report(scenario, samples.priced(scenario, build.plan(scenario)))
    written = openpyxl.load_workbook(io.BytesIO(write_xlsx(report)))
    assert written["Placements"]["A5"].value == "None."


def test_libreoffice_opens_it_and_the_summary_prints_on_one_page(tmp_path: Path) -> None:
    soffice, pdftotext = shutil.which("soffice"), shutil.which("pdftotext")
    if soffice is None or pdftotext is None:
        if os.environ.get("CI") == "true":
            pytest.fail("soffice and pdftotext are needed")
        pytest.skip("soffice and pdftotext are not installed")
    (tmp_path / "results.xlsx").write_bytes(write_xlsx(REPORT))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    convert = [soffice, profile, "--headless", "--convert-to", "pdf", "results.xlsx"]
    subprocess.run(convert, cwd=tmp_path, check=True, capture_output=True, timeout=180)
    show = [pdftotext, "-layout", "results.pdf", "-"]
    pages = subprocess.run(
        show, cwd=tmp_path, check=True, capture_output=True, text=True, timeout=60
    ).stdout.split("\f")
    assert "At a glance" in pages[0]
    assert "Scenario " in pages[0]
    assert pages[1].lstrip().startswith("Openings")
    assert "#" not in pages[0] + pages[2]
    assert len(pages) == len(SHEETS.split()) + 1
