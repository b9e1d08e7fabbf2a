"""Conflicts: the rows named cannot hold together, and none of them is named in vain."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests import builders as build
from tests.generator import tiny_scenario
from tests.oracle.exact import solve_exactly

from succession.domain import SHEETS, ConflictRow, Scenario
from succession.optimize import conflict, solve

INFEASIBLE = (8, 11, 49, 56, 75, 83, 138, 155, 166, 191, 197, 216)
"""Seeds whose scenario has no plan."""


def numbered(scenario: Scenario) -> Scenario:
    """With row numbers, so that a conflict's row tells which record is meant."""
    rows = {sheet: tuple(range(len(getattr(scenario, name)))) for sheet, name in SHEETS.items()}
    return replace(scenario, source_rows=rows)


def relaxed_but(scenario: Scenario, kept: set[tuple[str, int | None]]) -> Scenario:
    """Every row that could forbid a plan relaxed, but those kept."""
    culprits = conflict._culprits(scenario)
    return conflict._relax(scenario, [c for c in culprits if (c.sheet, c.number) not in kept])


@pytest.mark.parametrize("seed", INFEASIBLE)
def test_conflict_is_true_and_minimal(seed: int) -> None:
    """By enumeration: its rows alone leave no plan, and one row fewer leaves one."""
    scenario = numbered(tiny_scenario(seed))
    plan = solve(scenario, gap=0.0).plan
    assert plan.status == "infeasible"
    kept = {(row.sheet, row.row) for row in plan.conflict}
    assert kept
    assert len(kept) == len(plan.conflict)
    assert solve_exactly(relaxed_but(scenario, kept)).status == "infeasible"
    for row in kept:
        assert solve_exactly(relaxed_but(scenario, kept - {row})).status == "optimal"


def test_infeasible_plan_is_empty() -> None:
    """Cost, bound and gap are null, and so are the lists."""
    result = solve(too_many_required(), gap=0.0)
    plan = result.plan
    assert result.stopped == "infeasible"
    assert (plan.cost, plan.bound, plan.gap) == (None, None, None)
    assert (plan.placements, plan.learning, plan.hires) == ((), (), ())


def too_many_required(**changes: float) -> Scenario:
    """E1 and E2 must be placed; each needs A at 60, and the pool has 100."""
    amount = changes.get("amount", 100.0)
    return build.promotion(
        employees=[build.employee("E1"), build.employee("E2")],
        openings=[build.opening("O1", seats=2)],
        candidates=[
            build.candidate("O1", "E1", status="require"),
            build.candidate("O1", "E2", status="require"),
        ],
        activities=[build.activity("A", cost=60.0, pool="P")],
        budgets=[build.budget("P", amount), build.budget("other", 1.0)],
    )


def test_conflict_names_the_budget_and_both_requirements() -> None:
    """By hand: any two of the three rows can hold; the other budget has nothing to do with it."""
    plan = solve(numbered(too_many_required()), gap=0.0).plan
    assert set(plan.conflict) == {
        ConflictRow("Budgets", 0, "pool P may spend 100.00"),
        ConflictRow("Candidates", 0, "E1 must be placed in O1"),
        ConflictRow("Candidates", 1, "E2 must be placed in O1"),
    }


def test_enough_money_resolves_the_conflict() -> None:
    plan = solve(too_many_required(amount=120.0), gap=0.0).plan
    assert (plan.status, plan.cost, plan.conflict) == ("optimal", 120.0, ())


@pytest.mark.parametrize("allowed", [0, 1])
def test_a_requirement_that_nobody_can_keep_is_the_whole_conflict(allowed: int) -> None:
    """E1 has no way to learn what the role asks for: their lock alone allows no plan."""
    base = too_many_required()
    lonely = replace(base, outcomes=(), candidates=base.candidates[: allowed + 1])
    plan = solve(numbered(lonely), gap=0.0).plan
    assert plan.status == "infeasible"
    assert len(plan.conflict) == 1
    assert plan.conflict[0].sheet == "Candidates"
