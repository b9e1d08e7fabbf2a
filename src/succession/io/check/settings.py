"""The Settings sheet to `Settings`, defaults filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

from succession.domain import Calendar, Settings
from succession.io.check.sheet import Report, Sheet
from succession.io.schema import SETTINGS, fold_name
from succession.io.values.parse import BAD, Verdict, parser_for
from succession.io.values.times import Clock
from succession.io.values.words import Note, Reject, nearest

__all__ = ["read_settings"]

_EPOCH = Clock(Calendar(date(2000, 1, 1), "quarter", 8), certain=False)


def read_settings(sheet: Sheet, name: str, report: Report) -> tuple[Settings | None, Clock]:
    """The settings, or None when they have errors; and the clock for reading periods."""
    found: dict[str, Any] = {}
    by_fold = {fold_name(column.name): column for column in SETTINGS}
    keys = sheet.raw.get("key", [])
    for position, cell in enumerate(keys):
        if cell is None:
            verdict = Verdict("error", "E_ID_MISSING", "a value without a key", "Name the setting.")
            report.at(sheet, position, "key", verdict)
            continue
        column = by_fold.get(fold_name(cell.text))
        if column is None:
            close = nearest(cell.text, [column.name for column in SETTINGS])
            hint = f"Did you mean {close}?" if close else ""
            verdict = Verdict("warning", "W_SETTING_IGNORED", "no setting; ignored", hint)
            report.at(sheet, position, "key", verdict)
        elif column.name in found:
            verdict = Verdict("error", "E_ID_DUP", "this setting stands twice", "Keep one row.")
            report.at(sheet, position, "key", verdict)
        else:
            found[column.name] = _value(sheet, position, column.name, report)
    _require_start(sheet, found, report)
    return _assemble(sheet, found, name)


def _value(sheet: Sheet, position: int, key: str, report: Report) -> Any:
    cell = sheet.raw_cell("value", position)
    if cell is None:
        return None
    column = next(column for column in SETTINGS if column.name == key)
    notes: list[Note] = []
    try:
        value = parser_for(column, _EPOCH)(cell, notes)
    except Reject as reject:
        value = BAD
        message = f"{key}: {reject.message}"
        report.at(sheet, position, "value", Verdict("error", reject.code, message, reject.hint))
    for note in notes:
        report.at(sheet, position, "value", Verdict(*note))
    return value


def _require_start(sheet: Sheet, found: dict[str, Any], report: Report) -> None:
    readable = sheet.present and not sheet.broken
    if readable and found.get("start") is None:
        message = "the setting start is missing"
        hint = "Add a row: start, and a date in the first month of period 1."
        report.about(sheet, "error", "E_SETTING", message, hint)


def _assemble(sheet: Sheet, found: dict[str, Any], name: str) -> tuple[Settings | None, Clock]:
    values = {column.name: column.default for column in SETTINGS}
    values["name"] = name
    values |= {key: value for key, value in found.items() if value is not None}
    timing = [values["start"], values["period"], values["periods"]]
    if None in timing or BAD in timing or sheet.broken:
        return None, _EPOCH
    currency = values["currency"] if values["currency"] is not BAD else "EUR"
    clock = Clock(Calendar(*timing), certain=True, currency=currency)
    if values.get("min_stay") is None:
        values["min_stay"] = clock.calendar.periods_per_year
    if not sheet.clean or BAD in values.values():
        return None, clock
    return Settings(**values), clock
