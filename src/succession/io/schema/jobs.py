"""Competencies, roles, what they require, and units."""

from __future__ import annotations

from succession.domain import Competency, Requirement, Role, Unit
from succession.io.schema.columns import Column, Table
from succession.io.schema.makers import (
    amount_column,
    choice_column,
    id_column,
    level_column,
    ref_column,
    text_column,
    whole_column,
)

__all__ = ["JOBS"]

JOBS: tuple[Table, ...] = (
    Table(
        "Competencies",
        Competency,
        "Skills, certifications and experience. Missing or empty: those named elsewhere count.",
        (
            id_column("competency", "the competency's id"),
            text_column("name", "its name"),
            choice_column("kind", "what it is", "skill", "certification", "experience"),
            Column("levels", "whole", "top level", "rule", rule="5; certification 1", low=1),
        ),
        ("competency",),
    ),
    Table(
        "Roles",
        Role,
        "The jobs, and what it costs to fill or not to fill them.",
        (
            id_column("role", "the role's id"),
            text_column("title", "its title"),
            text_column("family", "the job family it belongs to"),
            whole_column("grade", "its grade", None, low=None),
            amount_column("external_cost", "cost of a hire; blank: cannot be hired", blank=True),
            whole_column("external_lead", "periods that a hire takes", 0, unit="periods"),
            Column(
                "vacancy_cost",
                "amount",
                "cost of an empty seat",
                "value",
                0.0,
                unit="money a period",
                low=0,
            ),
            amount_column(
                "unfilled_cost",
                "cost of a seat left open; blank: may not stay unfilled",
                blank=True,
            ),
            amount_column(
                "backfill_cost",
                "cost of filling the seat that a mover leaves",
                rule="external_cost, or 0",
            ),
            amount_column(
                "replacement_cost", "cost of replacing a leaver", rule="external_cost, or 0"
            ),
        ),
        ("role",),
        required=True,
    ),
    Table(
        "Requirements",
        Requirement,
        "What a role asks for.",
        (
            ref_column("role", "Roles", "which role"),
            ref_column("competency", "Competencies", "what it asks for"),
            level_column("at which level or above"),
        ),
        ("role", "competency"),
    ),
    Table(
        "Units",
        Unit,
        "Departments and their limits. Missing or empty: those named elsewhere count.",
        (
            id_column("unit", "the unit's id"),
            text_column("name", "its name"),
            whole_column(
                "max_away", "learners away at once; blank: no limit", None, unit="learners"
            ),
            whole_column(
                "max_moves_out", "people who may leave it; blank: no limit", None, unit="a period"
            ),
        ),
        ("unit",),
    ),
)
