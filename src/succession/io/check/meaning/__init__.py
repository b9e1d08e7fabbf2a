"""What the tables say together: openings nobody can fill, needs nobody can meet, dead rows."""

from __future__ import annotations

from collections.abc import Mapping

from succession.domain import Scenario
from succession.io.check.meaning.learning import check_learning
from succession.io.check.meaning.openings import check_openings
from succession.io.check.meaning.pages import Pages
from succession.io.check.meaning.prerequisites import check_prerequisites
from succession.io.check.sheet import Report, Sheet

__all__ = ["check_meaning"]

_EMPTY = {
    "Employees": "Nobody can be placed: every seat is hired for or stays unfilled.",
    "Openings": "There is nothing to plan.",
    "Activities": "Delete the sheet, if nobody is to learn anything.",
    "Budgets": "Delete the sheet, if nothing is limited.",
}


def check_meaning(scenario: Scenario, sheets: Mapping[str, Sheet], report: Report) -> None:
    """Runs every check whose tables are free of errors (scenario.md, What is an error)."""
    for table, hint in _EMPTY.items():
        sheet = sheets[table]
        if sheet.present and not sheet.rows and not sheet.broken:
            report.about(sheet, "warning", "W_NO_ROWS", f"no rows in {table}", hint)
    pages = Pages(scenario, sheets, report)
    check_openings(pages)
    check_learning(pages)
    check_prerequisites(pages)
