"""The table sheets of results.xlsx: links between them, colours that follow the values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from succession.io.decisions import DECISIONS, SCENARIO_MARK
from succession.report.columns import Table
from succession.report.sheets import HEADER_ROW, write_table
from succession.report.workbook.look import LIGHT, Look
from succession.report.worksheets import Matrix
from succession.report.worksheets.calendars import FIXED_BY_ACTIVITY, FIXED_BY_PERSON, MOVE
from succession.report.worksheets.filling import HIRE, UNFILLED
from succession.report.worksheets.succession import NOBODY

__all__ = ["LINKS", "SUMMARY", "AnyTable", "add_links", "write_page"]

AnyTable = Table[Any] | Matrix

SUMMARY = "Summary"

LINKS = (
    ("Openings", "Opening", "Succession", "Opening"),
    ("Openings", "Employee", "By person", "Employee"),
    ("Succession", "Opening", "Openings", "Opening"),
    ("By person", "Employee", "Learning", "Employee"),
    ("Learning", "Employee", "By person", "Employee"),
    ("By activity", "Activity", "Activities", "Activity"),
    ("Hires", "Seat", "Openings", "Opening"),
    ("Unfilled", "Seat", "Openings", "Opening"),
    ("Bench", "Opening", "Succession", "Opening"),
)
"""(sheet, column) leads to the first row of the same id in (sheet, column)."""

_MOST_LINKS = 20_000
"""Links of a sheet: Excel takes 65,530, and opens slowly with that many."""


@dataclass(frozen=True, slots=True)
class _Area:
    """The cells below a heading, for conditional formats."""

    first: int
    last: int
    column: int

    @property
    def place(self) -> tuple[int, int, int, int]:
        return self.first, self.column, self.last, self.column


def write_page(sheet: Any, table: AnyTable, look: Look, sha256: str) -> None:
    """A table's sheet with its totals, the way back, and colours."""
    write_table(sheet, table, look)
    # Ids made of digits are meant to be text.
    sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
    sheet.write_url(2, 0, f"internal:'{SUMMARY}'!A1", look.link, string=f"« {SUMMARY}")
    if not table.rows:
        return
    if table.key in _TALL:
        _fit_rows(sheet, table)
    colour = _COLOURS.get(table.key)
    if colour is not None:
        colour(sheet, table, look)
    if table.key == DECISIONS.sheet:
        sheet.write_string(2, 1, f"{SCENARIO_MARK}{sha256}", look.muted)


def add_links(sheets: Mapping[str, Any], tables: Mapping[str, AnyTable], look: Look) -> None:
    """Turns ids into links to the rows of other sheets that are about the same."""
    for source, heading, goal, wanted in LINKS:
        if source not in tables or goal not in tables:
            continue
        column, other = _number(tables[source], heading), _number(tables[goal], wanted)
        rows: dict[str, int] = {}
        for row, cells in enumerate(tables[goal].cells, start=HEADER_ROW + 1):
            rows.setdefault(str(cells[other]), row)
        page = sheets[source]
        for row, cells in enumerate(tables[source].cells, start=HEADER_ROW + 1):
            name = str(cells[column] or "")
            if name in rows and row <= _MOST_LINKS:
                place = f"internal:'{goal}'!A{rows[name] + 1}"
                page.write_url(row, column, place, look.link_cell, string=name)


_TALL = {"Succession": (5, 32), "By person": (FIXED_BY_PERSON, 22)}
"""Sheets whose cells hold several lines: from which column on, and the characters of a line."""


def _fit_rows(sheet: Any, table: AnyTable) -> None:
    first, wide = _TALL[table.key]
    for row, cells in enumerate(table.cells, start=HEADER_ROW + 1):
        texts = [str(value or "").split("\n") for value in cells[first:]]
        lines = max(sum(1 + len(line) // wide for line in text) for text in texts)
        if lines > 1:
            sheet.set_row(row, 15 * lines + 1)


def _number(table: AnyTable, heading: str) -> int:
    return [item.title for item in table.columns].index(heading)


def _area(table: AnyTable, heading: str) -> _Area:
    return _Area(HEADER_ROW + 1, HEADER_ROW + len(table.rows), _number(table, heading))


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))


def _equal(sheet: Any, area: _Area, word: str, form: Any) -> None:
    rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": form}
    sheet.conditional_format(*area.place, rule)


def _bars(sheet: Any, area: _Area, options: Mapping[str, object]) -> None:
    rule = {"type": "data_bar", "bar_color": LIGHT, **options}
    sheet.conditional_format(*area.place, rule)


def _share_bars(sheet: Any, area: _Area, look: Look) -> None:
    """Bars from 0 to 100 %; over it in red."""
    over = {"type": "cell", "criteria": ">", "value": 1.0000001, "format": look.bad}
    sheet.conditional_format(*area.place, over)
    ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": 1}
    _bars(sheet, area, ends)


