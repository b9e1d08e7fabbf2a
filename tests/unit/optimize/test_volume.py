"""The volume algorithm stays below the optimum and comes near it; a large scenario's plan is as
proven as a small one's."""

from __future__ import annotations

import math
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import linprog
from tests.generator import small_scenario, tiny_scenario

from succession.instance import build_instance
from succession.optimize import sizes, solve
from succession.optimize.column_generation import relax
from succession.optimize.master import RestrictedMaster
from succession.optimize.program import Program
from succession.optimize.restriction import root_restriction
from succession.optimize.volume import climb
from succession.pathways.pricing import Pricer

OPENINGS, PEOPLE = 20, 30
GROUPS = np.arange(OPENINGS)


def assignment(rng: Random, openings: int = OPENINGS, people: int = PEOPLE) -> Program:
    """Everybody is worth something in each opening; an opening may stay empty at a price, a third
    of the people share a budget, and one more row is an equality with dear slack."""
    wanted = np.array([float(rng.choice((1, 1, 2))) for _ in range(openings)])
    pairs = [(o, p) for o in range(openings) for p in range(people) if rng.random() < 0.3]
    cost = [float(rng.randint(10, 60)) for _ in pairs]
    rows = openings + people + 2
    matrix = np.zeros((rows, len(pairs) + openings + 3))
    for k, (o, p) in enumerate(pairs):
        matrix[o, k] = matrix[openings + p, k] = 1.0
        matrix[-2, k] = float(p % 3 == 0)
        matrix[-1, k] = float(k % 5 == 0)
    for o in range(openings):
        matrix[o, len(pairs) + o] = 1.0
    matrix[-1, -3], matrix[-1, -2], matrix[-2, -1] = 1.0, -1.0, -1.0
    upper = np.concatenate([wanted, np.ones(people), [openings / 6, float(rng.randint(1, 5))]])
    lower = np.concatenate([wanted, np.full(people + 1, -np.inf), upper[-1:]])
    return Program(
        cost=np.array([*cost, *[100.0] * openings, 300.0, 300.0, 40.0]),
        matrix=sparse.csc_matrix(matrix),
        lower=lower,
        upper=upper,
        floor=np.zeros(matrix.shape[1]),
        ceiling=np.array([2.0] * (len(pairs) + openings) + [np.inf] * 3),
    )


def optimum(program: Program) -> float:
    """By SciPy."""
    equal = np.isfinite(program.lower)
    done = linprog(
        program.cost, A_ub=program.matrix[~equal], b_ub=program.upper[~equal],
        A_eq=program.matrix[equal], b_eq=program.upper[equal],
        bounds=list(zip(program.floor, program.ceiling, strict=True)),
    )  # fmt: skip
    assert done.status == 0
    return float(done.fun)


@settings(deadline=None)
@given(seed=st.integers(0, 10_000), settled=st.booleans())
def test_the_value_is_below_the_optimum_and_near_it(seed: int, settled: bool) -> None:
    """Also where a choice is taken, and every fourth is out."""
    program = assignment(Random(seed))
    if settled:
        program.floor[0] = program.ceiling[0] = 1.0
        program.ceiling[1 : -OPENINGS - 3 : 4] = 0.0
    best = optimum(program)
    value, x, _ = climb(program, GROUPS, np.zeros(len(program.upper)))
    assert value <= best + 1e-6 * abs(best)
    assert value >= 0.95 * best
    assert (x >= program.floor - 1e-9).all()
    assert (x <= program.ceiling + 1e-9).all()


