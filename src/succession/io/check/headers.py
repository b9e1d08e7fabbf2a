"""Which sheet is which table."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from succession.domain import Finding
from succession.io.check.columns import has_columns, match_columns
from succession.io.check.sheet import Report, Sheet
from succession.io.read import Grid, RawBook
from succession.io.schema import COVER_SHEET, TABLES, Table, fold_name
from succession.io.values.words import nearest

__all__ = ["match_sheets", "sheet_title", "too_many_rows"]

MAX_ROWS = {"Employees": 2_000_000, "Openings": 100_000, "Activities": 20_000}
MAX_ALL_ROWS = {"xlsx": 1_250_000, "csv": 15_000_000}
"""About twice the largest scenarios that are measured (docs/input-files.md)."""

_LAST = len(TABLES)


def sheet_title(name: str, kind: str) -> str:
    """A sheet's name, or a CSV file's without its ending."""
    return name.rsplit(".", 1)[0] if kind == "csv" else name


def match_sheets(
    book: RawBook, report: Report, tables: Sequence[Table] = TABLES
) -> dict[str, Sheet]:
    """All tables in order, those that are not there as empty sheets; reports what is amiss."""
    by_fold: dict[str, list[Grid]] = {}
    for grid in book.grids:
        by_fold.setdefault(fold_name(sheet_title(grid.sheet, book.kind)), []).append(grid)
    broken = {fold_name(sheet_title(name, book.kind)) for name in book.broken}
    known = {fold_name(table.sheet) for table in tables} | {fold_name(COVER_SHEET)}
    strangers = sorted(
        grid.sheet for fold, grids in by_fold.items() if fold not in known for grid in grids
    )
    sheets = {}
    for order, table in enumerate(tables):
        fold = fold_name(table.sheet)
        grids = by_fold.get(fold, [])
        name = grids[0].sheet if grids else table.sheet + (".csv" if book.kind == "csv" else "")
        sheet = Sheet(table, name, order, present=bool(grids))
        sheets[table.sheet] = sheet
        if fold in broken:
            sheet.broken = True
        elif len(grids) > 1:
            names = ", ".join(sorted(grid.sheet for grid in grids))
            message = f"more than one sheet for {table.sheet}: {names}"
            report.about(sheet, "error", "E_SHEET_DUP", message, "Keep one of them.")
        elif grids:
            _note_name(sheet, book, report)
            match_columns(grids[0], sheet, report)
            _warn_about_sheet(grids[0], sheet, book, report)
        elif table.required:
            _missing_sheet(sheet, [grid for grid in book.grids if grid.sheet in strangers], report)
    _warn_about_strangers(strangers, tables, report)
    return sheets


def _note_name(sheet: Sheet, book: RawBook, report: Report) -> None:
    title = sheet_title(sheet.name, book.kind)
    if title != sheet.table.sheet:
        message = f"the name {title!r} is read as {sheet.table.sheet}"
        report.about(sheet, "fix", "F_SHEET_NAME", message, "")


def _missing_sheet(sheet: Sheet, strangers: list[Grid], report: Report) -> None:
    names = [grid.sheet.removesuffix(".csv") for grid in strangers]
    alike = [grid.sheet for grid in strangers if has_columns(grid, sheet.table)]
    close = nearest(sheet.table.sheet, names) or (alike[0] if len(alike) == 1 else None)
    hint = f"Did you mean {close}? Rename it to {sheet.table.sheet}." if close else ""
    message = f"the table {sheet.table.sheet} is missing"
    report.about(sheet, "error", "E_SHEET", message, hint or f"Add it: {sheet.table.help}")


def _warn_about_strangers(strangers: list[str], tables: Sequence[Table], report: Report) -> None:
    known = [table.sheet for table in tables]
    for name in strangers:
        close = nearest(name.removesuffix(".csv"), known)
        hint = f"Did you mean {close}?" if close else ""
        finding = Finding(
            "warning", "W_SHEET_IGNORED", "no table of a scenario; ignored", sheet=name, hint=hint
        )
        report.add(finding, (len(tables), 0, 0))


def _warn_about_sheet(grid: Grid, sheet: Sheet, book: RawBook, report: Report) -> None:
    if grid.sheet in book.hidden:
        report.about(sheet, "warning", "W_HIDDEN", "the sheet is hidden; it is used", "")
    if grid.hidden_rows:
        message = f"{grid.hidden_rows} hidden or filtered rows; they are used"
        report.about(sheet, "warning", "W_HIDDEN_ROWS", message, "")
    if grid.formulas:
        message = f"{grid.formulas} formulas; their stored values are used"
        if book.stale:
            message += " and may be old"
            hint = "Open it in Excel, press F9 to calculate, and save."
            report.about(sheet, "warning", "W_FORMULAS", message, hint)
        else:
            report.about(sheet, "fix", "F_FORMULAS", message, "")
    blank = grid.blank_lines or _blank_rows(grid, sheet)
    if blank:
        message = f"{blank:,} blank rows between the others are skipped"
        report.about(sheet, "fix", "F_BLANK_ROWS", message, "")
    gap = next(
        (row for last, row in pairwise(grid.rows) if row - last > 1000),
        None,
    )
    if gap is not None:
        message = f"row {gap} and those below it follow more than 1000 blank rows; they are used"
        report.about(sheet, "warning", "W_FAR_ROWS", message, "Delete the rows or the gap.")


def _blank_rows(grid: Grid, sheet: Sheet) -> int:
    if grid.sheet.lower().endswith(".csv") or not sheet.rows:
        return 0
    return sheet.rows[-1] - sheet.rows[0] + 1 - len(sheet.rows)


def too_many_rows(book: RawBook, sheets: Mapping[str, Sheet], report: Report) -> bool:
    """Whether a scenario is beyond what can be solved; reports it with the counts."""
    counts = {name: len(sheet.rows) for name, sheet in sheets.items() if sheet.rows}
    large = [name for name, most in MAX_ROWS.items() if counts.get(name, 0) > most]
    in_all = MAX_ALL_ROWS[book.kind]
    if not large and sum(counts.values()) <= in_all:
        return False
    listed = ", ".join(f"{name} {number:,}" for name, number in counts.items())
    limits = ", ".join(f"{name} {most:,}" for name, most in MAX_ROWS.items())
    hint = f"At most: {limits}, all tables together {in_all:,}."
    if book.kind == "xlsx" and not large:
        hint += f" A folder of CSV files may hold {MAX_ALL_ROWS['csv']:,}."
    name = large[0] if large else max(counts, key=counts.__getitem__)
    report.about(sheets[name], "error", "E_SCALE", f"too many rows: {listed}", hint)
    return True
