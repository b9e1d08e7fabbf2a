"""The oracle against cases worked by hand; the arithmetic is in the docstrings.

The world: E1 is a junior; a senior opening is needed in quarter 3 of 4. Seniors need `sql`, which
the course (20, one period) teaches. A move costs 10, a hire 100.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests import builders as b
from tests.oracle.exact import OracleResult, solve_exactly

from succession.domain import (
    Hires,
    Learning,
    Placement,
    Scenario,
    SessionsHeld,
    Settings,
    Vacated,
    VacatedHire,
    VacatedUnfilled,
)


def world(options: Settings | None = None, **tables: Any) -> Scenario:
    """The world above; a table given replaces it."""
    usual: dict[str, Any] = {
        "roles": [b.role("junior"), b.role("senior")],
        "requirements": [b.requirement("senior", "sql")],
        "employees": [b.employee("E1")],
        "career_paths": [b.path("junior", "senior", 10.0)],
        "openings": [b.opening("O1")],
        "activities": [b.activity("course", cost=20.0)],
        "outcomes": [b.outcome("course", "sql")],
    }
    return b.scenario(options, **{**usual, **tables})


def solved(scenario: Scenario, cost: float) -> OracleResult:
    result = solve_exactly(scenario)
    assert result.status == "optimal"
    assert result.cost == pytest.approx(cost)
    return result


def test_developing_is_cheaper_than_hiring() -> None:
    """Course 20 + move 10 = 30 < hire 100."""
    plan = solved(world(), 30.0).plan
    assert plan is not None
    assert plan.placements == (Placement("O1", "E1", 3),)
    assert (plan.costs.learning, plan.costs.moves) == (20.0, 10.0)


def test_failure_falls_back_to_a_hire() -> None:
    """σ = (1 − 0.19)^(2/4) × 0.8 = 0.72. 20 + 0.72·10 + 0.28·(100 + 10·min(0 + 1, 2)) = 58.

    The hire alone: 100 + 10·min(max(0, 1 + 1 − 3), 2) = 100.
    """
    plan = solved(
        world(
            employees=[b.employee("E1", leaving_risk=0.19)],
            activities=[b.activity("course", cost=20.0, pass_rate=0.8)],
            openings=[b.opening("O1", vacancy_cost=10.0, external_lead=1)],
        ),
        58.0,
    ).plan
    assert plan is not None
    assert plan.costs.external == pytest.approx(28.0)
    assert plan.costs.vacancy == pytest.approx(2.8)


def test_commitment_finished_before_the_horizon_is_no_risk() -> None:
    """A course from period 0 is finished by 1: σ = 1 and it costs nothing now. Only the move: 10.

    Started in 1 it counts: 20 + 0.5·10 + 0.5·100 = 75.
    """
    tables: dict[str, Any] = {
        "activities": [b.activity("course", cost=20.0, pass_rate=0.5)],
    }
    solved(world(commitments=[b.commitment("E1", "course", 0)], **tables), 10.0)
    solved(world(commitments=[b.commitment("E1", "course", 1)], **tables), 75.0)


def test_a_class_needs_its_minimum() -> None:
    """Two learners fill the class: 30 + 2·20 + 2·10 = 90 < 200. One alone may not: hire for 100."""
    course = b.activity("course", cost=20.0, seats=2, min_seats=2, session_cost=30.0)
    people = [b.employee("E1"), b.employee("E2")]
    both = world(employees=people, activities=[course], openings=[b.opening("O1"), b.opening("O2")])
    plan = solved(both, 90.0).plan
    assert plan is not None
    assert plan.sessions[0].sessions == 1
    solved(world(employees=people, activities=[course]), 100.0)


def test_nothing_new_uses_a_limit_that_commitments_exceed() -> None:
    """Two commitments on the one seat of period 2: 2·20 and one session 30; E1 cannot: hire 100."""
    scenario = world(
        employees=[b.employee("E1"), b.employee("E2", "other"), b.employee("E3", "other")],
        roles=[b.role("junior"), b.role("senior"), b.role("other")],
        activities=[b.activity("course", cost=20.0, seats=1, session_cost=30.0)],
        sessions=[b.session("course", 2)],
        commitments=[b.commitment("E2", "course", 2), b.commitment("E3", "course", 2)],
    )
    plan = solved(scenario, 170.0).plan
    assert plan is not None
    assert plan.sessions == (SessionsHeld("course", 2, 1),)
    assert plan.hires == (Hires("O1", 1),)


def test_outcomes_expire() -> None:
    """Valid for one period, `sql` must be finished in 3: start 2. Offered in 1 alone: hire, 100."""
    short = [b.outcome("course", "sql", valid_periods=1)]
    plan = solved(world(outcomes=short), 30.0).plan
    assert plan is not None
    assert plan.learning == (Learning("E1", "course", 2),)
    solved(world(outcomes=short, sessions=[b.session("course", 1)]), 100.0)


def test_change_is_counted_by_calendar() -> None:
    """A previous start in period 3 of a plan from October 2026 is period 2 now: 30, no change.

    Offered in 1 alone it moves: 20 + 10 + 15 = 45. What fell before the horizon never counts.
    """
    before = replace(
        b.plan(
            world(),
            learning=[Learning("E1", "course", 3), Learning("E1", "course", 1)],
            placements=[Placement("O1", "E1", 4), Placement("gone", "E1", 2)],
        ),
        start=date(2026, 10, 1),
    )
    settings = b.settings(change_cost=15.0)
    assert solve_exactly(world(settings), before).cost == pytest.approx(30.0)
    moved = world(settings, sessions=[b.session("course", 1)])
    assert solve_exactly(moved, before).cost == pytest.approx(45.0)


def test_a_standby_is_worth_its_chance() -> None:
    """E1 may not move before 4: hire 100, standby 20 + (1 − 0.81^(2/4))·50 = 25 < 50: 125.

    Where E1 may move, the placement wins: 20 + 10 + 50 for the shortage against 200 + 20.
    """
    settings = b.settings(bench_shortage_cost=50.0)
    people = [b.employee("E1", leaving_risk=0.19, move_from=4)]
    cheap = world(settings, employees=people, openings=[b.opening("O1", bench=1)])
    solved(cheap, 125.0)
    free = world(
        b.settings(bench_shortage_cost=50.0, risk="ignore"),
        openings=[b.opening("O1", bench=1, external_cost=200.0)],
    )
    solved(free, 80.0)


def test_wanted_development_keeps_people() -> None:
    """20 + 10 + 7·(3 − 2) − 0.5·(1 − 0.81^(4/4))·200 = 37 − 19 = 18."""
    settings = b.settings(interest_cost=7.0, retention_effect=0.5, risk="ignore")
    scenario = world(
        settings,
        employees=[b.employee("E1", leaving_risk=0.19)],
        roles=[b.role("junior", replacement_cost=200.0), b.role("senior")],
        interests=[b.interest("E1", "senior", 2)],
    )
    solved(scenario, 18.0)


def test_nobody_and_nothing_is_infeasible() -> None:
    """No hire, no unfilled, and the course ends in 4, after the opening is needed."""
    closed = b.opening("O1", external_cost=None, unfilled_cost=None)
    scenario = world(openings=[closed], activities=[b.activity("course", duration=3)])
    assert solve_exactly(scenario).status == "infeasible"
    late = world(
        openings=[replace(closed, max_delay=1, vacancy_cost=4.0)],
        activities=[b.activity("course", duration=3)],
    )
    solved(late, 10.0 + 4.0)


def test_hiring_is_charged_to_its_pool() -> None:
    """Two seats, hires 100 each, pool of 150, nobody ready: 100 + 1000 for the unfilled seat."""
    scenario = world(
        b.settings(external_pool="hiring"),
        employees=[],
        openings=[b.opening("O1", seats=2)],
        budgets=[b.budget("hiring", 150.0)],
    )
    solved(scenario, 1100.0)


def test_a_chain_ends_where_it_is_cheapest() -> None:
    """E1 moves up (10), E2 follows (5), and the trainee's seat stays unfilled (8): 23.

    Else a hire for the junior's seat (40 + 10·min(max(0, 1 + 3 − 3), 2) = 50): 60.
    """
    roles = [
        b.role("trainee", unfilled_cost=8.0),
        b.role("junior", external_cost=40.0, vacancy_cost=10.0, external_lead=3),
        b.role("senior"),
    ]
    paths = [b.path("junior", "senior", 10.0), b.path("trainee", "junior", 5.0)]
    people = [b.employee("E1"), b.employee("E2", "trainee")]
    settings = b.settings(backfill="chain")
    tables: dict[str, Any] = {"roles": roles, "requirements": [], "career_paths": paths}
    plan = solved(world(settings, employees=people, **tables), 23.0).plan
    assert plan is not None
    assert plan.vacated == (Vacated("E1", "E2", 3),)
    assert plan.vacated_unfilled == (VacatedUnfilled("E2"),)
    alone = solved(world(settings, employees=people[:1], **tables), 60.0).plan
    assert alone is not None
    assert alone.vacated_hires == (VacatedHire("E1"),)
