"""The sheet Development plan: choose a person, and the page fills itself.

Every formula is written here; names reach the workbook as text in `plan_data` alone. A person is
looked up by EXACT inside SUMPRODUCT, which takes no character of a name for a wildcard and works
alike in Excel and LibreOffice; the values of the first person are stored with the formulas, so that
viewers that do not calculate show a page as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from succession.report.columns import Cell
from succession.report.development import DevelopmentPlan
from succession.report.tables import Report
from succession.report.workbook.look import Look
from succession.report.workbook.pages import SUMMARY
from succession.report.workbook.plan_data import (
    DATA,
    PARTS,
    WIDTHS,
    Part,
    PlanData,
    Slot,
    write_plan_data,
)
from succession.report.workbook.plan_data import choices as choices_of

__all__ = ["SELECTOR", "write_selector"]

SELECTOR = "Development plan"

_CHOICE, _NUMBER = "$B$3", "$I$3"
_LAST = 6
"""Column G, the last that is printed."""

_FACTS = (("aim", "Aim"), ("when", "When"), ("role", "Role today"), ("unit", "Unit"),
          ("opening", "Opening"), ("ready", "Ready"), ("chance", "Chance"),
          ("hours", "Learning hours"), ("cost", "Learning cost"))  # fmt: skip


def write_selector(
    book: Any, sheet: Any, plans: Sequence[DevelopmentPlan], report: Report, look: Look
) -> None:
    """Writes the page, set up for one sheet of paper, and the hidden sheet that feeds it."""
    data = write_plan_data(book.add_worksheet(DATA), plans)
    choices = choices_of(plans)
    page = _Page(sheet, data, plans[0], look)
    sheet.hide_gridlines(2)
    for number, width in enumerate(WIDTHS):
        sheet.set_column(number, number, width)
    sheet.set_column(8, 8, None, None, {"hidden": True})
    sheet.set_row(0, 26)
    sheet.write_string(0, 1, SELECTOR, look.title)
    sheet.write_url(0, _LAST, f"internal:'{SUMMARY}'!A1", look.link, string=f"« {SUMMARY}")
    sheet.write_string(1, 1, "Choose a person in the yellow cell.", look.muted)
    sheet.set_row(2, 24)
    sheet.merge_range(2, 1, 2, 3, choices[0], look.choice)
    labels = data_range(0, data.people)
    refused = {"error_title": "Nobody of that name", "error_message": "Choose from the list."}
    sheet.data_validation(2, 1, 2, 1, {"validate": "list", "source": f"={labels}", **refused})
    found = f"SUMPRODUCT(EXACT({labels},{_CHOICE})*(ROW({labels})-1))"
    sheet.write_formula(2, 8, f"={found}", None, 1)
    row = page.facts(4)
    for part in PARTS:
        row = page.part(part, row + 1)
    text = f"{report.scenario}. Amounts in {report.currency}. Finished and closed: the first "
    text += f"{report.period} in which it counts."
    sheet.write_string(row + 1, 1, text, look.muted)
    sheet.print_area(0, 0, row + 1, _LAST)
    sheet.set_portrait()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.5)
    sheet.fit_to_pages(1, 1)


def data_range(column: int, rows: int) -> str:
    """A column of the hidden sheet below its heading, absolute."""
    first = xl_rowcol_to_cell(1, column, row_abs=True, col_abs=True)
    last = xl_rowcol_to_cell(max(1, rows), column, row_abs=True, col_abs=True)
    return f"'{DATA}'!{first}:{last}"


class _Page:
    """Formulas for the chosen person, with the values of the first one beside them."""

    def __init__(self, sheet: Any, data: PlanData, shown: DevelopmentPlan, look: Look) -> None:
        self._sheet, self._data, self._shown, self._look = sheet, data, shown, look

    def facts(self, row: int) -> int:
        """The lines about the person; the next free row."""
        for name, title in _FACTS:
            source = self._of_person(self._data.fact_columns[name])
            formula = f'=IF({_NUMBER}=0,"",IF({source}="","",{source}))'
            form = self._look.facts.get(name, self._look.fact)
            self._sheet.merge_range(row, 1, row, 2, title, self._look.label)
            self._write(row, Slot(title, 3, _LAST), formula, form, getattr(self._shown, name))
            row += 1
        return row

    def part(self, part: Part, row: int) -> int:
        """A part with as many lines as the longest one has; the next free row."""
        heights = self._data.heights[part.name]
        if not heights:
            return row - 1
        self._sheet.write_string(row, 1, part.title, self._look.strong)
        if len(part.slots) > 1:
            row += 1
            for slot in part.slots:
                self._heading(row, slot)
        shown = part.lines(self._shown)
        for line, height in enumerate(heights):
            row += 1
            self._sheet.set_row(row, 15 * height + 1)
            for number, slot in enumerate(part.slots):
                value = shown[line][number] if line < len(shown) else ""
                form = self._look.line_numbers.get(slot.kind, self._look.line_text)
                self._write(row, slot, self._line(part, line, number), form, value)
        first = row - len(heights) + 1
        filled = {"type": "formula", "criteria": f'=$B{first + 1}<>""', "format": self._look.ruled}
        self._sheet.conditional_format(first, 1, row, _LAST, filled)
        return row + 1

    def _heading(self, row: int, slot: Slot) -> None:
        for column in range(slot.first, slot.last + 1):
            text = slot.heading if column == slot.first else ""
            self._sheet.write_string(row, column, text, self._look.heading)

    def _line(self, part: Part, line: int, number: int) -> str:
        """The value of a slot in a line of the chosen person, or nothing."""
        data = self._data
        count, first = (self._of_person(at[part.name]) for at in (data.count, data.first))
        lines = data_range(data.part_columns[part.name] + number, data.lengths[part.name])
        inside = f"INDEX({lines},{first}+{line})"
        return f'=IF({_NUMBER}=0,"",IF({line}>={count},"",IF({inside}="","",{inside})))'

    def _of_person(self, column: int) -> str:
        return f"INDEX({data_range(column, self._data.people)},{_NUMBER})"

    def _write(self, row: int, slot: Slot, formula: str, form: Any, value: Cell) -> None:
        if slot.first < slot.last:
            self._sheet.merge_range(row, slot.first, row, slot.last, "", form)
        stored = "" if value is None else value
        self._sheet.write_formula(row, slot.first, formula, form, stored)
