"""What the checks of meaning look at: the scenario, the sheets it came from, the report."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass

from succession.domain import Scenario
from succession.io.check.sheet import Report, Sheet
from succession.io.values.parse import Verdict

__all__ = ["Pages"]


@dataclass(frozen=True, slots=True)
class Pages:
    """A scenario together with where its rows stand."""

    scenario: Scenario
    sheets: Mapping[str, Sheet]
    report: Report

    def clean(self, *tables: str) -> bool:
        """Whether all these tables are free of errors."""
        return all(self.sheets[table].clean for table in tables)

    def say(self, table: str, row: int, name: str, verdict: Verdict) -> None:
        """Reports something about the cell of a row."""
        sheet = self.sheets[table]
        self.report.at(sheet, bisect_left(sheet.rows, row), name, verdict)

    def rows(self, table: str) -> tuple[int, ...]:
        """The row numbers of a table's records."""
        return self.scenario.source_rows.get(table, ())
