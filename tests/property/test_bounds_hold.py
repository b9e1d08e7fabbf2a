"""Bounds hold whenever they are said, and beyond the sizes that enumeration reaches.

Plans of the peers, which share no code with the solver, and of easier scenarios are what a bound
must stay below; whatever the clock allowed, that is so.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import pytest
from benchmarks.peers.draft import Answer
from benchmarks.peers.greedy import solve_greedily
from benchmarks.peers.local_search import solve_by_local_search
from benchmarks.scenarios import large_scenario
from benchmarks.world import Option
from tests.generator import small_scenario, tiny_previous, tiny_scenario
from tests.oracle.exact import solve_exactly
from tests.property.test_laws import FACTOR, in_another_currency

from succession.domain import Scenario, SolveResult
from succession.optimize import solve
from succession.verify import verify

OPTIONS: tuple[Option, ...] = ("plain", "rich", "tight", "chains")
SECONDS = 4.0
SMALL = (1, 3, 8, 11, 19, 29)
WITH_BUDGETS = (3, 8, 11, 22, 26, 49)
WITH_SEATS = (1, 8, 19, 28, 29, 57)


def slack(*amounts: float) -> float:
    return 2e-6 * max(1.0, *(abs(amount) for amount in amounts))


def bounds(result: SolveResult) -> list[float]:
    """Every bound that was reported, the plan's the last."""
    said = [row.bound for row in result.history] + [result.plan.bound]
    return [bound for bound in said if bound is not None]


def costs(result: SolveResult) -> list[float]:
    said = [row.cost for row in result.history] + [result.plan.cost]
    return [cost for cost in said if cost is not None]


@cache
def small(seed: int) -> Scenario:
    """30 people, without commitments, whose sessions would change with the seats."""
    return replace(small_scenario(seed, employees=30, activities=40), commitments=())


def solved(scenario: Scenario) -> SolveResult:
    return solve(scenario, gap=1e-4, time_limit=SECONDS)


@cache
def result_of(seed: int) -> SolveResult:
    return solved(small(seed))


@pytest.mark.parametrize("seed", range(0, 200, 5))
def test_no_bound_on_the_way_is_above_the_optimum(seed: int) -> None:
    """Nor any cost on the way below it, nor does either get worse."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    truth = solve_exactly(scenario, previous).cost
    result = solve(scenario, gap=0.0, previous=previous)
    if truth is None:
        assert costs(result) == []
        return
    assert max(bounds(result)) <= truth + slack(truth)
    assert min(costs(result)) >= truth - slack(truth)
    said = costs(result)
    assert all(later <= cost + slack(cost) for cost, later in pairwise(said))


@pytest.mark.parametrize("option", OPTIONS)
def test_no_bound_is_above_a_peer_s_plan(option: Option) -> None:
    """100 people, plans that the verifier has passed: greedy's, the local search's, our own."""
    scenario = large_scenario(100, option=option)
    result = solve(scenario, gap=1e-3, time_limit=SECONDS)
    peers: list[Answer] = [
        solve_greedily(scenario),
        solve_by_local_search(scenario, seconds=2.0),
    ]
    assert verify(scenario, result.plan).violations == ()
    for peer in peers:
        assert peer.plan is not None
        assert peer.cost is not None
        assert verify(scenario, peer.plan).violations == ()
        assert max(bounds(result)) <= peer.cost + slack(peer.cost)
    assert max(bounds(result)) <= min(costs(result)) + slack(min(costs(result)))


def assert_easier(easier: SolveResult, harder: SolveResult) -> None:
    """What is proven of the easier scenario is no more than a plan of the harder one costs."""
    cost = harder.plan.cost
    if cost is not None:
        assert easier.plan.status != "infeasible"
        assert max(bounds(easier)) <= cost + slack(cost)
        if easier.stopped == "gap" and easier.plan.cost is not None:
            assert easier.plan.cost <= cost + 1e-4 * abs(easier.plan.cost) + slack(cost)


@pytest.mark.parametrize("seed", WITH_BUDGETS)
def test_more_budget_never_raises_what_is_proven(seed: int) -> None:
    rows = small(seed).budgets
    assert rows
    more = tuple(replace(row, amount=1.3 * row.amount + 50) for row in rows)
    assert_easier(solved(replace(small(seed), budgets=more)), result_of(seed))


@pytest.mark.parametrize("seed", WITH_SEATS)
def test_more_seats_never_raise_what_is_proven(seed: int) -> None:
    """Classes of half the seats, but never below their minimum, against whole ones."""
    rows = small(seed).activities
    less = tuple(
        row if row.seats is None else replace(row, seats=max(1, row.min_seats, row.seats // 2))
        for row in rows
    )
    assert less != rows
    assert_easier(result_of(seed), solved(replace(small(seed), activities=less)))


@pytest.mark.parametrize("seed", SMALL)
def test_an_activity_more_never_raises_what_is_proven(seed: int) -> None:
    """Without the one that its plan uses most, where it uses any."""
    scenario = small(seed)
    used = Counter(row.activity for row in result_of(seed).plan.learning)
    gone = max(sorted(used), key=lambda name: used[name]) if used else scenario.activities[0]
    tables_of = ("activities", "sessions", "prerequisites", "outcomes")
    less: dict[str, Any] = {
        table: tuple(row for row in getattr(scenario, table) if row.activity != gone)
        for table in tables_of
    }
    assert_easier(result_of(seed), solved(replace(scenario, **less)))


@pytest.mark.parametrize("seed", SMALL)
def test_what_is_proven_scales_with_all_amounts(seed: int) -> None:
    """Between bound and cost lies the optimum: times 7 it lies between those of amounts times 7."""

    plan, other = result_of(seed).plan, solved(in_another_currency(small(seed))).plan
    if plan.cost is not None and plan.bound is not None:
        assert other.cost is not None
        assert other.bound is not None
        assert other.bound <= FACTOR * plan.cost + slack(other.bound)
        assert FACTOR * plan.bound <= other.cost + slack(other.cost)
