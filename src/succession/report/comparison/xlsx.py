"""comparison.xlsx: the plans side by side, then one sheet for each table of changes.

The workbook is a function of the comparison alone: its creation date is the first plan's start.
"""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

import xlsxwriter

from succession.report.columns import Cell
from succession.report.comparison.charts import PARTS, stacks
from succession.report.comparison.lines import Line, LineKind
from succession.report.comparison.record import Comparison
from succession.report.sheets import BOOK_OPTIONS, FORMULA_STARTS, write_table
from succession.report.styles import Styles

__all__ = ["write_comparison_xlsx"]

_HEADER_ROW = 5
_WIDTH = 19
CATEGORIES = ["#3F525C", "#AEB9BE", "#E2A33F", "#2F6FC4", "#7D55BD", "#C9A7A0"]
"""Colours of the cost parts, as on the page."""
_PORTRAIT = 3
"""So many plans fit across an upright page."""


def write_comparison_xlsx(comparison: Comparison) -> bytes:
    """The workbook's bytes."""
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, BOOK_OPTIONS)
    created = datetime.combine(comparison.plans[0].start, time())
    book.set_properties({"title": "Succession plans compared", "created": created})
    styles = Styles(book, comparison.decimals)
    _write_lines(book.add_worksheet("Comparison"), comparison, styles)
    _write_charts(book, book.add_worksheet("Charts"), comparison, styles)
    for table in comparison.tables:
        write_table(book.add_worksheet(table.key), table, styles)
    book.close()
    return stream.getvalue()


def _write_lines(sheet: Any, comparison: Comparison, styles: Styles) -> None:
    sheet.hide_gridlines(2)
    sheet.set_row(0, 24)
    number = len(comparison.names)
    sheet.write_string(0, 0, f"{number} plans compared", styles.title)
    sheet.write_string(1, 0, comparison.headline, styles.strong)
    sheet.write_string(
        2,
        0,
        f"Amounts in {comparison.currency}. Differences are against {comparison.names[0]}; "
        "shares differ in percentage points.",
        styles.muted,
    )
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 2 * number - 1, _WIDTH)
    _write_header(sheet, comparison, styles)
    row = _HEADER_ROW
    for group in comparison.groups:
        row += 1
        for column in range(2 * number):
            sheet.write_string(row, column, "" if column else group, styles.heading)
        for line in comparison.shown:
            if line.group == group:
                row += 1
                _write_line(sheet, row, line, styles)
        row += 1
    for note in comparison.notes:
        row += 1
        sheet.write_string(row, 0, note, styles.alert)
    sheet.freeze_panes(_HEADER_ROW + 1, 1)
    if number > _PORTRAIT:
        sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEADER_ROW)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
    sheet.set_footer("&C&8&P of &N")


