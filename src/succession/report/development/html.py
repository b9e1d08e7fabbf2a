"""Development plans as a page that needs nothing else: one sheet of paper a person."""

from __future__ import annotations

from collections.abc import Sequence

from succession.report.development.record import DevelopmentPlan
from succession.report.html import environment
from succession.report.reading import Reading
from succession.report.tables import money

__all__ = ["write_development_html"]

_LABELS = 12
"""Periods that have room for their labels side by side."""


def write_development_html(reading: Reading, plans: Sequence[DevelopmentPlan]) -> bytes:
    """The page as UTF-8, with a list of people in front where there are several."""

    def amount(value: float) -> str:
        return money(value, 2 if value % 1 else 0)

    settings = reading.scenario.settings
    page = environment().get_template("development.html.j2")
    text = page.render(
        scenario=settings.name,
        currency=settings.currency,
        period=settings.period,
        sha256=reading.plan.scenario_sha256,
        periods=[reading.label(period) for period in range(1, settings.periods + 1)],
        every=-(-settings.periods // _LABELS),
        plans=plans,
        amount=amount,
    )
    return text.encode("utf-8")
