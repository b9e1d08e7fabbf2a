"""Costs of plans are multiples of the cost step, and bounds are rounded up to the next one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.generator import small_scenario, tiny_scenario

from succession.domain import Scenario
from succession.instance import build_instance
from succession.optimize import branch_and_price, solve
from succession.optimize.cost_step import cost_step


def _certain(scenario: Scenario) -> Scenario:
    return replace(scenario, settings=replace(scenario.settings, risk="ignore"))


@pytest.mark.parametrize("seed", range(30))
def test_the_optimum_is_a_multiple_of_the_step(seed: int) -> None:
    scenario = _certain(tiny_scenario(seed))
    instance = build_instance(scenario)
    step, plan = cost_step(instance), solve(scenario, gap=0.0, time_limit=60.0).plan
    if step and plan.cost is not None:
        multiple = (plan.cost - instance.constant) / step
        assert multiple == pytest.approx(round(multiple), abs=1e-6)


def test_most_scenarios_without_chances_have_a_step() -> None:
    steps = [cost_step(build_instance(_certain(tiny_scenario(seed)))) for seed in range(30)]
    assert sum(step > 0 for step in steps) >= 15


def test_there_is_none_where_chances_count() -> None:
    scenarios = [tiny_scenario(seed) for seed in range(30)]
    chances = [s for s in scenarios if not build_instance(s).targets.certain.all()]
    assert chances
    assert all(cost_step(build_instance(scenario)) == 0.0 for scenario in chances)


@pytest.mark.parametrize("seed", [3, 6, 12, 14])
def test_the_optimum_is_the_same_without_it(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    scenario = _certain(small_scenario(seed, employees=30, openings=10, activities=30))
    with_step = solve(scenario, gap=0.0, time_limit=60.0).plan
    monkeypatch.setattr(branch_and_price, "cost_step", lambda instance: 0.0)
    without = solve(scenario, gap=0.0, time_limit=60.0).plan
    assert with_step.status == without.status == "optimal"
    assert with_step.cost == pytest.approx(without.cost)
