"""Pass one: every cell of every table, for itself; periods against the horizon; keys."""

from __future__ import annotations

from collections.abc import Mapping
from statistics import median

from succession.io.check.keys import check_keys
from succession.io.check.sheet import Report, Sheet, parse_column
from succession.io.schema import Column
from succession.io.values.parse import BAD, Verdict, parser_for, read_number
from succession.io.values.times import Clock

__all__ = ["check_cells"]

MAX_SUM = 2**53 / 100
"""Above it, amounts no longer add up to the cent."""

ODD_RATIO = 1000
FEW = 5
_AMBIGUOUS_ONE = "1 means 100 % in a fraction and 1 % beside percents"


def check_cells(sheets: Mapping[str, Sheet], clock: Clock, report: Report) -> None:
    """Fills the sheets' values and reports what is wrong with single cells, rows and keys."""
    for sheet in sheets.values():
        if sheet.table.record is None:
            continue
        for column in sheet.table.columns:
            parse_column(sheet, column, parser_for(column, clock), report)
            if column.kind == "period" and clock.certain:
                _check_span(sheet, column, clock.calendar.periods, report)
            elif column.kind == "amount":
                _check_outliers(sheet, column.name, report)
            elif column.kind == "share":
                _check_percents(sheet, column.name, report)
        _check_order(sheet, report)
        check_keys(sheet, clock, report)


def _check_span(sheet: Sheet, column: Column, horizon: int, report: Report) -> None:
    values = sheet.values.get(column.name)
    if values is None or column.span == "anywhere":
        return
    low = 1 if column.span != "up_to_horizon" else None
    outside = {
        value
        for value in set(values)
        if value is not None and value is not BAD and (value > horizon or (low and value < low))
    }
    if not outside:
        return
    where = f"1 to {horizon}" if low else f"{horizon} or less"
    if column.span == "left_out":
        message = f"outside the periods {where}; the row is left out"
        verdict = Verdict("warning", "W_PERIOD_OUTSIDE", message, "")
    else:
        hint = f"Use a period of the horizon, {where}."
        verdict = Verdict("error", "E_RANGE", f"outside the periods {where}", hint)
    for position, value in enumerate(values):
        if value in outside:
            report.at(sheet, position, column.name, verdict)
            if column.span == "left_out":
                sheet.out.add(position)


def _check_outliers(sheet: Sheet, name: str, report: Report) -> None:
    """Amounts a thousand times as large as most of their column; sums beyond exact cents."""
    values = sheet.values.get(name, [])
    amounts = [value for value in values if isinstance(value, float) and value > 0]
    if sum(amounts) > MAX_SUM:
        message = f"the amounts of this column add up to more than {MAX_SUM:,.0f}"
        hint = f"Look at {name}."
        report.about(sheet, "error", "E_RANGE", message, hint)
    if len(amounts) < FEW or max(amounts) <= ODD_RATIO * (middle := median(amounts)):
        return
    message = f"more than {ODD_RATIO:,} times the column's median {middle:g}"
    verdict = Verdict("warning", "W_OUTLIER", message, "Check the amount.")
    for position, value in enumerate(values):
        if isinstance(value, float) and value > ODD_RATIO * middle:
            report.at(sheet, position, name, verdict)


def _check_percents(sheet: Sheet, name: str, report: Report) -> None:
    """A 1 in a column that holds percents as well means nothing certain."""
    values = sheet.values.get(name, [])
    if BAD not in values or 1.0 not in values or not _holds_percents(sheet, name):
        return
    verdict = Verdict("error", "E_PERCENT", _AMBIGUOUS_ONE, "Write 0.01 for one percent.")
    for position, value in enumerate(values):
        if value == 1.0:
            report.at(sheet, position, name, verdict)


def _holds_percents(sheet: Sheet, name: str) -> bool:
    texts = {cell.text.strip() for cell in sheet.raw[name] if cell is not None}
    numbers = (read_number(text.removesuffix("%").strip()) for text in texts)
    return any(number is not None and number > 1 for number in numbers)


_PAIRS = (
    ("valid_from", "valid_to"),
    ("available_from", "available_to"),
    ("from", "to"),
)


def _check_order(sheet: Sheet, report: Report) -> None:
    for first, last in _PAIRS:
        starts, ends = sheet.values.get(first), sheet.values.get(last)
        if starts is None or ends is None:
            continue
        for position, (start, end) in enumerate(zip(starts, ends, strict=True)):
            if start is None or end is None or start is BAD or end is BAD or start <= end:
                continue
            message = f"lies before {first} ({start})"
            hint = f"Swap {first} and {last}, or correct one."
            report.at(sheet, position, last, Verdict("error", "E_DATE", message, hint))
