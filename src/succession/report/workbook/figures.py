"""The sheet Figures: every key figure, and the numbers behind the charts of the summary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from succession.metrics import Kpis
from succession.report.columns import clean
from succession.report.tables import Report
from succession.report.workbook.look import Look
from succession.report.workbook.pages import SUMMARY

__all__ = ["FIGURES", "Block", "write_figures"]

FIGURES = "Figures"

_MOST_UNITS, _MOST_POOLS = 12, 7
"""So many units and pools are told apart in a chart; the smallest others are added up."""


@dataclass(frozen=True, slots=True)
class Block:
    """Where a chart finds its numbers: categories in the first column, a series a column."""

    top: int
    left: int
    rows: int
    series: tuple[str, ...]


_Row = tuple[str | float, ...]


def write_figures(sheet: Any, report: Report, look: Look) -> dict[str, Block]:
    """Writes the sheet; the blocks by name: costs, fill, spend, bench."""
    sheet.hide_gridlines(2)
    sheet.set_row(0, 24)
    sheet.write_string(0, 0, "Figures", look.title)
    note = "Every key figure (docs/kpis.md has the formulas), and the numbers behind the charts."
    sheet.write_string(1, 0, note, look.muted)
    sheet.write_url(2, 0, f"internal:'{SUMMARY}'!A1", look.link, string=f"« {SUMMARY}")
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 18)
    sheet.set_column(2, 2, 40)
    sheet.set_column(3, 3, 3)
    sheet.set_column(4, 4, 22)
    sheet.set_column(5, 16, 13)
    _write_kpis(sheet, report, look)
    tables = {
        "costs": (f"Cost parts, {report.currency}", ("Part", "Amount"), _costs(report)),
        "fill": (
            "Openings by the period they are needed",
            ("Period", "From within", "Hired", "Unfilled", "Share within"),
            _fill(report.kpis),
        ),
        "spend": (f"Charged to pools, {report.currency}", *_spend(report)),
        "bench": (
            "Bench by unit",
            ("Unit", "Placed", "Standing by", "Bench missing"),
            _bench(report),
        ),
    }
    blocks, row = {}, 3
    for name, (title, headings, rows) in tables.items():
        blocks[name] = _write_block(sheet, row, title, headings, rows, look)
        row += len(rows) + 4
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&8Figures&R&8&P of &N")
    sheet.freeze_panes(3, 0)
    return blocks


def _write_kpis(sheet: Any, report: Report, look: Look) -> None:
    row, group = 3, ""
    for kpi in report.kpis.rows:
        if kpi.group != group:
            group = kpi.group
            row += 1 if row > 3 else 0
            for column, text in enumerate((group, "", "")):
                sheet.write_string(row, column, text, look.heading)
            row += 1
        sheet.write_string(row, 0, kpi.label, look.label)
        if kpi.value is None:
            sheet.write_string(row, 1, "–", look.value)
        else:
            sheet.write_number(row, 1, kpi.value, look.figure(kpi.kind))
        sheet.write_string(row, 2, kpi.note, look.note)
        row += 1


def _write_block(
    sheet: Any, row: int, title: str, headings: Sequence[str], rows: Sequence[_Row], look: Look
) -> Block:
    left = 4
    sheet.write_string(row, left, title, look.heading)
    for number, text in enumerate(headings):
        style = look.header_wrapped if number else look.header
        sheet.write_string(row + 1, left + number, clean(text), style)
    counts = all(isinstance(value, (int, str)) for cells in rows for value in cells[:4])
    for place, cells in enumerate(rows, start=row + 2):
        for number, value in enumerate(cells):
            if isinstance(value, str):
                sheet.write_string(place, left + number, clean(value), look.label)
            else:
                share = headings[number].startswith("Share")
                form = look.figure("share" if share else "count" if counts else "amount")
                sheet.write_number(place, left + number, value, form)
    return Block(row + 1, left, len(rows), tuple(headings[1:]))


def _costs(report: Report) -> list[_Row]:
    return [(row.part, row.amount) for row in report.costs.rows if row.amount]


def _fill(kpis: Kpis) -> list[_Row]:
    return [
        (row.label, row.placed, row.hired, row.unfilled, row.placed / row.seats if row.seats else 0)
        for row in kpis.fill
    ]


def _spend(report: Report) -> tuple[tuple[str, ...], list[_Row]]:
    """A column a pool, a row a period; the smallest pools together."""
    pools = sorted(report.kpis.spend, key=lambda row: (-sum(row.amounts), row.pool))
    pools = [row for row in pools if any(row.amounts)]
    shown, rest = pools[:_MOST_POOLS], pools[_MOST_POOLS:]
    names = tuple(row.pool for row in shown) + (("others",) if rest else ())
    rows: list[_Row] = []
    for number, fill in enumerate(report.kpis.fill):
        amounts = [row.amounts[number] for row in shown]
        if rest:
            amounts.append(round(sum(row.amounts[number] for row in rest), 2))
        rows.append((fill.label, *amounts))
    return ("Period", *names), rows if names else []


def _bench(report: Report) -> list[_Row]:
    """A row a unit, those with the most seats first; the smallest others together."""
    units: dict[str, list[int]] = {}
    for cell in report.kpis.bench:
        name = report.reading.unit(cell.unit) or "no unit"
        row = units.setdefault(name, [0, 0, 0, 0])
        missing = max(0, cell.wanted - cell.standing)
        for k, count in enumerate((cell.placed, cell.standing, missing, cell.seats)):
            row[k] += count
    ordered = sorted(units.items(), key=lambda item: (-item[1][3] - item[1][1], item[0]))
    rows: list[_Row] = [(name, *counts[:3]) for name, counts in ordered[:_MOST_UNITS]]
    if len(ordered) > _MOST_UNITS:
        others = [counts for _, counts in ordered[_MOST_UNITS:]]
        rows.append((f"{len(others)} others", *(sum(row[k] for row in others) for k in range(3))))
    return rows
