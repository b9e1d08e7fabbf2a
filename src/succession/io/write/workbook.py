"""Sheets as a workbook to work in: a cover, help above headings, real tables, drop-downs."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from succession.io.schema import (
    COVER_SHEET,
    HELP_MARK,
    SETTING_BY_KEY,
    SETTINGS_TABLE,
    Column,
    fold_name,
)
from succession.io.write.cover import FIRST_ROW, HEADER_ROW, write_cover
from succession.io.write.entry import add_checks, add_setting_checks, ids_formula
from succession.io.write.help import SCENARIO_COVER, Cover, sheet_help
from succession.io.write.look import Look
from succession.io.write.sheets import OutCell, OutSheet

__all__ = ["workbook_bytes"]

MANY_ROWS = 50_000
EMPTY_ROWS = 40
"""Rows of the table on a sheet that has none yet; Excel makes it longer by itself."""

_CREATED = datetime(2026, 1, 1)
_WIDEST, _NARROWEST = 50, 14


class _Exact(float):
    """A number that XlsxWriter writes with all its digits instead of sixteen."""

    def __format__(self, spec: str) -> str:
        return repr(float(self)) if spec == ".16G" else super().__format__(spec)


def workbook_bytes(sheets: Sequence[OutSheet], cover: Cover = SCENARIO_COVER) -> bytes:
    """The .xlsx file's bytes, the same for the same sheets, with a cover where they have none."""
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
    look = Look(book)
    if fold_name(COVER_SHEET) not in {fold_name(sheet.name) for sheet in sheets}:
        write_cover(book, cover, sheets, look)
    wanted = {column.table for sheet in sheets for column in sheet.columns if column is not None}
    fed = {sheet.name for sheet in sheets if sheet.name in wanted and _gives_ids(sheet)}
    for sheet in sheets:
        page = book.add_worksheet(sheet.name)
        if sheet.table is None:
            _write_stranger(page, sheet, look)
            continue
        _write_table(page, sheet, look, as_table=not large)
        if sheet.table is SETTINGS_TABLE:
            add_setting_checks(page, sheet, look)
            continue
        add_checks(page, sheet, sheet.columns, fed, look)
        if sheet.name in fed:
            book.define_name(f"{sheet.name}_ids", ids_formula(sheet))
    book.close()
    return buffer.getvalue()


def _write_stranger(page: Any, sheet: OutSheet, look: Look) -> None:
    """A sheet that is none of ours goes along as it is: headings in row 1."""
    page.freeze_panes(1, 0)
    _set_print(page, sheet.name, 0)
    for number, heading in enumerate(sheet.header):
        page.set_column(number, number, _width(sheet, number))
        page.write_string(0, number, str(heading or ""), look.optional)
    _write_rows(page, 1, sheet, [None] * len(sheet.header), look)


def _write_table(page: Any, sheet: OutSheet, look: Look, *, as_table: bool) -> None:
    assert sheet.table is not None
    key = 1 if sheet.table is SETTINGS_TABLE else min(2, len(sheet.table.key))
    page.freeze_panes(FIRST_ROW, key)
    _set_print(page, sheet.name, HEADER_ROW)
    columns = sheet.columns
    for number, column in enumerate(columns):
        page.set_column(number, number, _width(sheet, number), look.of(column))
    _write_top(page, sheet, columns, look)
    # Ids made of digits are meant to be text.
    page.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    if as_table and _unique_headings(sheet):
        _add_table(page, sheet, columns, look)
    _write_rows(page, FIRST_ROW, sheet, columns, look)


def _write_top(page: Any, sheet: OutSheet, columns: Sequence[Column | None], look: Look) -> None:
    """A line about the sheet, a line of help, the headings."""
    assert sheet.table is not None
    page.set_row(0, 20)
    page.write_url(0, 0, f"internal:'{COVER_SHEET}'!A1", look.link, string=f"{HELP_MARK} Contents")
    page.write_string(0, 1, sheet.table.help, look.label)
    texts = dict(zip((c.name for c in sheet.table.columns), sheet_help(sheet.table), strict=True))
    shown = [texts.get(column.name, "") if column is not None else "" for column in columns]
    if not shown[0].startswith(HELP_MARK):
        shown[0] = f"{HELP_MARK} {shown[0].removeprefix(HELP_MARK).strip()}".strip()
    lines = [_lines(text, _width(sheet, number)) for number, text in enumerate(shown)]
    page.set_row(1, 12.5 * max(lines) + 4)
    for number, text in enumerate(shown):
        page.write_string(1, number, text, look.help)
    page.set_row(HEADER_ROW, 32)
    for number, (heading, column) in enumerate(zip(_headings(sheet), columns, strict=True)):
        required = column is not None and column.required
        page.write_string(HEADER_ROW, number, heading, look.required if required else look.optional)


