"""Pricing against full enumeration, at any duals."""

from __future__ import annotations

from collections import defaultdict
from random import Random

import numpy as np
import pytest
from tests.generator import tiny_previous, tiny_scenario
from tests.unit.pathways.detour import detour
from tests.unit.pathways.oracle_columns import (
    Column,
    all_starts,
    legal_columns,
    random_duals,
    reduced_cost,
)

from succession.domain import RuleId
from succession.instance import build_instance
from succession.pathways.prices import Duals, Link
from succession.pathways.pricing import Pricer

SEEDS = range(60)
DRAWS = 4
ANY = 1e9
"""A threshold that every pathway is below."""


def slack(*values: float) -> float:
    return 1e-6 * max(1.0, *(abs(value) for value in values))


def least_by_person(columns: list[Column], duals: Duals) -> dict[int, float]:
    least: dict[int, float] = {}
    for column in columns:
        value = reduced_cost(column, duals)
        least[column.person] = min(value, least.get(column.person, np.inf))
    return least


@pytest.mark.parametrize("seed", SEEDS)
def test_least_reduced_cost_is_that_of_full_enumeration(seed: int) -> None:
    """At random duals, phase one included, each person's best pathway is the best legal plan."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    instance, rng = build_instance(scenario, previous), Random(f"duals/{seed}")
    pricer, columns = Pricer(instance), legal_columns(scenario, instance, previous)
    jobs = np.arange(len(instance.targets))
    for draw in range(DRAWS):
        weight = 0.0 if draw == 0 else 1.0
        duals = random_duals(rng, instance, weight, all_starts(instance))
        truth = least_by_person(columns, duals)
        priced = pricer.price(duals, jobs, ANY)
        best: dict[int, float] = defaultdict(lambda: np.inf)
        for pathway, value in zip(priced.pathways, priced.reduced_costs, strict=True):
            best[pathway.person] = min(best[pathway.person], value)
        assert priced.complete
        assert set(best) == set(truth)
        for person, value in truth.items():
            assert best[person] == pytest.approx(value, rel=0, abs=slack(value, best[person]))


@pytest.mark.parametrize("seed", SEEDS)
def test_no_improving_pathway_is_claimed_only_where_there_is_none(seed: int) -> None:
    """Below −tiny nothing is missed, and nobody's bound lies above their least reduced cost."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    instance, rng = build_instance(scenario, previous), Random(f"claims/{seed}")
    pricer, columns = Pricer(instance), legal_columns(scenario, instance, previous)
    jobs, tiny = np.arange(len(instance.targets)), 1e-7
    for _ in range(DRAWS):
        duals = random_duals(rng, instance, 1.0, all_starts(instance))
        priced = pricer.price(duals, jobs, -tiny)
        truth = least_by_person(columns, duals)
        improving = {pathway.person for pathway in priced.pathways}
        for person in range(instance.persons):
            least = truth.get(person, np.inf)
            bounds = priced.bound[instance.targets.person == person]
            assert min(bounds, default=np.inf) <= least + slack(least if least < np.inf else 0)
            if least < -1e-3:
                assert person in improving
                assert min(bounds) == pytest.approx(least, rel=0, abs=slack(least))
            if least > 0:
                assert person not in improving


@pytest.mark.parametrize("seed", SEEDS)
def test_pathways_are_legal_plans_with_their_true_cost_and_rows(seed: int) -> None:
    """What pricing returns is a legal plan; cost, rows and reduced cost are the oracle's."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    instance, rng = build_instance(scenario, previous), Random(f"columns/{seed}")
    pricer = Pricer(instance)
    legal = {(c.target, c.starts): c for c in legal_columns(scenario, instance, previous)}
    duals = random_duals(rng, instance, 1.0, all_starts(instance))
    priced = pricer.price(duals, np.arange(len(instance.targets)), ANY)
    for pathway, value in zip(priced.pathways, priced.reduced_costs, strict=True):
        column = legal[pathway.key]
        assert pathway.cost == pytest.approx(column.cost, rel=0, abs=slack(column.cost))
        assert [row for row, _ in pathway.rows] == [row for row, _ in column.rows]
        assert [use for _, use in pathway.rows] == pytest.approx([use for _, use in column.rows])
        truth = reduced_cost(column, duals)
        assert value == pytest.approx(truth, rel=0, abs=slack(truth))


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


@pytest.mark.parametrize("seed", SEEDS)
def test_bounds_carried_over_to_other_duals_hold(seed: int) -> None:
    """Round after round at duals that move a little, or far: no bound lies above the truth, and
    what improves is found."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    instance, rng = build_instance(scenario, previous), Random(f"memory/{seed}")
    pricer, columns = Pricer(instance), legal_columns(scenario, instance, previous)
    jobs, starts = np.arange(len(instance.targets)), all_starts(instance)
    duals = random_duals(rng, instance, 1.0, starts)
    for step in range(6):
        priced = pricer.price(duals, jobs, -1e-7, remember=True)
        improving = {pathway.person for pathway in priced.pathways}
        for person, least in least_by_person(columns, duals).items():
            bounds = priced.bound[instance.targets.person == person]
            assert min(bounds) <= least + slack(least)
            assert person in improving or least > -1e-3
        other = random_duals(rng, instance, 1.0, starts)
        share = 1.0 if step == 3 else 0.02
        duals = Duals(
            (1 - share) * duals.rows + share * other.rows,
            (1 - share) * duals.persons + share * other.persons,
            1.0,
            {link: dual * rng.uniform(0.9, 1.05) for link, dual in duals.links.items()},
        )


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
    for person, least in least_by_person(columns, duals).items():
        bounds = priced.bound[instance.targets.person == person]
        assert min(bounds) <= least + slack(least)
