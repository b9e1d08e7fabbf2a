"""Scenario → Instance: everything that pathways and optimize look up, by number."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from succession.domain import Plan, Scenario
from succession.instance.commitments import CommittedUse, committed_use
from succession.instance.limits import Limits, build_limits
from succession.instance.people import People, build_people
from succession.instance.role_graphs import RoleGraphs, build_role_graphs
from succession.instance.starts import Starts, build_starts
from succession.instance.targets import Targets, build_targets

__all__ = ["Instance", "build_instance"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Instance:
    """The indexed problem; `slot_role` numbers the roles of `graphs`, −1 where nobody can come."""

    scenario: Scenario
    horizon: int
    limits: Limits
    people: People
    graphs: RoleGraphs
    targets: Targets
    slot_role: Ints
    starts: Starts
    hours: Floats
    log_pass: Floats
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
    starts = build_starts(scenario, limits)
    activity_index = {a.activity: k for k, a in enumerate(scenario.activities)}
    competencies = sorted({row.competency for row in scenario.competencies})
    competency_index = {name: k for k, name in enumerate(competencies)}
    person_index = {e.employee: k for k, e in enumerate(scenario.employees)}
    roles, slot_role = _roles_asked(scenario, targets)
    return Instance(
        scenario=scenario,
        horizon=scenario.settings.periods,
        limits=limits,
        people=build_people(
            scenario, use, competency_index, activity_index, person_index, starts, aligned
        ),
        graphs=build_role_graphs(scenario, roles, competency_index, activity_index),
        targets=targets,
        slot_role=slot_role,
        starts=starts,
        hours=np.array([a.hours for a in scenario.activities], dtype=np.float64),
        log_pass=np.array([_log(a.pass_rate) for a in scenario.activities], dtype=np.float64),
        locked=frozenset(
            person_index[c.employee]
            for c in scenario.candidates
            if c.status in ("require", "standby")
        ),
        constant=limits.constant + _change_constant(scenario, aligned),
        committed=use,
        previous=aligned,
    )


def _roles_asked(scenario: Scenario, targets: Targets) -> tuple[list[str], Ints]:
    """The roles that somebody could have, and the number among them of every slot's."""
    role = targets.places.role[targets.slots.place]
    somebody = np.zeros(len(role), dtype=np.bool_)
    somebody[targets.slot] = True
    asked, number = np.unique(role[somebody], return_inverse=True)
    slot_role = np.full(len(role), -1, dtype=np.int64)
    slot_role[somebody] = number
    return [scenario.roles[number].role for number in asked.tolist()], slot_role


def _log(rate: float) -> float:
    return math.log(rate) if rate > 0 else -1e3


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
