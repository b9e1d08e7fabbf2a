"""What an activity start uses of the shared rows, and where it can be legal at all.

Seats, resources and budgets for everyone are the same for all people. Away limits and budgets of a
unit depend on the learner's unit: units that have any are *unit classes*; class 0 is everyone else.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from succession.domain import RuleId, Scenario
from succession.instance.commitments import allowed_sessions
from succession.instance.limits import Limits

__all__ = ["Starts", "build_starts"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
TOLERANCE = 1e-9
ANY = 1 << 20


@dataclass(frozen=True)
class Starts:
    """`common` (activity × (T+2) + period, row): use by anyone's start; `open` (activity, period):
    whether it can be legal for anyone.

    By unit class: `away_row` (class, period), −1 where nothing limits, and `away_room`, how many
    can be away; `purses`: (class, pool,
    first period, last period, row) of each unit budget; `most` (class, pool, period): the dearest
    activity that they leave room for. `away` and `pool` are by activity (pool 0: no money).
    """

    horizon: int
    common: sparse.csr_matrix
    open: Bools
    cost: Floats
    duration: Ints
    away: Bools
    pool: Ints
    unit_class: dict[str, int]
    away_row: Ints
    away_room: Ints
    purses: Ints
    most: Floats

    def uses(self, unit: int, activity: int, period: int) -> Iterator[tuple[int, float]]:
        """(row, coefficient) of a start by someone of a unit class."""
        line = activity * (self.horizon + 2) + period
        begin, end = self.common.indptr[line], self.common.indptr[line + 1]
        for row, value in zip(
            self.common.indices[begin:end], self.common.data[begin:end], strict=True
        ):
            yield int(row), float(value)
        if self.away[activity]:
            for row in self.away_row[unit, period : period + self.duration[activity]]:
                if row >= 0:
                    yield int(row), 1.0
        if self.cost[activity] > 0:
            own = slice(*np.searchsorted(self.purses[:, 0], [unit, unit + 1]))
            for _, pool, first, last, row in self.purses[own].tolist():
                if pool == self.pool[activity] and first <= period <= last:
                    yield row, float(self.cost[activity])

    def spending(self, purse: int, starts: Iterable[tuple[int, int]]) -> float:
        """What (activity, period) starts of its unit spend of a purse (currency)."""
        _, pool, first, last, _ = self.purses[purse].tolist()
        return math.fsum(
            float(self.cost[activity])
            for activity, period in starts
            if self.pool[activity] == pool and first <= period <= last
        )


def build_starts(scenario: Scenario, limits: Limits) -> Starts:
    """What starts use, from the rows in `limits`."""
    horizon = scenario.settings.periods
    activities = scenario.activities
    pools = sorted({a.pool for a in activities if a.pool is not None and a.cost > 0})
    pool_number = {pool: k + 1 for k, pool in enumerate(pools)}
    special = {b.unit for b in scenario.budgets if b.unit is not None}
    special |= {limit.key for limit in limits.rows if limit.rule is RuleId.AWAY}
    unit_class = {unit: k + 1 for k, unit in enumerate(sorted(special))}
    common, legal = _common(scenario, limits)
    away_row = np.full((len(unit_class) + 1, horizon + 2), -1, dtype=np.int64)
    for number, limit in enumerate(limits.rows):
        if limit.rule is RuleId.AWAY:
            away_row[unit_class[limit.key], limit.period] = number
    upper = np.array([limit.upper for limit in limits.rows] + [math.inf])
    purses = sorted(
        (unit_class[name], pool_number[purse], max(first, 1), min(last, horizon), row)
        for (purse, name), rows in limits.budgets.items()
        if name is not None and purse in pool_number
        for first, last, row in rows
    )
    most = np.full((len(unit_class) + 1, len(pools) + 1, horizon + 2), math.inf)
    for unit, pool, first, last, row in purses:
        left = upper[row] + TOLERANCE * max(1.0, upper[row])
        most[unit, pool, first : last + 1] = np.minimum(most[unit, pool, first : last + 1], left)
    return Starts(
        horizon=horizon,
        common=common,
        open=legal,
        cost=np.array([a.cost for a in activities], dtype=np.float64),
        duration=np.array([a.duration for a in activities], dtype=np.int64),
        away=np.array([a.away for a in activities], dtype=np.bool_),
        pool=np.array(
            [pool_number[a.pool] if a.pool and a.cost > 0 else 0 for a in activities],
            dtype=np.int64,
        ),
        unit_class=unit_class,
        away_row=away_row,
        away_room=np.minimum(upper[away_row] + TOLERANCE, ANY).astype(np.int64),
        purses=np.array(purses, dtype=np.int64).reshape(-1, 5),
        most=most,
    )


def _common(scenario: Scenario, limits: Limits) -> tuple[sparse.csr_matrix, Bools]:
    horizon = scenario.settings.periods
    sessions: dict[str, dict[int, int]] = defaultdict(dict)
    for (name, period), count in allowed_sessions(scenario).items():
        sessions[name][period] = count
    legal = np.zeros((len(scenario.activities), horizon + 2), dtype=np.bool_)
    lines: list[list[tuple[int, float]]] = []
    for number, activity in enumerate(scenario.activities):
        offered = sessions.get(activity.activity)
        for period in range(horizon + 2):
            rows: list[tuple[int, float]] | None = None
            last = horizon + 1 - activity.duration
            if 1 <= period <= last and (offered is None or offered.get(period, 0) > 0):
                rows = _start_rows(scenario, limits, number, period)
            legal[number, period] = rows is not None
            lines.append(rows or [])
    indptr = np.cumsum([0, *(len(line) for line in lines)])
    indices = np.array([row for line in lines for row, _ in line], dtype=np.int64)
    data = np.array([value for line in lines for _, value in line], dtype=np.float64)
    shape = (len(lines), len(limits.rows))
    return sparse.csr_matrix((data, indices, indptr), shape=shape), legal


def _start_rows(
    scenario: Scenario, limits: Limits, number: int, period: int
) -> list[tuple[int, float]] | None:
    """(row, coefficient) of one start, or None where a limit leaves no room for a single one."""
    activity = scenario.activities[number]
    underway = range(period, period + activity.duration)
    rows: list[tuple[int, float]] = []
    if activity.seats is not None:
        seats = limits.index.get((RuleId.SEATS, activity.activity, period))
        if seats is None:
            return None
        rows.append((seats, 1.0))
        minimum = limits.index.get((RuleId.MIN_SEATS, activity.activity, period))
        rows += [(minimum, -1.0)] if minimum is not None else []
    if activity.resource is not None:
        rows += [(limits.index[RuleId.RESOURCES, activity.resource, t], 1.0) for t in underway]
    if activity.cost > 0:
        charged = limits.charged(activity.pool, period, None)
        rows += [(row, activity.cost) for row in charged]
    fixed_capacity = [
        (limits.rows[row].upper, use)
        for row, use in rows
        if limits.rows[row].rule not in (RuleId.SEATS, RuleId.MIN_SEATS)
    ]
    if any(use > upper + TOLERANCE * max(1.0, upper) for upper, use in fixed_capacity):
        return None
    return rows
