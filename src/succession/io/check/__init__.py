"""Raw tables to a scenario: cells, then what refers to what, then what it all means."""

from __future__ import annotations

from datetime import date

from succession.domain import Finding, Scenario, Settings
from succession.io.check.assemble import assemble
from succession.io.check.cells import check_cells
from succession.io.check.headers import match_sheets, too_many_rows
from succession.io.check.meaning import check_meaning
from succession.io.check.references import check_references
from succession.io.check.settings import read_settings
from succession.io.check.sheet import Report
from succession.io.read import RawBook

__all__ = ["check_book"]


def check_book(book: RawBook) -> tuple[Scenario | None, tuple[Finding, ...]]:
    """The scenario, or None when there are errors; and every finding, in order."""
    report = Report(book)
    for finding in book.findings:
        report.add(finding)
    sheets = match_sheets(book, report)
    if too_many_rows(book, sheets, report):
        return None, report.findings
    settings, clock = read_settings(sheets["Settings"], book.name, report)
    check_cells(sheets, clock, report)
    check_references(sheets, report)
    stand_in = Settings(book.name, date(2000, 1, 1))
    scenario = assemble(settings or stand_in, sheets)
    check_meaning(scenario, sheets, report)
    return (None if report.has_errors else scenario), report.findings
