"""A table as a sheet of a workbook. Text is always written as text, whatever it begins with."""

from __future__ import annotations

from typing import Any

from succession.report.columns import Cell, Column, Table, clean
from succession.report.styles import Styles
from succession.report.worksheets.matrix import Matrix

__all__ = ["BOOK_OPTIONS", "FORMULA_STARTS", "HEADER_ROW", "write_table"]

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDEST, _NARROWEST = 46, 7
_ROWS_MEASURED = 500
_WRAPPED = 90
HEADER_ROW = 3
BOOK_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def write_table(sheet: Any, table: Table[Any] | Matrix, styles: Styles) -> None:
    """A titled sheet with the table, its totals and a page set-up for printing."""
    sheet.hide_gridlines(2)
    columns, cells = table.columns, list(table.cells)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, table.title, styles.title)
    sheet.write_string(1, 0, table.note, styles.muted)
    last = HEADER_ROW + len(cells)
    for number, item in enumerate(columns):
        kind = styles.of(item)
        values = [row[number] for row in cells]
        sheet.set_column(number, number, _width(item, values), kind)
        header = styles.header_right if item.is_number else styles.header
        sheet.write_string(HEADER_ROW, number, item.title, header)
        for place, value in enumerate(values, start=HEADER_ROW + 1):
            _write_cell(sheet, place, number, value, item, styles)
    if cells:
        _add_table(sheet, table, last, styles)
        _write_totals(sheet, table, last + 1, styles)
    else:
        sheet.write_string(HEADER_ROW + 1, 0, "None.", styles.muted)
    sheet.freeze_panes(HEADER_ROW + 1, 1 if len(columns) > 1 else 0)
    _set_up_page(sheet, table)


def _add_table(sheet: Any, table: Table[Any] | Matrix, last: int, styles: Styles) -> None:
    headers = [
        {
            "header": item.title,
            "header_format": styles.header_right if item.is_number else styles.header,
        }
        for item in table.columns
    ]
    options = {
        "name": "tbl_" + table.key.replace(" ", "_"),
        "columns": headers,
        "style": "Table Style Light 1",
    }
    sheet.add_table(HEADER_ROW, 0, last, len(headers) - 1, options)


def _write_totals(sheet: Any, table: Table[Any] | Matrix, row: int, styles: Styles) -> None:
    totals = table.totals
    if len(table.rows) < 2 or all(total is None for total in totals):
        return
    for number, (item, total) in enumerate(zip(table.columns, totals, strict=True)):
        if isinstance(total, (int, float)):
            sheet.write_number(row, number, total, styles.total_of(item))
        else:
            sheet.write_string(row, number, "" if number else "Total", styles.total_label)


def _write_cell(
    sheet: Any, row: int, column: int, value: Cell, item: Column, styles: Styles
) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, styles.of(item))
    elif isinstance(value, str):
        style = styles.quoted if value.startswith(FORMULA_STARTS) else styles.of(item)
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_number(row, column, value, styles.of(item))


def _width(item: Column, values: list[Cell]) -> float:
    longest = len(item.title) + 3
    for value in values[:_ROWS_MEASURED]:
        if isinstance(value, str):
            longest = max(longest, len(value) + 1)
        elif value is not None and item.kind == "amount":
            longest = max(longest, len(f"{value:,.2f}"))
    widest = _WRAPPED if item.title == "Warning" else _WIDEST
    return float(min(widest, max(_NARROWEST, longest)))


def _set_up_page(sheet: Any, table: Table[Any] | Matrix) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(HEADER_ROW)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer(f"&L&8{clean(table.title)}&R&8&P of &N")
