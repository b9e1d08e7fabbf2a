"""Periods and the calendar (model.md, section 1)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

__all__ = ["Calendar", "PeriodLength"]

PeriodLength = Literal["month", "quarter"]


@dataclass(frozen=True, slots=True)
class Calendar:
    """The periods 1…T of a horizon; numbers ≤ 0 lie before it, numbers > T after it."""

    start: date
    period: PeriodLength
    periods: int

    @property
    def months(self) -> int:
        """Months in one period."""
        return 3 if self.period == "quarter" else 1

    @property
    def periods_per_year(self) -> int:
        """`Y` of the contract: 4 or 12."""
        return 12 // self.months

    def period_of(self, day: date) -> int:
        """The number of the period that contains `day`."""
        months = (day.year - self.start.year) * 12 + day.month - self.start.month
        return months // self.months + 1

    def first_day(self, period: int) -> date:
        """The first day of a period."""
        months = self.start.year * 12 + self.start.month - 1 + (period - 1) * self.months
        return date(months // 12, months % 12 + 1, 1)

    def label(self, period: int) -> str:
        """`2027-Q1` for a quarter of the calendar year, `2027-03` for a month.

        A quarter that does not begin in January, April, July or October is named by its first
        month.
        """
        day = self.first_day(period)
        if self.period == "quarter" and day.month % 3 == 1:
            return f"{day.year}-Q{day.month // 3 + 1}"
        return f"{day.year}-{day.month:02d}"
