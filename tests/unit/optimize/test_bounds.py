"""The Lagrangian bound: valid at any duals, not only at those of a master."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from tests.generator import small_scenario, tiny_previous, tiny_scenario
from tests.oracle.exact import solve_exactly
from tests.unit.pathways.oracle_columns import (
    all_starts,
    legal_columns,
    random_duals,
    reduced_cost,
)

from succession.instance import build_instance
from succession.optimize import column_generation
from succession.optimize.column_generation import relax
from succession.optimize.dual_bound import DualBound
from succession.optimize.master import RestrictedMaster
from succession.optimize.restriction import root_restriction
from succession.pathways.pricing import Pricer

DRAWS = 20


@pytest.mark.parametrize("seed", range(60))
def test_bound_at_any_duals_is_at_most_the_optimum(seed: int) -> None:
    """With exact least reduced costs, the bound never exceeds the oracle's optimum."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    optimum = solve_exactly(scenario, previous, "previous" if previous else None).cost
    if optimum is None:
        pytest.skip("the scenario has no plan")
    instance, rng = build_instance(scenario, previous), Random(f"bound/{seed}")
    columns = legal_columns(scenario, instance, previous)
    master, branch = RestrictedMaster(instance), root_restriction(instance)
    starts = [link for link in all_starts(instance) if link[2:] in master.cuts.sessions.session]
    slack = 1e-6 * max(1.0, abs(optimum))
    for _ in range(DRAWS):
        duals = random_duals(rng, instance, 1.0, starts)
        least = np.full(len(instance.targets), np.inf)
        for column in columns:
            least[column.target] = min(least[column.target], reduced_cost(column, duals))
        bound = DualBound(master).at(duals, branch, least).value + instance.constant
        assert bound <= optimum + slack


@pytest.mark.parametrize("seed", range(60))
def test_relaxation_lies_between_any_bound_and_the_optimum(seed: int) -> None:
    """The converged bound is at most the optimum and at least the bound at random duals."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    optimum = solve_exactly(scenario, previous, "previous" if previous else None).cost
    if optimum is None:
        pytest.skip("the scenario has no plan")
    instance, rng = build_instance(scenario, previous), Random(f"relax/{seed}")
    pricer, jobs = Pricer(instance), np.arange(len(instance.targets))
    master, branch = RestrictedMaster(instance), root_restriction(instance)
    relaxed = relax(master, pricer, branch)
    slack = 1e-5 * max(1.0, abs(optimum))
    assert relaxed.converged
    assert relaxed.bound + instance.constant <= optimum + slack
    for _ in range(3):
        duals = random_duals(rng, instance)
        least = pricer.price(duals, jobs, 1e9).bound
        assert DualBound(master).at(duals, branch, least).value <= relaxed.bound + slack


@pytest.mark.parametrize("seed", range(40))
def test_branches_share_out_the_optimum(seed: int) -> None:
    """No child is below its branch, and the best of all branches is the optimum's bound."""
    scenario = tiny_scenario(seed)
    optimum = solve_exactly(scenario).cost
    if optimum is None:
        pytest.skip("the scenario has no plan")
    instance = build_instance(scenario)
    pricer, root = Pricer(instance), root_restriction(instance)
    master = RestrictedMaster(instance)
    relaxed = relax(master, pricer, root)
    slack = 1e-5 * max(1.0, abs(optimum))
    for variable in range(min(3, len(instance.limits.variables))):
        most = root.ceiling[variable]
        halves = [root.bound_variable(variable, 0.0, 0.0), root.bound_variable(variable, 1.0, most)]
        bounds = [relax(master, pricer, half).bound for half in halves]
        assert min(bounds) >= relaxed.bound - slack
        assert min(bounds) + instance.constant <= optimum + slack


@pytest.mark.parametrize("seed", [1, 2, 5, 8, 10])
def test_partial_pricing_ends_with_the_same_relaxation(
    seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every other opening is priced in the first rounds only, which claim no bound."""
    instance = build_instance(small_scenario(seed, employees=40, openings=14, activities=30))
    branch, pricer, bounds = root_restriction(instance), Pricer(instance), []
    whole = relax(RestrictedMaster(instance), pricer, branch)
    monkeypatch.setattr(column_generation, "MANY", 0)
    partial = relax(
        RestrictedMaster(instance), pricer, branch,
        stop=lambda bound, _: bool(bounds.append(bound)),  # type: ignore[func-returns-value]
    )  # fmt: skip
    assert partial.converged
    assert partial.bound == pytest.approx(whole.bound, rel=1e-5)
    assert len(set(bounds[: column_generation.PARTIAL])) == 1
