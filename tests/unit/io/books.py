"""Scenario files for tests: a small sound scenario, and ways to spoil it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import xlsxwriter

from succession.domain import Finding
from succession.io import load
from succession.io.schema import COVER_SHEET

Table = list[list[Any]]
Tables = dict[str, Table]

SHEET = "xl/worksheets/sheet{}.xml"
_COUNT = re.compile(r"=COUNTA\(\w+!\$[A-Z]+\$4:\$[A-Z]+\$\d+\)")


def tables(**changes: Any) -> Tables:
    """A scenario without any finding; `changes` replaces tables (None leaves one out)."""
    content: Tables = {
        "Settings": [["key", "value"], ["start", "2027-01-01"], ["periods", 4]],
        "Competencies": [["competency", "kind", "levels"], ["Java", "skill", 5]],
        "Roles": [
            ["role", "external_cost", "unfilled_cost"],
            ["Dev", 1000, 5000],
            ["Lead", 2000, 9000],
        ],
        "Requirements": [["role", "competency", "level"], ["Lead", "Java", 3]],
        "Units": [["unit"], ["North"], ["South"]],
        "Employees": [
            ["employee", "name", "role", "unit"],
            ["E1", "Ana", "Dev", "North"],
            ["E2", "Bo", "Dev", "South"],
        ],
        "Profiles": [["employee", "competency", "level"], ["E1", "Java", 2]],
        "CareerPaths": [["from_role", "to_role"], ["Dev", "Lead"]],
        "Openings": [["opening", "role", "unit", "needed"], ["O1", "Lead", "North", 2]],
        "Activities": [["activity", "cost", "seats"], ["Course", 100, 4]],
        "Sessions": [["activity", "period", "sessions"], ["Course", 1, 1]],
        "Outcomes": [["activity", "competency", "level"], ["Course", "Java", 3]],
    }
    content.update(changes)
    return {name: rows for name, rows in content.items() if rows is not None}


def with_row(sheet: str, row: list[Any], header: list[str] | None = None) -> Tables:
    """The sound scenario with one row more in a table, which may get new headings."""
    content = tables()
    rows = [list(header)] if header else content.get(sheet, [])
    return tables(**{sheet: [*rows, row]})


def write_csv(folder: Path, content: Mapping[str, Table]) -> Path:
    """The tables as a CSV folder."""
    folder.mkdir(exist_ok=True)
    for name, rows in content.items():
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        (folder / f"{name}.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
    return folder


def write_xlsx(path: Path, content: Mapping[str, Table]) -> Path:
    """The tables as a workbook."""
    options = {"strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(path), options)
    for name, rows in content.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                page.write(number, column, value)
    book.close()
    return path


def rewrite(path: Path, part: str, change: Callable[[str], str]) -> Path:
    """Changes one XML part of a workbook."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    before = parts[part].decode("utf-8")
    after = change(before)
    assert after != before, "the change found nothing to change"
    parts[part] = after.encode("utf-8")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def number_of(sheet: str) -> int:
    """The number of a sheet of the sound scenario, as in sheet3.xml."""
    return list(tables()).index(sheet) + 1


def findings(path: Path, severity: str = "error") -> list[Finding]:
    """The findings of one severity."""
    return [finding for finding in load(path).findings if finding.severity == severity]


def codes(path: Path, severity: str = "error") -> list[str]:
    """The codes of the findings of one severity."""
    return [finding.code for finding in findings(path, severity)]


def live_parts(path: Path) -> list[str]:
    """What could run or lead out of a workbook: formulas but the cover's counts, outer links."""
    book = openpyxl.load_workbook(path)
    found = [
        f"{page.title}!{cell.coordinate}"
        for page in book
        for row in page.iter_rows()
        for cell in row
        if cell.data_type == "f"
        and not (page.title == COVER_SHEET and _COUNT.fullmatch(str(cell.value)))
    ]
    with zipfile.ZipFile(path) as archive:
        rels = [name for name in archive.namelist() if name.endswith(".rels")]
        found += [name for name in rels if b'TargetMode="External"' in archive.read(name)]
    return found
