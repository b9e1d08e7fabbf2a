"""Scenario → Instance: everything that pathways and optimize look up, by number."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from succession.domain import Plan, RuleId, Scenario
from succession.instance.commitments import CommittedUse, allowed_sessions, committed_use
from succession.instance.limits import Limits, budget_rows, build_limits
from succession.instance.people import People, build_people
from succession.instance.role_graphs import RoleGraphs, build_role_graphs
from succession.instance.targets import Target, build_targets

__all__ = ["Instance", "build_instance"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Instance:
    """The indexed problem.

    `start_use[k]` is, for people of unit class k, a sparse matrix (activity × (T+2) + period,
    row) of what a start uses; `startable[k]` (activity, period) says whether a start can be legal
    at all. Targets are sorted by employee; `target_start` slices them by person.
    """

    scenario: Scenario
    horizon: int
    limits: Limits
    people: People
    graphs: RoleGraphs
    targets: tuple[Target, ...]
    target_person: Ints
    target_start: Ints
    target_role: Ints
    target_constant: sparse.csr_matrix
    target_slope: sparse.csr_matrix
    duration: Ints
    hours: Floats
    cost: Floats
    log_pass: Floats
    start_use: tuple[sparse.csr_matrix, ...]
    startable: tuple[NDArray[np.bool_], ...]
    locked: frozenset[int]
    constant: float
    committed: CommittedUse
    previous: Plan | None

    @property
    def persons(self) -> int:
        """Number of people."""
        return len(self.scenario.employees)


def build_instance(scenario: Scenario, previous: Plan | None = None) -> Instance:
    """Index a scenario; `previous` is the plan whose changes cost (section 6), or None."""
    use = committed_use(scenario)
    limits = build_limits(scenario, use)
    aligned = _align(scenario, previous) if previous is not None else None
    targets = build_targets(scenario, limits, aligned)
    activity_index = {a.activity: k for k, a in enumerate(scenario.activities)}
    competencies = sorted({row.competency for row in scenario.competencies})
    competency_index = {name: k for k, name in enumerate(competencies)}
    roles = sorted({target.role for target in targets})
    person_index = {e.employee: k for k, e in enumerate(scenario.employees)}
    target_person = _ints(person_index[t.employee] for t in targets)
    units = _unit_classes(scenario, limits)
    people = build_people(
        scenario, use, competency_index, activity_index, person_index, units, aligned
    )
    start_use, startable = _starts(scenario, limits, units)
    count = len(limits.rows)
    return Instance(
        scenario=scenario,
        horizon=scenario.settings.periods,
        limits=limits,
        people=people,
        graphs=build_role_graphs(scenario, roles, competency_index, activity_index),
        targets=tuple(targets),
        target_person=target_person,
        target_start=np.searchsorted(target_person, np.arange(len(person_index) + 1)),
        target_role=_ints({role: k for k, role in enumerate(roles)}[t.role] for t in targets),
        target_constant=_matrix([[(r, c) for r, c, _ in t.rows if c] for t in targets], count),
        target_slope=_matrix([[(r, s) for r, _, s in t.rows if s] for t in targets], count),
        duration=_ints(a.duration for a in scenario.activities),
        hours=np.array([a.hours for a in scenario.activities], dtype=np.float64),
        cost=np.array([a.cost for a in scenario.activities], dtype=np.float64),
        log_pass=np.array([_log(a.pass_rate) for a in scenario.activities], dtype=np.float64),
        start_use=start_use,
        startable=startable,
        locked=frozenset(
            person_index[c.employee]
            for c in scenario.candidates
            if c.status in ("require", "standby")
        ),
        constant=limits.constant + _change_constant(scenario, aligned),
        committed=use,
        previous=aligned,
    )


def _ints(values: object) -> Ints:
    return np.array(list(values), dtype=np.int64)  # type: ignore[call-overload]


def _log(rate: float) -> float:
    return math.log(rate) if rate > 0 else -1e3


def _matrix(rows: list[list[tuple[int, float]]], columns: int) -> sparse.csr_matrix:
    indptr = np.cumsum([0, *(len(row) for row in rows)])
    indices = _ints(index for row in rows for index, _ in row)
    data = np.array([value for row in rows for _, value in row], dtype=np.float64)
    return sparse.csr_matrix((data, indices, indptr), shape=(len(rows), columns))


def _align(scenario: Scenario, previous: Plan) -> Plan:
    """The previous plan's rows that count, in this horizon's period numbers (section 6)."""
    old, new = previous.calendar, scenario.settings.calendar

    def moved(period: int) -> int:
        return new.period_of(old.first_day(period))

    def inside(period: int) -> bool:
        return 1 <= moved(period) <= scenario.settings.periods

    people, activities = scenario.employee_by_id, scenario.activity_by_id
    return replace(
        previous,
        placements=tuple(
            replace(row, period=moved(row.period))
            for row in previous.placements
            if row.employee in people
            and row.opening in scenario.opening_by_id
            and inside(row.period)
        ),
        learning=tuple(
            replace(row, start=moved(row.start))
            for row in previous.learning
            if row.employee in people and row.activity in activities and inside(row.start)
        ),
    )


def _change_constant(scenario: Scenario, previous: Plan | None) -> float:
    """Change cost if nothing of the previous plan but today's commitments were kept."""
    if previous is None:
        return 0.0
    kept = {(c.employee, c.activity, c.start) for c in scenario.commitments}
    dropped = [
        row for row in previous.learning if (row.employee, row.activity, row.start) not in kept
    ]
    return scenario.settings.change_cost * (len(dropped) + len(previous.placements))


