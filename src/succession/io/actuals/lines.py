"""The rows of the actuals' sheets, and what is said about them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from succession.domain import Due, Scenario
from succession.io.check.sheet import Report, Sheet
from succession.io.values.parse import BAD, Verdict
from succession.io.values.words import nearest

__all__ = ["Lines", "Row"]

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Lines:
    """The sheets of the actuals; periods are by the numbers of the scenario that is left."""

    scenario: Scenario
    due: Due
    sheets: Mapping[str, Sheet]
    report: Report

    def rows(self, name: str) -> Iterator[tuple[int, Row]]:
        """The rows of a sheet that have no error so far, with their positions."""
        sheet = self.sheets[name]
        columns = {column.name: self._column(sheet, column.name) for column in sheet.table.columns}
        for position in sheet.kept():
            yield position, {key: values[position] for key, values in columns.items()}

    def of_due(self, name: str, due: Mapping[Any, object]) -> Iterator[tuple[Any, int, Row]]:
        """The rows whose key was due; reports those that were not, and those that are missing."""
        sheet = self.sheets[name]
        key = sheet.table.key
        lines = list(zip(*(self._column(sheet, column) for column in key), strict=True))
        for position, line in enumerate(lines):
            if line not in due and position not in sheet.bad:
                hint = "Leave the lines of the template as they are."
                self.say(name, position, key[0], "E_NOT_DUE", "nothing of the kind was due", hint)
        missing = [] if sheet.broken else [line for line in due if line not in set(lines)]
        for line in missing:
            message = f"there is no line for {self._words(key, line)}"
            hint = "Add it and mark it, or write the template again."
            self.report.about(sheet, "error", "E_LINE_MISSING", message, hint)
        for position, row in self.rows(name):
            line = tuple(row[column] for column in key)
            if line in due:
                yield line, position, row

    def known(self, name: str, position: int, column: str, ids: Collection[str]) -> bool:
        """Whether an id is one of the scenario's, or blank; reports where it is not."""
        value = self.sheets[name].column(column)[position]
        if value is None or value in ids:
            return True
        close = nearest(value, sorted(ids))
        hint = f"Did you mean {close}?" if close else "Correct it."
        return self.say(name, position, column, "E_REF", "not in the scenario", hint)

    def to_come(self, name: str, position: int, period: int | None) -> bool:
        """Whether something was moved into the next horizon; reports where it was not."""
        over, horizon = self.due.periods, self.scenario.settings.periods
        label = self.scenario.settings.calendar.label
        if period is not None and over < period <= over + horizon:
            return True
        message = "moved, but not to a period to come"
        hint = f"Give a period from {label(over + 1)} to {label(over + horizon)}."
        return self.say(name, position, "period", "E_MARK", message, hint)

    def here(self, name: str, position: int, employee: str, gone: Collection[str]) -> bool:
        """Whether somebody has not left; reports where they have."""
        if employee not in gone:
            return True
        message, hint = f"{employee} is among the Leavers", "Correct one of the two sheets."
        return self.say(name, position, "employee", "E_LEAVER", message, hint)

    def say(
        self, name: str, position: int, column: str, code: str, message: str, hint: str
    ) -> bool:
        """Reports an error at a cell; False, for the row does not hold."""
        self.report.at(self.sheets[name], position, column, Verdict("error", code, message, hint))
        return False

    def _column(self, sheet: Sheet, name: str) -> list[Any]:
        values = sheet.column(name)
        if sheet.table.by_name[name].kind != "period":
            return values
        return [value if value in (None, BAD) else value + self.due.periods for value in values]

    def _words(self, key: Sequence[str], line: Sequence[Any]) -> str:
        label = self.scenario.settings.calendar.label
        pairs = zip(key, line, strict=True)
        return ", ".join(
            f"{name} {label(value) if name in ('start', 'period') else value}"
            for name, value in pairs
            if value is not None
        )
