"""Sheets as a workbook: headings explained, frozen and coloured, drop-downs fed by the sheets."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from succession.io.schema import TABLE_BY_SHEET, Column
from succession.io.write.help import cover_lines, input_message, note
from succession.io.write.sheets import OutCell, OutSheet

__all__ = ["workbook_bytes"]

MANY_ROWS = 50_000
FORM_ROWS = 5_000
_CREATED = datetime(2026, 1, 1)
_WIDEST = 40


class _Exact(float):
    """A number that XlsxWriter writes with all its digits instead of sixteen."""

    def __format__(self, spec: str) -> str:
        return repr(float(self)) if spec == ".16G" else super().__format__(spec)


def workbook_bytes(sheets: Sequence[OutSheet], *, cover: bool = False) -> bytes:
    """The .xlsx file's bytes, the same for the same sheets; `cover` adds the sheet Read me."""
    import xlsxwriter

    buffer = io.BytesIO()
    large = sum(len(sheet.rows) for sheet in sheets) > MANY_ROWS
    options = {
        "in_memory": not large,
        "constant_memory": large,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": _CREATED})
    look = _Look(book)
    if cover:
        _write_cover(book, look)
    listed = {sheet.name for sheet in sheets if _gives_ids(sheet)}
    for sheet in sheets:
        _write_sheet(book, sheet, look, listed)
    book.close()
    return buffer.getvalue()


class _Look:
    """The formats of a workbook."""

    def __init__(self, book: Any) -> None:
        plain = {"bold": True, "border": 1, "border_color": "#B7C0CC", "bottom": 2}
        self.required = book.add_format({**plain, "bg_color": "#1F4E79", "font_color": "#FFFFFF"})
        self.optional = book.add_format({**plain, "bg_color": "#DCE6F1"})
        self.text = book.add_format({"num_format": "@"})
        self.date = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.time = book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"})
        self.title = book.add_format({"bold": True, "font_size": 16, "font_color": "#1F4E79"})
        self.wrap = book.add_format({"text_wrap": True, "valign": "top"})
        self.muted = book.add_format({"italic": True, "font_color": "#5F6B7A"})
        to_do = {"num_format": "yyyy-mm-dd", "align": "left", "bg_color": "#FFF2CC", "border": 1}
        self.missing = book.add_format(to_do)


def _write_cover(book: Any, look: _Look) -> None:
    page = book.add_worksheet("Read me")
    page.hide_gridlines(2)
    _set_print(page)
    page.set_row(0, 24)
    page.set_column(0, 0, 24, look.wrap)
    page.set_column(1, 1, 100, look.wrap)
    page.write_string(0, 0, "Succession scenario", look.title)
    for row, (left, right) in enumerate(cover_lines(), start=2):
        if left in TABLE_BY_SHEET:
            page.write_url(row, 0, f"internal:'{left}'!A1", string=left)
        else:
            page.write_string(row, 0, left)
        page.write_string(row, 1, right)
        page.set_row(row, 15 * (1 + len(right) // 95))
    page.write_string(1, 1, "Required columns are dark, optional ones light.", look.muted)


def _write_sheet(book: Any, sheet: OutSheet, look: _Look, names: set[str]) -> None:
    page = book.add_worksheet(sheet.name)
    page.freeze_panes(1, 1 if sheet.table is not None else 0)
    _set_print(page)
    columns = [_column(sheet, heading) for heading in sheet.header]
    _write_headings(page, sheet, columns, look)
    for row, cells in enumerate(sheet.rows, start=1):
        for number, cell in enumerate(cells):
            if cell is not None:
                _write_cell(page, row, number, cell, look)
    if sheet.table is None:
        return
    if sheet.table.record is None:
        _add_setting_lists(page, sheet, look)
        return
    rows = max(FORM_ROWS, len(sheet.rows) + 500)
    for number, column in enumerate(columns):
        if column is not None:
            _add_list(page, number, column, rows, names)
    if sheet.name in names:
        ids = f"{sheet.name}!$A$2,0,0,MAX(1,COUNTA({sheet.name}!$A:$A)-1),1"
        book.define_name(f"{sheet.name}_ids", f"=OFFSET({ids})")


def _set_print(page: Any) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _write_headings(
    page: Any, sheet: OutSheet, columns: Sequence[Column | None], look: _Look
) -> None:
    is_link = sheet.table is not None and sheet.table.record is not None
    for number, (heading, column) in enumerate(zip(sheet.header, columns, strict=True)):
        is_text = is_link and column is not None and column.kind in ("id", "text")
        page.set_column(number, number, _width(sheet, number), look.text if is_text else None)
        required = column is not None and column.required
        page.write_string(
            0, number, str(heading or ""), look.required if required else look.optional
        )
        if column is not None:
            page.write_comment(0, number, note(column), {"x_scale": 2, "y_scale": 1.2})


def _gives_ids(sheet: OutSheet) -> bool:
    """Whether drop-downs can be fed from its first column."""
    first = _column(sheet, sheet.header[0]) if sheet.header else None
    return first is not None and first.kind == "id" and not first.table


def _column(sheet: OutSheet, heading: OutCell) -> Column | None:
    return None if sheet.table is None else sheet.table.by_name.get(str(heading))


def _width(sheet: OutSheet, number: int) -> float:
    longest = len(str(sheet.header[number] or "")) + 3
    widest = 90 if sheet.header[number] == "meaning" else _WIDEST
    for row in sheet.rows[:200]:
        cell = row[number] if number < len(row) else None
        longest = max(longest, min(widest, len(str(cell))) if cell is not None else 0)
    return min(widest, max(24 if sheet.header[number] == "value" else 10, longest + 1))


def _write_cell(page: Any, row: int, number: int, cell: OutCell, look: _Look) -> None:
    if isinstance(cell, str):
        page.write_string(row, number, cell)
    elif isinstance(cell, bool):
        page.write_boolean(row, number, cell)
    elif isinstance(cell, datetime):
        page.write_datetime(row, number, cell, look.time)
    elif isinstance(cell, date):
        page.write_datetime(row, number, datetime(cell.year, cell.month, cell.day), look.date)
    elif cell is not None:
        page.write_number(row, number, _Exact(cell))


def _add_list(page: Any, number: int, column: Column, rows: int, names: set[str]) -> None:
    options: dict[str, Any] = {"validate": "any", **input_message(column)}
    if column.choices or column.kind == "yesno":
        options |= {"validate": "list", "source": list(column.choices) or ["yes", "no"]}
        options |= {"error_title": "Not in the list", "error_message": "Choose from the list."}
    elif column.table and column.table in names:
        options |= {"validate": "list", "source": f"={column.table}_ids", "error_type": "warning"}
        options |= {"error_title": "Not there yet", "error_message": f"Not in {column.table}."}
    page.data_validation(1, number, rows, number, options)


def _add_setting_lists(page: Any, sheet: OutSheet, look: _Look) -> None:
    from succession.io.schema import SETTING_BY_KEY

    for row, cells in enumerate(sheet.rows, start=1):
        column = SETTING_BY_KEY.get(str(cells[0]))
        if column is None:
            continue
        options: dict[str, Any] = {"validate": "any", **input_message(column)}
        if column.choices:
            options |= {"validate": "list", "source": list(column.choices)}
        page.data_validation(row, 1, row, 1, options)
        if column.required and cells[1] is None:
            page.write_blank(row, 1, None, look.missing)