def _write_header(sheet: Any, comparison: Comparison, styles: Styles) -> None:
    longest = max(map(len, comparison.names))
    sheet.set_row(_HEADER_ROW, 15 * min(5, 1 + longest // _WIDTH))
    sheet.write_blank(_HEADER_ROW, 0, None, styles.header)
    for number, name in enumerate(comparison.names):
        sheet.write_string(_HEADER_ROW, _place(number), name, styles.header_wrapped)
        if number:
            title = "Difference"
            sheet.write_string(_HEADER_ROW, _place(number) + 1, title, styles.header_wrapped)


def _write_line(sheet: Any, row: int, line: Line, styles: Styles) -> None:
    sheet.write_string(row, 0, line.label, styles.label)
    longest = max((len(value) for value in line.values if isinstance(value, str)), default=0)
    if longest > _WIDTH:
        sheet.set_row(row, 15 * min(4, 1 + longest // _WIDTH))
    for number, value in enumerate(line.values):
        _write_value(sheet, row, _place(number), value, line.kind, styles, signed=False)
        if number:
            difference = line.differences[number]
            place = _place(number) + 1
            _write_value(sheet, row, place, difference, line.kind, styles, signed=True)


def _write_value(
    sheet: Any, row: int, column: int, value: Cell, kind: LineKind, styles: Styles, *, signed: bool
) -> None:
    style = styles.line(kind, signed=signed)
    if value is None or value == "":
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, (int, float)) and signed and kind in ("share", "gap"):
        sheet.write_number(row, column, 100 * value, styles.points)
    elif isinstance(value, str):
        quoted = value.startswith(FORMULA_STARTS)
        sheet.write_string(row, column, value, styles.line_quoted if quoted else style)
    else:
        sheet.write_number(row, column, value, style)


def _write_charts(book: Any, sheet: Any, comparison: Comparison, styles: Styles) -> None:
    """Cost by part and the share filled from within, as tables with a chart each beneath."""
    sheet.hide_gridlines(2)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, "Cost by part, and seats filled from within", styles.title)
    note = f"Amounts in {comparison.currency}; retention is a gain and taken off the cost."
    sheet.write_string(1, 0, note, styles.muted)
    titles = ["Plan", *(label for label, _ in PARTS.values()), "Retention", "Cost", "From within"]
    sheet.set_row(3, 32)
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, len(titles) - 1, 13)
    for number, title in enumerate(titles):
        sheet.write_string(3, number, title, styles.header_wrapped if number else styles.header)
    shares = comparison.line("internal_share").values
    rows = zip(stacks(comparison), comparison.plans, shares, strict=True)
    for row, (stack, plan, share) in enumerate(rows, start=4):
        amounts = {part.key: part.amount for part in stack.parts}
        sheet.write_string(row, 0, stack.name, styles.line("text", signed=False))
        for number, key in enumerate(PARTS, start=1):
            amount = amounts.get(key, 0.0)
            sheet.write_number(row, number, amount, styles.line("amount", signed=False))
        for number, value in enumerate((plan.costs.retention, stack.cost), start=len(PARTS) + 1):
            sheet.write_number(row, number, value, styles.line("amount", signed=False))
        if isinstance(share, (int, float)):
            style = styles.line("share", signed=False)
            sheet.write_number(row, len(titles) - 1, share, style)
    last = 3 + len(comparison.names)
    _add_charts(book, sheet, last, comparison)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 1)


def _add_charts(book: Any, sheet: Any, last: int, comparison: Comparison) -> None:
    columns = list(range(1, len(PARTS) + 1))
    stacked = _chart(book, "bar", "stacked", columns, last, CATEGORIES)
    stacked.set_title({"name": f"Cost by part, {comparison.currency}", "name_font": {"size": 12}})
    stacked.set_legend({"position": "bottom"})
    stacked.set_y_axis({"reverse": True, "crossing": "max", "line": {"none": True}})
    stacked.set_x_axis({"num_format": "#,##0", "major_gridlines": {"visible": False}})
    stacked.set_size({"width": 760, "height": 110 + 46 * len(comparison.names)})
    sheet.insert_chart(last + 2, 0, stacked, {"description": "Cost of each plan by part"})
    fill = _chart(book, "column", None, [len(PARTS) + 3], last, CATEGORIES)
    fill.set_title({"name": "Seats filled from within", "name_font": {"size": 12}})
    fill.set_legend({"none": True})
    fill.set_y_axis({"min": 0, "max": 1, "num_format": "0%", "major_gridlines": {"visible": False}})
    fill.set_size({"width": 420, "height": 110 + 46 * len(comparison.names)})
    sheet.insert_chart(last + 2, 7, fill, {"description": "Share of seats filled from within"})


def _chart(
    book: Any, kind: str, subtype: str | None, columns: list[int], last: int, colours: list[str]
) -> Any:
    chart = book.add_chart(
        {"type": kind} if subtype is None else {"type": kind, "subtype": subtype}
    )
    for column, colour in zip(columns, colours, strict=False):
        chart.add_series(
            {
                "name": ["Charts", 3, column],
                "categories": ["Charts", 4, 0, last, 0],
                "values": ["Charts", 4, column, last, column],
                "fill": {"color": colour},
                "gap": 45,
            }
        )
    chart.set_chartarea({"border": {"none": True}})
    return chart


def _place(number: int) -> int:
    """The column of a plan: the first has no differences, the others have theirs beside them."""
    return 2 * number if number else 1
