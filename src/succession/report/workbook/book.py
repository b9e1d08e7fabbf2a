"""results.xlsx: a summary that prints on one page, then one sheet a table, and a page a person.

The workbook is a function of the report alone: its creation date is the scenario's start, so equal
plans give equal bytes.
"""

from __future__ import annotations

import io
from datetime import datetime, time

import xlsxwriter

from succession.report.development import development_plans
from succession.report.sheets import BOOK_OPTIONS
from succession.report.tables import Report
from succession.report.workbook.figures import FIGURES, write_figures
from succession.report.workbook.look import Look
from succession.report.workbook.pages import SUMMARY, AnyTable, add_links, write_page
from succession.report.workbook.selector import SELECTOR, write_selector
from succession.report.workbook.summary import add_charts, write_summary
from succession.report.worksheets import (
    activity_calendar,
    decisions_table,
    filling_table,
    person_calendar,
    succession_table,
)

__all__ = ["write_xlsx"]

_CONTENTS = {
    "Decisions": "accept, reject or lock",
    "Changes": "of the last plan, and why",
    "Openings": "who, when, how sure, at what cost",
    "Succession": "placed, standing by, next best",
    SELECTOR: "one page a person, by drop-down",
    "By person": "learning calendar",
    "By activity": "seats used of seats held",
    "Learning": "every start",
    "Activities": "sessions to hold, seats, costs",
    "Vacated seats": "seats that movers leave",
    "Hires": "seats that are hired for",
    "Unfilled": "seats that stay empty",
    "Bench": "who stands by, and gaps",
    "Budgets": "what is charged to them",
    "Limits": "hosts, absences, moves out",
    FIGURES: "all key figures",
    "Warnings": "what to know of",
}
"""The sheets in order, with a word on each."""


def write_xlsx(report: Report) -> bytes:
    """The workbook's bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, BOOK_OPTIONS)
    book.set_properties(
        {
            "title": f"Succession plan: {report.scenario}"[:200],
            "created": datetime.combine(report.start, time()),
        }
    )
    look = Look(book, report.decimals)
    tables = _tables(report)
    plans = development_plans(report.reading)
    names = [
        name
        for name in _CONTENTS
        if name in tables or name == FIGURES or (name == SELECTOR and plans)
    ]
    sheets = {name: book.add_worksheet(name) for name in (SUMMARY, *names)}
    charts = write_summary(
        sheets[SUMMARY], report, look, [(name, _CONTENTS[name]) for name in names]
    )
    for name, table in tables.items():
        write_page(sheets[name], table, look, report.sha256)
    add_links(sheets, tables, look)
    blocks = write_figures(sheets[FIGURES], report, look)
    add_charts(book, sheets[SUMMARY], charts, blocks, report)
    if plans:
        write_selector(book, sheets[SELECTOR], plans, report, look)
    book.close()
    return stream.getvalue()


def _tables(report: Report) -> dict[str, AnyTable]:
    reading = report.reading
    own: tuple[AnyTable, ...] = (
        decisions_table(reading),
        filling_table(reading),
        succession_table(reading),
        person_calendar(reading),
        activity_calendar(reading),
    )
    found: dict[str, AnyTable] = {table.key: table for table in own}
    shared = {table.key: table for table in report.tables if table.key != "Placements"}
    return found | {key: table for key, table in shared.items() if key not in found}
