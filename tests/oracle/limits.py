"""The limits that people share (model.md, sections 4 and 5), as rows of the oracle's program.

Commitments go first: a row gives new use what they leave, and where they alone exceed the limit,
nothing.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from math import ceil
from typing import TYPE_CHECKING

from tests.oracle.enumerate import Charge, PersonPlan
from tests.oracle.facts import Facts
from tests.oracle.program import INFINITY

from succession.domain import Activity

if TYPE_CHECKING:
    from tests.oracle.exact import Model

__all__ = ["Use", "add_shared_limits", "committed_charges", "least_sessions", "underway"]

Use = tuple[str, str, int]
"""Which limit, whose, and the period."""


def add_shared_limits(model: Model) -> None:
    """Seats, sessions, class minimums, resources, away, moves out and budgets."""
    _sessions(model)
    _places(model)
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
    for place, plan in model.plans.items():
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


def _places(model: Model) -> None:
    """Resources, away and moves out, each by name and period."""
    new: dict[Use, dict[int, float]] = defaultdict(dict)
    for place, plan in model.plans.items():
        for use, count in Counter(_uses(model.facts, plan)).items():
            new[use][place] = count
    taken = Counter(
        use
        for person, row, start in model.facts.committed
        for use in underway(model.facts, person.unit, row, start)
    )
    capacity = {(row.resource, row.period): row.capacity for row in model.facts.scenario.resources}
    units = {row.unit: row for row in model.facts.scenario.units}
    for use, terms in new.items():
        kind, name, period = use
        if kind == "resource":
            always = capacity.get((name, None), 0)
            limit: int | None = capacity.get((name, period), always)
        elif name not in units:
            limit = None
        else:
            limit = units[name].max_away if kind == "away" else units[name].max_moves_out
        if limit is not None:
            _limit(model, terms, limit, taken[use])


def underway(facts: Facts, unit: str | None, row: Activity, start: int) -> Iterator[Use]:
    """Resources and away places that an enrolment takes, period by period."""
    for period in range(max(1, start), min(facts.horizon, start + row.duration - 1) + 1):
        if row.resource is not None:
            yield "resource", row.resource, period
        if row.away and unit is not None:
            yield "away", unit, period


def _uses(facts: Facts, plan: PersonPlan) -> Iterator[Use]:
    person, target = facts.scenario.employee_by_id[plan.employee], plan.target
    for name, start in plan.learning:
        yield from underway(facts, person.unit, facts.scenario.activity_by_id[name], start)
    moves = target is not None and target.kind != "standby"
    if target is not None and moves and person.unit not in (None, target.seat[1]):
        yield "moves", str(person.unit), target.period


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
