"""What guides the hand in a table's cells: drop-downs, limits, messages, colours for slips."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from succession.io.read.raw import column_letters
from succession.io.schema import SETTING_BY_KEY, Column
from succession.io.write.cover import FIRST_ROW, FORM_ROWS
from succession.io.write.help import example_text, input_message
from succession.io.write.look import Look
from succession.io.write.sheets import OutSheet

__all__ = ["add_checks", "add_setting_checks", "ids_formula"]

_MOST = 1e15


def ids_formula(sheet: OutSheet) -> str:
    """The cells that hold a sheet's ids, for the drop-downs of other sheets."""
    assert sheet.table is not None
    column = "$" + column_letters(1 + (sheet.place(sheet.table.key[0]) or 0))
    first, last = FIRST_ROW + 1, FIRST_ROW + _reach(sheet)
    ids = f"{sheet.name}!{column}${first}"
    return f"=OFFSET({ids},0,0,MAX(1,COUNTA({ids}:{column}${last})),1)"


def add_checks(
    page: Any, sheet: OutSheet, columns: Sequence[Column | None], fed: Collection[str], look: Look
) -> None:
    """Drop-downs, limits and messages for every known column; `fed` are sheets that feed lists."""
    last = FIRST_ROW + _reach(sheet) - 1
    id_column = None if sheet.table is None else sheet.table.id_column
    for number, column in enumerate(columns):
        if column is None:
            continue
        options = {**_validation(column, fed), **input_message(column)}
        page.data_validation(FIRST_ROW, number, last, number, options)
        _add_colours(page, number, column, last, len(columns), id_column, fed, look)


def add_setting_checks(page: Any, sheet: OutSheet, look: Look) -> None:
    """Each value of Settings has the drop-down or limits of its own key."""
    key, value = sheet.place("key"), sheet.place("value")
    if key is None or value is None:
        return
    cell = column_letters(value + 1)
    for row, cells in enumerate(sheet.rows, start=FIRST_ROW):
        column = SETTING_BY_KEY.get(str(cells[key]))
        if column is None:
            continue
        options = {**_validation(column, ()), **input_message(column)}
        page.data_validation(row, value, row, value, options)
        if column.required:
            criteria = f'=${cell}{row + 1}=""'
            blank = {"type": "formula", "criteria": criteria, "format": look.to_do}
            page.conditional_format(row, value, row, value, blank)


def _reach(sheet: OutSheet) -> int:
    return max(FORM_ROWS, len(sheet.rows) + 500)


def _validation(column: Column, fed: Collection[str]) -> dict[str, Any]:
    refusal = {"error_title": "This does not fit", "error_message": example_text(column)}
    if column.choices or column.kind == "yesno":
        return {"validate": "list", "source": list(column.choices) or ["yes", "no"], **refusal}
    if column.table and column.table in fed:
        told = {"error_title": "Not there yet", "error_message": f"Not in {column.table}."}
        return {
            "validate": "list",
            "source": f"={column.table}_ids",
            "error_type": "warning",
            **told,
        }
    if column.none_word or column.kind not in ("whole", "amount", "hours", "share"):
        return {"validate": "any"}
    low = -_MOST if column.low is None else column.low
    high = _MOST if column.high is None else column.high
    kind = "integer" if column.kind == "whole" else "decimal"
    limits = {"criteria": "between", "minimum": low, "maximum": high}
    return {"validate": kind, **limits, **refusal}


def _add_colours(
    page: Any,
    number: int,
    column: Column,
    last: int,
    width: int,
    id_column: str | None,
    fed: Collection[str],
    look: Look,
) -> None:
    """Yellow: a row was begun and this must be filled; red: an id twice, or one not there."""
    place = (FIRST_ROW, number, last, number)
    row, letters = FIRST_ROW + 1, column_letters(number + 1)
    cell = f"${letters}{row}"
    if column.required:
        begun = f"COUNTA($A{row}:${column_letters(width)}{row})>0"
        rule = {"type": "formula", "criteria": f'=AND({cell}="",{begun})', "format": look.to_do}
        page.conditional_format(*place, rule)
    if column.name == id_column:
        page.conditional_format(*place, {"type": "duplicate", "format": look.wrong})
    elif column.table in fed:
        ids = f"{column.table}_ids"
        strange = f'AND({cell}<>"",COUNTA({ids})>0,ISNA(MATCH({cell},{ids},0)))'
        page.conditional_format(
            *place, {"type": "formula", "criteria": f"={strange}", "format": look.wrong}
        )
