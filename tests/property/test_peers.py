"""The time-indexed program, a second formulation, agrees with full enumeration."""

from __future__ import annotations

import pytest
from benchmarks.peers.greedy import solve_greedily
from benchmarks.peers.local_search import solve_by_local_search
from benchmarks.peers.monolith import Backend, solve_monolith
from benchmarks.scenarios import large_scenario
from benchmarks.world import Option
from tests.generator import small_scenario, tiny_scenario
from tests.nightly import more
from tests.oracle.exact import solve_exactly

from succession.optimize import solve
from succession.verify import verify

# The peers' programs are relaxed by rounding: CP-SAT counts chances in whole steps.
TOLERANCE: dict[Backend, float] = {"highs": 1e-6, "sat": 1e-4}


@pytest.mark.parametrize("backend", ["highs", "sat"])
@pytest.mark.parametrize("seed", range(0, 200, more(1, 5)))
def test_program_finds_what_enumeration_finds(seed: int, backend: Backend) -> None:
    """Its bound is below the optimum, its plan above, and neither by more than rounding."""
    scenario = tiny_scenario(seed)
    truth, answer = solve_exactly(scenario), solve_monolith(scenario, backend=backend)
    if truth.cost is None:
        assert answer.cost is None
        return
    slack = TOLERANCE[backend] * max(1.0, abs(truth.cost))
    assert answer.bound is not None
    assert answer.cost is not None
    assert answer.bound <= truth.cost + slack
    assert answer.cost >= truth.cost - slack
    assert answer.cost == pytest.approx(truth.cost, rel=1e-4)


@pytest.mark.parametrize("option", ["plain", "rich", "tight", "chains"])
def test_heuristics_find_verified_plans(option: Option) -> None:
    """Greedy and local search check their own plans; the search is never worse."""
    scenario = large_scenario(100, option=option)
    greedy = solve_greedily(scenario)
    search = solve_by_local_search(scenario, seconds=2.0)
    assert greedy.cost is not None
    assert search.cost is not None
    assert search.cost <= greedy.cost + 1e-6


@pytest.mark.parametrize("seed", range(10))
def test_solver_and_program_agree_beyond_enumeration(seed: int) -> None:
    """30 people, 45 activities: both prove the same optimum, or that there is none."""
    scenario = small_scenario(seed, employees=30, activities=45)
    answer, plan = solve_monolith(scenario, seconds=60.0), solve(scenario, gap=1e-6).plan
    if answer.cost is None or plan.cost is None:
        assert plan.status == "infeasible"
        assert answer.cost is None
        return
    slack = 1e-5 * max(1.0, abs(plan.cost))
    assert answer.bound is not None
    assert plan.bound is not None
    assert answer.bound <= plan.cost + slack
    assert plan.bound <= answer.cost + slack
    assert verify(scenario, plan).violations == ()
