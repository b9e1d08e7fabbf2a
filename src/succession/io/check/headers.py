"""Which sheet is which table, and which column is which."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from succession.domain import Finding
from succession.io.check.sheet import Report, Sheet
from succession.io.read import Grid, RawBook, column_letters, shorten
from succession.io.schema import COVER_SHEET, TABLES, Table, fold_name
from succession.io.values.text import clean
from succession.io.values.words import Reject, nearest

__all__ = ["match_columns", "match_sheets", "sheet_title"]

_HEADER_ROWS = 20


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
            match_columns(grids[0], sheet, report)
            _warn_about_sheet(grids[0], sheet, book, report)
        elif table.required:
            _missing_sheet(sheet, strangers, report)
    _warn_about_strangers(strangers, tables, report)
    return sheets


def _missing_sheet(sheet: Sheet, strangers: list[str], report: Report) -> None:
    close = nearest(sheet.table.sheet, [name.removesuffix(".csv") for name in strangers])
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
        if book.manual:
            hint = "Calculation is manual: press F9 in Excel and save."
            report.about(sheet, "warning", "W_FORMULAS", message, hint)
        else:
            report.about(sheet, "fix", "F_FORMULAS", message, "")
    gap = next(
        (row for last, row in pairwise(grid.rows) if row - last > 1000),
        None,
    )
    if gap is not None:
        message = f"row {gap} and those below it follow more than 1000 blank rows; they are used"
        report.about(sheet, "warning", "W_FAR_ROWS", message, "Delete the rows or the gap.")


def match_columns(grid: Grid, sheet: Sheet, report: Report) -> None:
    """Finds the headings of a table in a grid, fills the sheet, reports what is amiss."""
    position, names = _header(grid, sheet.table)
    if position is None:
        _missing_columns(sheet, set(), [], report)
        return
    row = grid.rows[position]
    if position > 0 or row > 1:
        message = f"the headings stand in row {row}"
        if position > 0:
            report.about(sheet, "warning", "W_HEADER_ROW", message, "Put them in row 1.")
    _check_merges(grid, sheet, row, report)
    known = sheet.table.by_heading
    seen: set[str] = set()
    strangers = []
    for number, text in names.items():
        fold = fold_name(text)
        name = known[fold].name if fold in known else fold
        if name in seen and name:
            _heading(sheet, report, row, number, text, "E_COLUMN_DUP", "this heading stands twice")
        elif fold in known:
            sheet.numbers[name] = number
        elif fold not in {fold_name(note) for note in sheet.table.notes}:
            strangers.append((number, text))
        seen.add(name)
    missing = {column.name for column in sheet.table.columns} - set(sheet.numbers)
    strange_names = [text for _, text in strangers]
    first = grid.columns[min(grid.columns)][:_HEADER_ROWS]
    first_column = frozenset(fold_name(cell.text) for cell in first if cell is not None)
    _missing_columns(sheet, missing, strange_names, report, first_column)
    _warn_about_columns(sheet, row, strangers, missing, report)
    sheet.rows = grid.rows[position + 1 :]
    for name, number in sheet.numbers.items():
        sheet.raw[name] = grid.columns[number][position + 1 :]


def _header(grid: Grid, table: Table) -> tuple[int | None, dict[int, str]]:
    """The position of the heading row: the first row, or the one row that has every name."""
    wanted = {column.name for column in table.columns if column.required}
    found = []
    for position in range(min(len(grid.rows), _HEADER_ROWS)):
        names = {number: _shown(cell.text) for number, cell in grid.row_cells(position).items()}
        folds = {fold_name(name) for name in names.values()} & table.by_heading.keys()
        if wanted <= {table.by_heading[fold].name for fold in folds}:
            found.append((position, names))
    if len(found) == 1 or (found and found[0][0] == 0):
        return found[0]
    if not grid.rows:
        return None, {}
    return 0, {number: _shown(cell.text) for number, cell in grid.row_cells(0).items()}


def _shown(text: str) -> str:
    try:
        return clean(text, [])
    except Reject:
        return shorten(text)


def _missing_columns(
    sheet: Sheet,
    missing: set[str],
    strangers: list[str],
    report: Report,
    first_column: frozenset[str] = frozenset(),
) -> None:
    headless = not sheet.numbers and not strangers
    turned = len(first_column & sheet.table.by_heading.keys()) > 1
    for column in sheet.table.columns:
        if not column.required or not (headless or column.name in missing):
            continue
        close = nearest(column.name, strangers)
        hint = f"Did you mean {close}? Rename it to {column.name}." if close else ""
        if turned:
            hint = "The headings stand in the first column: transpose the sheet."
        message = f"the column {column.name} is missing"
        report.about(sheet, "error", "E_COLUMN", message, hint or f"Add it: {column.help}.")


def _warn_about_columns(
    sheet: Sheet, row: int, strangers: list[tuple[int, str]], missing: set[str], report: Report
) -> None:
    for number, text in strangers:
        close = nearest(text, sorted(missing))
        hint = f"Did you mean {close}?" if close else ""
        _heading(
            sheet, report, row, number, text, "W_COLUMN_IGNORED", "no column of this table", hint
        )


def _check_merges(grid: Grid, sheet: Sheet, row: int, report: Report) -> None:
    for reference in grid.merges:
        first, _, last = reference.partition(":")
        rows = [int("".join(mark for mark in end if mark.isdigit()) or 0) for end in (first, last)]
        if rows[0] <= row <= rows[1]:
            message = f"merged cells {reference} in the headings"
            report.about(sheet, "error", "E_HEADER_MERGED", message, "Undo the merge.")


def _heading(
    sheet: Sheet,
    report: Report,
    row: int,
    number: int,
    text: str,
    code: str,
    message: str,
    hint: str = "",
) -> None:
    error = code.startswith("E_")
    if error:
        sheet.broken = True
    in_cells = not sheet.name.lower().endswith(".csv")
    finding = Finding(
        "error" if error else "warning",
        code,
        message if error else f"{message}; ignored",
        sheet=sheet.name,
        cell=f"{column_letters(number)}{row}" if in_cells else None,
        row=row,
        column=text,
        value=shorten(text),
        hint=hint,
    )
    report.add(finding, (sheet.order, row, number))
