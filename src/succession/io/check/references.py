"""Pass two: references between tables, levels against tops, and pins against each other."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from succession.io.check.sheet import Report, Sheet
from succession.io.values.parse import BAD, Verdict
from succession.io.values.words import nearest

__all__ = ["check_references", "declared_ids"]

_FREE = ("Units", "Competencies")
_TOP = 5
_MOST_GUESSES = 50


def check_references(sheets: Mapping[str, Sheet], report: Report) -> None:
    """Reports dangling references, levels above the top, and pins that cannot hold."""
    for sheet in sheets.values():
        for column in sheet.table.columns:
            if column.table and sheet.table.record is not None:
                _check_reference(sheet, column.name, sheets[column.table], report)
        if "competency" in sheet.table.by_name and "level" in sheet.table.by_name:
            _check_levels(sheet, sheets["Competencies"], report)
    _check_min_seats(sheets["Activities"], report)
    _check_no_sessions(sheets["Activities"], report)
    _check_pins(sheets["Candidates"], sheets["Openings"], report)


def declared_ids(sheet: Sheet) -> set[str]:
    """The ids that a table declares, those of its bad rows included."""
    name = sheet.table.key[0]
    return {value for value in sheet.column(name) if value is not None and value is not BAD}


def _check_reference(sheet: Sheet, name: str, target: Sheet, report: Report) -> None:
    values = sheet.values.get(name)
    declared = declared_ids(target)
    if values is None or target.broken or (not declared and target.table.sheet in _FREE):
        return
    if not target.present and target.table.required:
        return
    unknown = {value for value in set(values) if value is not BAD and value is not None} - declared
    if not unknown:
        return
    # Looking for near names is slow; a column full of strangers needs it only a few times.
    names = sorted(declared)
    verdicts = {
        value: _dangling(value, target, names if number < _MOST_GUESSES else [])
        for number, value in enumerate(sorted(unknown))
    }
    for position, value in enumerate(values):
        if value in unknown:
            report.at(sheet, position, name, verdicts[value])


def _dangling(value: str, target: Sheet, names: Sequence[str]) -> Verdict:
    table = target.table.sheet
    close = nearest(value, names)
    hint = f"Did you mean {close}?" if close else f"Add it to {table}, or correct it."
    parts = {part.strip() for part in re.split(r"[,;|/\n]", value)}
    if len(parts) > 1 and parts <= set(names):
        hint = "A cell holds one id; give each its own row."
    if table == "Budgets":
        message = "no row of Budgets limits this pool; it counts as unlimited"
        return Verdict("warning", "W_BUDGET", message, hint)
    return Verdict("error", "E_REF", f"not in {table}", hint)


def top_levels(competencies: Sheet) -> dict[str, int]:
    """The top level of every competency that is declared without an error."""
    tops = {}
    columns = (competencies.column(name) for name in ("competency", "kind", "levels"))
    for competency, kind, levels in zip(*columns, strict=True):
        default = 1 if kind == "certification" else _TOP
        if kind is not BAD and levels is not BAD:
            tops[competency] = default if levels is None else levels
    return tops


def _check_levels(sheet: Sheet, competencies: Sheet, report: Report) -> None:
    levels = sheet.values.get("level")
    named = sheet.values.get("competency")
    if levels is None or named is None or competencies.broken:
        return
    tops = top_levels(competencies)
    free = not declared_ids(competencies)
    verdicts = {}
    for competency, level in set(zip(named, levels, strict=True)):
        top = tops.get(competency, _TOP if free else None)
        if competency is BAD or level is BAD or level is None or top is None or level <= top:
            continue
        message = f"above the top level {top} of {competency}"
        hint = f"Use 1 to {top}, or raise levels in Competencies."
        verdicts[competency, level] = Verdict("error", "E_RANGE", message, hint)
    if verdicts:
        for position, pair in enumerate(zip(named, levels, strict=True)):
            if pair in verdicts:
                report.at(sheet, position, "level", verdicts[pair])


def _check_min_seats(sheet: Sheet, report: Report) -> None:
    for position, (seats, fewest) in enumerate(
        zip(sheet.column("seats"), sheet.column("min_seats"), strict=True)
    ):
        if seats is BAD or fewest is BAD or seats is None or fewest is None:
            continue
        if fewest > seats > 0:
            message = f"more than the {seats} seats of a session"
            hint = f"Use at most {seats}."
            report.at(sheet, position, "min_seats", Verdict("error", "E_RANGE", message, hint))


def _check_no_sessions(sheet: Sheet, report: Report) -> None:
    seats = sheet.column("seats")
    for name in ("min_seats", "session_cost"):
        for position, (value, places) in enumerate(zip(sheet.column(name), seats, strict=True)):
            if places is None and value is not BAD and value:
                message = "an activity without seats has no sessions to hold"
                verdict = Verdict("error", "E_SEATS", message, "Fill in seats, or leave it blank.")
                report.at(sheet, position, name, verdict)


def _check_pins(candidates: Sheet, openings: Sheet, report: Report) -> None:
    room = {"require": _rooms(openings, "seats", 1), "standby": _rooms(openings, "bench", 0)}
    pinned: dict[str, int] = {}
    taken: dict[tuple[str, str], int] = defaultdict(int)
    columns = [candidates.column(name) for name in ("opening", "employee", "status")]
    for position, (opening, employee, status) in enumerate(zip(*columns, strict=True)):
        if status not in room or BAD in (opening, employee) or position in candidates.out:
            continue
        earlier = pinned.setdefault(employee, position)
        if earlier != position:
            where = f"row {candidates.rows[earlier]}"
            message = f"{employee} is required or a standby already, in {where}"
            verdict = Verdict("error", "E_PIN", message, "One person has one target; keep one row.")
            report.at(candidates, position, "status", verdict)
        taken[opening, status] += 1
        most = room[status].get(opening)
        if most is not None and taken[opening, status] > most:
            what = "seats" if status == "require" else "standbys wanted"
            message = f"{taken[opening, status]} people for the {most} {what} of {opening}"
            verdict = Verdict("error", "E_PIN", message, f"Take people off, or raise the {what}.")
            report.at(candidates, position, "status", verdict)


def _rooms(openings: Sheet, name: str, default: int) -> dict[str, int]:
    pairs = zip(openings.column("opening"), openings.column(name), strict=True)
    return {
        opening: default if value is None else value
        for opening, value in pairs
        if opening is not BAD and value is not BAD
    }
