"""The sheet Read me: what to do, every sheet with a link and its rows, what the colours mean."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from succession.io.read.raw import column_letters
from succession.io.schema import COVER_SHEET, SETTINGS_TABLE
from succession.io.write.help import COLOUR_KEY, COVER_HEADINGS, Cover
from succession.io.write.look import Look
from succession.io.write.sheets import OutSheet

__all__ = ["FIRST_ROW", "FORM_ROWS", "HEADER_ROW", "write_cover"]

HEADER_ROW = 2
"""Row (from 0) of the headings of every table sheet; help stands above, data below."""
FIRST_ROW = HEADER_ROW + 1

FORM_ROWS = 5_000
"""Rows that drop-downs and checks reach at least."""

_COLUMNS = (18, 15, 9, 84)
_LINE = 90
"""Characters of a line of what a sheet holds."""


def write_cover(book: Any, cover: Cover, sheets: Sequence[OutSheet], look: Look) -> None:
    """Writes the cover for the tables among `sheets`, which are written after it."""
    page = book.add_worksheet(COVER_SHEET)
    page.hide_gridlines(2)
    page.set_column(0, 0, 2)
    for number, width in enumerate(_COLUMNS, start=1):
        page.set_column(number, number, width)
    page.set_row(0, 28)
    page.write_string(0, 1, cover.title, look.title)
    row = 2
    for left, right in cover.steps:
        page.write_string(row, 1, left, look.label)
        page.merge_range(row, 2, row, 4, right, look.wrap)
        page.set_row(row, 16 * (1 + len(right) // 105))
        row += 1
    row = _write_contents(page, row + 1, sheets, look)
    _write_colours(page, row + 1, look)
    page.set_portrait()
    page.set_paper(9)
    page.fit_to_pages(1, 1)


def _write_contents(page: Any, row: int, sheets: Sequence[OutSheet], look: Look) -> int:
    for number, text in enumerate(COVER_HEADINGS, start=1):
        page.write_string(row, number, text, look.heading)
    for sheet in sheets:
        if sheet.table is None:
            continue
        row += 1
        name, count = sheet.name, _filled(sheet)
        quoted = f"'{name}'" if " " in name else name
        page.write_url(row, 1, f"internal:'{name}'!A1", look.link, string=name)
        page.write_string(row, 2, "yes" if sheet.table.required else "", look.wrap)
        last = FIRST_ROW + max(FORM_ROWS, 2 * count)
        column = "$" + column_letters(1 + _told(sheet))
        filled = f"{quoted}!{column}${FIRST_ROW + 1}:{column}${last}"
        page.write_formula(row, 3, f"=COUNTA({filled})", look.count, count)
        page.write_string(row, 4, sheet.table.help, look.wrap)
        if len(sheet.table.help) > _LINE:
            page.set_row(row, 15 * (1 + len(sheet.table.help) // _LINE))
    return row + 1


def _told(sheet: OutSheet) -> int:
    """The column that tells whether a row is filled: a setting's value, or else the id."""
    assert sheet.table is not None
    name = "value" if sheet.table is SETTINGS_TABLE else sheet.table.key[0]
    return sheet.place(name) or 0


def _filled(sheet: OutSheet) -> int:
    return sum(row[_told(sheet)] is not None for row in sheet.rows)


def _write_colours(page: Any, row: int, look: Look) -> None:
    page.write_string(row, 1, "Colours", look.heading)
    for number in (2, 3, 4):
        page.write_blank(row, number, None, look.heading)
    for name, word, text in COLOUR_KEY:
        row += 1
        page.write_string(row, 1, word, getattr(look, name))
        page.write_string(row, 2, text, look.muted)
