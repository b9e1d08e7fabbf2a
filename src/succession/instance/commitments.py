"""What commitments use of every limit before anything new does (model.md, section 4)."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from succession.domain import Activity, Commitment, Employee, Scenario

__all__ = ["CommittedUse", "allowed_sessions", "committed_use", "periods_underway"]


@dataclass(frozen=True)
class CommittedUse:
    """Use by commitments alone: counts by key, money by Budgets row, and their cost."""

    starts: Counter[tuple[str, int]]
    sessions: dict[tuple[str, int], int]
    resources: Counter[tuple[str, int]]
    away: Counter[tuple[str, int]]
    budgets: tuple[float, ...]
    learning_cost: float
    session_cost: float
    hours: dict[str, dict[int, float]]
    at_once: dict[str, Counter[int]]


def periods_underway(activity: Activity, start: int, horizon: int) -> range:
    """The periods 1…T in which an activity started in `start` is underway."""
    return range(max(1, start), min(horizon, start + activity.duration - 1) + 1)


def allowed_sessions(scenario: Scenario) -> dict[tuple[str, int], int]:
    """Sessions that the calendar allows by (activity, period); activities without rows absent."""
    allowed: Counter[tuple[str, int]] = Counter()
    for row in scenario.sessions:
        allowed[row.activity, row.period] += row.sessions
    return dict(allowed)


def committed_use(scenario: Scenario) -> CommittedUse:
    """Sum up what the commitments use of every shared and personal limit."""
    starts: Counter[tuple[str, int]] = Counter()
    resources: Counter[tuple[str, int]] = Counter()
    away: Counter[tuple[str, int]] = Counter()
    hours: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    at_once: dict[str, Counter[int]] = defaultdict(Counter)
    horizon = scenario.settings.periods
    for row, activity, employee in _resolved(scenario):
        if row.start >= 1:
            starts[row.activity, row.start] += 1
        for period in periods_underway(activity, row.start, horizon):
            hours[row.employee][period] += activity.hours
            at_once[row.employee][period] += 1
            if activity.resource is not None:
                resources[activity.resource, period] += 1
            if activity.away and employee.unit is not None:
                away[employee.unit, period] += 1
    sessions = _sessions_needed(scenario, starts)
    return CommittedUse(
        starts=starts,
        sessions=sessions,
        resources=resources,
        away=away,
        budgets=_charged(scenario, sessions),
        learning_cost=math.fsum(a.cost for row, a, _ in _resolved(scenario) if row.start >= 1),
        session_cost=math.fsum(
            scenario.activity_by_id[activity].session_cost * held
            for (activity, _), held in sessions.items()
        ),
        hours=hours,
        at_once=at_once,
    )


def _resolved(scenario: Scenario) -> Iterator[tuple[Commitment, Activity, Employee]]:
    for row in scenario.commitments:
        yield row, scenario.activity_by_id[row.activity], scenario.employee_by_id[row.employee]


def _sessions_needed(
    scenario: Scenario, starts: Counter[tuple[str, int]]
) -> dict[tuple[str, int], int]:
    """`n0` of section 5: the sessions that commitments alone need, as far as allowed."""
    allowed = allowed_sessions(scenario)
    with_rows = {activity for activity, _ in allowed}
    needed: dict[tuple[str, int], int] = {}
    for (activity_id, period), count in sorted(starts.items()):
        seats = scenario.activity_by_id[activity_id].seats
        if seats is None:
            continue
        limit = allowed.get((activity_id, period), 0) if activity_id in with_rows else 1
        held = min(-(-count // seats) if seats else limit, limit)
        if held:
            needed[activity_id, period] = held
    return needed


def _charged(scenario: Scenario, sessions: dict[tuple[str, int], int]) -> tuple[float, ...]:
    """Money of commitments and of the sessions that they need, by Budgets row."""
    rows: dict[tuple[str, str | None], list[int]] = defaultdict(list)
    for number, budget in enumerate(scenario.budgets):
        rows[budget.pool, budget.unit].append(number)
    money: list[list[float]] = [[] for _ in scenario.budgets]

    def charge(pool: str | None, units: set[str | None], period: int, amount: float) -> None:
        for number in (n for unit in units for n in rows.get((pool or "", unit), ())):
            budget = scenario.budgets[number]
            if budget.from_period <= period <= budget.to_period:
                money[number].append(amount)

    for row, activity, employee in _resolved(scenario):
        if row.start >= 1:
            charge(activity.pool, {None, employee.unit}, row.start, activity.cost)
    for (activity_id, period), held in sessions.items():
        activity = scenario.activity_by_id[activity_id]
        charge(activity.pool, {None}, period, activity.session_cost * held)
    return tuple(math.fsum(amounts) for amounts in money)
