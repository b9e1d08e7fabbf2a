"""Pricing against full enumeration, at any duals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from random import Random

import numpy as np
import pytest
from tests.generator import tiny_previous, tiny_scenario
from tests.unit.pathways.detour import detour
from tests.unit.pathways.oracle_columns import (
    WITH_PURSES,
    Column,
    all_starts,
    legal_columns,
    random_duals,
    random_halves,
    reduced_cost,
)

from succession.domain import RuleId
from succession.instance import Instance, build_instance
from succession.pathways.link import Link
from succession.pathways.prices import Duals
from succession.pathways.pricing import Pricer

SEEDS = (*range(60), *WITH_PURSES)
DRAWS = 4
ANY = 1e9
"""A threshold that every pathway is below."""


def slack(*values: float) -> float:
    return 1e-6 * max(1.0, *(abs(value) for value in values))


def least_by_group(instance: Instance, columns: list[Column], duals: Duals) -> dict[int, float]:
    least: dict[int, float] = {}
    for column in columns:
        value, group = reduced_cost(column, duals), int(instance.targets.group[column.target])
        least[group] = min(value, least.get(group, np.inf))
    return least


@pytest.mark.parametrize("seed", SEEDS)
def test_least_reduced_cost_is_that_of_full_enumeration(seed: int) -> None:
    """At random duals, phase one included, each group's best pathway is the best legal plan."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    instance, rng = build_instance(scenario, previous), Random(f"duals/{seed}")
    pricer, columns = Pricer(instance), legal_columns(scenario, instance, previous)
    jobs = np.arange(len(instance.targets))
    for draw in range(DRAWS):
        weight = 0.0 if draw == 0 else 1.0
        duals = random_duals(rng, instance, weight, all_starts(instance), cuts=True)
        truth = least_by_group(instance, columns, duals)
        priced = pricer.price(duals, jobs, ANY, each=1 + draw % 2)
        best: dict[int, float] = defaultdict(lambda: np.inf)
        for pathway, value in zip(priced.pathways, priced.reduced_costs, strict=True):
            group = int(instance.targets.group[pathway.target])
            best[group] = min(best[group], value)
        assert priced.complete
        assert set(best) == set(truth)
        for group, value in truth.items():
            assert best[group] == pytest.approx(value, rel=0, abs=slack(value, best[group]))


@pytest.mark.parametrize("seed", SEEDS)
def test_no_improving_pathway_is_claimed_only_where_there_is_none(seed: int) -> None:
    """Below −tiny nothing is missed, and no bound lies above the least reduced cost."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    instance, rng = build_instance(scenario, previous), Random(f"claims/{seed}")
    pricer, columns = Pricer(instance), legal_columns(scenario, instance, previous)
    jobs, tiny = np.arange(len(instance.targets)), 1e-7
    for _ in range(DRAWS):
        duals = random_duals(rng, instance, 1.0, all_starts(instance), cuts=True)
        priced = pricer.price(duals, jobs, -tiny)
        truth = least_by_group(instance, columns, duals)
        improving = {int(instance.targets.group[p.target]) for p in priced.pathways}
        for group in range(instance.targets.groups):
            least = truth.get(group, np.inf)
            bounds = priced.bound[instance.targets.group == group]
            assert min(bounds, default=np.inf) <= least + slack(least if least < np.inf else 0)
            if least < -1e-3:
                assert group in improving
                assert min(bounds) == pytest.approx(least, rel=0, abs=slack(least))
            if least > 0:
                assert group not in improving


@pytest.mark.parametrize("seed", SEEDS)
def test_no_bound_lies_above_what_a_target_can_reach(seed: int) -> None:
    """Target by target, whatever the group's best has dismissed, and at duals that make some
    starts pay."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    instance, rng = build_instance(scenario, previous), Random(f"targets/{seed}")
    pricer, columns = Pricer(instance), legal_columns(scenario, instance, previous)
    jobs = np.arange(len(instance.targets))
    for threshold in (ANY, -1e-7, 500.0):
        duals = random_duals(rng, instance, 1.0, all_starts(instance), cuts=True)
        bound = pricer.price(duals, jobs, threshold).bound
        for column in columns:
            truth = reduced_cost(column, duals)
            assert bound[column.target] <= truth + slack(truth)


