"""Changes against a previous plan, each with its reason, and the price of keeping."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from succession.domain import (
    Candidate,
    Commitment,
    Learning,
    Plan,
    PreviousDecision,
    Scenario,
    Stability,
)
from succession.planning.stability.carried import Carried, fates
from succession.planning.stability.keeping import Obstacle, find_obstacles

__all__ = ["Resolve", "examine_changes"]

Resolve = Callable[[Scenario], Plan]
"""Solves a scenario without a previous plan."""


def examine_changes(
    scenario: Scenario, plan: Plan, previous: Plan, resolve: Resolve | None = None
) -> Stability:
    """What the new plan makes of the previous one's decisions that lie in its horizon.

    With `resolve` the price of keeping is found by solving once more, with every previous decision
    that still can be kept fixed; only where something was given up that could be kept.
    """
    carried = Carried(scenario, previous)
    decisions = list(fates(carried, plan))
    changed = {row.employee for row in decisions if row.is_change}
    obstacles = find_obstacles(carried, changed) if changed else {}
    decisions = [_explained(row, obstacles) for row in decisions]
    extra = at_least = None
    if resolve is not None and any(row.cause == "pays" for row in decisions):
        keeping = resolve(_fixed(carried, decisions, obstacles))
        if keeping.cost is not None and plan.cost is not None:
            now = plan.cost - plan.costs.change
            extra = keeping.cost - now
            at_least = None if keeping.bound is None else keeping.bound - now
    calendar, change_cost = scenario.settings.calendar, scenario.settings.change_cost
    fallen = tuple(row for row in decisions if row.fate != "kept")
    kept = len(decisions) - len(fallen)
    return Stability(calendar, kept, fallen, change_cost, extra, at_least)


def _explained(row: PreviousDecision, obstacles: Mapping[str, Obstacle]) -> PreviousDecision:
    if not row.is_change:
        return row
    obstacle = obstacles.get(row.employee)
    if obstacle is not None:
        return replace(row, cause=obstacle.cause, why=obstacle.why)
    return replace(row, cause="pays", why="It could be kept; the new plan costs less.")


def _fixed(
    carried: Carried, decisions: Iterable[PreviousDecision], obstacles: Mapping[str, Obstacle]
) -> Scenario:
    """The scenario with every decision that can be kept: starts committed, placements required."""
    scenario = carried.scenario
    keepable = [row for row in decisions if row.fate != "gone" and row.employee not in obstacles]
    starts = {
        Learning(row.employee, row.what, row.period) for row in keepable if row.kind == "start"
    }
    starts |= {Learning(row.employee, row.activity, row.start) for row in scenario.commitments}
    candidates = {(row.opening, row.employee): row for row in scenario.candidates}
    locked = {row.employee for row in scenario.candidates if row.status in ("require", "standby")}
    for row in keepable:
        if row.kind == "placement" and row.employee not in locked:
            key = (row.what, row.employee)
            before = candidates.get(key, Candidate(*key, "require", None, None))
            candidates[key] = replace(before, status="require", period=None)
    return replace(
        scenario,
        settings=replace(scenario.settings, change_cost=0.0),
        commitments=tuple(
            Commitment(row.employee, row.activity, row.start) for row in sorted(starts)
        ),
        candidates=tuple(candidates[key] for key in sorted(candidates)),
        source_rows={},
    )
