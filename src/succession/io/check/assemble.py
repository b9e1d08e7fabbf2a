"""Checked columns to the `Scenario`: defaults filled in, records sorted by key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from succession.domain import SHEETS, Competency, Resource, Scenario, Session, Settings, Unit
from succession.io.check.sheet import Sheet
from succession.io.schema import TABLES, Column, Table
from succession.io.values.parse import BAD, NONE_WORD

__all__ = ["assemble"]

Columns = dict[str, list[Any]]
_COMPETENCY_TABLES = ("requirements", "profiles", "prerequisites", "outcomes")
_UNIT_TABLES = ("employees", "openings", "budgets")
_ROLE_COSTS = ("external_cost", "external_lead", "vacancy_cost", "unfilled_cost")


def assemble(settings: Settings, sheets: Mapping[str, Sheet]) -> Scenario:
    """The scenario of all rows that are neither bad nor left out (scenario.md)."""
    tables: dict[str, tuple[Any, ...]] = {}
    source: dict[str, tuple[int, ...]] = {}
    for table in TABLES:
        if table.record is None:
            continue
        sheet = sheets[table.sheet]
        kept = sheet.kept()
        columns = {column.name: _filled(sheet, column, kept, settings) for column in table.columns}
        rows = [sheet.rows[k] for k in kept]
        _fill_by_rule(table.sheet, columns, tables)
        records = list(map(table.record, *columns.values()))
        records, rows = _adjusted(table.sheet, records, rows, sheets)
        tables[SHEETS[table.sheet]], source[table.sheet] = _sorted(table, records, rows)
    _declare(tables, source, sheets)
    return Scenario(settings, **tables, source_rows=source)


def _filled(sheet: Sheet, column: Column, kept: Sequence[int], settings: Settings) -> list[Any]:
    values = sheet.column(column.name)
    if len(kept) != len(values):
        values = [values[k] for k in kept]
    default = column.default
    if column.blank == "rule":
        if column.name == "hours":
            default = settings.hours_per_period
        elif column.kind == "period":
            default = settings.periods
    if default is None:
        return values
    return [default if value is None else value for value in values]


def _fill_by_rule(sheet: str, columns: Columns, tables: Mapping[str, tuple[Any, ...]]) -> None:
    if sheet == "Competencies":
        tops = [1 if kind == "certification" else 5 for kind in columns["kind"]]
        columns["levels"] = _first_known(columns["levels"], tops)
    elif sheet == "Roles":
        hires = [cost or 0.0 for cost in columns["external_cost"]]
        for name in ("backfill_cost", "replacement_cost"):
            columns[name] = _first_known(columns[name], hires)
    elif sheet == "Openings":
        roles = {role.role: role for role in tables["roles"]}
        for name in _ROLE_COSTS:
            theirs = [getattr(roles.get(role), name, None) for role in columns["role"]]
            filled = _first_known(columns[name], theirs)
            columns[name] = [None if value == NONE_WORD else value for value in filled]


def _first_known(values: Iterable[Any], others: Iterable[Any]) -> list[Any]:
    pairs = zip(values, others, strict=True)
    return [other if value is None else value for value, other in pairs]


def _adjusted(
    sheet: str, records: list[Any], rows: list[int], sheets: Mapping[str, Sheet]
) -> tuple[list[Any], list[int]]:
    """What a row means beyond its own cells: sessions added up, rows left out kept in mind."""
    if sheet == "Activities":
        return [_with_seats(record) for record in records], rows
    if sheet == "Sessions":
        return _sessions(records, rows, sheets)
    if sheet == "Resources":
        known = {record.resource for record in records}
        for name, row in _left_out(sheets["Resources"], "resource", known):
            records.append(Resource(name, 1, 0))
            rows.append(row)
    return records, rows


def _with_seats(record: Any) -> Any:
    """Sessions without seats take nobody: the same as one seat and no sessions."""
    return replace(record, seats=1, min_seats=0) if record.seats == 0 else record


def _sessions(
    records: list[Session], rows: list[int], sheets: Mapping[str, Sheet]
) -> tuple[list[Any], list[int]]:
    activities = sheets["Activities"]
    pairs = zip(activities.column("activity"), activities.column("seats"), strict=True)
    closed = {
        activity: row
        for (activity, seats), row in zip(pairs, activities.rows, strict=True)
        if seats == 0 and activity is not BAD
    }
    total: dict[tuple[str, int], list[int]] = {}
    for record, row in zip(records, rows, strict=True):
        if record.activity in closed:
            closed[record.activity] = row
            continue
        held = total.setdefault((record.activity, record.period), [0, row])
        held[0] += record.sessions
        held[1] = min(held[1], row)
    # An activity whose rows all lie outside the horizon, or without seats, is never offered.
    known = {activity for activity, _ in total} | set(closed)
    never = [*_left_out(sheets["Sessions"], "activity", known), *closed.items()]
    for activity, row in never:
        total[activity, 1] = [0, row]
    summed = [Session(activity, period, held[0]) for (activity, period), held in total.items()]
    return summed, [held[1] for held in total.values()]


def _left_out(sheet: Sheet, name: str, known: set[str]) -> list[tuple[str, int]]:
    """Ids that stand in rows that are left out and nowhere else, each with its first row."""
    found: dict[str, int] = {}
    values = sheet.column(name)
    for position in sorted(sheet.out - sheet.bad):
        if values[position] not in known:
            found.setdefault(values[position], sheet.rows[position])
    return list(found.items())


def _sorted(
    table: Table, records: list[Any], rows: list[int]
) -> tuple[tuple[Any, ...], tuple[int, ...]]:
    names = [table.by_name[name].attribute for name in table.key]
    optional = [table.by_name[name].blank == "blank" for name in table.key]
    columns: list[Iterable[Any]] = []
    for name, may_be_none in zip(names, optional, strict=True):
        values = [getattr(record, name) for record in records]
        columns.append([(v is not None, v) for v in values] if may_be_none else values)
    keys = list(zip(*columns, strict=True))
    order = sorted(range(len(records)), key=keys.__getitem__)
    return tuple([records[k] for k in order]), tuple([rows[k] for k in order])


def _declare(
    tables: dict[str, tuple[Any, ...]],
    source: dict[str, tuple[int, ...]],
    sheets: Mapping[str, Sheet],
) -> None:
    """Competencies and units that are named but not listed, where their table is empty."""
    if not sheets["Competencies"].rows:
        named = {row.competency for name in _COMPETENCY_TABLES for row in tables[name]}
        tables["competencies"] = tuple(Competency(c, "", "skill", 5) for c in sorted(named))
        source.pop("Competencies")
    if not sheets["Units"].rows:
        named = {row.unit for name in _UNIT_TABLES for row in tables[name]} - {None}
        tables["units"] = tuple(Unit(unit, "", None, None) for unit in sorted(named))
        source.pop("Units")