def _colour_openings(sheet: Any, table: AnyTable, look: Look) -> None:
    how = _area(table, "Filled")
    _equal(sheet, how, HIRE, look.warn)
    _equal(sheet, how, UNFILLED, look.bad)
    chance = _area(table, "Chance")
    cell = f"{_letters(chance.column)}{chance.first + 1}"
    low = f"=AND(ISNUMBER({cell}),{cell}<0.7)"
    sheet.conditional_format(
        *chance.place, {"type": "formula", "criteria": low, "format": look.warn}
    )
    risk = _area(table, "Leaving risk")
    high = {"type": "cell", "criteria": ">", "value": 0.15, "format": look.warn}
    sheet.conditional_format(*risk.place, high)
    _bars(sheet, _area(table, "Saving"), {})


def _colour_succession(sheet: Any, table: AnyTable, look: Look) -> None:
    for heading in ("Placed", "Standing by", "Next best"):
        area = _area(table, heading)
        rule = {"type": "text", "criteria": "containing", "value": NOBODY, "format": look.warn}
        sheet.conditional_format(*area.place, rule)
        sheet.set_column(area.column, area.column, 34)
    for heading in ("Second", "Third"):
        column = _number(table, heading)
        sheet.set_column(column, column, 34)


def _colour_people(sheet: Any, table: AnyTable, look: Look) -> None:
    first, last = HEADER_ROW + 1, HEADER_ROW + len(table.rows)
    place = (first, FIXED_BY_PERSON, last, len(table.columns) - 1)
    move = {"type": "text", "criteria": "containing", "value": MOVE.strip(), "format": look.move}
    sheet.conditional_format(*place, move)
    sheet.conditional_format(*place, {"type": "no_blanks", "format": look.busy})
    sheet.set_column(FIXED_BY_PERSON, len(table.columns) - 1, 24, look.wrapped)
    sheet.freeze_panes(HEADER_ROW + 1, 2)


def _colour_activities(sheet: Any, table: AnyTable, look: Look) -> None:
    first, last = HEADER_ROW + 1, HEADER_ROW + len(table.rows)
    place = (first, FIXED_BY_ACTIVITY, last, len(table.columns) - 1)
    cell = f"{_letters(FIXED_BY_ACTIVITY)}{first + 1}"
    parts = f'VALUE(LEFT({cell},FIND(" ",{cell})))=VALUE(MID({cell},FIND(" of ",{cell})+4,9))'
    full = {"type": "formula", "criteria": f"=IFERROR({parts},FALSE)", "format": look.full}
    sheet.conditional_format(*place, full)
    sheet.conditional_format(*place, {"type": "no_blanks", "format": look.busy})
    _share_bars(sheet, _area(table, "Use"), look)
    sheet.set_column(FIXED_BY_ACTIVITY, len(table.columns) - 1, 10)
    sheet.freeze_panes(HEADER_ROW + 1, 2)


def _colour_use(heading: str) -> Callable[[Any, AnyTable, Look], None]:
    def colour(sheet: Any, table: AnyTable, look: Look) -> None:
        _share_bars(sheet, _area(table, heading), look)

    return colour


def _colour_bench(sheet: Any, table: AnyTable, look: Look) -> None:
    _equal(sheet, _area(table, "Name"), "nobody stands by", look.warn)


def _colour_decisions(sheet: Any, table: AnyTable, look: Look) -> None:
    """Drop-downs that offer what can be decided about a row, and a colour for each decision."""
    area, kinds = _area(table, "Decision"), [str(cells[1]) for cells in table.cells]
    for word, form in (("accept", look.good), ("reject", look.bad), ("lock", look.fixed)):
        _equal(sheet, area, word, form)
    start = 0
    for end in range(1, len(kinds) + 1):
        if end < len(kinds) and (kinds[end] == "learning") == (kinds[start] == "learning"):
            continue
        words = ["lock"] if kinds[start] == "learning" else ["accept", "reject", "lock"]
        rows = (area.first + start, area.column, area.first + end - 1, area.column)
        told = {"input_title": "Your decision", "input_message": ", ".join(words) + " or blank"}
        refused = {"error_title": "No such decision", "error_message": "Use " + ", ".join(words)}
        rule = {"validate": "list", "source": words, **told, **refused}
        sheet.data_validation(*rows, rule)
        start = end
    for row in range(area.first, area.last + 1):
        sheet.write_blank(row, area.column, None, look.entry)
    sheet.set_column(area.column, area.column, 12)
    remark = _number(table, "Remark")
    sheet.set_column(remark, remark, 30)
    sheet.freeze_panes(HEADER_ROW + 1, 3)


_COLOURS: Mapping[str, Callable[[Any, AnyTable, Look], None]] = {
    "Openings": _colour_openings,
    "Succession": _colour_succession,
    "By person": _colour_people,
    "By activity": _colour_activities,
    "Activities": _colour_use("Used"),
    "Budgets": _colour_use("Used share"),
    "Limits": _colour_use("Used share"),
    "Bench": _colour_bench,
    "Decisions": _colour_decisions,
}
