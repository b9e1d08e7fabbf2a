"""Branch and price where closing by enumeration does not help."""

from __future__ import annotations

from typing import Any

import pytest
from tests.generator import tiny_previous, tiny_scenario
from tests.oracle.exact import solve_exactly
from tests.unit.pathways.detour import detour

from succession.domain import Learning
from succession.optimize import branch_and_price, branching, closing, integer, solve
from succession.verify import verify

SEEDS = range(60)


@pytest.fixture
def splits(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The first pool never does, so that every branch that is open is split; how often it was."""
    counted: list[int] = []
    close, children = integer.close_by_enumeration, branching.children

    def close_last(*args: Any, most: int, **options: Any) -> Any:
        if most < closing.Attempt.LAST.value[0]:
            relaxation, cutoff = args[3:5]
            return integer.Closing(None, (), cutoff, (), relaxation.bound, False)
        return close(*args, most=most, **options)

    def count(*args: Any) -> Any:
        made = children(*args)
        counted.append(len(made))
        return made

    monkeypatch.setattr(closing, "close_by_enumeration", close_last)
    monkeypatch.setattr(branch_and_price, "children", count)
    return counted


@pytest.mark.parametrize("seed", SEEDS)
def test_branching_finds_what_enumeration_finds(seed: int, splits: list[int]) -> None:
    """Status, cost and proof are the oracle's although every branch is split."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    sha256 = None if previous is None else "previous"
    truth = solve_exactly(scenario, previous, sha256)
    plan = solve(scenario, gap=0.0, previous=previous, previous_sha256=sha256).plan
    assert plan.status == truth.status
    if truth.cost is not None:
        assert plan.cost == pytest.approx(truth.cost, rel=0, abs=1e-6 * max(1, abs(truth.cost)))
        assert verify(scenario, plan, previous).violations == ()


@pytest.mark.parametrize("seed", SEEDS)
def test_small_pools_change_no_answer(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """With pools of one pathway at first, the optimum is the same."""
    monkeypatch.setattr(closing.Attempt.SHY, "_value_", (1, closing.TIMID))
    scenario = tiny_scenario(seed)
    truth, plan = solve_exactly(scenario), solve(scenario, gap=0.0).plan
    assert plan.status == truth.status
    if truth.cost is not None:
        assert plan.cost == pytest.approx(truth.cost, rel=0, abs=1e-6 * max(1, abs(truth.cost)))


@pytest.mark.parametrize("seeds", [(17, 19, 48, 51, 54, 59)])
def test_branches_are_split_where_the_relaxation_is_fractional(
    seeds: tuple[int, ...], splits: list[int]
) -> None:
    """The tests above do force branching: these seeds have fractional relaxations."""
    for seed in seeds:
        solve(tiny_scenario(seed), gap=0.0, previous=tiny_previous(seed))
    assert any(splits)


def test_a_detour_that_fills_a_class_is_not_left_out() -> None:
    """V twice costs 2, and otherwise E2's opening is hired for at 10,000."""
    plan = solve(detour(), gap=0.0).plan
    assert Learning("E1", "V", 1) in plan.learning
    assert plan.status == "optimal"
    assert plan.cost == pytest.approx(2.0)
