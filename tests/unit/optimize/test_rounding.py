"""A rounded plan is a legal one, at the cost that it claims."""

from __future__ import annotations

import math
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pytest
from benchmarks.scenarios import large_scenario
from scipy import sparse
from scipy.optimize import linprog
from tests.generator import small_scenario

from succession.domain import Plan, RuleId
from succession.instance import Instance, build_instance
from succession.instance.targets import VACATED
from succession.optimize import neighbourhoods
from succession.optimize.assemble import plan_lists
from succession.optimize.column_generation import relax
from succession.optimize.diving import dive
from succession.optimize.integer import IntegerSolution
from succession.optimize.integer_program import MixedSolution, solve_mixed
from succession.optimize.master import RestrictedMaster
from succession.optimize.neighbourhoods import improve
from succession.optimize.placing import place
from succession.optimize.program import Program, sparse_columns
from succession.optimize.restriction import root_restriction
from succession.optimize.rounding import round_solution
from succession.optimize.stopping import Clock
from succession.optimize.strong_branching import SessionTrials
from succession.pathways.pricing import Pricer
from succession.verify import verify


def _plan(instance: Instance, solution: IntegerSolution) -> Plan:
    lists = plan_lists(instance, solution)
    return replace(Plan.blank(instance.scenario), **lists)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", [1, 2, 3, 5, 6, 8, 9, 10, 11])
def test_rounded_and_improved_plans_are_legal_and_cost_what_they_say(seed: int) -> None:
    scenario = small_scenario(seed, employees=30, openings=10, activities=30)
    instance = build_instance(scenario)
    master, branch = RestrictedMaster(instance), root_restriction(instance)
    relaxation = relax(master, Pricer(instance), branch, rounds=6)
    found = round_solution(master, branch, relaxation.master)
    assert found is not None
    plans = [found, *improve(master, branch, master.pathways, found, Clock(60.0), 1e-4)]
    assert all(better.cost < worse.cost for worse, better in pairwise(plans))
    _check(instance, plans)


def test_the_program_around_a_plan_is_as_tight_as_the_master_with_its_cuts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All openings are in one run, over all pathways known: without the zero-half cuts the
    program's relaxation would be below the master's."""
    instance = build_instance(large_scenario(300, seed=2, option="rich"))
    master, branch = RestrictedMaster(instance), root_restriction(instance)
    pricer = Pricer(instance)
    lower = relax(master, pricer, branch).master.value
    relaxation = relax(master, pricer, branch, halving=6)
    found = round_solution(master, branch, relaxation.master)
    assert found is not None
    programs: list[Program] = []

    def solved(program: Program, *args: Any, **options: Any) -> MixedSolution:
        programs.append(program)
        return solve_mixed(program, *args, **options)

    monkeypatch.setattr(neighbourhoods, "solve_mixed", solved)
    better = list(improve(master, branch, master.pathways, found, Clock(60.0), 1e-4))
    _check(instance, better)
    assert better
    [program] = programs
    most = np.concatenate([program.upper, -program.lower])
    rows = sparse.vstack([program.matrix, -program.matrix]).tocsr()[np.isfinite(most)]
    bounds = np.column_stack([program.floor, program.ceiling])
    relaxed = linprog(program.cost, A_ub=rows, b_ub=most[np.isfinite(most)], bounds=bounds)
    assert relaxed.fun >= relaxation.master.value - 1.0 > lower + 1.0


def _check(instance: Instance, plans: list[IntegerSolution]) -> None:
    for solution in plans:
        checked = verify(instance.scenario, _plan(instance, solution))
        assert {broken.rule for broken in checked.violations} <= {RuleId.COST}
        assert checked.costs.total == pytest.approx(solution.cost + instance.constant)


@pytest.mark.parametrize("seed", range(1, 4))
def test_rounding_follows_chains(seed: int) -> None:
    """Vacated seats are filled, and those who fill them vacate others."""
    instance = build_instance(large_scenario(200, seed=seed, option="chains"))
    master, branch = RestrictedMaster(instance), root_restriction(instance)
    relaxation = relax(master, Pricer(instance), branch, rounds=12)
    found = round_solution(master, branch, relaxation.master)
    assert found is not None
    plans = [found, *improve(master, branch, master.pathways, found, Clock(60.0), 1e-4)]
    assert all(better.cost < worse.cost for worse, better in pairwise(plans))
    assert any(instance.targets.kind[p.target] == VACATED for p in found.pathways)
    _check(instance, plans)


@pytest.mark.parametrize(("rough", "tried"), [(False, True), (False, False), (True, False)])
@pytest.mark.parametrize("seed", range(12))
def test_a_dive_ends_with_whole_sessions_and_a_bound_of_the_branch(
    seed: int, rough: bool, tried: bool
) -> None:
    scenario = small_scenario(seed, employees=30, openings=10, activities=30)
    instance = build_instance(scenario)
    master, branch, clock = RestrictedMaster(instance), root_restriction(instance), Clock(60.0)
    pricer, trials = Pricer(instance), SessionTrials(master, clock)
    root = relax(master, pricer, branch)
    ended = dive(
        master, pricer, branch, root, trials, math.inf, clock, tolerance=1e-4, rough=rough,
        tried=tried,
    )  # fmt: skip
    assert ended is not None
    leaf, relaxation = ended
    if not tried:
        assert (leaf.floor == leaf.ceiling)[trials.sessions].all()
    assert not trials.fractional(relaxation.master.variables)
    assert (leaf.floor >= branch.floor).all()
    assert (leaf.ceiling <= branch.ceiling).all()
    if not rough:
        assert relaxation.bound >= root.bound - 1e-6 * abs(root.bound)


@pytest.mark.parametrize("seed", [1, 2, 3, 5, 6, 8, 9, 10, 11])
def test_placing_fills_openings_by_whole_pathways_within_the_limits(seed: int) -> None:
    scenario = small_scenario(seed, employees=30, openings=10, activities=30)
    instance = build_instance(scenario)
    master, branch, clock = RestrictedMaster(instance), root_restriction(instance), Clock(60.0)
    pricer, trials = Pricer(instance), SessionTrials(master, clock)
    root = relax(master, pricer, branch, rough=True)
    ended = dive(
        master, pricer, branch, root, trials, math.inf, clock, tolerance=1e-4, rough=True,
        tried=False,
    )  # fmt: skip
    assert ended is not None
    placed = place(master, pricer, ended[0], ended[1].master.duals, clock)
    assert placed is not None
    classes, solution = placed
    taken = [p for p, x in zip(master.pathways, solution.pathways, strict=True) if x == 1.0]
    assert len({p.person for p in taken}) == len(taken)
    starts = sparse_columns([p.rows for p in taken], len(master.upper)) @ np.ones(len(taken))
    held = np.where(trials.sessions, classes.ceiling, 0.0)
    minimum = [row.rule is RuleId.MIN_SEATS for row in instance.limits.rows]
    used = starts + master.variable_rows @ held
    assert (used <= np.where(minimum, np.inf, master.upper) + 1e-6).all()
    found = round_solution(master, branch.bound_variables(branch.floor, classes.ceiling), solution)
    assert found is not None
    checked = verify(scenario, _plan(instance, found))
    assert {broken.rule for broken in checked.violations} <= {RuleId.COST}
