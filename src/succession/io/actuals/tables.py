"""The sheets of the actuals: those for what became of the plan, and any table of a scenario."""

from __future__ import annotations

from dataclasses import replace

from succession.domain import (
    Agreed,
    LearningResult,
    Leaver,
    Move,
    SeatResult,
    SessionsResult,
    Spent,
    Withdrawn,
)
from succession.io.schema import TABLES, Column, Table
from succession.io.schema.makers import period_column, yesno_column

__all__ = ["ACTUALS_TABLES", "CHANGE_TABLES", "MARKS", "RESULT_TABLES"]

MARKS = ("done", "failed", "moved", "dropped")


def _id(name: str, help: str, *, optional: bool = False) -> Column:
    return Column(name, "id", help, blank="blank" if optional else "required")


def _when(name: str, help: str, *, last: bool = False) -> Column:
    return period_column(name, help, edge="last" if last else "first", required=True)


_MARK = Column(
    "mark", "choice", f"what became of it: {', '.join(MARKS[:-1])} or {MARKS[-1]}", "required",
    choices=MARKS,
)  # fmt: skip


_LEARNING = Table(
    "Learning",
    LearningResult,
    "What became of every activity that was underway. done: passed, or underway as planned; "
    "failed: ended without passing; moved: not begun, agreed for a later period; dropped: not "
    "begun, or broken off.",
    (
        _id("employee", "who"),
        _id("activity", "what"),
        _when("start", "when it was to start"),
        _MARK,
        period_column(
            "period", "moved: to when; done or failed: when it really started, if not as planned"
        ),
    ),
    ("employee", "activity", "start"),
    notes=("name", "title", "due"),
)

_SEATS = Table(
    "Seats",
    SeatResult,
    "What became of every seat that was to be dealt with. done: as planned, the seat closes; "
    "failed: it is still to be filled, from now on; moved: put off; dropped: nobody wants it any "
    "more.",
    (
        _id("opening", "whose seat it is", optional=True),
        _id("vacated_by", "or who leaves it", optional=True),
        Column("seat", "whole", "which of the opening's seats", "required", low=1),
        _MARK,
        period_column("period", "moved: to when"),
    ),
    ("opening", "vacated_by", "seat"),
    notes=("role", "unit", "plan", "employee", "name", "when"),
)

_SESSIONS_HELD = Table(
    "Sessions held",
    SessionsResult,
    "How many of the planned sessions took place; they cost something even if nobody passed.",
    (
        _id("activity", "which activity"),
        _when("period", "when"),
        Column("held", "whole", "sessions that took place", "required", unit="sessions", low=0),
    ),
    ("activity", "period"),
    notes=("title", "planned"),
)

_AGREED = Table(
    "Agreed",
    Agreed,
    "What of the plan for the periods to come has been promised: yes makes it a commitment.",
    (
        _id("employee", "who"),
        _id("activity", "which activity", optional=True),
        _id("opening", "or which opening", optional=True),
        _when("period", "when"),
        yesno_column("agreed", "whether it has been promised"),
    ),
    ("employee", "activity", "opening", "period"),
    notes=("name", "title"),
)

_LEAVERS = Table(
    "Leavers",
    Leaver,
    "Who has left, or will.",
    (
        _id("employee", "who"),
        period_column(
            "period", "the last period in which they are there; blank: gone", edge="last"
        ),
    ),
    ("employee",),
)

_MOVES = Table(
    "Moves",
    Move,
    "Who moved although the plan did not have it.",
    (
        _id("employee", "who"),
        _id("role", "the role that they have now"),
        _id("unit", "the unit that they are in now; blank: as before", optional=True),
        _id("opening", "the opening whose seat they took; blank: none", optional=True),
    ),
    ("employee",),
)

_WITHDRAWN = Table(
    "Withdrawn",
    Withdrawn,
    "Openings to come that are not wanted any more.",
    (_id("opening", "which opening"),),
    ("opening",),
)

_SPENT = Table(
    "Spent",
    Spent,
    "What was spent of each budget. Blank: what the marks come to; or what the books say.",
    (
        _id("pool", "which pool"),
        _id("unit", "whose row; blank: everyone's", optional=True),
        _when("from", "the row's first period"),
        _when("to", "the row's last period", last=True),
        Column(
            "spent", "amount", "what was spent in the periods that are over", unit="money", low=0
        ),
    ),
    ("pool", "unit", "from", "to"),
    notes=("amount", "planned"),
)

RESULT_TABLES = (
    _LEARNING,
    _SEATS,
    _SESSIONS_HELD,
    _AGREED,
    _LEAVERS,
    _MOVES,
    _WITHDRAWN,
    _SPENT,
)
"""What became of the plan."""


def _as_changes(table: Table) -> Table:
    """A scenario's table whose rows may be changes: beyond the key, a blank leaves things alone."""
    columns = tuple(
        replace(
            column,
            table="",
            blank="blank" if column.required and column.name not in table.key else column.blank,
        )
        for column in table.columns
    )
    return replace(table, columns=columns, required=False, adds_up=False)


CHANGE_TABLES = tuple(_as_changes(table) for table in TABLES if table.record is not None)
"""What is new or different: a row changes the one with its key, or is a new one."""

ACTUALS_TABLES = (*RESULT_TABLES, *CHANGE_TABLES)
