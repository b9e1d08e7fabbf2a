"""What names a row: ids that look alike, rows that stand twice, totals that are no rows."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from succession.io.check.sheet import Report, Sheet
from succession.io.values.parse import BAD, Verdict
from succession.io.values.text import fold_id
from succession.io.values.times import Clock

__all__ = ["check_keys"]

_TOTAL = re.compile(
    r"(grand |sub)?totals?|sum|summe|gesamt(summe)?|insgesamt|somme|suma|totale?s?", re.IGNORECASE
)
_KEPT_APART = "Budgets"
"""Two rows of a budget may be meant to add up, so that even equal ones are not merged."""


def check_keys(sheet: Sheet, clock: Clock, report: Report) -> None:
    """Reports ids that cannot be told apart, rows that share a key, and a total at the foot."""
    name = sheet.table.key[0]
    column = sheet.table.by_name[name]
    values = sheet.values.get(name)
    if values is not None and column.kind == "id" and not column.table:
        _check_twins(sheet, name, values, report)
        _check_total(sheet, name, values, report)
    if not sheet.table.adds_up:
        _check_rows(sheet, clock, report)


def _check_twins(sheet: Sheet, name: str, values: list[Any], report: Report) -> None:
    """Ids of one column that differ only in case, Unicode form or leading zeros."""
    distinct = {value for value in values if value is not BAD and value is not None}
    for code, message, folds in (
        (
            "E_ID_TWINS",
            "differs only in case, blanks or Unicode form from",
            {v: fold_id(v) for v in distinct},
        ),
        ("E_ID_AMBIGUOUS", "differs only in leading zeros from", _zero_folds(distinct)),
    ):
        groups: dict[str, set[str]] = defaultdict(set)
        for value, fold in folds.items():
            groups[fold].add(value)
        twins = {value: group for group in groups.values() if len(group) > 1 for value in group}
        _report_twins(sheet, name, values, twins, Verdict("error", code, message, ""), report)


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
            where = report.where(sheet, earlier, name)
            message = f"{verdict.message} {values[earlier]!a} in {where}"
            hint = "Give each its own id, or spell it the same way."
            report.at(sheet, position, name, verdict._replace(message=message, hint=hint))


def _check_total(sheet: Sheet, name: str, values: list[Any], report: Report) -> None:
    """The last row, where it says Total: a sum, and nothing of the kind above it."""
    last = len(values) - 1
    if last < 1 or not _TOTAL.fullmatch(str(values[last]).strip(" :")):
        return
    if sheet.table.sheet == _KEPT_APART and last not in sheet.bad:
        hint = "Delete the row; if a pool is called so, put it above the others."
    else:
        hint = "Delete the row."
    verdict = Verdict("error", "E_ID_UNKNOWN", "a total is no row of the table", hint)
    report.at(sheet, last, name, verdict)


def _check_rows(sheet: Sheet, clock: Clock, report: Report) -> None:
    columns = [_key_values(sheet, name, clock) for name in sheet.table.key]
    keys = list(zip(*columns, strict=True))
    if len(set(keys)) == len(keys):
        return
    first: dict[tuple[Any, ...], int] = {}
    for position, key in enumerate(keys):
        if BAD in key or position in sheet.out:
            continue
        earlier = first.setdefault(key, position)
        if earlier != position:
            _report_twice(sheet, earlier, position, report)


def _report_twice(sheet: Sheet, earlier: int, position: int, report: Report) -> None:
    """A row whose key an earlier row has: merged where both say the same, else an error."""
    key = sheet.table.key
    where = report.where(sheet, earlier, key[0])
    if sheet.table.sheet != _KEPT_APART and _content(sheet, earlier) == _content(sheet, position):
        message = f"the same row as {where}; it counts once"
        report.at(sheet, position, key[0], Verdict("warning", "W_ROW_DUP", message, "Delete it."))
        sheet.out.add(position)
        return
    same = "the id" if len(key) == 1 else "the key " + ", ".join(key)
    message, code, hint = f"{same} stands in {where} already", "E_KEY_DUP", "Keep one of the rows."
    column = key[0]
    if len(key) == 1:
        code = "E_ID_DUP"
    elif sheet.table.sheet == _KEPT_APART:
        code = "E_BUDGET_DUP"
        hint = "Add the amounts up in one row, or give the rows different periods."
    elif sheet.table.sheet == "Candidates":
        statuses = [sheet.column("status")[row] or "nominate" for row in (earlier, position)]
        if "exclude" in statuses and statuses[0] != statuses[1]:
            code, column = "E_PIN", "status"
            message = (
                f"{statuses[1]} contradicts {statuses[0]} in {report.where(sheet, earlier, column)}"
            )
    report.at(sheet, position, column, Verdict("error", code, message, hint))


def _content(sheet: Sheet, position: int) -> list[Any]:
    return [values[position] for values in sheet.values.values()]


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