def test_a_row_in_which_nothing_counts_yet_has_no_price() -> None:
    """As a budget's while only sessions that cost nothing are known to draw on it."""
    program = assignment(Random(1))
    nothing = sparse.csc_matrix(([0.0], ([0], [0])), shape=(1, len(program.cost)))
    longer = replace(
        program,
        matrix=sparse.vstack([program.matrix, nothing], format="csc"),
        lower=np.append(program.lower, -np.inf),
        upper=np.append(program.upper, 1_000.0),
    )
    value, x, duals = climb(program, GROUPS, np.zeros(len(program.upper)))
    again, same_x, longer_duals = climb(longer, GROUPS, np.zeros(len(longer.upper)))
    assert again == value
    assert (same_x == x).all()
    assert (longer_duals == np.append(duals, 0.0)).all()


@pytest.mark.parametrize("seed", range(12))
def test_from_settled_prices_it_comes_within_a_ten_thousandth_of_the_optimum(seed: int) -> None:
    program = assignment(Random(seed))
    value, _, duals = climb(program, GROUPS, np.zeros(len(program.upper)))
    again, _, _ = climb(program, GROUPS, duals)
    assert again >= value
    assert again >= (1 - 1e-4) * optimum(program)


@pytest.mark.parametrize("seed", range(5))
def test_its_duals_bound_the_whole_program(seed: int) -> None:
    program = assignment(Random(seed))
    _, _, duals = climb(program, GROUPS, np.zeros(len(program.upper)))
    reduced = program.cost - program.matrix.T @ duals
    slack = np.isinf(program.ceiling)
    assert (reduced[slack] >= -1e-9).all()
    bound = program.upper @ duals + np.minimum(reduced[~slack], 0.0) @ program.ceiling[~slack]
    assert bound <= optimum(program) + 1e-6


@pytest.mark.parametrize("seed", [1, 2, 5, 8, 10])
def test_an_estimated_relaxation_has_a_valid_bound_near_the_exact_one(seed: int) -> None:
    instance = build_instance(small_scenario(seed, employees=40, openings=14, activities=30))
    branch, pricer = root_restriction(instance), Pricer(instance)
    exact = relax(RestrictedMaster(instance), pricer, branch)
    rough = relax(RestrictedMaster(instance), pricer, branch, rough=True, rounds=40)
    assert rough.bound <= exact.master.value + 1e-6 * abs(exact.master.value)
    assert rough.bound >= exact.bound - 0.05 * abs(exact.bound + instance.constant)


@pytest.mark.parametrize("seed", [0, 1, 19, 38])
def test_slack_is_not_taken_where_everything_can_be_filled(seed: int) -> None:
    """A trace of slack in the average (as in the last two) would count as a shortage."""
    program = assignment(Random(seed))
    slack = slice(len(program.cost) - 3 - OPENINGS, len(program.cost) - 3)
    program.ceiling[slack] = np.inf
    _, x, _ = climb(program, GROUPS, np.zeros(len(program.upper)))
    assert not x[slack].any()


@pytest.mark.parametrize("huge", [False, True])
@pytest.mark.parametrize("seed", range(12))
def test_what_is_proven_holds_where_a_scenario_counts_as_large_or_huge(
    seed: int, huge: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    small = solve(tiny_scenario(seed), gap=0.0, time_limit=60.0).plan
    monkeypatch.setattr(sizes, "LARGE", 0)
    monkeypatch.setattr(sizes, "HUGE", 0 if huge else math.inf)
    large = solve(tiny_scenario(seed), gap=0.0, time_limit=5.0 if huge else 60.0).plan
    if not huge:
        assert large.status == small.status
    if small.cost is None:
        assert large.cost is None
        return
    tiny = 1e-6 * max(1.0, abs(small.cost))
    assert large.cost is not None
    assert large.bound is not None
    assert large.bound <= small.cost + tiny
    assert large.cost >= small.cost - tiny
    assert huge or large.cost <= small.cost + tiny


def test_a_large_scenario_has_the_same_plan_with_one_thread_or_two(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sizes, "LARGE", 0)
    scenario = small_scenario(3, employees=60, openings=20, activities=50)
    one, two = (
        solve(scenario, gap=1e-3, time_limit=60.0, threads=threads).plan for threads in (1, 2)
    )
    assert one == two
