"""The advanced scenario with the rows of the actuals laid over it, read as any scenario is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from succession.domain import SHEETS, Finding, Scenario
from succession.io.actuals.read import ActualsFile
from succession.io.actuals.tables import CHANGE_TABLES
from succession.io.check import check_book
from succession.io.check.sheet import Sheet
from succession.io.read import Grid, RawBook, RawCell, column_letters
from succession.io.schema import TABLE_BY_SHEET, Table
from succession.io.write import OutCell, scenario_sheets

__all__ = ["lay_over"]


def lay_over(scenario: Scenario, file: ActualsFile) -> tuple[Scenario | None, tuple[Finding, ...]]:
    """The scenario with every change of the actuals, or None where it has errors; the findings.

    A row changes the filled cells of the row with its key, or is a new one. Findings about such
    rows name their cells in the actuals; of the rest only errors are given.
    """
    pages = {sheet.name: _Page(sheet.header, sheet.rows) for sheet in scenario_sheets(scenario)}
    places: dict[tuple[str, int], tuple[Sheet, int]] = {}
    for table in CHANGE_TABLES:
        sheet = file.sheets[table.sheet]
        if sheet.rows:
            header = [column.name for column in table.columns]
            page = pages.setdefault(table.sheet, _Page(header, ()))
            places |= _lay_over(page, sheet, _rows_by_key(scenario, table.sheet), file)
    book = RawBook(Path(scenario.settings.name), "xlsx", [_grid(*item) for item in pages.items()])
    merged, findings = check_book(book)
    return merged, tuple(_placed(findings, places, file.in_cells))


@dataclass(slots=True)
class _Page:
    """A sheet of the next scenario, cell by cell."""

    header: Sequence[OutCell]
    rows: Sequence[Sequence[OutCell | RawCell]]


def _rows_by_key(scenario: Scenario, name: str) -> Mapping[tuple[Any, ...], int]:
    table = TABLE_BY_SHEET[name]
    names = [table.by_name[column].attribute for column in table.key]
    records = getattr(scenario, SHEETS[name])
    return {tuple(getattr(row, key) for key in names): k for k, row in enumerate(records)}


def _lay_over(
    page: _Page, sheet: Sheet, known: Mapping[tuple[Any, ...], int], file: ActualsFile
) -> dict[tuple[str, int], tuple[Sheet, int]]:
    """Changes the page; which of its rows (as row numbers) come from which of the sheet's."""
    rows = [list(row) for row in page.rows]
    numbers = {str(name): number for number, name in enumerate(page.header)}
    keys = _keys(sheet, file)
    places = {}
    for position in sheet.kept():
        number = known.get(keys[position])
        if number is None:
            number = len(rows)
            rows.append([None] * len(page.header))
        for name in sheet.numbers:
            cell = sheet.raw_cell(name, position)
            if cell is not None:
                rows[number][numbers[name]] = cell
        places[sheet.table.sheet, number + 2] = (sheet, position)
    page.rows = rows
    return places


def _keys(sheet: Sheet, file: ActualsFile) -> list[tuple[Any, ...]]:
    """The key of every row, blanks as what they mean."""
    table: Table = sheet.table
    columns = []
    for name in table.key:
        column = table.by_name[name]
        default = column.default
        if column.blank == "rule" and column.kind == "period":
            default = file.clock.calendar.periods
        columns.append([default if value is None else value for value in sheet.column(name)])
    return list(zip(*columns, strict=True))


def _grid(name: str, page: _Page) -> Grid:
    memo: dict[object, RawCell | None] = {}

    def cell(value: OutCell | RawCell) -> RawCell | None:
        if value is None or isinstance(value, RawCell):
            return value
        key = (type(value), value)
        if key not in memo:
            memo[key] = _raw(value)
        return memo[key]

    lines = [list(page.header), *page.rows]
    columns = {
        number: [cell(line[number - 1]) for line in lines]
        for number in range(1, len(page.header) + 1)
    }
    return Grid(name, list(range(1, len(lines) + 1)), columns)


def _raw(value: OutCell) -> RawCell:
    if isinstance(value, bool):
        return RawCell("bool", str(value).upper())
    if isinstance(value, str):
        return RawCell("text", value)
    return RawCell("number" if isinstance(value, int | float) else "date", str(value))


def _placed(
    findings: Sequence[Finding],
    places: Mapping[tuple[str, int], tuple[Sheet, int]],
    in_cells: bool,
) -> list[Finding]:
    found = []
    for finding in findings:
        place = places.get((finding.sheet, finding.row or 0))
        if place is not None:
            found.append(_in_actuals(finding, *place, in_cells))
        elif finding.severity == "error":
            where = f"{finding.sheet} of the next scenario"
            name = finding.value or ""
            hint = f"{finding.hint} A row in the sheet {finding.sheet} of the actuals can mend it."
            message = (
                f"{name}: {finding.message}" if name not in finding.message else (finding.message)
            )
            found.append(
                replace(finding, sheet=where, cell=None, row=None, message=message, hint=hint)
            )
    return found


def _in_actuals(finding: Finding, sheet: Sheet, position: int, in_cells: bool) -> Finding:
    number = sheet.numbers.get(finding.column or "", 0)
    row = sheet.rows[position]
    cell = f"{column_letters(number)}{row}" if in_cells and number else None
    return replace(finding, sheet=sheet.name, cell=cell, row=row)
