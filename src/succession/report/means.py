"""Tables about means: costs, activities and sessions, budgets, resources and other limits."""

from __future__ import annotations

from dataclasses import asdict

from succession.domain.rules import RuleId
from succession.report.columns import Table
from succession.report.reading import Reading
from succession.report.rows import ActivityRow, BudgetRow, CostRow, LimitRow
from succession.verify.limits import (
    budget_limits,
    learning_limits,
    move_limits,
    start_counts,
)

__all__ = ["activities_table", "budgets_table", "costs_table", "limits_table"]

_MEANINGS = {
    "learning": "activities, for each learner",
    "sessions": "sessions held",
    "moves": "moves that are expected to come true",
    "external": "hires, and hires for placements that fail",
    "vacancy": "periods in which a seat stays empty",
    "unfilled": "seats that nobody fills",
    "backfill": "replacing those who move",
    "bench": "standbys that are missing or may fail",
    "interest": "targets that people are less keen on",
    "change": "changes against the previous plan",
    "retention": "people who stay because they move (a gain)",
}

_LIMITS = {
    RuleId.RESOURCES: "Resource: learners at once",
    RuleId.AWAY: "Unit: learners away",
    RuleId.MOVES_OUT: "Unit: moves out",
}


def costs_table(reading: Reading) -> Table[CostRow]:
    """The parts of the plan's cost."""
    rows = [
        CostRow(part.capitalize(), _MEANINGS[part], amount)
        for part, amount in asdict(reading.plan.costs).items()
    ]
    return Table("Costs", "Costs", "The parts of the plan's cost.", CostRow, rows)


def activities_table(reading: Reading) -> Table[ActivityRow]:
    """Starts of every activity by period, with sessions and the seats used of those held."""
    starts = start_counts(reading.ledger)
    rows = []
    for name, period in sorted(starts.keys() | reading.ledger.sessions.keys()):
        activity = reading.scenario.activity_by_id[name]
        used = sum(starts.get((name, period), (0, 0)))
        held = reading.ledger.sessions.get((name, period), 0)
        seats = None if activity.seats is None else activity.seats * held
        rows.append(
            ActivityRow(
                activity=name,
                title=activity.name,
                kind=activity.kind,
                period=reading.label(period),
                sessions=None if seats is None else held,
                seats=seats,
                starts=used,
                share=used / seats if seats else None,
                session_cost=held * activity.session_cost,
                cost=used * activity.cost,
            )
        )
    return Table(
        "Activities",
        "Activities and sessions",
        "Who is to run what, when: sessions held and the seats used in them.",
        ActivityRow,
        rows,
    )


def budgets_table(reading: Reading) -> Table[BudgetRow]:
    """Every budget row with what is charged to it."""
    limits = budget_limits(reading.facts, reading.ledger, reading.prospects)
    rows = []
    for budget, limit in zip(reading.scenario.budgets, limits, strict=True):
        used = limit.committed + limit.new
        rows.append(
            BudgetRow(
                pool=budget.pool,
                unit=reading.unit(budget.unit) or "everyone",
                start=reading.label(budget.from_period),
                end=reading.label(budget.to_period),
                amount=budget.amount,
                used=used,
                left=budget.amount - used,
                share=used / budget.amount if budget.amount else None,
            )
        )
    return Table("Budgets", "Budgets", "What the plan charges to each budget.", BudgetRow, rows)


def limits_table(reading: Reading) -> Table[LimitRow]:
    """Resources, away places and moves out of units, in the periods in which they are used."""
    limits = [
        *learning_limits(reading.facts, reading.ledger),
        *move_limits(reading.facts, reading.ledger),
    ]
    rows = [
        LimitRow(
            limit=_LIMITS[limit.rule],
            name=limit.who,
            period=limit.when,
            used=round(limit.committed + limit.new),
            allowed=round(limit.limit),
            share=(limit.committed + limit.new) / limit.limit if limit.limit else None,
        )
        for limit in limits
        if limit.rule in _LIMITS
    ]
    return Table(
        "Limits",
        "Resources and limits",
        "Hosts, learners away and moves out of units, where the plan uses them.",
        LimitRow,
        rows,
    )
