"""The first sheet: the plan on one page, with charts of Excel's own and the way to every sheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from succession.metrics import Kpi
from succession.report.styles import ACCENT
from succession.report.tables import Report
from succession.report.workbook.figures import FIGURES, Block
from succession.report.workbook.look import AMBER, PALETTE, RED, Look

__all__ = ["add_charts", "write_summary"]

_COLUMNS, _CARDS = 12, 4
_SHOWN = (
    *("cost", "cost_all_external", "saving", "return_on_learning"),
    *("internal_fill_rate", "successor_coverage", "bench_strength", "time_to_ready"),
    *("vacancy_per_seat", "learning_hours", "budget_use", "gap"),
)
"""Key figures on cards, in order; those that have nothing to count are left out."""
_CHART = {"width": 447, "height": 252}
_CHART_ROWS = 11
"""Rows of 24 pixels that a chart covers."""
_FONT = {"name": "Calibri", "size": 9, "color": "#1F2A30"}
_SIDEWAYS = {"reverse": True, "crossing": "max", "interval_unit": 1, "num_font": _FONT}
"""The axis of a bar chart's names, from the top down, with the values below."""
_SEATS = (ACCENT, AMBER, RED)


def write_summary(
    sheet: Any, report: Report, look: Look, contents: Sequence[tuple[str, str]]
) -> int:
    """Writes everything but the charts; the row from which the charts stand."""
    sheet.hide_gridlines(2)
    sheet.set_default_row(18)
    sheet.set_column(0, 0, 2)
    sheet.set_column(1, _COLUMNS, 10)
    sheet.set_row(0, 30)
    sheet.write_string(0, 1, report.scenario, look.title)
    sheet.write_string(1, 1, f"Succession plan, {report.horizon}", look.muted)
    sheet.write_string(2, 1, report.headline, look.strong)
    sheet.write_string(3, 1, report.status, look.plain)
    if report.standing:
        sheet.write_string(4, 1, report.standing, look.alert)
    figures = {kpi.key: kpi for kpi in report.kpis.rows}
    cards = [figures[key] for key in _SHOWN if figures[key].value is not None]
    row = _write_cards(sheet, cards, 5, look)
    charts = row + 1
    row = charts + 2 * _CHART_ROWS + 1
    row = _write_contents(sheet, row, contents, look)
    if report.warnings.rows:
        count = len(report.warnings.rows)
        text = f"{count} warning{'s' if count > 1 else ''}: see the sheet Warnings."
        sheet.write_url(row, 1, "internal:'Warnings'!A1", look.alert, string=text)
        row += 1
    text = f"Amounts in {report.currency}. Scenario {report.sha256[:16]}."
    sheet.write_string(row, 1, text, look.muted)
    sheet.print_area(0, 0, row, _COLUMNS)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 1)
    sheet.set_footer("&C&8&P of &N")
    return charts


def _write_cards(sheet: Any, kpis: Sequence[Kpi], row: int, look: Look) -> int:
    """Cards of a label, a number and a note, four in a line."""
    wide = _COLUMNS // _CARDS
    for number, kpi in enumerate(kpis):
        top = row + 4 * (number // _CARDS)
        left = 1 + wide * (number % _CARDS)
        right = left + wide - 1
        sheet.set_row(top + 1, 24)
        sheet.merge_range(top, left, top, right, kpi.label, look.card_label)
        sheet.merge_range(top + 1, left, top + 1, right, kpi.value, look.cards[kpi.kind])
        sheet.merge_range(top + 2, left, top + 2, right, kpi.note, look.card_note)
        sheet.set_row(top + 3, 6)
    return row + 4 * -(-len(kpis) // _CARDS)


def _write_contents(sheet: Any, row: int, contents: Sequence[tuple[str, str]], look: Look) -> int:
    """Links to the sheets, in two columns."""
    for column in range(1, _COLUMNS + 1):
        sheet.write_string(row, column, "Sheets" if column == 1 else "", look.heading)
    half = -(-len(contents) // 2)
    for number, (name, text) in enumerate(contents):
        place, left = row + 1 + number % half, 1 + (_COLUMNS // 2) * (number // half)
        sheet.write_url(place, left, f"internal:'{name}'!A1", look.link, string=name)
        sheet.write_string(place, left + 2, text, look.muted)
    return row + half + 2


def add_charts(
    book: Any, sheet: Any, top: int, blocks: Mapping[str, Block], report: Report
) -> None:
    """Four charts, two by two: cost parts, internal fill, spending, bench."""
    left, right, below = 1, 1 + _COLUMNS // 2, top + _CHART_ROWS
    amounts = "#,##0" if report.decimals else '#,##0,"k"'
    costs = _chart(book, {"type": "bar"}, f"Cost parts, {report.currency}")
    _add_series(costs, blocks["costs"], [ACCENT])
    costs.set_legend({"none": True})
    costs.set_y_axis({**_SIDEWAYS, "label_position": "low"})
    costs.set_x_axis(_value_axis(amounts))
    _insert(sheet, top, left, costs, blocks["costs"])
    title = f"Seats by the {report.period} they are needed"
    fill = _stacked(book, "column", title, blocks["fill"], _SEATS)
    _insert(sheet, top, right, fill, blocks["fill"])
    title = f"Charged to budgets by {report.period}, {report.currency}"
    spend = _stacked(book, "column", title, blocks["spend"], PALETTE)
    spend.set_y_axis(_value_axis(amounts))
    _insert(sheet, below, left, spend, blocks["spend"])
    bench = _stacked(book, "bar", "Bench by unit, people", blocks["bench"], _SEATS)
    bench.set_y_axis(_SIDEWAYS)
    bench.set_x_axis(_value_axis("#,##0"))
    _insert(sheet, below, right, bench, blocks["bench"])


def _insert(sheet: Any, row: int, column: int, chart: Any, block: Block) -> None:
    if block.rows and block.series:
        sheet.insert_chart(row, column, chart, {"description": chart.description})


def _stacked(book: Any, kind: str, title: str, block: Block, colours: Sequence[str]) -> Any:
    chart = _chart(book, {"type": kind, "subtype": "stacked"}, title)
    _add_series(chart, block, colours)
    chart.set_legend({"position": "bottom", "font": _FONT})
    chart.set_y_axis(_value_axis("#,##0"))
    chart.set_x_axis({"num_font": _FONT})
    return chart


def _chart(book: Any, kind: dict[str, str], title: str) -> Any:
    chart = book.add_chart(kind)
    chart.set_title({"name": title, "name_font": {**_FONT, "size": 11, "bold": True},
                     "overlay": False})  # fmt: skip
    chart.set_chartarea({"border": {"color": "#D5DDDF"}})
    chart.set_size(_CHART)
    chart.description = title
    return chart


def _add_series(chart: Any, block: Block, colours: Sequence[str]) -> None:
    """A series a column of the block; shares beside counts are not drawn."""
    first, last = block.top + 1, block.top + block.rows
    for number, name in enumerate(block.series):
        if name.startswith("Share"):
            continue
        column = block.left + 1 + number
        chart.add_series(
            {
                "name": [FIGURES, block.top, column],
                "categories": [FIGURES, first, block.left, last, block.left],
                "values": [FIGURES, first, column, last, column],
                "fill": {"color": colours[number % len(colours)]},
                "gap": 50,
            }
        )


def _value_axis(form: str) -> dict[str, object]:
    grid = {"visible": True, "line": {"color": "#E3E9EA", "width": 0.75}}
    line = {"none": True}
    return {"num_format": form, "major_gridlines": grid, "line": line, "num_font": _FONT}
