"""What is to be written, before it is known as what: sheets of typed cells."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from succession.domain import SHEETS, Scenario
from succession.io.schema import TABLES, Column, Table, fold_name

__all__ = ["OutCell", "OutSheet", "scenario_sheets"]

OutCell = str | int | float | date | bool | None


@dataclass(frozen=True, slots=True)
class OutSheet:
    """A sheet to write: its headings and the rows below them; `table` None: not one of ours."""

    name: str
    header: Sequence[OutCell]
    rows: Sequence[Sequence[OutCell]]
    table: Table | None = None

    @property
    def columns(self) -> list[Column | None]:
        """The column of each heading, None for those that are none of ours."""
        if self.table is None:
            return [None] * len(self.header)
        return [self.table.by_heading.get(fold_name(str(text or ""))) for text in self.header]

    def place(self, name: str) -> int | None:
        """The position of one of our columns, None where the sheet does not have it."""
        names = [None if column is None else column.name for column in self.columns]
        return names.index(name) if name in names else None


def scenario_sheets(scenario: Scenario) -> list[OutSheet]:
    """Every table of a scenario, each value spelled out; empty optional tables are left out."""
    sheets = []
    for table in TABLES:
        if table.record is None:
            sheets.append(OutSheet(table.sheet, ["key", "value"], _settings(scenario), table))
            continue
        records = getattr(scenario, SHEETS[table.sheet])
        if records or table.required:
            header = [column.name for column in table.columns]
            sheets.append(OutSheet(table.sheet, header, _rows(table, records), table))
    return sheets


def _settings(scenario: Scenario) -> list[list[OutCell]]:
    pairs = [
        (item.name, getattr(scenario.settings, item.name)) for item in fields(scenario.settings)
    ]
    return [[key, value] for key, value in pairs if value is not None]


def _rows(table: Table, records: Iterable[Any]) -> list[Sequence[OutCell]]:
    columns = [_values(column, records) for column in table.columns]
    return list(zip(*columns, strict=True))


def _values(column: Column, records: Iterable[Any]) -> list[OutCell]:
    values = [getattr(record, column.attribute) for record in records]
    if column.kind == "yesno":
        return ["yes" if value else "no" for value in values]
    if column.none_word:
        return ["none" if value is None else value for value in values]
    if column.kind == "text":
        return [value or None for value in values]
    return values
