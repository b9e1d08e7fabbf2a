"""The shared limits as rows, and the decisions that are no person's: hires, sessions, seats.

A row is `lower ≤ Σ coefficient x ≤ upper`; its capacity is already net of commitments
(model.md, sections 4 and 5). Pathways add coefficients to rows by their activity starts and by
their target; the fixed variables below are the master's own.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field

from succession.domain import RuleId, Scenario
from succession.instance.commitments import CommittedUse, allowed_sessions

__all__ = ["Limits", "Row", "Variable", "build_limits"]

RowKey = tuple[RuleId, str, int]


@dataclass(frozen=True, slots=True)
class Row:
    """One shared limit; `key` is the opening, activity, resource, unit or budget row, `period` 0
    where the limit is not of one period."""

    rule: RuleId
    key: str
    period: int
    lower: float
    upper: float


@dataclass(frozen=True, slots=True)
class Variable:
    """An integer decision of the master: 0 ≤ x ≤ upper, with its cost and row coefficients."""

    kind: str
    key: str
    period: int
    cost: float
    upper: float
    rows: tuple[tuple[int, float], ...]


@dataclass
class Limits:
    """Rows by index and key, and the fixed variables over them.

    `budgets`: (first period, last period, row) of the Budgets rows of each pool and unit.
    """

    rows: list[Row] = field(default_factory=list)
    index: dict[RowKey, int] = field(default_factory=dict)
    variables: list[Variable] = field(default_factory=list)
    budgets: dict[tuple[str, str | None], list[tuple[int, int, int]]] = field(default_factory=dict)
    constant: float = 0.0

    def add(self, row: Row) -> int:
        """Append a row and return its index."""
        number = len(self.rows)
        self.rows.append(row)
        self.index[row.rule, row.key, row.period] = number
        return number

    def charged(self, pool: str | None, period: int, unit: str | None) -> list[int]:
        """The Budgets rows that money of `pool` in `period` for `unit` is charged to."""
        if pool is None:
            return []
        rows = list(self.budgets.get((pool, None), ()))
        if unit is not None:
            rows += self.budgets.get((pool, unit), ())
        return sorted(row for first, last, row in rows if first <= period <= last)


def build_limits(scenario: Scenario, use: CommittedUse) -> Limits:
    """Rows for every limit of section 5 and variables for hires, unfilled seats and sessions."""
    limits = Limits(constant=use.learning_cost + use.session_cost)
    _add_budgets(limits, scenario, use)
    _add_openings(limits, scenario)
    _add_resources(limits, scenario, use)
    _add_units(limits, scenario, use)
    _add_seats(limits, scenario, use)
    return limits


def hire_vacancy(vacancy_cost: float, lead: int, needed: int, horizon: int) -> float:
    """Vacancy cost of a seat hired for: v·min(max(0, 1+λ−n), T−n+1) (section 6)."""
    return vacancy_cost * min(max(0, 1 + lead - needed), horizon - needed + 1)


def _add_budgets(limits: Limits, scenario: Scenario, use: CommittedUse) -> None:
    for number, budget in enumerate(scenario.budgets):
        left = max(0.0, budget.amount - use.budgets[number])
        row = limits.add(Row(RuleId.BUDGETS, str(number), 0, -math.inf, left))
        own = limits.budgets.setdefault((budget.pool, budget.unit), [])
        own.append((budget.from_period, budget.to_period, row))


def _add_openings(limits: Limits, scenario: Scenario) -> None:
    settings = scenario.settings
    for o in scenario.openings:
        row = limits.add(Row(RuleId.OPENINGS, o.opening, 0, o.seats, o.seats))
        p = 1.0 if settings.backfill == "chain" else o.probability
        if o.external_cost is not None:
            cost = p * (
                o.external_cost
                + hire_vacancy(o.vacancy_cost, o.external_lead, o.needed, settings.periods)
            )
            charged = limits.charged(settings.external_pool, o.needed, o.unit)
            money = tuple((number, p * o.external_cost) for number in charged)
            limits.variables.append(
                Variable("hire", o.opening, 0, cost, o.seats, ((row, 1.0), *money))
            )
        if o.unfilled_cost is not None:
            limits.variables.append(
                Variable("unfilled", o.opening, 0, p * o.unfilled_cost, o.seats, ((row, 1.0),))
            )
        if o.bench:
            limits.add(Row(RuleId.BENCH, o.opening, 0, -math.inf, o.bench))
            limits.constant += o.bench * settings.bench_shortage_cost


def _add_resources(limits: Limits, scenario: Scenario, use: CommittedUse) -> None:
    capacity: dict[tuple[str, int | None], int] = {
        (row.resource, row.period): row.capacity for row in scenario.resources
    }
    named = sorted({a.resource for a in scenario.activities if a.resource is not None})
    for resource in named:
        for period in range(1, scenario.settings.periods + 1):
            total = capacity.get((resource, period), capacity.get((resource, None), 0))
            left = max(0, total - use.resources[resource, period])
            limits.add(Row(RuleId.RESOURCES, resource, period, -math.inf, left))


def _add_units(limits: Limits, scenario: Scenario, use: CommittedUse) -> None:
    for unit in scenario.units:
        for period in range(1, scenario.settings.periods + 1):
            if unit.max_away is not None:
                left = max(0, unit.max_away - use.away[unit.unit, period])
                limits.add(Row(RuleId.AWAY, unit.unit, period, -math.inf, left))
            if unit.max_moves_out is not None:
                limits.add(Row(RuleId.MOVES_OUT, unit.unit, period, -math.inf, unit.max_moves_out))


def _add_seats(limits: Limits, scenario: Scenario, use: CommittedUse) -> None:
    allowed = allowed_sessions(scenario)
    with_rows = {activity for activity, _ in allowed}
    for activity in scenario.activities:
        if activity.seats is None:
            continue
        for period in range(1, scenario.settings.periods - activity.duration + 2):
            key = (activity.activity, period)
            sessions = allowed.get(key, 0) if activity.activity in with_rows else 1
            taken = use.starts[key]
            if sessions == 0 or activity.seats * sessions <= taken:
                continue
            if activity.session_cost == 0 and activity.min_seats == 0:
                left = activity.seats * sessions - taken
                limits.add(Row(RuleId.SEATS, *key, -math.inf, left))
            else:
                _add_sessions(limits, scenario, use, key, sessions)


def _add_sessions(
    limits: Limits, scenario: Scenario, use: CommittedUse, key: tuple[str, int], allowed: int
) -> None:
    """Sessions beyond those that commitments need, each with seats, a cost and a minimum."""
    activity = scenario.activity_by_id[key[0]]
    assert activity.seats is not None
    taken, held = use.starts[key], use.sessions.get(key, 0)
    seats_left = activity.seats * held - taken
    row = limits.add(Row(RuleId.SEATS, *key, -math.inf, max(0, seats_left)))
    coefficients = [(row, -float(activity.seats))]
    if activity.min_seats:
        minimum = limits.add(Row(RuleId.MIN_SEATS, *key, -math.inf, taken))
        coefficients.append((minimum, float(activity.min_seats)))
    charged = limits.charged(activity.pool, key[1], None)
    coefficients += [(number, activity.session_cost) for number in charged]
    limits.variables.append(
        Variable("session", *key, activity.session_cost, allowed - held, tuple(coefficients))
    )
