"""Dates and periods: numbers, labels and dates to period numbers (model.md, section 1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from succession.domain import Calendar
from succession.io.read import RawCell
from succession.io.schema.columns import Edge
from succession.io.values.words import Note, Reject

__all__ = ["Clock", "parse_month", "parse_period"]

_NUMBER = re.compile(r"[+-]?\d{1,9}(\.0+)?", re.ASCII)
_QUARTER = re.compile(r"(\d{4})-?\s?Q([1-4])", re.ASCII | re.IGNORECASE)
_MONTH = re.compile(r"(\d{4})-(\d{1,2})", re.ASCII)
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](.+))?", re.ASCII)
_LOCAL_DATE = re.compile(r"\d{1,4}[/.\-]\d{1,2}[/.\-]\d{1,4}", re.ASCII)
_FISCAL = re.compile(r"F\.?Y\b|FY\d|Q[1-4]\W*FY|\d{4}/\d{2}\b|GJ\W*\d", re.ASCII | re.IGNORECASE)
_HINT = "Write a period number, 2027-Q1, 2027-03 or 2027-03-31."


@dataclass(frozen=True, slots=True)
class Clock:
    """The calendar and currency that cells are read by.

    `certain` is False while Settings is broken, so that ranges are not checked.
    """

    calendar: Calendar
    certain: bool
    currency: str = "EUR"


def parse_period(cell: RawCell, edge: Edge, clock: Clock, notes: list[Note]) -> int:
    """The period that a text or date cell means. Raises Reject."""
    text = cell.text.strip()
    if cell.kind == "bool":
        raise Reject("E_PERIOD", "a yes/no value is no period", _HINT)
    if _NUMBER.fullmatch(text):
        if cell.kind == "date":
            raise Reject("E_DATE", "the date is outside 1950 to 2100", "Check the cell's format.")
        if cell.kind == "text":
            notes.append(Note("fix", "F_NUMBER_TEXT", "a number stored as text", ""))
        return int(float(text))
    first, last = _days(text, notes)
    return clock.calendar.period_of(first if edge == "first" else last)


def parse_month(cell: RawCell, notes: list[Note]) -> date:
    """The first day of the month that a date, `2027-03` or `2027-Q1` begins in. Raises Reject."""
    first, _ = _days(cell.text.strip(), notes)
    return first.replace(day=1)


def _days(text: str, notes: list[Note]) -> tuple[date, date]:
    if match := _QUARTER.fullmatch(text):
        year, month = int(match[1]), int(match[2]) * 3 - 2
        return _day(year, month, 1), _day(year, month + 2, 1)
    if match := _MONTH.fullmatch(text):
        day = _day(int(match[1]), int(match[2]), 1)
        return day, day
    if match := _DATE.fullmatch(text):
        if match[4]:
            notes.append(Note("warning", "W_DATE_TIME", "the time of day is left out", ""))
        day = _day(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    if _LOCAL_DATE.fullmatch(text):
        if not re.search(r"\d{4}", text):
            raise Reject("E_DATE", "the year has two digits", "Write it as 2027-03-31.")
        hint = "Write year-month-day, such as 2027-03-31."
        raise Reject("E_DATE_AMBIGUOUS", "day and month may be swapped", hint)
    if _FISCAL.match(text):
        hint = "Write the quarter of the calendar year, such as 2027-Q1."
        raise Reject("E_UNIT", "a quarter of a fiscal year, whose start is not known", hint)
    raise Reject("E_PERIOD", "no period", _HINT)


def _day(year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise Reject("E_DATE", "no day of the calendar", "Check day and month.") from None
    if not 1950 <= year <= 2100:
        raise Reject("E_DATE", "a year outside 1950 to 2100", "Check the year.")
    return found
