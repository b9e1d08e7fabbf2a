"""Scenarios at the edges of what a search state holds: many facts, sixty periods, many uses."""

from __future__ import annotations

from tests import builders as build

from succession.domain import Scenario
from succession.optimize import solve
from succession.verify import verify


def halves(facts: int) -> Scenario:
    """A role of many requirements, which two courses at 10 give half each, and one at 30 whole."""
    names = [f"C{k:03d}" for k in range(facts)]
    middle = facts // 2
    given = {"A": names[:middle], "B": names[middle:], "whole": names}
    return build.promotion(
        competencies=[build.competency(name) for name in names],
        requirements=[build.requirement("senior", name) for name in names],
        activities=[
            build.activity("A", cost=10.0),
            build.activity("B", cost=10.0),
            build.activity("whole", cost=30.0),
        ],
        outcomes=[build.outcome(name, c) for name, held in given.items() for c in held],
    )


def test_a_role_of_more_facts_than_a_number_has_bits_is_learnt_for_in_full() -> None:
    """Two courses at 10 fill the opening: 20, not 10 for the half that a short state would see."""
    scenario = halves(90)
    plan = solve(scenario, gap=0.0).plan
    assert plan.status == "optimal"
    assert plan.cost == 20.0
    assert verify(scenario, plan).violations == ()


def test_sixty_months_are_planned_to_the_last() -> None:
    """Needed in month 60: the course of 59 months, started in month 1, ends just in time."""
    scenario = build.promotion(
        build.settings(period="month", periods=60),
        employees=[build.employee("E1", available_to=60)],
        openings=[build.opening("O1", needed=60)],
        activities=[build.activity("long", cost=7.0, duration=59)],
        outcomes=[build.outcome("long", "C")],
    )
    plan = solve(scenario, gap=0.0).plan
    assert plan.cost == 7.0
    assert [(row.start, plan.placements[0].period) for row in plan.learning] == [(1, 60)]


def test_the_cheapest_of_many_alike_courses_is_taken() -> None:
    """1,500 courses give the same; the cheapest costs 1, hiring 100."""
    count = 1500
    scenario = build.promotion(
        activities=[build.activity(f"A{k:04d}", cost=float(count - k)) for k in range(count)],
        outcomes=[build.outcome(f"A{k:04d}", "C") for k in range(count)],
    )
    plan = solve(scenario, gap=0.0).plan
    assert plan.cost == 1.0
    assert [row.activity for row in plan.learning] == ["A1499"]