@pytest.mark.parametrize("seed", SEEDS)
def test_pathways_are_legal_plans_with_their_true_cost_and_rows(seed: int) -> None:
    """What pricing returns is a legal plan; cost, rows and reduced cost are the oracle's."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    instance, rng = build_instance(scenario, previous), Random(f"columns/{seed}")
    pricer = Pricer(instance)
    legal = {(c.target, c.starts): c for c in legal_columns(scenario, instance, previous)}
    duals = random_duals(rng, instance, 1.0, all_starts(instance), cuts=True)
    priced = pricer.price(duals, np.arange(len(instance.targets)), ANY)
    for pathway, value in zip(priced.pathways, priced.reduced_costs, strict=True):
        column = legal[pathway.key]
        assert pathway.cost == pytest.approx(column.cost, rel=0, abs=slack(column.cost))
        assert [row for row, _ in pathway.rows] == [row for row, _ in column.rows]
        assert [use for _, use in pathway.rows] == pytest.approx([use for _, use in column.rows])
        truth = reduced_cost(column, duals)
        assert value == pytest.approx(truth, rel=0, abs=slack(truth))


def test_cuts_beyond_those_that_a_search_counts_only_leave_costs_out() -> None:
    """With hundreds of zero-half cuts bounds stay bounds, and some cost is left out indeed."""
    left_out = False
    for seed in range(20):
        scenario = tiny_scenario(seed)
        instance, rng = build_instance(scenario), Random(f"many/{seed}")
        halves = random_halves(rng, instance, all_starts(instance), 300)
        duals = replace(random_duals(rng, instance), halves=halves)
        columns = legal_columns(scenario, instance)
        truth = {(c.target, c.starts): reduced_cost(c, duals) for c in columns}
        priced = Pricer(instance).price(duals, np.arange(len(instance.targets)), ANY)
        for column in columns:
            value = truth[column.target, column.starts]
            assert priced.bound[column.target] <= value + slack(value)
        for pathway, value in zip(priced.pathways, priced.reduced_costs, strict=True):
            left_out |= value < truth[pathway.key] - 1.0
    assert left_out


def test_a_start_that_pays_is_found_although_another_is_linked() -> None:
    """A class minimum worth 10 a start makes V pay 9; a link dual of −50 on E2's start of V must
    not hide that E1's detour over V has a reduced cost of 1 − 10."""
    instance = build_instance(detour())
    rows = np.zeros(len(instance.limits.rows))
    rows[instance.limits.index[RuleId.MIN_SEATS, "V", 1]] = -10.0
    v = [row.activity for row in detour().activities].index("V")
    duals = Duals(rows, np.zeros(instance.persons), 1.0, {Link(1, -1, v, 1): -50.0})
    priced = Pricer(instance).price(duals, np.arange(len(instance.targets)), -1e-7)
    assert [pathway.person for pathway in priced.pathways] == [0]
    assert priced.reduced_costs == [pytest.approx(-9.0)]


@pytest.mark.parametrize("seed", range(12))
def test_two_threads_give_what_one_gives(seed: int) -> None:
    """Pathways, reduced costs and bounds are the same, in the same order, with two threads."""
    scenario = tiny_scenario(seed)
    instance = build_instance(scenario)
    duals = random_duals(Random(f"threads/{seed}"), instance)
    jobs = np.arange(len(instance.targets))
    one = Pricer(instance, 1).price(duals, jobs, ANY)
    two = Pricer(instance, 2).price(duals, jobs, ANY)
    assert one.pathways == two.pathways
    assert one.reduced_costs == two.reduced_costs
    assert (one.bound == two.bound).all()


@pytest.mark.parametrize("seed", range(30))
def test_search_that_is_cut_short_still_gives_a_valid_bound(seed: int) -> None:
    """With hardly any labels the round is not complete, or exact; its bounds hold anyway."""
    scenario = tiny_scenario(seed)
    instance = build_instance(scenario)
    pricer, columns = Pricer(instance), legal_columns(scenario, instance)
    duals = random_duals(Random(f"cut/{seed}"), instance)
    priced = pricer.price(duals, np.arange(len(instance.targets)), ANY, most=12)
    for group, least in least_by_group(instance, columns, duals).items():
        bounds = priced.bound[instance.targets.group == group]
        assert min(bounds) <= least + slack(least)


@pytest.mark.parametrize("seed", range(200))
def test_no_pathway_is_cheaper_than_its_screen_says(seed: int) -> None:
    """Whether a low chance costs or, as where moves are dear, saves."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    instance, rng = build_instance(scenario, previous), Random(f"screen/{seed}")
    pricer, jobs = Pricer(instance), np.arange(len(instance.targets))
    columns = legal_columns(scenario, instance, previous)
    for _ in range(DRAWS):
        duals = random_duals(rng, instance, 1.0, all_starts(instance), cuts=True)
        bound = pricer.screen(duals, jobs, ANY)
        for column in columns:
            value = reduced_cost(column, duals)
            assert bound[column.target] <= value + slack(value)
