"""Pass one: every cell of every table, for itself; periods against the horizon; keys."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from statistics import median
from typing import Any

from succession.io.check.sheet import Report, Sheet, parse_column
from succession.io.schema import Column
from succession.io.values.parse import BAD, Verdict, parser_for
from succession.io.values.text import fold_id
from succession.io.values.times import Clock

__all__ = ["check_cells"]

MAX_SUM = 2**53 / 100
"""Above it, amounts no longer add up to the cent."""

ODD_RATIO = 1000
FEW = 5
_TOTALS = frozenset(["total", "totals", "sum", "summe", "gesamt", "subtotal", "grand total"])


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
        _check_order(sheet, report)
        _check_ids(sheet, report)
        if not sheet.table.adds_up:
            _check_keys(sheet, clock, report)


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


def _check_ids(sheet: Sheet, report: Report) -> None:
    """Ids of one column that differ only in case, Unicode form or leading zeros."""
    name = sheet.table.key[0]
    column = sheet.table.by_name[name]
    values = sheet.values.get(name)
    if values is None or column.table or column.kind != "id":
        return
    distinct = {value for value in values if value is not BAD and value is not None}
    for code, message, folds in (
        (
            "E_ID_TWINS",
            "differs only in case or Unicode form from",
            {v: fold_id(v) for v in distinct},
        ),
        ("E_ID_AMBIGUOUS", "differs only in leading zeros from", _zero_folds(distinct)),
    ):
        groups: dict[str, set[str]] = defaultdict(set)
        for value, fold in folds.items():
            groups[fold].add(value)
        twins = {value: group for group in groups.values() if len(group) > 1 for value in group}
        _report_twins(sheet, name, values, twins, Verdict("error", code, message, ""), report)
    last = len(values) - 1
    if last in sheet.bad and str(values[last]).casefold() in _TOTALS:
        verdict = Verdict("error", "E_ID_UNKNOWN", "a total is no row", "Delete the row.")
        report.at(sheet, last, name, verdict)


def _zero_folds(distinct: set[str]) -> dict[str, str]:
    return {value: value.lstrip("0") for value in distinct if value.isdecimal()}


def _report_twins(
    sheet: Sheet,
    name: str,
    values: list[Any],
    twins: Mapping[str, set[str]],
    verdict: Verdict,
    report: Report,
) -> None:
    if not twins:
        return
    first: dict[str, int] = {}
    for position, value in enumerate(values):
        if value not in twins:
            continue
        others = [first[twin] for twin in twins[value] if twin != value and twin in first]
        first.setdefault(value, position)
        if others:
            earlier = min(others)
            message = f"{verdict.message} {values[earlier]!r} in row {sheet.rows[earlier]}"
            hint = "Give each its own id, or spell it the same way."
            report.at(sheet, position, name, verdict._replace(message=message, hint=hint))


def _check_keys(sheet: Sheet, clock: Clock, report: Report) -> None:
    columns = [_key_values(sheet, name, clock) for name in sheet.table.key]
    keys = list(zip(*columns, strict=True))
    if len(set(keys)) == len(keys):
        return
    first: dict[tuple[Any, ...], int] = {}
    name = sheet.table.key[0]
    for position, key in enumerate(keys):
        if BAD in key or position in sheet.out:
            continue
        earlier = first.setdefault(key, position)
        if earlier == position:
            continue
        same = "the id" if len(key) == 1 else "the key " + ", ".join(sheet.table.key)
        message = f"{same} stands in row {sheet.rows[earlier]} already"
        code = "E_ID_DUP" if len(key) == 1 else "E_KEY_DUP"
        hint = "Keep one of the rows."
        report.at(sheet, position, name, Verdict("error", code, message, hint))


def _key_values(sheet: Sheet, name: str, clock: Clock) -> list[Any]:
    """A key column with its defaults, so that blank and default count as the same key."""
    column = sheet.table.by_name[name]
    values = sheet.column(name)
    default = column.default
    if column.blank == "rule" and column.kind == "period":
        default = clock.calendar.periods
    if default is None or None not in values:
        return values
    return [default if value is None else value for value in values]