def _unit_classes(scenario: Scenario, limits: Limits) -> dict[str | None, int]:
    """Units whose people pay prices of their own (away limits, unit budgets); 0: all others."""
    special = {b.unit for b in scenario.budgets if b.unit is not None}
    special |= {row.key for row in limits.rows if row.rule is RuleId.AWAY}
    return {unit: k for k, unit in enumerate([None, *sorted(special)])}


def _starts(
    scenario: Scenario, limits: Limits, units: dict[str | None, int]
) -> tuple[tuple[sparse.csr_matrix, ...], tuple[NDArray[np.bool_], ...]]:
    matrices, allowed = [], []
    sessions: dict[str, dict[int, int]] = defaultdict(dict)
    for (name, period), count in allowed_sessions(scenario).items():
        sessions[name][period] = count
    for unit in units:
        uses: list[list[tuple[int, float]]] = []
        legal = np.zeros((len(scenario.activities), scenario.settings.periods + 2), dtype=np.bool_)
        for number, activity in enumerate(scenario.activities):
            offered = sessions.get(activity.activity)
            for period in range(scenario.settings.periods + 2):
                rows: list[tuple[int, float]] | None = None
                last = scenario.settings.periods + 1 - activity.duration
                if 1 <= period <= last and (offered is None or offered.get(period, 0) > 0):
                    rows = _start_rows(scenario, limits, number, period, unit)
                legal[number, period] = rows is not None
                uses.append(rows or [])
        matrices.append(_matrix(uses, len(limits.rows)))
        allowed.append(legal)
    return tuple(matrices), tuple(allowed)


def _start_rows(
    scenario: Scenario, limits: Limits, number: int, period: int, unit: str | None
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
    if activity.away and unit is not None:
        away = [limits.index.get((RuleId.AWAY, unit, t)) for t in underway]
        rows += [(row, 1.0) for row in away if row is not None]
    if activity.cost > 0:
        charged = budget_rows(limits, scenario, activity.pool, period, unit)
        rows += [(row, activity.cost) for row in charged]
    fixed_capacity = [
        (limits.rows[row].upper, use)
        for row, use in rows
        if limits.rows[row].rule not in (RuleId.SEATS, RuleId.MIN_SEATS)
    ]
    if any(use > upper + 1e-9 * max(1.0, upper) for upper, use in fixed_capacity):
        return None
    return rows
