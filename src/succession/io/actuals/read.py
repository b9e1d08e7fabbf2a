"""The actuals, read: what became of every line that was due, and what is new or different."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from succession.domain import Actuals, Calendar, Due, Finding, Scenario
from succession.io.actuals.results import read_results
from succession.io.actuals.tables import ACTUALS_TABLES
from succession.io.check.cells import check_cells
from succession.io.check.headers import match_sheets
from succession.io.check.sheet import Report, Sheet
from succession.io.read import Stop
from succession.io.read.sandbox import read_isolated
from succession.io.values.times import Clock

__all__ = ["ActualsFile", "read_actuals"]


@dataclass(frozen=True, slots=True)
class ActualsFile:
    """What a file of actuals says; where findings are errors, bad lines count as dropped.

    `sheets` hold the rows that change the next scenario, by table; `clock` reads their periods.
    """

    actuals: Actuals
    sheets: Mapping[str, Sheet]
    clock: Clock
    in_cells: bool
    findings: tuple[Finding, ...]


def read_actuals(path: Path, scenario: Scenario, due: Due) -> ActualsFile:
    """Reads a workbook or CSV folder of actuals; period numbers count from the new period 1.

    Every problem of the lines is a finding with its cell. Raises BadInput only for a file that
    cannot be read at all.
    """
    from succession.errors import BadInput

    try:
        book = read_isolated(path, "actuals")
    except Stop as stop:
        raise BadInput([stop.finding]) from stop
    report = Report(book)
    for finding in book.findings:
        report.add(finding)
    sheets = match_sheets(book, report, ACTUALS_TABLES)
    clock = _clock(scenario, due.periods)
    check_cells(sheets, clock, report)
    actuals = read_results(scenario, due, sheets, report)
    return ActualsFile(actuals, sheets, clock, book.kind == "xlsx", report.findings)


def _clock(scenario: Scenario, over: int) -> Clock:
    settings = scenario.settings
    start: date = settings.calendar.first_day(over + 1)
    calendar: Calendar = replace(settings.calendar, start=start)
    return Clock(calendar, certain=True, currency=settings.currency)
