"""Every limit: kept, broken by how much, and exceeded by commitments alone (section 4)."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import (
    activity,
    budget,
    commitment,
    employee,
    opening,
    path,
    plan,
    requirement,
    resource,
    session,
    settings,
    unit,
)
from tests.unit.verify.world import breaches, legal_plan, moved, only, settle, world

from succession.domain import (
    Hires,
    Learning,
    Placement,
    Plan,
    RuleId,
    Scenario,
    SessionsHeld,
    Standby,
)
from succession.verify import verify


def excesses(scenario: Scenario, legal: Plan) -> list[tuple[RuleId, str, str, float]]:
    return [
        (item.rule, item.who, item.when, item.amount) for item in verify(scenario, legal).excesses
    ]


def two_needed(**tables: Any) -> Scenario:
    """The role asks for C and D: E1 does A and B for it."""
    return world(requirements=[requirement("senior", "C"), requirement("senior", "D")], **tables)


BOTH = [Learning("E1", "A", 1), Learning("E1", "B", 1)]


def test_learning_fits_the_hours() -> None:
    hours = [activity("A", hours=30, duration=2), activity("B", hours=10.5)]
    busy = two_needed(activities=hours)
    found = only(breaches(busy, **moved(learning=BOTH)), RuleId.HOURS)
    assert (found.who, found.when, found.amount) == ("E1", "2027-Q1", 0.5)
    legal_plan(
        two_needed(activities=hours, employees=[employee("E1", hours=40.5)]), **moved(learning=BOTH)
    )


def test_no_more_activities_at_once_than_allowed() -> None:
    one = two_needed()
    legal_plan(one, **moved(learning=BOTH))
    strict = world(settings(max_at_once=1), requirements=one.requirements)
    found = only(breaches(strict, **moved(learning=BOTH)), RuleId.AT_ONCE)
    assert (found.who, found.when, found.amount) == ("E1", "2027-Q1", 1.0)
    legal_plan(strict, **moved(learning=[Learning("E1", "A", 1), Learning("E1", "B", 2)]))


def test_commitments_use_hours_and_places_before_anything_new() -> None:
    busy = world(
        settings(max_at_once=1),
        activities=[activity("A", hours=20), activity("B", hours=30, duration=3)],
        commitments=[commitment("E1", "B", -1)],
    )
    found = breaches(busy, **moved())
    assert [(item.rule, item.amount) for item in found] == [
        (RuleId.HOURS, 10.0),
        (RuleId.AT_ONCE, 1.0),
    ]
    legal_plan(busy, **moved(learning=[Learning("E1", "A", 2)]))


def test_commitments_over_hours_and_at_once_are_an_excess_and_block_new_learning() -> None:
    over = world(
        settings(max_at_once=1),
        activities=[activity("A"), activity("B", hours=30), activity("X", hours=20)],
        commitments=[commitment("E1", "B", 1), commitment("E1", "X", 1)],
    )
    committed = [Learning("E1", "B", 1), Learning("E1", "X", 1)]
    legal = legal_plan(over, learning=committed, hires=[Hires("O1", 1)])
    assert excesses(over, legal) == [
        (RuleId.HOURS, "E1", "2027-Q1", 10.0),
        (RuleId.AT_ONCE, "E1", "2027-Q1", 1.0),
    ]
    # A takes no hours, so it may lie beside too many of them, but it is one more at once.
    found = only(
        breaches(over, **moved(learning=[Learning("E1", "A", 1), *committed])), RuleId.AT_ONCE
    )
    assert found.amount == 1.0


def test_starts_fit_the_seats_of_the_sessions_held() -> None:
    tables: dict[str, Any] = {
        "activities": [activity("A", seats=1)],
        "openings": [opening("O1", seats=2)],
        "sessions": [session("A", 1, 2)],
    }
    lists = {
        "placements": [Placement("O1", "E1", 3), Placement("O1", "E2", 3)],
        "learning": [Learning("E1", "A", 1), Learning("E2", "A", 1)],
    }
    legal_plan(world(**tables), **lists, sessions=[SessionsHeld("A", 1, 2)])
    found = only(
        breaches(world(**tables), **lists, sessions=[SessionsHeld("A", 1, 1)]), RuleId.SEATS
    )
    assert (found.who, found.when, found.amount) == ("A", "2027-Q1", 1.0)
    assert only(breaches(world(**tables), **lists), RuleId.SEATS).amount == 2.0


def test_commitments_over_the_seats_are_an_excess_and_block_new_starts() -> None:
    over = world(
        activities=[activity("A", seats=1)],
        employees=[employee("E1"), employee("E2"), employee("E3")],
        commitments=[commitment("E2", "A", 1), commitment("E3", "A", 1)],
    )
    committed = [Learning("E2", "A", 1), Learning("E3", "A", 1)]
    held = [SessionsHeld("A", 1, 1)]
    legal = legal_plan(over, learning=committed, sessions=held, hires=[Hires("O1", 1)])
    assert excesses(over, legal) == [(RuleId.SEATS, "A", "2027-Q1", 1.0)]
    lists = moved(learning=[Learning("E1", "A", 1), *committed], sessions=held)
    assert only(breaches(over, **lists), RuleId.SEATS).amount == 1.0


def test_resources_take_as_many_learners_as_they_can_in_each_period() -> None:
    tables: dict[str, Any] = {
        "activities": [activity("A", resource="H", duration=2)],
        "openings": [opening("O1", seats=2)],
    }
    lists = {
        "placements": [Placement("O1", "E1", 3), Placement("O1", "E2", 3)],
        "learning": [Learning("E1", "A", 1), Learning("E2", "A", 1)],
    }
    legal_plan(world(**tables, resources=[resource("H", 2)]), **lists)
    short = world(**tables, resources=[resource("H", 2), resource("H", 1, 2)])
    found = only(breaches(short, **lists), RuleId.RESOURCES)
    assert (found.who, found.when, found.amount) == ("H", "2027-Q2", 1.0)


def test_a_resource_without_a_row_for_a_period_has_no_room_there() -> None:
    short = world(activities=[activity("A", resource="H")], resources=[resource("H", 5, 2)])
    assert only(breaches(short, **moved()), RuleId.RESOURCES).when == "2027-Q1"
    legal_plan(short, **moved(learning=[Learning("E1", "A", 2)]))


def test_commitments_over_a_resource_are_an_excess_only() -> None:
    over = world(
        activities=[activity("A"), activity("B", resource="H")],
        resources=[resource("H", 0)],
        commitments=[commitment("E2", "B", 0), commitment("E2", "B", 2)],
    )
    lists = moved(learning=[Learning("E1", "A", 1), Learning("E2", "B", 2)])
    assert excesses(over, legal_plan(over, **lists)) == [(RuleId.RESOURCES, "H", "2027-Q2", 1.0)]


def test_no_more_of_a_unit_are_away_than_allowed() -> None:
    tables: dict[str, Any] = {
        "activities": [activity("A", away=True)],
        "units": [unit("U", max_away=1)],
        "openings": [opening("O1", seats=2)],
    }
    lists = {
        "placements": [Placement("O1", "E1", 3), Placement("O1", "E2", 3)],
        "learning": [Learning("E1", "A", 1), Learning("E2", "A", 1)],
    }
    staff = [employee("E1", unit="U"), employee("E2", unit="U")]
    found = only(breaches(world(**tables, employees=staff), **lists), RuleId.AWAY)
    assert (found.who, found.when, found.amount) == ("U", "2027-Q1", 1.0)
    legal_plan(world(**tables, employees=[staff[0], employee("E2", unit="V")]), **lists)


def test_learning_that_is_not_away_takes_no_away_place() -> None:
    near = world(units=[unit("U", max_away=0)], employees=[employee("E1", unit="U")])
    legal_plan(near, **moved())


def test_commitments_over_the_away_places_block_new_ones() -> None:
    over = world(
        activities=[activity("A", away=True)],
        units=[unit("U", max_away=0)],
        employees=[employee("E1", unit="U"), employee("E2", unit="U")],
        commitments=[commitment("E2", "A", 1)],
    )
    lists = moved(learning=[Learning("E1", "A", 1), Learning("E2", "A", 1)])
    assert only(breaches(over, **lists), RuleId.AWAY).amount == 1.0
    hired = legal_plan(over, learning=[Learning("E2", "A", 1)], hires=[Hires("O1", 1)])
    assert excesses(over, hired) == [(RuleId.AWAY, "U", "2027-Q1", 1.0)]


def test_moves_out_of_a_unit_are_counted_in_each_period() -> None:
    tables: dict[str, Any] = {
        "units": [unit("U", max_moves_out=1), unit("V")],
        "employees": [employee("E1", unit="U"), employee("E2", unit="U")],
        "requirements": [],
    }
    out = world(**tables, openings=[opening("O1", seats=2, unit="V", max_delay=1)])
    both = {"placements": [Placement("O1", "E1", 3), Placement("O1", "E2", 3)]}
    found = only(breaches(out, **both), RuleId.MOVES_OUT)
    assert (found.who, found.when, found.amount) == ("U", "2027-Q3", 1.0)
    legal_plan(out, placements=[Placement("O1", "E1", 3), Placement("O1", "E2", 4)])
    legal_plan(world(**tables, openings=[opening("O1", seats=2, unit="U")]), **both)


def test_a_standby_is_no_move_out() -> None:
    stay = world(
        units=[unit("U", max_moves_out=0)],
        employees=[employee("E1", unit="U")],
        openings=[opening("O1", unit="V", bench=1)],
        requirements=[],
    )
    legal_plan(stay, standbys=[Standby("O1", "E1")], hires=[Hires("O1", 1)])


@pytest.mark.parametrize(
    ("row", "over"),
    [
        (budget("P", 100), 0),
        (budget("P", 99), 1),
        (budget("P", 99, from_period=2), 0),
        (budget("P", 99, to_period=1), 1),
        (budget("P", 99, unit="U"), 1),
        (budget("P", 99, unit="V"), 0),
        (budget("Q", 99), 0),
    ],
)
def test_activity_costs_are_charged_to_their_pool_at_the_start(row: Any, over: int) -> None:
    charged = world(
        activities=[activity("A", cost=100, pool="P", duration=2)],
        employees=[employee("E1", unit="U")],
        budgets=[row],
    )
    found = breaches(charged, **moved())
    assert [(item.rule, item.who, item.what, item.amount) for item in found] == [
        (RuleId.BUDGETS, "P", row.unit or "", 1.0)
    ] * over


def test_session_costs_are_charged_to_rows_without_a_unit_only() -> None:
    def charged(unit: str | None) -> Scenario:
        return world(
            activities=[activity("A", session_cost=100, pool="P", seats=5)],
            employees=[employee("E1", unit="U")],
            budgets=[budget("P", 40, unit=unit)],
        )

    lists = moved(sessions=[SessionsHeld("A", 1, 1)])
    assert only(breaches(charged(None), **lists), RuleId.BUDGETS).amount == 60.0
    legal_plan(charged("U"), **lists)


@pytest.mark.parametrize(("unit", "over"), [(None, 30.0), ("V", 30.0), ("U", 0.0)])
def test_hires_are_charged_to_the_external_pool_at_the_needed_period(
    unit: str | None, over: float
) -> None:
    charged = world(
        settings(external_pool="X"),
        openings=[opening("O1", seats=2, unit="V", probability=0.5)],
        budgets=[
            budget("X", 70, unit=unit, from_period=3, to_period=3),
            budget("X", 0, to_period=2),
        ],
    )
    found = breaches(charged, hires=[Hires("O1", 2)])
    assert [item.amount for item in found if item.rule == RuleId.BUDGETS] == [over] * (over > 0)


def test_a_fallback_to_a_hire_is_charged_when_the_placement_is_due() -> None:
    charged = world(
        settings(external_pool="X"),
        openings=[opening("O1", max_delay=1)],
        activities=[activity("A", pass_rate=0.75)],
        budgets=[budget("X", 20, from_period=4), budget("X", 0, to_period=3)],
    )
    late = moved(placements=[Placement("O1", "E1", 4)])
    assert only(breaches(charged, **late), RuleId.BUDGETS).amount == pytest.approx(5.0)


def test_a_fallback_to_an_unfilled_seat_is_not_charged() -> None:
    charged = world(
        settings(external_pool="X"),
        openings=[opening("O1", unfilled_cost=50.0)],
        activities=[activity("A", pass_rate=0.75)],
        budgets=[budget("X", 0)],
    )
    legal_plan(charged, **moved())


@pytest.mark.parametrize(("unit", "over"), [(None, 5.0), ("V", 5.0), ("U", 0.0)])
def test_expected_move_costs_are_charged_to_the_move_pool(unit: str | None, over: float) -> None:
    charged = world(
        settings(move_pool="M"),
        employees=[employee("E1", unit="U")],
        openings=[opening("O1", unit="V", probability=0.5)],
        activities=[activity("A", pass_rate=0.5)],
        career_paths=[path("junior", "senior", 100)],
        budgets=[budget("M", 20, unit=unit)],
    )
    found = breaches(charged, **moved())
    assert [item.amount for item in found] == pytest.approx([over] * (over > 0))


def test_commitments_over_a_budget_are_an_excess_their_sessions_included() -> None:
    over = world(
        activities=[
            activity("A", cost=1, pool="P"),
            activity("B", cost=30, pool="P", seats=2, session_cost=50),
        ],
        budgets=[budget("P", 60)],
        commitments=[commitment("E2", "B", 1), commitment("E2", "A", 0)],
    )
    kept = [Learning("E2", "B", 1)]
    held = [SessionsHeld("B", 1, 1)]
    legal = legal_plan(over, learning=kept, sessions=held, hires=[Hires("O1", 1)])
    assert excesses(over, legal) == [(RuleId.BUDGETS, "P", "2027-Q1 to 2027-Q4", 20.0)]
    new = moved(learning=[Learning("E1", "A", 1), *kept], sessions=held)
    assert only(breaches(over, **new), RuleId.BUDGETS).amount == 1.0


def test_every_limit_message_says_what_is_planned_and_allowed() -> None:
    short = world(activities=[activity("A", hours=41)])
    found = only(breaches(short, **moved()), RuleId.HOURS)
    assert found.message == (
        "Learning hours of E1 in 2027-Q1: 41 planned (0 of them committed), 40 allowed; 1 too many."
    )


def test_a_plan_without_commitments_has_no_excess() -> None:
    short = world(activities=[activity("A", hours=41)])
    assert verify(short, settle(short, plan(short, **moved()))).excesses == ()
