"""Stopping early: what comes back is legal, and its bound is true."""

from __future__ import annotations

import itertools
import math

import pytest
from tests.generator import small_scenario, tiny_scenario
from tests.oracle.exact import solve_exactly

from succession.domain import Plan, Progress, Scenario
from succession.io import dump_plan
from succession.optimize import solve
from succession.optimize.stopping import relative_gap
from succession.verify import verify


def check(scenario: Scenario, plan: Plan) -> None:
    """A legal plan or none, with a bound that is true as far as enumeration tells."""
    if plan.has_plan:
        assert verify(scenario, plan).violations == ()
        assert plan.cost is not None
        assert plan.bound is not None
        assert plan.gap == pytest.approx(relative_gap(plan.cost, plan.bound))
    else:
        assert (plan.cost, plan.gap) == (None, None)
        assert (plan.placements, plan.learning, plan.hires) == ((), (), ())
    assert plan.bound is None or math.isfinite(plan.bound)
    assert dump_plan(plan)


@pytest.mark.parametrize("limit", [0.0, 1e-9, 0.003, 0.01])
@pytest.mark.parametrize("seed", range(15))
def test_hardly_any_time_gives_a_plan_or_unknown_with_a_true_bound(seed: int, limit: float) -> None:
    scenario = tiny_scenario(seed)
    plan, truth = solve(scenario, gap=0.0, time_limit=limit).plan, solve_exactly(scenario)
    if truth.cost is None:
        assert plan.status in ("infeasible", "unknown")
        return
    assert plan.status in ("optimal", "feasible", "unknown")
    check(scenario, plan)
    slack = 1e-6 * max(1.0, abs(truth.cost))
    assert plan.bound is None or plan.bound <= truth.cost + slack
    assert plan.cost is None or plan.cost >= truth.cost - slack


@pytest.mark.parametrize("calls", [0, 1, 2, 5, 20])
@pytest.mark.parametrize("seed", range(8))
def test_interruption_gives_what_is_known_so_far(seed: int, calls: int) -> None:
    """Told to stop at any of the times it asks, the solver returns a legal plan or none."""
    scenario, truth = tiny_scenario(seed), solve_exactly(tiny_scenario(seed))
    asked = itertools.count()
    result = solve(scenario, gap=0.0, interrupted=lambda: next(asked) >= calls)
    assert result.stopped in ("interrupted", "gap", "infeasible")
    if truth.cost is None:
        assert result.plan.status in ("infeasible", "unknown")
        return
    check(scenario, result.plan)
    slack = 1e-6 * max(1.0, abs(truth.cost))
    assert result.plan.bound is None or result.plan.bound <= truth.cost + slack


def test_interruption_in_the_middle_of_a_larger_scenario() -> None:
    """A scenario of 150 people is stopped after a few rounds with a plan and a finite bound."""
    scenario = small_scenario(3, employees=150)
    rounds: list[Progress] = []
    result = solve(scenario, gap=0.0, progress=rounds.append, interrupted=lambda: len(rounds) > 3)
    assert result.stopped == "interrupted"
    check(scenario, result.plan)


@pytest.mark.parametrize("gap", [0.01, 0.1, 0.5])
@pytest.mark.parametrize("seed", range(15))
def test_gap_asked_for_is_kept_and_reported(seed: int, gap: float) -> None:
    """The solver may stop above the optimum, but never by more than the gap."""
    scenario, truth = tiny_scenario(seed), solve_exactly(tiny_scenario(seed))
    if truth.cost is None:
        pytest.skip("the scenario has no plan")
    result = solve(scenario, gap=gap)
    plan = result.plan
    check(scenario, plan)
    assert result.stopped == "gap"
    assert plan.gap is not None
    assert plan.gap <= gap
    assert plan.status == ("optimal" if plan.gap <= 1e-6 else "feasible")
    assert plan.cost is not None
    assert plan.cost - truth.cost <= gap * max(1.0, abs(plan.cost)) + 1e-6


def assert_monotone(history: tuple[Progress, ...]) -> None:
    for before, after in itertools.pairwise(history):
        assert after.seconds >= before.seconds
        assert after.round >= before.round
        assert after.columns >= before.columns
        if before.cost is not None:
            assert after.cost is not None
            assert after.cost <= before.cost
        if before.bound is not None:
            assert after.bound is not None
            assert after.bound >= before.bound - 1e-6 * max(1.0, abs(before.bound))


@pytest.mark.parametrize("seed", range(40))
def test_history_only_gets_better(seed: int) -> None:
    """From line to line the bound never falls and the cost never rises; the plan is the last."""
    lines: list[Progress] = []
    result = solve(tiny_scenario(seed), gap=0.0, progress=lines.append)
    assert result.history == tuple(lines)
    assert lines
    assert_monotone(result.history)
    costs = [line.cost for line in lines if line.cost is not None]
    if result.plan.cost is None:
        assert costs == []
    else:
        assert result.plan.cost <= min(costs, default=math.inf) + 1e-6 * max(1, abs(min(costs)))


@pytest.mark.parametrize("seed", [1, 2])
def test_history_of_a_larger_scenario_only_gets_better(seed: int) -> None:
    assert_monotone(solve(small_scenario(seed), gap=1e-3, time_limit=5.0).history)
