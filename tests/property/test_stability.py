"""Changes never grow as change_cost grows: on what follows from a quarter that went badly."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from tests.generator import tiny_scenario
from tests.property.test_advance import happened

from succession.domain import Plan, Scenario
from succession.optimize import solve
from succession.planning.rolling import advance, due_lines
from succession.planning.stability import examine_changes
from succession.verify import verify

COSTS = (0.0, 1.0, 10.0, 100.0, 1000.0, 100_000.0)
SEEDS = (0, 3, 5, 6, 7, 25, 26, 33, 34, 35)
"""Quarters in which changes pay as long as they are cheap."""


def next_quarter(seed: int) -> tuple[Scenario, Plan] | None:
    scenario = tiny_scenario(seed)
    plan = solve(scenario, gap=0.0).plan
    if not plan.has_plan:
        return None
    actuals = happened(Random(f"stability/{seed}"), scenario, due_lines(scenario, plan, 1))
    return advance(scenario, plan, actuals), plan


def at(scenario: Scenario, change_cost: float) -> Scenario:
    return replace(scenario, settings=replace(scenario.settings, change_cost=change_cost))


def changes(scenario: Scenario, plan: Plan, previous: Plan) -> int:
    """Counted by the verifier, at one unit of money each."""
    return round(verify(at(scenario, 1.0), plan, previous).costs.change)


def test_changes_never_grow_as_change_cost_grows() -> None:
    counts = [found for seed in SEEDS if (found := counts_by_cost(seed)) is not None]
    assert all(numbers == sorted(numbers, reverse=True) for numbers in counts), counts
    assert sum(numbers[0] for numbers in counts) > sum(numbers[-1] for numbers in counts)


def counts_by_cost(seed: int) -> list[int] | None:
    """Changes at every change cost, each proven optimal; None where there is no plan."""
    quarter = next_quarter(seed)
    if quarter is None:
        return None
    scenario, previous = quarter
    counts = []
    for cost in COSTS:
        plan = solve(at(scenario, cost), gap=0.0, previous=previous).plan
        if not plan.has_plan:
            return None
        assert plan.status == "optimal"
        counts.append(changes(scenario, plan, previous))
        stability = examine_changes(at(scenario, cost), plan, previous)
        assert len(stability.changes) == counts[-1]
    return counts
