"""Who may move where: career paths, openings, candidates, interests."""

from __future__ import annotations

from succession.domain import Candidate, CareerPath, Interest, Opening
from succession.io.schema.columns import Column, Table
from succession.io.schema.makers import (
    amount_column,
    choice_column,
    id_column,
    period_column,
    ref_column,
    share_column,
    whole_column,
    yesno_column,
)

__all__ = ["MOVES"]

MOVES: tuple[Table, ...] = (
    Table(
        "CareerPaths",
        CareerPath,
        "Which role may follow which; a path from a role to itself is a transfer.",
        (
            ref_column("from_role", "Roles", "the role that people leave"),
            ref_column("to_role", "Roles", "the role that they take"),
            choice_column("kind", "up or across", "ladder", "lattice"),
            amount_column("move_cost", "cost of the move"),
        ),
        ("from_role", "to_role"),
    ),
    Table(
        "Openings",
        Opening,
        "The seats to fill.",
        (
            id_column("opening", "the opening's id"),
            ref_column("role", "Roles", "which role it is"),
            ref_column("unit", "Units", "in which unit", optional=True),
            period_column(
                "needed", "from when it must be filled", span="in_horizon", required=True
            ),
            whole_column("seats", "how many people are wanted", 1, low=1, unit="seats"),
            share_column("probability", "the chance that it comes about", 1.0),
            whole_column("max_delay", "periods that a placement may come late", 0, unit="periods"),
            whole_column("bench", "standbys wanted", 0, unit="standbys"),
            ref_column("incumbent", "Employees", "who sits there now", optional=True),
            yesno_column("nominated_only", "whether only people in Candidates may take it"),
            amount_column(
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
            amount_column(
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
            ref_column("opening", "Openings", "which opening"),
            ref_column("employee", "Employees", "who"),
            choice_column("status", "their standing", "nominate", "exclude", "require", "standby"),
            period_column("period", "with require: when they are placed", span="left_out"),
            amount_column(
                "move_cost", "cost of the move; blank: the career path's, or 0", blank=True
            ),
        ),
        ("opening", "employee"),
    ),
    Table(
        "Interests",
        Interest,
        "What people want to become. No row means 1.",
        (
            ref_column("employee", "Employees", "who"),
            ref_column("role", "Roles", "which role"),
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
