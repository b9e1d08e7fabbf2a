"""Closing up to guesses: what it finds is the optimum, and it ends when time is up."""

from __future__ import annotations

import time

import pytest
from tests.generator import small_scenario

from succession.optimize import solve


def test_searches_end_when_time_is_up() -> None:
    """Of 2 seconds hardly more is taken, though every room of this scenario asks for more."""
    scenario = small_scenario(20, employees=60, openings=20, activities=50, periods=8)
    solve(scenario, gap=0.0, time_limit=0.1)
    begun = time.monotonic()
    solve(scenario, gap=0.0, time_limit=2.0)
    assert time.monotonic() - begun < 2.0 * 1.1 + 2.0


@pytest.mark.parametrize(("seed", "cost"), [(7, 86769.04), (9, 83100.0), (22, 56741.5)])
def test_scenarios_of_sixty_are_closed_at_the_root(seed: int, cost: float) -> None:
    """Their relaxations are far from any plan: classes that close bring the two together."""
    scenario = small_scenario(seed, employees=60, openings=20, activities=50, periods=8)
    result = solve(scenario, gap=0.0, time_limit=60.0)
    assert result.plan.status == "optimal"
    assert result.plan.cost == pytest.approx(cost, abs=0.01)
    assert result.rounds <= 40
