"""An integer solution → the lists of a plan (plan.md)."""

from __future__ import annotations

from collections import Counter, defaultdict

from succession.domain import (
    Hires,
    Learning,
    Placement,
    SessionsHeld,
    Standby,
    Unfilled,
    Vacated,
    VacatedHire,
    VacatedUnfilled,
)
from succession.instance import Instance
from succession.instance.targets.places import SeatType
from succession.optimize.integer import IntegerSolution

__all__ = ["PlanLists", "plan_lists"]

PlanLists = dict[str, tuple[object, ...]]
"""Field of `Plan` → its sorted records."""


def plan_lists(instance: Instance, solution: IntegerSolution) -> PlanLists:
    """The plan's lists, sorted, commitments and their sessions included."""
    scenario = instance.scenario
    learning = [
        Learning(scenario.employees[p.person].employee, scenario.activities[a].activity, start)
        for p in solution.pathways
        for a, start in p.starts
    ]
    learning += [
        Learning(c.employee, c.activity, c.start) for c in scenario.commitments if c.start >= 1
    ]
    lists: dict[str, list[object]] = defaultdict(list)
    lists["learning"] = list(learning)
    lists["sessions"] = list(_sessions(instance, learning))
    for pathway in solution.pathways:
        target = instance.targets[pathway.target]
        if target.kind == "placement":
            lists["placements"].append(Placement(target.seat, target.employee, target.period))
        elif target.kind == "standby":
            lists["standbys"].append(Standby(target.seat, target.employee))
    for variable, value in zip(instance.limits.variables, solution.variables, strict=True):
        if value and variable.kind == "hire":
            lists["hires"].append(Hires(variable.key, value))
        if value and variable.kind == "unfilled":
            lists["unfilled"].append(Unfilled(variable.key, value))
    if scenario.settings.backfill == "chain":
        _add_chains(instance, solution, lists)
    return {name: tuple(sorted(rows)) for name, rows in lists.items()}  # type: ignore[type-var]


def _sessions(instance: Instance, learning: list[Learning]) -> list[SessionsHeld]:
    """As many sessions as the starts need, and those that commitments hold anyway."""
    starts = Counter((row.activity, row.start) for row in learning)
    held = []
    for (name, period), count in starts.items():
        activity = instance.scenario.activity_by_id[name]
        committed = instance.committed.sessions.get((name, period), 0)
        if activity.seats is None:
            continue
        new = count - instance.committed.starts[name, period]
        needed = -(-count // activity.seats) if new and activity.seats else 0
        if max(committed, needed):
            held.append(SessionsHeld(name, period, max(committed, needed)))
    return held


def _add_chains(
    instance: Instance, solution: IntegerSolution, lists: dict[str, list[object]]
) -> None:
    """Give every fill a vacated seat of its role and unit, first vacated first filled."""
    scenario = instance.scenario
    incumbents = {o.incumbent for o in scenario.openings}
    vacating: dict[tuple[str, int], list[str]] = defaultdict(list)
    filling: dict[tuple[str, int], list[str]] = defaultdict(list)
    for pathway in sorted(solution.pathways, key=lambda p: p.person):
        target = instance.targets[pathway.target]
        employee = scenario.employees[pathway.person]
        if target.kind == "standby":
            continue
        if target.kind == "vacated":
            filling[target.seat, target.period].append(target.employee)
        if target.employee not in incumbents:
            seat = SeatType(employee.role, employee.unit).key
            vacating[seat, target.period].append(target.employee)
    taken: dict[tuple[str, str, int], int] = {
        (v.kind, v.key, v.period): value
        for v, value in zip(instance.limits.variables, solution.variables, strict=True)
    }
    for seat in sorted({seat for seat, _ in [*vacating, *filling]}):
        waiting: list[str] = []
        for t in range(1, instance.horizon + 1):
            fresh = vacating[seat, t]
            hires = taken.get(("vacated_hire", seat, t), 0)
            unfilled = taken.get(("vacated_unfilled", seat, t), 0)
            lists["vacated_hires"] += [VacatedHire(by) for by in fresh[:hires]]
            left = fresh[hires : hires + unfilled]
            lists["vacated_unfilled"] += [VacatedUnfilled(by) for by in left]
            waiting += fresh[hires + unfilled :]
            for filler in filling[seat, t]:
                lists["vacated"].append(Vacated(waiting.pop(0), filler, t))
