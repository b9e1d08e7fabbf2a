"""issues.xlsx: every finding, alike ones counted, each with a link to its cell."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.office import convert
from tests.unit.io.books import findings, tables, write_csv, write_xlsx

from succession.domain import group_findings
from succession.errors import Refused
from succession.io import load, write_issues
from succession.io.issues import issues_bytes


def _wrong(tmp_path: Path, name: str = "my plan.xlsx") -> Path:
    people = [[f"E{number}", "Ana", "Devv", "North"] for number in range(1, 31)]
    content = tables(Employees=[tables()["Employees"][0], *people], Extra=[["a"], [1]])
    content["Employees"][5][1] = "=1+1"
    write = write_csv if not name.endswith(".xlsx") else write_xlsx
    return write(tmp_path / name, content)


def test_every_finding_has_a_row_with_a_link_to_its_cell(tmp_path: Path) -> None:
    source = _wrong(tmp_path)
    found = load(source).findings
    write_issues(found, source, tmp_path / "issues.xlsx")
    book = openpyxl.load_workbook(tmp_path / "issues.xlsx")
    rows = list(book["Findings"].iter_rows(min_row=2))
    assert [row[1].value for row in rows] == [finding.place for finding in found]
    assert [row[3].value for row in rows] == [finding.message for finding in found]
    links = [row[1].hyperlink for row in rows if row[1].value == "Employees!C7"]
    assert links[0] is not None
    assert (links[0].target, links[0].location) == ("my%20plan.xlsx", "'Employees'!C7")


def test_alike_findings_are_one_row_of_the_summary(tmp_path: Path) -> None:
    source = _wrong(tmp_path)
    found = load(source).findings
    write_issues(found, source, tmp_path / "issues.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "issues.xlsx")["Summary"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=6)]
    assert rows[0][:5] == ["Error", "Employees", "role", 30, "Employees!C2"]
    assert [row[0] for row in rows] == ["Error", "Warning"]
    assert len(rows) == len(group_findings(found))
    assert str(sheet["A2"].value).startswith("30 errors, 1 warnings.")


def test_a_csv_folder_is_linked_to_by_file(tmp_path: Path) -> None:
    source = _wrong(tmp_path, "plan")
    (tmp_path / "out").mkdir()
    write_issues(findings(source), source, tmp_path / "out" / "issues.xlsx")
    book = openpyxl.load_workbook(tmp_path / "out" / "issues.xlsx")
    link = book["Findings"]["B2"].hyperlink
    assert link is not None
    assert str(link.target).replace("\\", "/") == "../plan/Employees.csv"


def test_a_name_that_means_something_in_a_link_is_not_linked(tmp_path: Path) -> None:
    source = _wrong(tmp_path, "plan #1.xlsx")
    write_issues(findings(source), source, tmp_path / "issues.xlsx")
    book = openpyxl.load_workbook(tmp_path / "issues.xlsx")
    assert book["Findings"]["B2"].hyperlink is None
    assert book["Findings"]["B2"].value == "Employees!C2"


def test_nothing_found_is_said_and_equal_findings_give_equal_bytes(tmp_path: Path) -> None:
    source = _wrong(tmp_path)
    found = load(source).findings
    target = tmp_path / "issues.xlsx"
    assert issues_bytes(found, source, target) == issues_bytes(found, source, target)
    write_issues([], source, target)
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["Summary"]
    assert str(book["Summary"]["A2"].value).startswith("Nothing was found")


@pytest.mark.parametrize("name", ["my plan.xlsx", "taken.xlsx", "folder"])
def test_nothing_is_overwritten_unasked_and_the_scenario_never(tmp_path: Path, name: str) -> None:
    source = _wrong(tmp_path)
    (tmp_path / "taken.xlsx").write_bytes(b"mine")
    (tmp_path / "folder").mkdir()
    before = source.read_bytes()
    with pytest.raises(Refused):
        write_issues([], source, tmp_path / name)
    if name == "taken.xlsx":
        write_issues([], source, tmp_path / name, force=True)
        assert (tmp_path / name).read_bytes()[:2] == b"PK"
    else:
        with pytest.raises(Refused):
            write_issues([], source, tmp_path / name, force=True)
    assert source.read_bytes() == before


def test_libreoffice_follows_the_links(tmp_path: Path) -> None:
    source = _wrong(tmp_path)
    write_issues(findings(source), source, tmp_path / "issues.xlsx")
    text = convert(tmp_path / "issues.xlsx", "fods").read_text("utf-8")
    assert "my%20plan.xlsx#&apos;Employees&apos;!C31" in text
