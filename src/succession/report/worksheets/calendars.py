"""Who learns what when: by person, and by activity with the seats used of those held."""

from __future__ import annotations

from collections import defaultdict

from succession.report.columns import Cell, Column
from succession.report.reading import Reading
from succession.report.worksheets.matrix import Matrix
from succession.verify.ledger import Person
from succession.verify.limits import start_counts

__all__ = ["FIXED_BY_ACTIVITY", "FIXED_BY_PERSON", "MOVE", "activity_calendar", "person_calendar"]

MOVE = "→ "
"""Begins what a calendar says about a move or a standby."""

FIXED_BY_PERSON, FIXED_BY_ACTIVITY = 4, 6
"""Columns before the first period."""


def person_calendar(reading: Reading) -> Matrix:
    """A row a person, a column a period: activities underway, and the move."""
    periods = range(1, reading.facts.horizon + 1)
    columns = (
        Column("Employee", "id"),
        Column("Name", "text"),
        Column("Role", "text"),
        Column("Hours", "hours", total=True),
        *(Column(reading.label(period), "text") for period in periods),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            person.employee.employee,
            person.employee.name,
            reading.role(person.employee.role),
            _hours(reading, person),
            *(_doing(reading, person, period) for period in periods),
        )
        for person in reading.ledger.people.values()
        if person.targets or person.enrolments
    ]
    return Matrix(
        "By person",
        "Learning calendar by person",
        "What each person is doing in each period; an arrow is the move or the standby.",
        columns,
        rows,
    )


def activity_calendar(reading: Reading) -> Matrix:
    """A row an activity, a column a period: learners who start, of the seats that are held."""
    periods = range(1, reading.facts.horizon + 1)
    columns = (
        Column("Activity", "id"),
        Column("Title", "text"),
        Column("Kind", "text"),
        Column("Seats used", "count", total=True),
        Column("Seats held", "count", total=True),
        Column("Use", "share"),
        *(Column(reading.label(period), "text") for period in periods),
    )
    starts = start_counts(reading.ledger)
    running: dict[str, dict[int, tuple[int, int | None]]] = defaultdict(dict)
    for name, period in sorted(starts.keys() | reading.ledger.sessions.keys()):
        seats = reading.scenario.activity_by_id[name].seats
        held = None if seats is None else seats * reading.ledger.sessions.get((name, period), 0)
        running[name][period] = (sum(starts.get((name, period), (0, 0))), held)
    rows = [_activity_row(reading, name, cells, periods) for name, cells in running.items()]
    return Matrix(
        "By activity",
        "Learning calendar by activity",
        "Learners who start in each period, of the seats in the sessions held; dark: full.",
        columns,
        rows,
    )


def _activity_row(
    reading: Reading, name: str, cells: dict[int, tuple[int, int | None]], periods: range
) -> tuple[Cell, ...]:
    activity = reading.scenario.activity_by_id[name]
    used = sum(count for count, _ in cells.values())
    held = None if activity.seats is None else sum(seats or 0 for _, seats in cells.values())
    return (
        name,
        activity.name,
        activity.kind,
        used,
        held,
        used / held if held else None,
        *(_used(*cells[period]) if period in cells else "" for period in periods),
    )


def _used(count: int, held: int | None) -> str:
    return str(count) if held is None else f"{count} of {held}"


def _hours(reading: Reading, person: Person) -> float:
    horizon = reading.facts.horizon
    return sum(item.activity.hours * len(item.underway(horizon)) for item in person.enrolments)


def _doing(reading: Reading, person: Person, period: int) -> str:
    horizon = reading.facts.horizon
    lines = [
        reading.activity(item.activity)
        for item in sorted(person.enrolments, key=lambda item: (item.start, item.activity.activity))
        if period in item.underway(horizon)
    ]
    lines += [
        f"{MOVE}{reading.role(target.seat.role)}" + (" (standby)" if not target.moves else "")
        for target in person.targets
        if target.period == period
    ]
    return "\n".join(lines)
