"""results.xlsx: a summary that prints on one page, then one sheet a table.

The workbook is a function of the report alone: its creation date is the scenario's start, so equal
plans give equal bytes.
"""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

import xlsxwriter

from succession.report.sheets import BOOK_OPTIONS, write_table
from succession.report.styles import ACCENT, Styles
from succession.report.tables import Report

__all__ = ["write_xlsx"]


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
    styles = Styles(book, report.decimals)
    _write_summary(book, book.add_worksheet("Summary"), report, styles)
    for table in report.tables:
        write_table(book.add_worksheet(table.key), table, styles)
    book.close()
    return stream.getvalue()


def _write_summary(book: Any, sheet: Any, report: Report, styles: Styles) -> None:
    sheet.hide_gridlines(2)
    sheet.set_default_row(18)
    sheet.set_column("A:A", 2)
    sheet.set_column("B:B", 26)
    sheet.set_column("C:C", 24)
    sheet.set_column("D:D", 48)
    sheet.set_row(1, 30)
    sheet.write_string("B2", report.scenario, styles.title)
    sheet.write_string("B3", f"Succession plan, {report.horizon}", styles.muted)
    if report.standing:
        sheet.write_string("B4", report.standing, styles.alert)
    sheet.write_string("B5", report.headline, styles.strong)
    sheet.write_string("B6", report.status, styles.plain)
    row = _summary_kpis(sheet, report, styles, 7)
    first = row + 2
    row = _summary_costs(sheet, report, styles, row + 1)
    _add_chart(book, sheet, first, row, report)
    if report.warnings.rows:
        number = len(report.warnings.rows)
        text = f"{number} warning{'s' if number > 1 else ''}: see the sheet Warnings."
        sheet.write_string(row + 1, 1, text, styles.alert)
        row += 1
    sheet.write_string(row + 2, 1, f"Scenario {report.sha256[:16]}", styles.muted)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)
    sheet.set_footer("&C&8&P of &N")


def _summary_kpis(sheet: Any, report: Report, styles: Styles, row: int) -> int:
    _write_heading(sheet, row, "At a glance", styles)
    for kpi in report.kpis.rows:
        row += 1
        sheet.write_string(row, 1, kpi.label, styles.label)
        if kpi.value is None:
            sheet.write_string(row, 2, "–", styles.value)
        else:
            sheet.write_number(row, 2, kpi.value, styles.line(kpi.kind, signed=False))
        sheet.write_string(row, 3, kpi.note, styles.note)
    return row + 1


def _summary_costs(sheet: Any, report: Report, styles: Styles, row: int) -> int:
    _write_heading(sheet, row, f"Costs in {report.currency}", styles)
    for cost in report.costs.rows:
        row += 1
        sheet.write_string(row, 1, cost.part, styles.label)
        sheet.write_number(row, 2, cost.amount, styles.amount)
        sheet.write_string(row, 3, cost.meaning, styles.note)
    total = sum(cost.amount for cost in report.costs.rows)
    sheet.write_string(row + 1, 1, "Total", styles.total_label)
    sheet.write_number(row + 1, 2, total, styles.total_amount)
    sheet.write_blank(row + 1, 3, None, styles.total_label)
    return row + 2


def _add_chart(book: Any, sheet: Any, first: int, end: int, report: Report) -> None:
    """The cost parts as bars, beneath everything that is written; `end` is past the total."""
    chart = book.add_chart({"type": "bar"})
    last = end - 2
    chart.add_series(
        {
            "categories": ["Summary", first, 1, last, 1],
            "values": ["Summary", first, 2, last, 2],
            "fill": {"color": ACCENT},
            "gap": 40,
        }
    )
    chart.set_title({"none": True})
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True, "label_position": "low", "line": {"none": True}})
    chart.set_x_axis({"num_format": "#,##0", "major_gridlines": {"visible": False}})
    chart.set_chartarea({"border": {"none": True}})
    chart.set_size({"width": 700, "height": 300})
    sheet.insert_chart(end + 5, 1, chart, {"description": f"Cost parts in {report.currency}"})


def _write_heading(sheet: Any, row: int, text: str, styles: Styles) -> None:
    sheet.write_string(row, 1, text, styles.heading)
    for column in (2, 3):
        sheet.write_blank(row, column, None, styles.heading)
