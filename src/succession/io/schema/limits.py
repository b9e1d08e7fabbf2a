"""What is limited or decided: resources, budgets, commitments; and groups."""

from __future__ import annotations

from succession.domain import Budget, Commitment, Group, Resource
from succession.io.schema.columns import Column, Table
from succession.io.schema.makers import id_column, period_column, ref_column

__all__ = ["LIMITS"]

LIMITS: tuple[Table, ...] = (
    Table(
        "Resources",
        Resource,
        "Hosts, trainers and places that activities share.",
        (
            id_column("resource", "the resource's id"),
            period_column("period", "when; blank: every period without a row", span="left_out"),
            Column("capacity", "whole", "learners at once", "required", unit="learners", low=0),
        ),
        ("resource", "period"),
    ),
    Table(
        "Budgets",
        Budget,
        "What a pool may spend.",
        (
            id_column("pool", "the pool's id"),
            ref_column("unit", "Units", "whose learners or seats; blank: everyone", optional=True),
            period_column("from", "first period", default=1, field="from_period"),
            period_column(
                "to", "last period", edge="last", rule="the last period, T", field="to_period"
            ),
            Column("amount", "amount", "what may be spent", "required", unit="money", low=0),
        ),
        ("pool", "unit", "from", "to"),
    ),
    Table(
        "Commitments",
        Commitment,
        "What people do whatever is planned.",
        (
            ref_column("employee", "Employees", "who"),
            ref_column("activity", "Activities", "what"),
            period_column(
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
            ref_column("employee", "Employees", "who"),
            id_column("attribute", "which attribute"),
            id_column("value", "its value"),
        ),
        ("employee", "attribute"),
    ),
)
