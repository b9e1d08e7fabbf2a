"""Workbook to CSV folder and back, and scenarios to either, losing nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from os import PathLike
from pathlib import Path

from succession.domain import Scenario
from succession.errors import BadInput, Refused
from succession.io.check import check_book
from succession.io.read import Grid, RawBook, RawCell, Stop
from succession.io.read.sandbox import read_isolated
from succession.io.schema import COVER_SHEET, SETTING_BY_KEY, TABLES, Column, Table, fold_name
from succession.io.values.parse import read_number, whole_digits
from succession.io.write import (
    OutCell,
    OutSheet,
    cover_texts,
    csv_files,
    scenario_sheets,
    write_file,
    write_folder,
)

__all__ = ["book_sheets", "convert", "read_sheets", "write_scenario", "write_sheets"]

_ISO_DATE = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_TABLE_BY_FOLD = {fold_name(table.sheet): table for table in TABLES}


def convert(
    source: str | PathLike[str], target: str | PathLike[str], *, force: bool = False
) -> None:
    """Writes the scenario at `source` as a workbook (target ends in .xlsx) or a CSV folder.

    Unknown sheets and columns go along. Raises BadInput while the source has errors, Refused
    where something stands at the target and `force` is not set.
    """
    out = Path(target)
    _refuse(out, force)
    sheets, _ = read_sheets(Path(source))
    write_sheets(sheets, out)


def write_scenario(scenario: Scenario, path: str | PathLike[str], *, force: bool = False) -> None:
    """Writes a scenario as a workbook (.xlsx) or a CSV folder, every default spelled out.

    Raises Refused where something stands there and `force` is not set.
    """
    out = Path(path)
    _refuse(out, force)
    write_sheets(scenario_sheets(scenario), out)


def read_sheets(source: Path) -> tuple[list[OutSheet], Scenario]:
    """The raw tables at `source` as sheets to write, and their scenario; raises BadInput."""
    try:
        book = read_isolated(source)
    except Stop as stop:
        raise BadInput([stop.finding]) from stop
    if book.lost:
        raise BadInput(book.findings)
    sheets = book_sheets(book)
    scenario, findings = check_book(book)
    if scenario is None:
        raise BadInput(findings)
    return sheets, scenario


def book_sheets(book: RawBook) -> list[OutSheet]:
    """The raw tables as sheets to write: known tables first, in order, then the rest by name."""
    sheets = [_sheet(grid, book) for grid in book.grids if grid.rows and not _is_cover(grid)]
    order = [table.sheet for table in TABLES]
    known = [sheet for sheet in sheets if sheet.table is not None]
    strange = [sheet for sheet in sheets if sheet.table is None]
    known.sort(key=lambda sheet: order.index(sheet.name))
    return known + sorted(strange, key=lambda sheet: sheet.name)


def _refuse(out: Path, force: bool) -> None:
    if out.is_dir() and not any(out.iterdir()):
        return
    if (out.exists() or out.is_symlink()) and not force:
        raise Refused(f"{out} is there already. Use --force to replace it, or another name.")


def write_sheets(sheets: Sequence[OutSheet], out: Path) -> None:
    """Writes sheets as a workbook (.xlsx) or a CSV folder; replaces what is there."""
    if out.suffix.lower() == ".xlsx":
        from succession.io.write.workbook import workbook_bytes

        if out.is_dir():
            raise Refused(f"{out} is a folder; give another name for the workbook.")
        write_file(out, workbook_bytes(sheets))
        return
    if out.exists() and not out.is_dir():
        raise Refused(f"{out} is a file; give another name for the folder.")
    write_folder(out, csv_files(sheets))


def _sheet(grid: Grid, book: RawBook) -> OutSheet:
    title = grid.sheet.rsplit(".", 1)[0] if book.kind == "csv" else grid.sheet
    table = _TABLE_BY_FOLD.get(fold_name(title))
    name = table.sheet if table is not None else title
    header = grid.row_cells(0)
    numbers = sorted(grid.columns)
    columns = [_column(grid.columns[number], header.get(number), table) for number in numbers]
    if name == "Settings":
        _type_settings(columns, header, numbers, grid)
    rows = list(zip(*columns, strict=True))
    head = [_heading(header.get(number), table) for number in numbers]
    return OutSheet(name, head, rows[1:], table)


def _is_cover(grid: Grid) -> bool:
    """Whether it is our own cover as we wrote it: every workbook gets a new one."""
    if fold_name(grid.sheet) != fold_name(COVER_SHEET):
        return False
    ours = cover_texts()
    cells = (cell for column in grid.columns.values() for cell in column if cell is not None)
    return all(cell.kind == "number" or cell.text in ours for cell in cells)


def _heading(cell: RawCell | None, table: Table | None) -> OutCell:
    """A heading as it stands there; the unit that workbooks add to it is taken off again."""
    if cell is None:
        return None
    column = None if table is None else table.by_heading.get(fold_name(cell.text))
    return column.name if column is not None and cell.text == column.heading else cell.text


def _column(
    cells: Sequence[RawCell | None], heading: RawCell | None, table: Table | None
) -> list[OutCell]:
    column = None
    if table is not None and heading is not None:
        column = table.by_heading.get(fold_name(heading.text))
    memo: dict[RawCell | None, OutCell] = {None: None}
    for cell in cells:
        if cell not in memo and cell is not None:
            memo[cell] = _value(cell, column)
    return [memo[cell] for cell in cells]


def _type_settings(
    columns: list[list[OutCell]], header: dict[int, RawCell], numbers: list[int], grid: Grid
) -> None:
    """A setting's value has the type of its key, not of its column."""
    place = {fold_name(cell.text): numbers.index(number) for number, cell in header.items()}
    if "key" not in place or "value" not in place:
        return
    keys = {fold_name(key): column for key, column in SETTING_BY_KEY.items()}
    values = columns[place["value"]]
    raw = grid.columns[numbers[place["value"]]]
    for position, key in enumerate(columns[place["key"]]):
        column = keys.get(fold_name(str(key)))
        cell = raw[position]
        if column is not None and cell is not None:
            values[position] = _value(cell, column)


def _value(cell: RawCell, column: Column | None) -> OutCell:
    kind = column.kind if column is not None else None
    if kind in ("id", "text"):
        return whole_digits(cell.text) if cell.kind == "number" else cell.text
    if cell.kind == "number":
        return float(cell.text)
    if cell.kind == "bool":
        return cell.text == "TRUE"
    if cell.kind == "date" or (cell.kind == "plain" and kind in ("period", "month")):
        return _day(cell.text) or _number(cell, column)
    if cell.kind == "time":
        return datetime.fromisoformat(cell.text)
    return _number(cell, column)


def _number(cell: RawCell, column: Column | None) -> OutCell:
    """A CSV's number as a number, where its column wants one and no digit is lost."""
    if cell.kind != "plain" or column is None:
        return cell.text
    number = read_number(cell.text) if column.kind not in ("choice", "currency", "yesno") else None
    return cell.text if number is None else number


def _day(text: str) -> date | None:
    text = text.strip()
    if not _ISO_DATE.fullmatch(text):
        return None
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if 1950 <= day.year <= 2100 else None
