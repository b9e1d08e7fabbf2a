"""The one description of every table (scenario.md): reading, template and docs follow it."""

from __future__ import annotations

from collections.abc import Mapping

from succession.domain import (
    Activity,
    Budget,
    Candidate,
    CareerPath,
    Commitment,
    Competency,
    Employee,
    Group,
    Interest,
    Opening,
    Outcome,
    Prerequisite,
    Profile,
    Requirement,
    Resource,
    Role,
    Session,
    Unit,
)
from succession.io.schema.columns import Column, Default, Edge, Span, Table

__all__ = ["COVER_SHEET", "SETTINGS_TABLE", "TABLES", "TABLE_BY_SHEET"]


def _id(name: str, help: str) -> Column:
    return Column(name, "id", help, blank="required")


def _ref(name: str, table: str, help: str, *, optional: bool = False) -> Column:
    return Column(name, "id", help, blank="blank" if optional else "required", table=table)


def _text(name: str, help: str) -> Column:
    return Column(name, "text", help, blank="value", default="")


def _amount(
    name: str, help: str, *, rule: str = "", blank: bool = False, none_word: bool = False
) -> Column:
    if rule or blank:
        how: Default = "rule" if rule else "blank"
        return Column(
            name, "amount", help, how, rule=rule, unit="money", low=0, none_word=none_word
        )
    return Column(name, "amount", help, "value", 0.0, unit="money", low=0)


def _whole(
    name: str, help: str, default: int | None, *, low: float | None = 0, unit: str = ""
) -> Column:
    blank: Default = "blank" if default is None else "value"
    return Column(name, "whole", help, blank, default, unit=unit, low=low)


def _level(help: str = "the level") -> Column:
    return _whole("level", help, 1, low=1)


def _share(name: str, help: str, default: float, unit: str = "share") -> Column:
    return Column(name, "share", help, "value", default, unit=unit, low=0, high=1)


def _yesno(name: str, help: str) -> Column:
    return Column(name, "yesno", help, "value", False)


def _choice(name: str, help: str, *choices: str) -> Column:
    return Column(name, "choice", help, "value", choices[0], choices=choices)


def _period(
    name: str,
    help: str,
    *,
    span: Span = "anywhere",
    edge: Edge = "first",
    default: int | None = None,
    rule: str = "",
    required: bool = False,
    field: str = "",
) -> Column:
    blank: Default = (
        "required" if required else "rule" if rule else "blank" if default is None else "value"
    )
    return Column(
        name,
        "period",
        help,
        blank,
        default,
        rule=rule,
        unit="period",
        edge=edge,
        span=span,
        field=field,
    )


SETTINGS_TABLE = Table(
    "Settings",
    None,
    "One setting a row; a setting that is not there takes its default.",
    (
        Column("key", "id", "which setting", blank="required"),
        Column("value", "text", "its value"),
    ),
    ("key",),
    required=True,
    notes=("meaning",),
)

_PEOPLE = (
    Table(
        "Employees",
        Employee,
        "The people who may be developed and placed.",
        (
            _id("employee", "the employee's id"),
            _text("name", "the employee's name"),
            _ref("role", "Roles", "the role they have now"),
            _ref("unit", "Units", "the unit they belong to", optional=True),
            Column(
                "hours",
                "hours",
                "hours they may learn",
                "rule",
                rule="hours_per_period of Settings",
                unit="hours a period",
                low=0,
            ),
            _share("leaving_risk", "the chance that they leave", 0.0, "share a year"),
            _period("available_from", "first period in which they are there", default=1),
            _period(
                "available_to",
                "last period in which they are there",
                edge="last",
                rule="the last period, T",
            ),
            _period("move_from", "first period in which they may be placed", default=1),
        ),
        ("employee",),
        required=True,
    ),
    Table(
        "Profiles",
        Profile,
        "What people hold already, and how long it is valid.",
        (
            _ref("employee", "Employees", "who holds it"),
            _ref("competency", "Competencies", "what they hold"),
            _level("at which level"),
            _period("valid_from", "first period in which it counts; blank: no limit"),
            _period("valid_to", "last period in which it counts; blank: no limit", edge="last"),
        ),
        ("employee", "competency", "level", "valid_from"),
    ),
)

