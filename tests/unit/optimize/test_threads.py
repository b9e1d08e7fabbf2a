"""Threads share the work, never the answer."""

from __future__ import annotations

import pytest
from tests.generator import small_scenario

from succession.optimize import solve


@pytest.mark.parametrize("seed", [102, 113, 117])
def test_one_thread_and_two_give_the_same_plan(seed: int) -> None:
    """Thousands of labels, several deeper rounds and blocks of targets, chains in two of them."""
    scenario = small_scenario(seed, employees=60, openings=20, activities=50)
    one = solve(scenario, gap=0.01, threads=1)
    two = solve(scenario, gap=0.01, threads=2)
    assert one.stopped == "gap"
    assert one.plan == two.plan
    assert (one.rounds, one.columns) == (two.rounds, two.columns)
