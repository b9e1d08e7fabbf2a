"""The flow of vacated seats: duals that follow from it are as valid as any, and chains found by it
are those that pricing everybody finds."""

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

from succession.domain import RuleId, Scenario
from succession.instance import build_instance
from succession.instance.targets import VACATED
from succession.optimize.chain_pricing import price_chains
from succession.optimize.column_generation import relax
from succession.optimize.dual_bound import DualBound
from succession.optimize.master import RestrictedMaster
from succession.optimize.restriction import root_restriction
from succession.pathways.prices import Duals
from succession.pathways.pricing import MOST_LABELS, Pricer

DRAWS = 10


def chains(scenario: Scenario) -> bool:
    return scenario.settings.backfill == "chain"


TINY = [seed for seed in range(150) if chains(tiny_scenario(seed))]
SMALL = [seed for seed in range(40) if chains(small_scenario(seed, employees=14))][:8]


def slack(*values: float) -> float:
    return 1e-6 * max(1.0, *(abs(value) for value in values))


@pytest.mark.parametrize("seed", TINY)
def test_bounds_of_chains_are_at_most_the_optimum(seed: int) -> None:
    """At any duals, and so is every bound on a reduced cost."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    optimum = solve_exactly(scenario, previous, "previous" if previous else None).cost
    if optimum is None:
        pytest.skip("the scenario has no plan")
    instance, rng = build_instance(scenario, previous), Random(f"chains/{seed}")
    columns = legal_columns(scenario, instance, previous)
    master, branch, pricer = (
        RestrictedMaster(instance),
        root_restriction(instance),
        Pricer(instance),
    )
    starts = [link for link in all_starts(instance) if link[2:] in master.cuts.sessions.session]
    assert master.flow is not None
    for _ in range(DRAWS):
        duals, priced = price_chains(
            master, master.flow, pricer, random_duals(rng, instance, 1.0, starts), branch, -1e-6,
            MOST_LABELS, lambda: False,
        )  # fmt: skip
        for column in columns:
            value = reduced_cost(column, duals)
            assert priced.bound[column.target] <= value + slack(value)
        bound = DualBound(master).at(duals, branch, priced.bound).value + instance.constant
        assert bound <= optimum + slack(optimum)


@pytest.mark.parametrize("seed", TINY)
def test_repaired_duals_leave_no_fill_with_a_negative_reduced_cost(seed: int) -> None:
    """Where no start earns anything, so that no cycle does."""
    instance = build_instance(tiny_scenario(seed))
    master, branch, pricer = (
        RestrictedMaster(instance),
        root_restriction(instance),
        Pricer(instance),
    )
    dear = [5000.0 * (row.rule is RuleId.OPENINGS) for row in instance.limits.rows]
    duals = Duals(np.array(dear), np.zeros(instance.persons))
    assert master.flow is not None
    duals, priced = price_chains(
        master, master.flow, pricer, duals, branch, -1e-6, MOST_LABELS, lambda: False
    )
    fills = instance.targets.kind == VACATED
    assert (priced.bound[fills] >= -1e-6).all()
    flow = [v.kind.startswith("vacated") for v in instance.limits.variables]
    assert (master.variable_reduced_costs(duals)[flow] >= -1e-6).all()


@pytest.mark.parametrize("seed", SMALL)
def test_chains_lead_to_the_relaxation_that_pricing_everybody_does(seed: int) -> None:
    instance = build_instance(small_scenario(seed, employees=14))
    branch, pricer = root_restriction(instance), Pricer(instance)
    master, plain = RestrictedMaster(instance), RestrictedMaster(instance)
    plain.flow = None
    one, two = relax(master, pricer, branch), relax(plain, pricer, branch)
    value = two.master.value
    assert one.converged
    assert one.master.value == pytest.approx(value, abs=10 * slack(value))
    assert one.bound == pytest.approx(value, abs=10 * slack(value))
