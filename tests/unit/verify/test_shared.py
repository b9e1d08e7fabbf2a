"""Section 5: sessions, openings, bench and locks."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import activity, candidate, commitment, employee, opening, session
from tests.unit.verify.world import breaches, legal_plan, moved, only, world

from succession.domain import (
    Hires,
    Learning,
    Placement,
    RuleId,
    Scenario,
    SessionsHeld,
    Standby,
    Unfilled,
)


def test_no_more_sessions_than_the_calendar_allows() -> None:
    seated = world(activities=[activity("A", seats=1)])
    legal_plan(seated, **moved(sessions=[SessionsHeld("A", 1, 1)]))
    found = only(breaches(seated, **moved(sessions=[SessionsHeld("A", 1, 2)])), RuleId.SESSIONS)
    assert (found.who, found.when, found.amount) == ("A", "2027-Q1", 1.0)
    legal_plan(
        world(activities=[activity("A", seats=1)], sessions=[session("A", 1, 2)]),
        **moved(sessions=[SessionsHeld("A", 1, 2)]),
    )


def committed(most: int, min_seats: int = 0) -> Scenario:
    """Three people are committed to A in period 1, two seats a session."""
    staff = [employee(f"E{number}") for number in range(1, 5)]
    return world(
        employees=staff,
        activities=[activity("A", seats=2, min_seats=min_seats)],
        sessions=[session("A", 1, most)],
        commitments=[commitment(name, "A", 1) for name in ("E2", "E3", "E4")],
    )


KEPT = [Learning(name, "A", 1) for name in ("E2", "E3", "E4")]


def test_commitments_hold_the_sessions_they_need() -> None:
    hired: dict[str, Any] = {"learning": KEPT, "hires": [Hires("O1", 1)]}
    legal_plan(committed(2), **hired, sessions=[SessionsHeld("A", 1, 2)])
    found = only(
        breaches(committed(2), **hired, sessions=[SessionsHeld("A", 1, 1)]), RuleId.SESSIONS
    )
    assert (found.who, found.when, found.amount) == ("A", "2027-Q1", 1.0)
    legal_plan(committed(1), **hired, sessions=[SessionsHeld("A", 1, 1)])
    legal_plan(committed(0), **hired)


def test_commitments_need_no_viable_class_but_further_sessions_do() -> None:
    hired: dict[str, Any] = {"learning": KEPT, "hires": [Hires("O1", 1)]}
    legal_plan(committed(4, min_seats=2), **hired, sessions=[SessionsHeld("A", 1, 2)])
    # 3 starts ≥ 2 × (3 − 2), but not ≥ 2 × (4 − 2): commitments count among the starts.
    legal_plan(committed(4, min_seats=2), **hired, sessions=[SessionsHeld("A", 1, 3)])
    found = only(
        breaches(committed(4, min_seats=2), **hired, sessions=[SessionsHeld("A", 1, 4)]),
        RuleId.MIN_SEATS,
    )
    assert (found.who, found.when, found.amount) == ("A", "2027-Q1", 1.0)


def test_a_class_without_enough_learners_is_not_viable() -> None:
    enough = world(activities=[activity("A", seats=5, min_seats=1)])
    legal_plan(enough, **moved(sessions=[SessionsHeld("A", 1, 1)]))
    lone = world(activities=[activity("A", seats=5, min_seats=2)])
    found = only(breaches(lone, **moved(sessions=[SessionsHeld("A", 1, 1)])), RuleId.MIN_SEATS)
    assert (found.who, found.amount) == ("A", 1.0)


@pytest.mark.parametrize(
    ("lists", "amount"),
    [
        ({}, 2.0),
        ({"hires": [Hires("O1", 1)]}, 1.0),
        ({"hires": [Hires("O1", 2)], "unfilled": [Unfilled("O1", 1)]}, 1.0),
    ],
)
def test_every_seat_has_exactly_one_answer(lists: dict[str, Any], amount: float) -> None:
    two = world(openings=[opening("O1", seats=2)])
    found = only(breaches(two, **lists), RuleId.OPENINGS)
    assert (found.who, found.when, found.amount) == ("O1", "2027-Q3", amount)
    legal_plan(two, hires=[Hires("O1", 1)], unfilled=[Unfilled("O1", 1)])
    legal_plan(two, **moved(hires=[Hires("O1", 1)]))


def test_hires_and_gaps_only_where_their_cost_is_known() -> None:
    closed = world(openings=[opening("O1", external_cost=None)])
    assert only(breaches(closed, hires=[Hires("O1", 1)]), RuleId.OPENINGS).what == "hires"
    legal_plan(closed, unfilled=[Unfilled("O1", 1)])
    vital = world(openings=[opening("O1", unfilled_cost=None)])
    assert only(breaches(vital, unfilled=[Unfilled("O1", 1)]), RuleId.OPENINGS).what == "unfilled"
    legal_plan(vital, hires=[Hires("O1", 1)])


def test_no_more_standbys_than_the_bench_wants() -> None:
    lists: dict[str, Any] = {
        "standbys": [Standby("O1", "E1"), Standby("O1", "E2")],
        "hires": [Hires("O1", 1)],
    }
    found = only(
        breaches(world(openings=[opening("O1", bench=1)], requirements=[]), **lists), RuleId.BENCH
    )
    assert (found.who, found.amount) == ("O1", 1.0)
    legal_plan(world(openings=[opening("O1", bench=2)], requirements=[]), **lists)


def test_who_is_required_is_placed_there_and_then() -> None:
    wanted = world(
        openings=[opening("O1", max_delay=1)],
        candidates=[candidate("O1", "E1", status="require", period=4)],
    )
    legal_plan(wanted, **moved(placements=[Placement("O1", "E1", 4)]))
    found = only(breaches(wanted, **moved()), RuleId.LOCK)
    assert (found.who, found.what, found.when) == ("E1", "O1", "2027-Q4")
    assert found.message == "E1 must be placed in opening O1 in 2027-Q4."
    assert only(breaches(wanted, hires=[Hires("O1", 1)]), RuleId.LOCK).who == "E1"


def test_who_is_required_in_no_period_may_be_placed_in_any() -> None:
    wanted = world(candidates=[candidate("O1", "E1", status="require")])
    legal_plan(wanted, **moved())
    assert only(breaches(wanted, hires=[Hires("O1", 1)]), RuleId.LOCK).when == ""


def test_who_is_named_a_standby_stands_by() -> None:
    named = world(
        openings=[opening("O1", bench=1)],
        candidates=[candidate("O1", "E1", status="standby")],
    )
    hired: dict[str, Any] = {"hires": [Hires("O1", 1)]}
    legal_plan(named, standbys=[Standby("O1", "E1")], learning=[Learning("E1", "A", 1)], **hired)
    assert only(breaches(named, **hired), RuleId.LOCK).who == "E1"
    assert only(breaches(named, **moved()), RuleId.LOCK).who == "E1"
