"""results.xlsx: a summary that prints on one page, then one sheet a table.

The workbook is a function of the report alone: its creation date is the scenario's start, so equal
plans give equal bytes. Text is always written as text, whatever it begins with.
"""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

import xlsxwriter

from succession.report.columns import Cell, Column, Table, clean
from succession.report.styles import ACCENT, Styles
from succession.report.tables import Report

__all__ = ["write_xlsx"]

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_WIDEST, _NARROWEST = 46, 7
_ROWS_MEASURED = 500
_WRAPPED = 90
_HEADER_ROW = 3
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}


def write_xlsx(report: Report) -> bytes:
    """The workbook's bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, _OPTIONS)
    book.set_properties(
        {
            "title": f"Succession plan: {report.scenario}"[:200],
            "created": datetime.combine(report.start, time()),
        }
    )
    styles = Styles(book, report.decimals)
    _write_summary(book, book.add_worksheet("Summary"), report, styles)
    for table in report.tables:
        _write_table(book.add_worksheet(table.key), table, styles)
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
    for kpi in report.kpis:
        row += 1
        sheet.write_string(row, 1, kpi.label, styles.label)
        sheet.write_string(row, 2, kpi.value, styles.value)
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


def _write_table(sheet: Any, table: Table[Any], styles: Styles) -> None:
    sheet.hide_gridlines(2)
    columns, cells = table.columns, list(table.cells)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, table.title, styles.title)
    sheet.write_string(1, 0, table.note, styles.muted)
    last = _HEADER_ROW + len(cells)
    for number, item in enumerate(columns):
        kind = styles.of(item)
        values = [row[number] for row in cells]
        sheet.set_column(number, number, _width(item, values), kind)
        header = styles.header_right if item.is_number else styles.header
        sheet.write_string(_HEADER_ROW, number, item.title, header)
        for place, value in enumerate(values, start=_HEADER_ROW + 1):
            _write_cell(sheet, place, number, value, item, styles)
    if cells:
        _add_table(sheet, table, last, styles)
        _write_totals(sheet, table, last + 1, styles)
    else:
        sheet.write_string(_HEADER_ROW + 1, 0, "None.", styles.muted)
    sheet.freeze_panes(_HEADER_ROW + 1, 1 if len(columns) > 1 else 0)
    _set_up_page(sheet, table)


def _add_table(sheet: Any, table: Table[Any], last: int, styles: Styles) -> None:
    headers = [
        {
            "header": item.title,
            "header_format": styles.header_right if item.is_number else styles.header,
        }
        for item in table.columns
    ]
    options = {
        "name": "tbl_" + table.key.replace(" ", "_"),
        "columns": headers,
        "style": "Table Style Light 1",
    }
    sheet.add_table(_HEADER_ROW, 0, last, len(headers) - 1, options)


def _write_totals(sheet: Any, table: Table[Any], row: int, styles: Styles) -> None:
    totals = table.totals
    if len(table.rows) < 2 or all(total is None for total in totals):
        return
    for number, (item, total) in enumerate(zip(table.columns, totals, strict=True)):
        if isinstance(total, (int, float)):
            sheet.write_number(row, number, total, styles.total_of(item))
        else:
            sheet.write_string(row, number, "" if number else "Total", styles.total_label)


def _write_cell(
    sheet: Any, row: int, column: int, value: Cell, item: Column, styles: Styles
) -> None:
    if value is None or value == "":
        sheet.write_blank(row, column, None, styles.of(item))
    elif isinstance(value, str):
        style = styles.quoted if value.startswith(_FORMULA_STARTS) else styles.of(item)
        sheet.write_string(row, column, value, style)
    else:
        sheet.write_number(row, column, value, styles.of(item))


def _width(item: Column, values: list[Cell]) -> float:
    longest = len(item.title) + 3
    for value in values[:_ROWS_MEASURED]:
        if isinstance(value, str):
            longest = max(longest, len(value) + 1)
        elif value is not None and item.kind == "amount":
            longest = max(longest, len(f"{value:,.2f}"))
    widest = _WRAPPED if item.title == "Warning" else _WIDEST
    return float(min(widest, max(_NARROWEST, longest)))


def _set_up_page(sheet: Any, table: Table[Any]) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer(f"&L&8{clean(table.title)}&R&8&P of &N")
