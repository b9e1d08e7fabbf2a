"""The limits that people share (model.md, sections 4 and 5), as rows of the oracle's program.

Commitments go first: a row gives new use what they leave, and where they alone exceed the limit,
nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from math import ceil
from typing import TYPE_CHECKING

from tests.oracle.enumerate import Charge
from tests.oracle.facts import Facts
from tests.oracle.program import INFINITY

from succession.domain import Activity, Employee

if TYPE_CHECKING:
    from tests.oracle.exact import Model

__all__ = ["add_shared_limits", "committed_charges", "least_sessions"]


def add_shared_limits(model: Model) -> None:
    """Seats, sessions, class minimums, resources, away, moves out and budgets."""
    _sessions(model)
    _resources(model)
    _units(model)
    _budgets(model)


def least_sessions(facts: Facts, activity: Activity, period: int) -> int:
    """n0: sessions that commitments alone need, as far as the calendar allows them."""
    assert activity.seats is not None
    starts = facts.committed_starts[activity.activity, period]
    return min(ceil(starts / activity.seats), facts.sessions_allowed(activity, period))


def committed_charges(facts: Facts) -> list[Charge]:
    """Money that commitments take from budgets, the sessions that they need included."""
    charges = [
        Charge(row.pool, person.unit, start, row.cost)
        for person, row, start in facts.committed
        if row.pool is not None and start >= 1
    ]
    for row in facts.scenario.activities:
        if row.pool is not None and row.seats is not None:
            for period in range(1, facts.horizon + 1):
                cost = row.session_cost * least_sessions(facts, row, period)
                charges.append(Charge(row.pool, None, period, cost))
    return charges


def _limit(model: Model, uses: dict[int, float], limit: float, used: float) -> None:
    model.program.row(uses, -INFINITY, max(0.0, limit - used))


def _sessions(model: Model) -> None:
    starts: dict[tuple[str, int], dict[int, float]] = defaultdict(dict)
    for place, plan in enumerate(model.plans):
        for pair in plan.learning:
            starts[pair][place] = 1
    for activity in model.facts.scenario.activities:
        for period in range(1, model.facts.horizon + 1):
            allowed = model.facts.sessions_allowed(activity, period)
            if activity.seats is not None and allowed > 0:
                _session(model, activity, period, starts.get((activity.activity, period), {}))


def _session(model: Model, activity: Activity, period: int, starts: dict[int, float]) -> None:
    seats = activity.seats
    assert seats is not None
    allowed = model.facts.sessions_allowed(activity, period)
    taken = model.facts.committed_starts[activity.activity, period]
    first = least_sessions(model.facts, activity, period)
    name = "held", activity.activity, period
    held = model.program.variable(name, activity.session_cost, first, allowed)
    if activity.pool is not None:
        charge = Charge(activity.pool, None, period, activity.session_cost)
        model.charged[held].append(charge)
    if taken > seats * allowed:
        model.program.row(starts, 0, 0)
    else:
        model.program.row({**starts, held: -seats}, -INFINITY, -taken)
    least = -taken - activity.min_seats * first
    model.program.row({**starts, held: -activity.min_seats}, least, INFINITY)


def _resources(model: Model) -> None:
    scenario = model.facts.scenario
    capacity: dict[tuple[str, int | None], int] = {
        (row.resource, row.period): row.capacity for row in scenario.resources
    }
    for resource in sorted({row.resource for row in scenario.activities if row.resource}):
        for period in range(1, model.facts.horizon + 1):
            limit = capacity.get((resource, period), capacity.get((resource, None), 0))

            def uses(_: Employee, row: Activity, name: str = resource) -> bool:
                return row.resource == name

            _underway(model, period, uses, limit)


def _underway(
    model: Model, period: int, counts: Callable[[Employee, Activity], bool], limit: int
) -> None:
    """A limit on the enrolments underway in a period that count."""
    scenario = model.facts.scenario
    taken = sum(
        counts(person, row) and start <= period < start + row.duration
        for person, row, start in model.facts.committed
    )
    new: dict[int, float] = {}
    for place, plan in enumerate(model.plans):
        person = scenario.employee_by_id[plan.employee]
        rows = [(scenario.activity_by_id[name], start) for name, start in plan.learning]
        use = sum(counts(person, row) and s <= period < s + row.duration for row, s in rows)
        if use:
            new[place] = use
    _limit(model, new, limit, taken)


def _units(model: Model) -> None:
    """Away, and moves out."""
    for unit in model.facts.scenario.units:
        for period in range(1, model.facts.horizon + 1):
            if unit.max_away is not None:

                def away(person: Employee, row: Activity, name: str = unit.unit) -> bool:
                    return row.away and person.unit == name

                _underway(model, period, away, unit.max_away)
            if unit.max_moves_out is not None:
                moves = _moves_out(model, unit.unit, period)
                _limit(model, dict.fromkeys(moves, 1.0), unit.max_moves_out, 0)


def _moves_out(model: Model, unit: str, period: int) -> list[int]:
    people = model.facts.scenario.employee_by_id
    return [
        place
        for place, plan in enumerate(model.plans)
        if plan.target
        and plan.target.kind != "standby"
        and plan.target.period == period
        and people[plan.employee].unit == unit
        and plan.target.seat[1] != unit
    ]


def _budgets(model: Model) -> None:
    already = committed_charges(model.facts)
    for row in model.facts.scenario.budgets:

        def counted(charge: Charge, pool: str = row.pool, unit: str | None = row.unit) -> bool:
            return charge.pool == pool and (unit is None or charge.unit == unit)

        first, last = row.from_period, row.to_period
        uses: dict[int, float] = defaultdict(float)
        for place, charges in model.charged.items():
            for charge in charges:
                if counted(charge) and first <= charge.period <= last:
                    uses[place] += charge.amount
        spent = sum(c.amount for c in already if counted(c) and first <= c.period <= last)
        # `held` counts the sessions that commitments need too: those are in `spent` already.
        paid = sum(use * model.program.lower[place] for place, use in uses.items())
        model.program.row(dict(uses), -INFINITY, max(0.0, row.amount - spent) + paid)
