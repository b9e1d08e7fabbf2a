"""The calendars and budgets of the next scenario."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from succession.domain import Budget, Resource, Session
from succession.planning.rolling.outcome import Outcome, SeatOutcome

__all__ = ["next_budgets", "next_resources", "next_sessions", "spent_on"]


def next_sessions(outcome: Outcome) -> tuple[Session, ...]:
    """The sessions to come; an activity that has none left is not offered at all."""
    over = outcome.over
    rows = [
        replace(row, period=row.period - over)
        for row in outcome.scenario.sessions
        if row.period > over
    ]
    gone = {row.activity for row in outcome.scenario.sessions} - {row.activity for row in rows}
    rows += [Session(activity, 1, 0) for activity in gone]
    return tuple(sorted(rows, key=lambda row: (row.activity, row.period)))


def next_resources(outcome: Outcome) -> tuple[Resource, ...]:
    """The capacities to come; a resource that has no row left has none."""
    over = outcome.over
    rows = [
        row if row.period is None else replace(row, period=row.period - over)
        for row in outcome.scenario.resources
        if row.period is None or row.period > over
    ]
    gone = {row.resource for row in outcome.scenario.resources} - {row.resource for row in rows}
    rows += [Resource(resource, 1, 0) for resource in gone]
    return tuple(
        sorted(rows, key=lambda row: (row.resource, row.period is not None, row.period or 0))
    )


def next_budgets(outcome: Outcome) -> tuple[Budget, ...]:
    """What is left of every budget row that reaches beyond the periods that are over.

    Rows that have come to cover the same periods are all to be kept to: the smallest stays.
    """
    found: dict[tuple[str, bool, str, int, int], Budget] = {}
    for row in outcome.scenario.budgets:
        last = row.to_period - outcome.over
        if last < 1:
            continue
        first = max(1, row.from_period - outcome.over)
        left = max(0.0, row.amount - spent_on(outcome, row))
        key = (row.pool, row.unit is not None, row.unit or "", first, last)
        before = found.get(key)
        amount = left if before is None else min(left, before.amount)
        found[key] = Budget(row.pool, row.unit, first, last, amount)
    return tuple(found[key] for key in sorted(found))


def spent_on(outcome: Outcome, row: Budget) -> float:
    """The money that the periods that are over took from a budget row: the books', or the marks'.

    Hires are charged to the period their seat is needed in, even where they were made before.
    """
    for told in outcome.actuals.spent:
        if (told.pool, told.unit, told.from_period, told.to_period) == (
            row.pool,
            row.unit,
            row.from_period,
            row.to_period,
        ):
            return told.spent
    return sum(
        charge.amount
        for charge in _charges(outcome)
        if charge.pool == row.pool
        and row.unit in (None, charge.unit)
        and row.from_period <= charge.period <= row.to_period
    )


@dataclass(frozen=True, slots=True)
class _Charge:
    """Money that really went from a pool; sessions are shared and belong to no unit."""

    pool: str
    unit: str | None
    period: int
    amount: float


def _charges(outcome: Outcome) -> Iterator[_Charge]:
    """What the marks come to (model.md, section 5, Budgets), chances having become facts."""
    scenario = outcome.scenario
    for due, result in outcome.learning:
        activity = scenario.activity_by_id[due.activity]
        began = result.mark in ("done", "failed") and due.start >= 1
        if activity.pool is not None and began:
            unit = scenario.employee_by_id[due.employee].unit
            period = due.start if result.period is None else result.period
            yield _Charge(activity.pool, unit, period, activity.cost)
    for row in outcome.actuals.sessions:
        activity = scenario.activity_by_id[row.activity]
        if activity.pool is not None:
            yield _Charge(activity.pool, None, row.period, row.held * activity.session_cost)
    for seat in outcome.seats:
        if seat.result.mark == "done":
            yield from _seat_charge(outcome, seat)
    yield from _move_charges(outcome)


def _seat_charge(outcome: Outcome, seat: SeatOutcome) -> Iterator[_Charge]:
    scenario, due = outcome.scenario, seat.due
    settings = scenario.settings
    if due.answer == "hire" and settings.external_pool is not None:
        row = (
            scenario.role_by_id[seat.role]
            if due.opening is None
            else (scenario.opening_by_id[due.opening])
        )
        yield _Charge(settings.external_pool, seat.unit, due.period, row.external_cost or 0.0)
    if due.employee is not None and settings.move_pool is not None:
        cost = _move_cost(outcome, due.employee, due.opening, seat.role)
        yield _Charge(settings.move_pool, seat.unit, due.period, cost)


def _move_charges(outcome: Outcome) -> Iterator[_Charge]:
    """Moves that the plan did not have are charged to the last period that is over."""
    pool = outcome.scenario.settings.move_pool
    for move in outcome.actuals.moves if pool is not None else ():
        cost = _move_cost(outcome, move.employee, move.opening, move.role)
        yield _Charge(pool or "", move.unit, outcome.over, cost)


def _move_cost(outcome: Outcome, employee: str, opening: str | None, role: str) -> float:
    """The candidate's own move cost, or else the career path's, or 0."""
    scenario = outcome.scenario
    for row in scenario.candidates:
        if (row.opening, row.employee) == (opening, employee) and row.move_cost is not None:
            return row.move_cost
    before = scenario.employee_by_id[employee].role
    for path in scenario.career_paths:
        if (path.from_role, path.to_role) == (before, role):
            return path.move_cost
    return 0.0