def _add_table(page: Any, sheet: OutSheet, columns: Sequence[Column | None], look: Look) -> None:
    heads = [
        {
            "header": heading,
            "header_format": look.required if column and column.required else look.optional,
        }
        for heading, column in zip(_headings(sheet), columns, strict=True)
    ]
    last = HEADER_ROW + (len(sheet.rows) or EMPTY_ROWS)
    options = {
        "name": sheet.name.replace(" ", "_"),
        "columns": heads,
        "style": "Table Style Light 15",
    }
    page.add_table(HEADER_ROW, 0, last, len(heads) - 1, options)


def _write_rows(
    page: Any, first: int, sheet: OutSheet, columns: Sequence[Column | None], look: Look
) -> None:
    formats = [look.of(column) for column in columns]
    key, value = (
        (sheet.place("key"), sheet.place("value"))
        if sheet.table is SETTINGS_TABLE
        else (None, None)
    )
    for row, cells in enumerate(sheet.rows, start=first):
        if key is not None and value is not None:
            formats[value] = look.of_setting(SETTING_BY_KEY.get(str(cells[key])))
            page.write_blank(row, value, None, formats[value])
        for number, cell in enumerate(cells):
            if cell is not None:
                _write_cell(page, row, number, cell, formats[number], look)


def _write_cell(page: Any, row: int, number: int, cell: OutCell, form: Any, look: Look) -> None:
    if isinstance(cell, str):
        page.write_string(row, number, cell, form)
    elif isinstance(cell, bool):
        page.write_boolean(row, number, cell, form)
    elif isinstance(cell, datetime):
        page.write_datetime(row, number, cell, look.time)
    elif isinstance(cell, date):
        page.write_datetime(row, number, datetime(cell.year, cell.month, cell.day), look.date)
    elif cell is not None:
        page.write_number(row, number, _Exact(cell), form)


def _set_print(page: Any, name: str, header: int) -> None:
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0, header)
    page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    page.set_footer(f"&L&8{name.replace('&', '&&')}&R&8&P of &N")


def _headings(sheet: OutSheet) -> list[str]:
    """The headings as shown: our own with their units."""
    return [
        column.heading if column is not None else str(text or "")
        for text, column in zip(sheet.header, sheet.columns, strict=True)
    ]


def _unique_headings(sheet: OutSheet) -> bool:
    """Excel's tables want headings that are there and differ, whatever their case."""
    folded = [text.casefold().strip() for text in _headings(sheet)]
    return all(folded) and len(set(folded)) == len(folded)


def _gives_ids(sheet: OutSheet) -> bool:
    """Whether other sheets' drop-downs can be fed from it."""
    if sheet.table is None or sheet.table is SETTINGS_TABLE:
        return False
    first = sheet.table.by_name[sheet.table.key[0]]
    return first.kind == "id" and not first.table and sheet.place(first.name) is not None


def _width(sheet: OutSheet, number: int) -> float:
    heading = str(sheet.header[number] or "")
    if sheet.table is SETTINGS_TABLE:
        return {"key": 22.0, "value": 24.0, "unit": 18.0, "default": 30.0}.get(heading, 90.0)
    column = sheet.columns[number]
    shown = heading if column is None else max(column.heading.split(" ("), key=len)
    longest = len(shown) + 4
    for row in sheet.rows[:200]:
        cell = row[number] if number < len(row) else None
        longest = max(longest, len(str(cell)) + 1 if cell is not None else 0)
    return float(min(_WIDEST, max(_NARROWEST, longest)))


def _lines(text: str, width: float) -> int:
    """Lines that a text takes in a column, about, in the small type of the help."""
    return sum(1 + int(len(line) // (width * 1.25)) for line in text.split("\n"))
