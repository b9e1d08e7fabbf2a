"""The actuals to be filled in: a workbook or CSV folder with a line for all that was due."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from succession.domain import Budget, Calendar, Due, Resource, Scenario, Session
from succession.io.actuals.tables import CHANGE_TABLES, RESULT_TABLES
from succession.io.schema import Table
from succession.io.write import Cover, OutCell, OutSheet, csv_files, write_file, write_folder

__all__ = ["write_actuals_template"]

_OFFERED = (
    "Employees",
    "Profiles",
    "Interests",
    "Openings",
    "Candidates",
    "Sessions",
    "Resources",
    "Budgets",
)
"""The tables of a scenario that the template has sheets for; any other may be added."""

_ORDER: Mapping[str, Sequence[str]] = {
    "Learning": ("employee", "name", "activity", "title", "start", "due", "mark", "period"),
    "Seats": (
        "opening", "vacated_by", "seat", "role", "unit", "plan", "employee", "name", "when",
        "mark", "period",
    ),
    "Sessions held": ("activity", "title", "period", "planned", "held"),
    "Agreed": ("employee", "name", "activity", "opening", "title", "period", "agreed"),
    "Spent": ("pool", "unit", "from", "to", "amount", "planned", "spent"),
}  # fmt: skip


def write_actuals_template(
    path: Path, scenario: Scenario, due: Due, planned: Mapping[Budget, float]
) -> None:
    """Writes the form, replacing what is there; `planned`: what each budget row was to pay.

    What the calendars and budgets are to have in the new periods at the end of the horizon is
    proposed: sessions and capacities as a year before, budgets as the last ones.
    """
    rows = {**_lines(scenario, due, planned), **_proposals(scenario, due.periods)}
    offered = (_as_offered(table) for table in CHANGE_TABLES if table.sheet in _OFFERED)
    sheets = [_sheet(table, rows.get(table.sheet, ())) for table in (*RESULT_TABLES, *offered)]
    if path.suffix.lower() != ".xlsx":
        write_folder(path, csv_files(sheets))
        return
    from succession.io.write.workbook import workbook_bytes

    calendar = scenario.settings.calendar
    over = _span(calendar, 1, due.periods)
    cover = Cover(f"What became of {over}", _steps(scenario, due))
    write_file(path, workbook_bytes(sheets, cover))


def _sheet(table: Table, rows: Sequence[Mapping[str, OutCell]]) -> OutSheet:
    """A sheet with its lines; it must be filled where a line has a blank that is required."""
    header = _ORDER.get(table.sheet, [column.name for column in table.columns])
    required = [column.name for column in table.columns if column.required]
    to_do = any(row.get(name) is None for row in rows for name in required)
    lines = [[row.get(name) for name in header] for row in rows]
    return OutSheet(table.sheet, header, lines, replace(table, required=to_do))


_Lines = list[dict[str, OutCell]]


def _lines(scenario: Scenario, due: Due, planned: Mapping[Budget, float]) -> dict[str, _Lines]:
    label, activities = scenario.settings.calendar.label, scenario.activity_by_id
    return {
        "Learning": _learning_lines(scenario, due),
        "Seats": _seat_lines(scenario, due),
        "Sessions held": [
            {
                "activity": activity,
                "title": activities[activity].name,
                "period": label(period),
                "planned": sessions,
            }
            for activity, period, sessions in due.sessions
        ],
        "Agreed": _lines_to_come(scenario, due),
        "Spent": [
            {
                "pool": row.pool,
                "unit": row.unit,
                "from": label(row.from_period),
                "to": label(row.to_period),
                "amount": row.amount,
                "planned": amount,
            }
            for row, amount in planned.items()
        ],
    }


def _learning_lines(scenario: Scenario, due: Due) -> _Lines:
    return [
        {
            "employee": row.employee,
            "name": scenario.employee_by_id[row.employee].name,
            "activity": row.activity,
            "title": scenario.activity_by_id[row.activity].name,
            "start": scenario.settings.calendar.label(row.start),
            "due": "ends" if row.ends else "goes on",
        }
        for row in due.learning
    ]


def _lines_to_come(scenario: Scenario, due: Due) -> _Lines:
    return [
        {
            "employee": row.employee,
            "name": scenario.employee_by_id[row.employee].name,
            "activity": row.activity,
            "opening": row.opening,
            "title": scenario.activity_by_id[row.activity].name if row.activity else None,
            "period": scenario.settings.calendar.label(row.period),
        }
        for row in due.upcoming
    ]


def _seat_lines(scenario: Scenario, due: Due) -> _Lines:
    lines: _Lines = []
    for row in due.seats:
        opening = scenario.opening_by_id[row.opening] if row.opening else None
        leaver = scenario.employee_by_id[row.vacated_by] if row.vacated_by else None
        seat = opening or leaver
        lines.append(
            {
                "opening": row.opening,
                "vacated_by": row.vacated_by,
                "seat": row.seat,
                "role": seat.role if seat else None,
                "unit": seat.unit if seat else None,
                "plan": row.answer,
                "employee": row.employee,
                "name": scenario.employee_by_id[row.employee].name if row.employee else None,
                "when": scenario.settings.calendar.label(row.period),
            }
        )
    return lines


def _proposals(scenario: Scenario, over: int) -> dict[str, _Lines]:
    """The new periods at the end of the horizon, by label."""
    calendar = scenario.settings.calendar
    label, year, end = calendar.label, calendar.periods_per_year, calendar.periods
    new = range(end + 1, end + over + 1)
    sessions: list[Session] = [
        Session(row.activity, period, row.sessions)
        for period in new
        for row in scenario.sessions
        if row.period == _like(period, year, end)
    ]
    resources = [
        Resource(row.resource, period, row.capacity)
        for period in new
        for row in scenario.resources
        if row.period == _like(period, year, end)
    ]
    return {
        "Sessions": [
            {"activity": row.activity, "period": label(row.period), "sessions": row.sessions}
            for row in sessions
        ],
        "Resources": [
            {"resource": row.resource, "period": label(row.period or 1), "capacity": row.capacity}
            for row in resources
        ],
        "Budgets": [
            {
                "pool": row.pool,
                "unit": row.unit,
                "from": label(row.from_period),
                "to": label(row.to_period),
                "amount": row.amount,
            }
            for row in _next_budgets(scenario, over)
        ],
    }


def _like(period: int, year: int, end: int) -> int:
    """The period of the horizon that a new one is like: the same of the last year it has."""
    while period > end:
        period -= year
    return period


def _next_budgets(scenario: Scenario, over: int) -> list[Budget]:
    """The last row of each pool and unit once more, where nothing covers the new periods."""
    end = scenario.settings.periods
    last: dict[tuple[str, str], Budget] = {}
    for row in scenario.budgets:
        key = (row.pool, row.unit or "")
        if key not in last or row.to_period > last[key].to_period:
            last[key] = row
    found = []
    for row in last.values():
        length = row.to_period - row.from_period + 1
        first = row.to_period + 1
        while row.to_period >= end and first <= end + over:
            found.append(Budget(row.pool, row.unit, first, first + length - 1, row.amount))
            first += length
    return found


def _span(calendar: Calendar, first: int, last: int) -> str:
    return (
        calendar.label(first)
        if first == last
        else (f"{calendar.label(first)} to {calendar.label(last)}")
    )


def _steps(scenario: Scenario, due: Due) -> tuple[tuple[str, str], ...]:
    calendar, over = scenario.settings.calendar, due.periods
    first = calendar.label(over + 1)
    return (
        ("What this is", f"{_span(calendar, 1, over)} is over. Say what became of the plan, and "
         f"the scenario that begins with {first} follows."),
        ("Fill it in", "Every yellow cell. A line without a mark is an error; delete none."),
        ("Periods", f"Labels such as {first}, dates, or numbers that count from {first} as 1."),
        ("What is new", "The sheets from Employees on are tables of the scenario. A row with a key "
         "that is there already changes what its filled cells say; any other row is new: joiners "
         "in Employees and Profiles, new openings, absences (available_from, available_to, "
         "hours), certificates from elsewhere. Any other table may be added as a sheet."),
        ("Then", "succession advance SCENARIO PLAN --actuals THIS_FILE --out NEXT.xlsx"),
    )  # fmt: skip


def _as_offered(table: Table) -> Table:
    """The table with help that says where it comes from, and what is filled in already."""
    proposed = table.sheet in ("Sessions", "Resources", "Budgets")
    more = " Proposed for the new periods; change what is wrong." if proposed else ""
    return replace(table, help=f"From the scenario: {table.help}{more}")