_JOBS = (
    Table(
        "Competencies",
        Competency,
        "Skills, certifications and experience. Missing or empty: those named elsewhere count.",
        (
            _id("competency", "the competency's id"),
            _text("name", "its name"),
            _choice("kind", "what it is", "skill", "certification", "experience"),
            Column("levels", "whole", "top level", "rule", rule="5; certification 1", low=1),
        ),
        ("competency",),
    ),
    Table(
        "Roles",
        Role,
        "The jobs, and what it costs to fill or not to fill them.",
        (
            _id("role", "the role's id"),
            _text("title", "its title"),
            _text("family", "the job family it belongs to"),
            _whole("grade", "its grade", None, low=None),
            _amount("external_cost", "cost of a hire; blank: cannot be hired", blank=True),
            _whole("external_lead", "periods that a hire takes", 0, unit="periods"),
            Column(
                "vacancy_cost",
                "amount",
                "cost of an empty seat",
                "value",
                0.0,
                unit="money a period",
                low=0,
            ),
            _amount(
                "unfilled_cost",
                "cost of a seat left open; blank: may not stay unfilled",
                blank=True,
            ),
            _amount(
                "backfill_cost",
                "cost of filling the seat that a mover leaves",
                rule="external_cost, or 0",
            ),
            _amount("replacement_cost", "cost of replacing a leaver", rule="external_cost, or 0"),
        ),
        ("role",),
        required=True,
    ),
    Table(
        "Requirements",
        Requirement,
        "What a role asks for.",
        (
            _ref("role", "Roles", "which role"),
            _ref("competency", "Competencies", "what it asks for"),
            _level("at which level or above"),
        ),
        ("role", "competency"),
    ),
    Table(
        "Units",
        Unit,
        "Departments and their limits. Missing or empty: those named elsewhere count.",
        (
            _id("unit", "the unit's id"),
            _text("name", "its name"),
            _whole("max_away", "learners away at once; blank: no limit", None, unit="learners"),
            _whole(
                "max_moves_out", "people who may leave it; blank: no limit", None, unit="a period"
            ),
        ),
        ("unit",),
    ),
)

_MOVES = (
    Table(
        "CareerPaths",
        CareerPath,
        "Which role may follow which; a path from a role to itself is a transfer.",
        (
            _ref("from_role", "Roles", "the role that people leave"),
            _ref("to_role", "Roles", "the role that they take"),
            _choice("kind", "up or across", "ladder", "lattice"),
            _amount("move_cost", "cost of the move"),
        ),
        ("from_role", "to_role"),
    ),
    Table(
        "Openings",
        Opening,
        "The seats to fill.",
        (
            _id("opening", "the opening's id"),
            _ref("role", "Roles", "which role it is"),
            _ref("unit", "Units", "in which unit", optional=True),
            _period("needed", "from when it must be filled", span="in_horizon", required=True),
            _whole("seats", "how many people are wanted", 1, low=1, unit="seats"),
            _share("probability", "the chance that it comes about", 1.0),
            _whole("max_delay", "periods that a placement may come late", 0, unit="periods"),
            _whole("bench", "standbys wanted", 0, unit="standbys"),
            _ref("incumbent", "Employees", "who sits there now", optional=True),
            _yesno("nominated_only", "whether only people in Candidates may take it"),
            _amount(
                "external_cost",
                "cost of a hire; none: not allowed",
                rule="the role's",
                none_word=True,
            ),
            Column(
                "external_lead",
                "whole",
                "periods that a hire takes",
                "rule",
                rule="the role's",
                unit="periods",
                low=0,
            ),
            Column(
                "vacancy_cost",
                "amount",
                "cost of an empty seat",
                "rule",
                rule="the role's",
                unit="money a period",
                low=0,
            ),
            _amount(
                "unfilled_cost",
                "cost of a seat left open; none: not allowed",
                rule="the role's",
                none_word=True,
            ),
        ),
        ("opening",),
        required=True,
    ),
    Table(
        "Candidates",
        Candidate,
        "Who is named for an opening, or kept out of it.",
        (
            _ref("opening", "Openings", "which opening"),
            _ref("employee", "Employees", "who"),
            _choice("status", "their standing", "nominate", "exclude", "require", "standby"),
            _period("period", "with require: when they are placed", span="left_out"),
            _amount("move_cost", "cost of the move; blank: the career path's, or 0", blank=True),
        ),
        ("opening", "employee"),
    ),
    Table(
        "Interests",
        Interest,
        "What people want to become. No row means 1.",
        (
            _ref("employee", "Employees", "who"),
            _ref("role", "Roles", "which role"),
            Column(
                "interest",
                "whole",
                "0 not interested, 1 open, 2 interested, 3 aspires",
                "required",
                low=0,
                high=3,
            ),
        ),
        ("employee", "role"),
    ),
)

