"""The settings (scenario.md, Settings): one column description for each key."""

from __future__ import annotations

from collections.abc import Mapping

from succession.io.schema.columns import Column

__all__ = ["SETTINGS", "SETTING_BY_KEY"]

SETTINGS: tuple[Column, ...] = (
    Column(
        "name", "text", "name of the scenario", "rule", rule="the file's name without its ending"
    ),
    Column("start", "month", "a date in the first month of period 1", "required"),
    Column(
        "period",
        "choice",
        "how long a period is",
        "value",
        "quarter",
        choices=("quarter", "month"),
    ),
    Column("periods", "whole", "how many periods, T", "value", 8, unit="periods", low=1, high=60),
    Column("currency", "currency", "ISO 4217 code", "value", "EUR"),
    Column(
        "hours_per_period",
        "hours",
        "learning hours of an employee whose own are blank",
        "value",
        40.0,
        unit="hours a period",
        low=0,
    ),
    Column("max_at_once", "whole", "activities underway at once, a person", "value", 2, low=0),
    Column(
        "risk",
        "choice",
        "whether people may leave or fail in the calculation",
        "value",
        "expected",
        choices=("expected", "ignore"),
    ),
    Column(
        "interest_cost",
        "amount",
        "for each point of interest below 3",
        "value",
        0.0,
        unit="money",
        low=0,
    ),
    Column(
        "change_cost",
        "amount",
        "for each change against the previous plan",
        "value",
        0.0,
        unit="money",
        low=0,
    ),
    Column(
        "bench_shortage_cost",
        "amount",
        "for each missing standby",
        "value",
        0.0,
        unit="money",
        low=0,
    ),
    Column(
        "retention_effect",
        "share",
        "share of the leaving risk that a wanted development plan takes away",
        "value",
        0.0,
        unit="share",
        low=0,
        high=1,
    ),
    Column(
        "min_stay",
        "whole",
        "periods that a placed person must still be available for",
        "rule",
        rule="a year's periods",
        unit="periods",
        low=0,
    ),
    Column(
        "backfill",
        "choice",
        "what the seat that a mover leaves costs",
        "value",
        "cost",
        choices=("none", "cost", "chain"),
    ),
    Column(
        "external_pool", "id", "budget pool charged with hires", table="Budgets", none_word=True
    ),
    Column("move_pool", "id", "budget pool charged with moves", table="Budgets", none_word=True),
)

SETTING_BY_KEY: Mapping[str, Column] = {column.name: column for column in SETTINGS}
