"""Plans near a solved relaxation are legal, get better, and choose sessions within the branch."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from tests.generator import small_scenario

from succession.domain import Plan, RuleId
from succession.instance import build_instance
from succession.optimize.assemble import plan_lists
from succession.optimize.column_generation import relax
from succession.optimize.master import RestrictedMaster
from succession.optimize.primal_heuristics import PlanSearch
from succession.optimize.restriction import root_restriction
from succession.optimize.sizes import Size
from succession.optimize.stopping import Clock
from succession.optimize.strong_branching import SessionTrials
from succession.pathways.pricing import Pricer
from succession.verify import verify


@pytest.mark.parametrize("seed", range(8))
def test_plans_with_held_sessions_are_legal_better_each_time_and_above_the_bound(seed: int) -> None:
    scenario = small_scenario(seed, employees=30, openings=10, activities=30)
    instance = build_instance(scenario)
    master, branch, clock = RestrictedMaster(instance), root_restriction(instance), Clock(60.0)
    pricer, trials = Pricer(instance), SessionTrials(master, clock)
    root = relax(master, pricer, branch)
    search = PlanSearch(master, pricer, trials, clock, 1e-4, Size.LARGE)
    plans = list(search.dives(branch, root, None, 1e-4, rough=False))
    assert plans
    assert all(better.cost < worse.cost for worse, better in pairwise(plans))
    assert plans[-1].cost >= root.bound - 1e-6 * abs(root.bound)
    for solution in plans:
        plan = replace(Plan.blank(scenario), **plan_lists(instance, solution))  # type: ignore[arg-type]
        checked = verify(scenario, plan)
        assert {broken.rule for broken in checked.violations} <= {RuleId.COST}
        assert checked.costs.total == pytest.approx(solution.cost + instance.constant)


def test_holding_sessions_leaves_all_else_open() -> None:
    instance = build_instance(small_scenario(1, employees=30, openings=10, activities=30))
    master, branch = RestrictedMaster(instance), root_restriction(instance)
    trials = SessionTrials(master, Clock(60.0))
    held = trials.hold(branch, branch.ceiling.tolist())
    assert trials.sessions.any()
    assert (held.floor == np.where(trials.sessions, branch.ceiling, branch.floor)).all()
    assert (held.ceiling == branch.ceiling).all()