_LEARNING = (
    Table(
        "Activities",
        Activity,
        "What people can do to learn.",
        (
            _id("activity", "the activity's id"),
            _text("name", "its name"),
            _choice(
                "kind",
                "what it is",
                "course",
                "workshop",
                "e-learning",
                "coaching",
                "mentoring",
                "project",
                "rotation",
                "certification",
                "programme",
            ),
            _whole("duration", "how long it takes", 1, low=1, unit="periods"),
            Column(
                "hours",
                "hours",
                "hours it takes while underway",
                "value",
                0.0,
                unit="hours a period",
                low=0,
            ),
            _amount("cost", "cost of one learner"),
            _ref("pool", "Budgets", "budget that pays; blank: none", optional=True),
            _whole("seats", "seats of a session; blank: no limit", None, unit="seats"),
            _whole("min_seats", "fewest learners of a session", 0, unit="seats"),
            _amount("session_cost", "cost of one session"),
            _ref("resource", "Resources", "resource it uses; blank: none", optional=True),
            _yesno("away", "whether learners are away from their unit"),
            _share("pass_rate", "share of learners who pass", 1.0),
        ),
        ("activity",),
    ),
    Table(
        "Sessions",
        Session,
        "When an activity is offered; rows of one activity and period add up.",
        (
            _ref("activity", "Activities", "which activity"),
            _period("period", "when", span="left_out", required=True),
            _whole("sessions", "sessions at most; 0: not offered", 1, unit="sessions"),
        ),
        ("activity", "period"),
        adds_up=True,
    ),
    Table(
        "Prerequisites",
        Prerequisite,
        "What a learner must hold when an activity starts.",
        (
            _ref("activity", "Activities", "which activity"),
            _ref("competency", "Competencies", "what must be held"),
            _level("at which level or above"),
        ),
        ("activity", "competency"),
    ),
    Table(
        "Outcomes",
        Outcome,
        "What a finished activity gives.",
        (
            _ref("activity", "Activities", "which activity"),
            _ref("competency", "Competencies", "what it gives"),
            _level("at which level"),
            _whole(
                "valid_periods", "how long it counts; blank: no end", None, low=1, unit="periods"
            ),
        ),
        ("activity", "competency"),
    ),
)

_LIMITS = (
    Table(
        "Resources",
        Resource,
        "Hosts, trainers and places that activities share.",
        (
            _id("resource", "the resource's id"),
            _period("period", "when; blank: every period without a row", span="left_out"),
            Column("capacity", "whole", "learners at once", "required", unit="learners", low=0),
        ),
        ("resource", "period"),
    ),
    Table(
        "Budgets",
        Budget,
        "What a pool may spend.",
        (
            _id("pool", "the pool's id"),
            _ref("unit", "Units", "whose learners or seats; blank: everyone", optional=True),
            _period("from", "first period", default=1, field="from_period"),
            _period("to", "last period", edge="last", rule="the last period, T", field="to_period"),
            Column("amount", "amount", "what may be spent", "required", unit="money", low=0),
        ),
        ("pool", "unit", "from", "to"),
    ),
    Table(
        "Commitments",
        Commitment,
        "What people do whatever is planned.",
        (
            _ref("employee", "Employees", "who"),
            _ref("activity", "Activities", "what"),
            _period(
                "start",
                "when it starts; 0 and below: before the horizon",
                span="up_to_horizon",
                required=True,
            ),
        ),
        ("employee", "activity", "start"),
    ),
    Table(
        "Groups",
        Group,
        "For the fairness audit only; the solver never reads it.",
        (
            _ref("employee", "Employees", "who"),
            _id("attribute", "which attribute"),
            _id("value", "its value"),
        ),
        ("employee", "attribute"),
    ),
)

TABLES: tuple[Table, ...] = (
    SETTINGS_TABLE,
    *_JOBS,
    *_PEOPLE,
    *_MOVES,
    *_LEARNING,
    *_LIMITS,
)
"""Every table, in the order of scenario.md."""

COVER_SHEET = "Read me"
"""The template's first sheet: for people, never read."""

TABLE_BY_SHEET: Mapping[str, Table] = {table.sheet: table for table in TABLES}
