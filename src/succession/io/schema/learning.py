"""Activities, when they are offered, what they need and give."""

from __future__ import annotations

from succession.domain import Activity, Outcome, Prerequisite, Session
from succession.io.schema.columns import Column, Table
from succession.io.schema.makers import (
    amount_column,
    choice_column,
    id_column,
    level_column,
    period_column,
    ref_column,
    share_column,
    text_column,
    whole_column,
    yesno_column,
)

__all__ = ["LEARNING"]

LEARNING: tuple[Table, ...] = (
    Table(
        "Activities",
        Activity,
        "What people can do to learn.",
        (
            id_column("activity", "the activity's id"),
            text_column("name", "its name"),
            choice_column(
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
            whole_column("duration", "how long it takes", 1, low=1, unit="periods"),
            Column(
                "hours",
                "hours",
                "hours it takes while underway",
                "value",
                0.0,
                unit="hours a period",
                low=0,
            ),
            amount_column("cost", "cost of one learner"),
            ref_column("pool", "Budgets", "budget that pays; blank: none", optional=True),
            whole_column("seats", "seats of a session; blank: no limit", None, unit="seats"),
            whole_column("min_seats", "fewest learners of a session", 0, unit="seats"),
            amount_column("session_cost", "cost of one session"),
            ref_column("resource", "Resources", "resource it uses; blank: none", optional=True),
            yesno_column("away", "whether learners are away from their unit"),
            share_column("pass_rate", "share of learners who pass", 1.0),
        ),
        ("activity",),
    ),
    Table(
        "Sessions",
        Session,
        "When an activity is offered; rows of one activity and period add up.",
        (
            ref_column("activity", "Activities", "which activity"),
            period_column("period", "when", span="left_out", required=True),
            whole_column("sessions", "sessions at most; 0: not offered", 1, unit="sessions"),
        ),
        ("activity", "period"),
        adds_up=True,
    ),
    Table(
        "Prerequisites",
        Prerequisite,
        "What a learner must hold when an activity starts.",
        (
            ref_column("activity", "Activities", "which activity"),
            ref_column("competency", "Competencies", "what must be held"),
            level_column("at which level or above"),
        ),
        ("activity", "competency"),
    ),
    Table(
        "Outcomes",
        Outcome,
        "What a finished activity gives.",
        (
            ref_column("activity", "Activities", "which activity"),
            ref_column("competency", "Competencies", "what it gives"),
            level_column("at which level"),
            whole_column(
                "valid_periods", "how long it counts; blank: no end", None, low=1, unit="periods"
            ),
        ),
        ("activity", "competency"),
    ),
)
