"""comparison.xlsx: the plans side by side, then one sheet for each table of changes.

The workbook is a function of the comparison alone: its creation date is the first plan's start.
"""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

import xlsxwriter

from succession.report.columns import Cell
from succession.report.comparison.record import Comparison, Line, LineKind
from succession.report.sheets import BOOK_OPTIONS, FORMULA_STARTS, write_table
from succession.report.styles import Styles

__all__ = ["write_comparison_xlsx"]

_HEADER_ROW = 5
_WIDTH = 19
_PORTRAIT = 3
"""So many plans fit across an upright page."""


def write_comparison_xlsx(comparison: Comparison) -> bytes:
    """The workbook's bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, BOOK_OPTIONS)
    created = datetime.combine(comparison.plans[0].start, time())
    book.set_properties({"title": "Succession plans compared", "created": created})
    styles = Styles(book, comparison.decimals)
    _write_lines(book.add_worksheet("Comparison"), comparison, styles)
    for table in comparison.tables:
        write_table(book.add_worksheet(table.key), table, styles)
    book.close()
    return stream.getvalue()


def _write_lines(sheet: Any, comparison: Comparison, styles: Styles) -> None:
    sheet.hide_gridlines(2)
    sheet.set_row(0, 24)
    number = len(comparison.names)
    sheet.write_string(0, 0, f"{number} plans compared", styles.title)
    sheet.write_string(1, 0, comparison.headline, styles.strong)
    sheet.write_string(
        2,
        0,
        f"Amounts in {comparison.currency}. Differences are against {comparison.names[0]}.",
        styles.muted,
    )
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 2 * number - 1, _WIDTH)
    _write_header(sheet, comparison, styles)
    row = _HEADER_ROW
    for group in comparison.groups:
        row += 1
        for column in range(2 * number):
            sheet.write_string(row, column, "" if column else group, styles.heading)
        for line in comparison.lines:
            if line.group == group:
                row += 1
                _write_line(sheet, row, line, styles)
        row += 1
    for note in comparison.notes:
        row += 1
        sheet.write_string(row, 0, note, styles.alert)
    sheet.freeze_panes(_HEADER_ROW + 1, 1)
    if number > _PORTRAIT:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&C&8&P of &N")


def _write_header(sheet: Any, comparison: Comparison, styles: Styles) -> None:
    longest = max(map(len, comparison.names))
    sheet.set_row(_HEADER_ROW, 15 * min(5, 1 + longest // _WIDTH))
    sheet.write_blank(_HEADER_ROW, 0, None, styles.header)
    for number, name in enumerate(comparison.names):
        sheet.write_string(_HEADER_ROW, _place(number), name, styles.header_wrapped)
        if number:
            title = "Difference"
            sheet.write_string(_HEADER_ROW, _place(number) + 1, title, styles.header_wrapped)


def _write_line(sheet: Any, row: int, line: Line, styles: Styles) -> None:
    sheet.write_string(row, 0, line.label, styles.label)
    for number, value in enumerate(line.values):
        _write_value(sheet, row, _place(number), value, line.kind, styles, signed=False)
        if number:
            difference = line.differences[number]
            place = _place(number) + 1
            _write_value(sheet, row, place, difference, line.kind, styles, signed=True)


def _write_value(
    sheet: Any, row: int, column: int, value: Cell, kind: LineKind, styles: Styles, *, signed: bool
) -> None:
    style = styles.line(kind, signed=signed)
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        quoted = value.startswith(FORMULA_STARTS)
        sheet.write_string(row, column, value, styles.line_quoted if quoted else style)
    else:
        sheet.write_number(row, column, value, style)


def _place(number: int) -> int:
    """The column of a plan: the first has no differences, the others have theirs beside them."""
    return 2 * number if number else 1
