"""Which column of a sheet is which: the heading row, wherever it stands and however it is spelt."""

from __future__ import annotations

from succession.domain import Finding
from succession.io.check.sheet import SEVERITIES, Report, Sheet
from succession.io.read import Grid, column_letters, shorten
from succession.io.read.raw import merge_corners
from succession.io.schema import Table, fold_name
from succession.io.values.text import clean
from succession.io.values.words import Note, Reject, nearest

__all__ = ["has_columns", "match_columns"]

_HEADER_ROWS = 20
_PROTECTED = frozenset(
    """sex gender geschlecht ethnicity race birthdate dateofbirth birthday dob age alter religion
    faith health disability pregnancy union tradeunion nationality citizenship maritalstatus
    sexualorientation""".split()  # noqa: SIM905
)
"""Headings of what a plan of people's careers must not be made from."""


def has_columns(grid: Grid, table: Table) -> bool:
    """Whether a sheet, whatever its name, has every column that the table must have."""
    position, names = _header(grid, table)
    folds = {fold_name(name) for name in names.values()} & table.by_heading.keys()
    found = {table.by_heading[fold].name for fold in folds}
    return position is not None and {c.name for c in table.columns if c.required} <= found


def match_columns(grid: Grid, sheet: Sheet, report: Report) -> None:
    """Finds the sheet's columns and reports what is missing, strange, double or merged."""
    position, names = _header(grid, sheet.table)
    if position is None:
        _missing_columns(sheet, set(), [], report)
        return
    row = grid.rows[position]
    if position > 0:
        message = f"the headings stand in row {row}"
        report.about(sheet, "warning", "W_HEADER_ROW", message, "Put them in row 1.")
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
            _note_mended(grid, sheet, position, number, report)
        elif fold not in {fold_name(note) for note in sheet.table.notes}:
            strangers.append((number, text))
        seen.add(name)
    missing = {column.name for column in sheet.table.columns} - set(sheet.numbers)
    strange_names = [text for _, text in strangers]
    first = grid.columns[min(grid.columns)][:_HEADER_ROWS]
    first_column = frozenset(fold_name(cell.text) for cell in first if cell is not None)
    _missing_columns(sheet, missing, strange_names, report, first_column)
    _warn_about_columns(sheet, row, strangers, missing, report)
    _check_merges(grid, sheet, row, report)
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


def _shown(text: str, notes: list[Note] | None = None) -> str:
    try:
        return clean(text, [] if notes is None else notes)
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
        message = "no column of this table"
        if fold_name(text) in _PROTECTED:
            message = "no plan may be made from this"
            hint = "Delete it; for the fairness audit there is the table Groups."
        _heading(sheet, report, row, number, text, "W_COLUMN_IGNORED", message, hint)


def _note_mended(grid: Grid, sheet: Sheet, position: int, number: int, report: Report) -> None:
    """Blanks, line breaks and invisible marks in a heading."""
    cell = grid.columns[number][position]
    notes: list[Note] = []
    if cell is not None and _shown(cell.text, notes) and notes:
        message = "blanks, line breaks or invisible characters removed"
        _heading(sheet, report, grid.rows[position], number, cell.text, "F_HEADING", message)


def _check_merges(grid: Grid, sheet: Sheet, row: int, report: Report) -> None:
    """Merged cells hide what lies under all but the first of them."""
    known = set(sheet.numbers.values())
    for reference in grid.merges:
        (left, top), (right, bottom) = merge_corners(reference)
        if top <= row <= bottom:
            message = f"merged cells {reference} in the headings"
            report.about(sheet, "error", "E_HEADER_MERGED", message, "Undo the merge.")
        elif top > row and any(left <= number <= right for number in known):
            message = f"merged cells {reference}: the cells under it are empty"
            hint = "Undo the merge and fill in every cell."
            report.about(sheet, "error", "E_MERGE", message, hint)


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
    severity = SEVERITIES[code[0]]
    if severity == "error":
        sheet.broken = True
    elif severity == "warning":
        message += "; ignored"
    in_cells = not sheet.name.lower().endswith(".csv")
    finding = Finding(
        severity,
        code,
        message,
        sheet=sheet.name,
        cell=f"{column_letters(number)}{row}" if in_cells else None,
        row=row,
        column=shorten(text),
        value=shorten(text),
        hint=hint,
    )
    report.add(finding, (sheet.order, row, number))
