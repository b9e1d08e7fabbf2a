"""The solver against full enumeration: tiny scenarios with all rules on and off at random."""

from __future__ import annotations

import pytest
from tests.generator import tiny_previous, tiny_scenario
from tests.nightly import more
from tests.oracle.exact import solve_exactly

from succession.optimize import solve
from succession.verify import verify

FOUND = (582, 659)
"""Standbys for openings that must be filled from within: σ counts as 1 for them too."""

SEEDS = sorted({*range(more(1000, 200)), *FOUND})
TOLERANCE = 1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_solver_finds_what_enumeration_finds(seed: int) -> None:
    """Same cost, proven optimal, no violation; infeasible where nothing legal exists."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    sha256 = None if previous is None else "previous"
    truth = solve_exactly(scenario, previous, sha256)
    plan = solve(scenario, gap=0.0, previous=previous, previous_sha256=sha256).plan
    assert plan.status == truth.status
    if truth.cost is None:
        assert plan.cost is None
        assert plan.conflict
        return
    assert plan.cost is not None
    assert plan.bound is not None
    slack = TOLERANCE * max(1.0, abs(truth.cost))
    assert plan.cost == pytest.approx(truth.cost, rel=0, abs=slack), (plan.costs, truth.plan)
    assert plan.bound <= plan.cost + slack
    assert verify(scenario, plan, previous).violations == ()
