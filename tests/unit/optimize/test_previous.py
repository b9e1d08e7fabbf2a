"""The previous plan: what is kept costs nothing, what is dropped or moved costs the change."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from tests import builders as build

from succession.domain import Learning, Placement, Plan, Scenario
from succession.optimize import solve
from succession.verify import verify


def staff(change_cost: float) -> Scenario:
    """E1 and E2 can both learn A and take O1 in period 3; moving E2 costs 10 more."""
    return build.promotion(
        build.settings(change_cost=change_cost),
        employees=[build.employee("E1"), build.employee("E2")],
        candidates=[
            build.candidate("O1", "E1", move_cost=5.0),
            build.candidate("O1", "E2", move_cost=15.0),
        ],
        activities=[build.activity("A", cost=20.0)],
    )


def previous(start: date = date(2027, 1, 1), shift: int = 0) -> Plan:
    """E2 does A in the second quarter of 2027 and takes O1 in the third."""
    return replace(
        build.plan(staff(0.0)),
        start=start,
        learning=(Learning("E2", "A", 2 + shift),),
        placements=(Placement("O1", "E2", 3 + shift),),
    )


@pytest.mark.parametrize(("change_cost", "cost", "who"), [(4.9, 34.8, "E1"), (5.1, 35.0, "E2")])
def test_people_are_kept_where_changing_costs_more(
    change_cost: float, cost: float, who: str
) -> None:
    """E1 saves 10 and costs two changes, A and the placement: worth it below 5 each."""
    scenario, old = staff(change_cost), previous()
    plan = solve(scenario, gap=0.0, previous=old, previous_sha256="x").plan
    assert plan.cost == pytest.approx(cost)
    assert plan.costs.change == pytest.approx(2 * change_cost if who == "E1" else 0.0)
    assert [row.employee for row in plan.placements] == [who]
    assert plan.previous_sha256 == "x"
    assert verify(scenario, plan, old).violations == ()


def test_kept_start_is_where_the_previous_plan_had_it() -> None:
    """Period 2 and not an earlier one: moving it would be a change."""
    plan = solve(staff(6.0), gap=0.0, previous=previous(), previous_sha256="x").plan
    assert plan.learning == (Learning("E2", "A", 2),)


def test_plans_are_laid_side_by_side_by_calendar() -> None:
    """The same rows, told from a horizon that began a quarter earlier."""
    scenario, old = staff(6.0), previous(date(2026, 10, 1), shift=1)
    plan = solve(scenario, gap=0.0, previous=old, previous_sha256="x").plan
    assert plan.learning == (Learning("E2", "A", 2),)
    assert plan.cost == pytest.approx(35.0)


def test_rows_outside_the_horizon_are_not_compared() -> None:
    """All of a plan from ten years ago is out of sight, and so costs no change."""
    scenario, old = staff(6.0), previous(date(2017, 1, 1))
    plan = solve(scenario, gap=0.0, previous=old, previous_sha256="x").plan
    assert plan.cost == pytest.approx(25.0)
    assert plan.costs.change == 0.0


def test_without_a_previous_plan_nothing_changes() -> None:
    plan = solve(staff(6.0), gap=0.0).plan
    assert plan.cost == pytest.approx(25.0)
    assert plan.costs.change == 0.0
