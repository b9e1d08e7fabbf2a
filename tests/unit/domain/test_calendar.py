"""Periods, months and labels, worked out on paper."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from succession.domain import Calendar, PeriodLength

STARTS = [
    Calendar(date(2027, month, day), period, 12)
    for month in (1, 2, 3, 10, 11, 12)
    for day in (1, 28)
    for period in ("month", "quarter")
]


@pytest.mark.parametrize(("period", "months", "a_year"), [("month", 1, 12), ("quarter", 3, 4)])
def test_length_of_a_period(period: PeriodLength, months: int, a_year: int) -> None:
    calendar = Calendar(date(2027, 1, 1), period, 8)
    assert (calendar.months, calendar.periods_per_year) == (months, a_year)


@pytest.mark.parametrize(
    ("start", "period", "number", "label"),
    [
        (date(2027, 1, 1), "quarter", 1, "2027-Q1"),
        (date(2027, 1, 1), "quarter", 4, "2027-Q4"),
        (date(2027, 1, 1), "quarter", 5, "2028-Q1"),
        (date(2027, 10, 1), "quarter", 1, "2027-Q4"),
        (date(2027, 2, 1), "quarter", 1, "2027-02"),
        (date(2027, 12, 1), "quarter", 2, "2028-03"),
        (date(2027, 1, 1), "month", 1, "2027-01"),
        (date(2027, 1, 1), "month", 12, "2027-12"),
        (date(2027, 1, 1), "month", 13, "2028-01"),
        (date(2027, 1, 1), "quarter", 0, "2026-Q4"),
        (date(2027, 1, 1), "quarter", -3, "2026-Q1"),
        (date(2027, 1, 1), "month", 0, "2026-12"),
        (date(2027, 3, 15), "month", -2, "2026-12"),
    ],
)
def test_label(start: date, period: PeriodLength, number: int, label: str) -> None:
    """A quarter of the calendar year has its Q; any other is named by its first month."""
    assert Calendar(start, period, 8).label(number) == label


@pytest.mark.parametrize(
    ("start", "period", "day", "number"),
    [
        (date(2027, 1, 1), "quarter", date(2027, 3, 31), 1),
        (date(2027, 1, 1), "quarter", date(2027, 4, 1), 2),
        (date(2027, 1, 1), "quarter", date(2026, 12, 31), 0),
        (date(2027, 1, 1), "quarter", date(2026, 9, 30), -1),
        (date(2027, 2, 1), "quarter", date(2027, 4, 30), 1),
        (date(2027, 2, 1), "quarter", date(2027, 1, 31), 0),
        (date(2027, 12, 1), "quarter", date(2028, 2, 29), 1),
        (date(2027, 2, 20), "month", date(2027, 2, 3), 1),
        (date(2027, 1, 1), "month", date(2026, 12, 31), 0),
        (date(2027, 1, 1), "month", date(2032, 1, 1), 61),
    ],
)
def test_period_of_a_day(start: date, period: PeriodLength, day: date, number: int) -> None:
    assert Calendar(start, period, 8).period_of(day) == number


@pytest.mark.parametrize("calendar", STARTS, ids=str)
def test_first_day_is_the_first_of_its_period(calendar: Calendar) -> None:
    """Before, in and after the horizon: the first day lies in the period, the day before not."""
    for number in range(-15, 76):
        first = calendar.first_day(number)
        assert first.day == 1
        assert calendar.period_of(first) == number
        assert calendar.period_of(first - timedelta(days=1)) == number - 1


@pytest.mark.parametrize("calendar", STARTS, ids=str)
def test_labels_tell_periods_apart(calendar: Calendar) -> None:
    assert len({calendar.label(number) for number in range(-20, 81)}) == 101
