"""What the plan file says of itself: header, order, costs, bound, gap and status."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from typing import Any

import pytest
from tests.builders import activity, opening, plan, settings
from tests.unit.verify.world import breaches, legal_plan, moved, only, settle, world

from succession.domain import (
    Costs,
    Hires,
    Learning,
    Placement,
    Plan,
    RuleId,
    SessionsHeld,
    Violation,
)
from succession.verify import verify

NAN = float("nan")


def hired(**changes: Any) -> tuple[Violation, ...]:
    """What is wrong with a legal plan of cost 100 after these changes."""
    return verify(
        world(), replace(legal_plan(world(), hires=[Hires("O1", 1)]), **changes)
    ).violations


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("scenario_sha256", "0" * 64),
        ("start", date(2027, 4, 1)),
        ("period", "month"),
        ("periods", 8),
        ("currency", "USD"),
    ],
)
def test_the_header_is_the_scenarios(name: str, value: object) -> None:
    assert only(hired(**{name: value}), RuleId.FORMAT).who == name


def test_the_name_and_the_day_of_the_start_may_differ() -> None:
    assert hired(scenario="renamed", start=date(2027, 1, 15)) == ()


def test_lists_are_sorted() -> None:
    two = world(openings=[opening("O1"), opening("O2")])
    unsorted = (Hires("O2", 1), Hires("O1", 1))
    assert only(breaches(two, hires=unsorted), RuleId.FORMAT).who == "hires"
    legal_plan(two, hires=tuple(reversed(unsorted)))


@pytest.mark.parametrize(
    ("lists", "who"),
    [
        (moved(placements=[Placement("O1", "E1", 3)] * 2), "placements"),
        (moved(learning=[Learning("E1", "A", 1)] * 2), "learning"),
        (moved(sessions=[SessionsHeld("A", 1, 1)] * 2), "sessions"),
        (moved(sessions=[SessionsHeld("A", 1, 1), SessionsHeld("A", 1, 2)]), "sessions"),
    ],
)
def test_nothing_is_listed_twice(lists: dict[str, Any], who: str) -> None:
    seats = 1 if who == "sessions" else None
    found = breaches(world(activities=[activity("A", seats=seats)]), **lists)
    double = [item for item in found if item.rule == RuleId.FORMAT]
    assert [(item.who, item.amount) for item in double] == [(who, 1.0)]


def test_an_opening_is_hired_for_in_one_row() -> None:
    two = world(openings=[opening("O1", seats=3)])
    found = only(breaches(two, hires=[Hires("O1", 1), Hires("O1", 2)]), RuleId.FORMAT)
    assert (found.who, found.what) == ("hires", "O1")


@pytest.mark.parametrize("part", [item.name for item in fields(Costs)])
def test_each_cost_part_is_checked(part: str) -> None:
    legal = legal_plan(world(), hires=[Hires("O1", 1)])
    right = getattr(legal.costs, part)
    found = only(hired(costs=replace(legal.costs, **{part: right + 0.5})), RuleId.COST)
    assert (found.who, found.amount) == (part, 0.5)


@pytest.mark.parametrize(("error", "wrong"), [(5e-5, False), (2e-4, True)])
def test_costs_may_differ_by_rounding_only(error: float, wrong: bool) -> None:
    assert bool(hired(costs=Costs(external=100 + error))) is wrong


def test_the_total_is_checked() -> None:
    found = only(hired(cost=90.0, bound=90.0), RuleId.COST)
    assert (found.who, found.amount) == ("total", 10.0)
    assert only(hired(cost=None), RuleId.COST).who == "total"


@pytest.mark.parametrize("value", [NAN, float("inf"), -float("inf")])
def test_numbers_that_are_none_never_pass(value: float) -> None:
    assert {item.rule for item in hired(cost=value)} >= {RuleId.COST}
    assert {item.who for item in hired(costs=Costs(external=value))} == {"external"}
    assert {item.rule for item in hired(bound=value)} == {RuleId.BOUND}
    assert {item.rule for item in hired(gap=value)} == {RuleId.BOUND}


def test_the_bound_is_not_above_the_cost() -> None:
    assert only(hired(bound=100.1), RuleId.BOUND).amount == pytest.approx(0.1)
    assert hired(bound=100.00001) == ()


def test_the_gap_follows_from_cost_and_bound() -> None:
    assert hired(status="feasible", bound=90.0, gap=0.1) == ()
    found = only(hired(status="feasible", bound=90.0, gap=0.05), RuleId.BOUND)
    assert found.who == "gap"
    assert found.amount == pytest.approx(0.05)


def test_the_gap_of_a_small_cost_is_absolute() -> None:
    free = world(openings=[opening("O1", external_cost=0.25)])
    legal = legal_plan(free, hires=[Hires("O1", 1)])
    claimed = replace(legal, status="feasible", bound=0.0, gap=0.25)
    assert verify(free, claimed).ok


def test_optimal_is_only_what_is_proven() -> None:
    found = only(hired(bound=99.99, gap=1e-4), RuleId.BOUND)
    assert found.who == "status"
    assert found.amount == pytest.approx(1e-4)
    assert hired(bound=99.9999, gap=1e-6) == ()
    assert hired(status="feasible", bound=99.99, gap=1e-4) == ()


@pytest.mark.parametrize("name", ["bound", "gap"])
def test_a_plan_states_bound_and_gap(name: str) -> None:
    assert only(hired(**{name: None}), RuleId.BOUND).who == name


def test_a_plan_with_changes_counted_needs_its_previous_plan() -> None:
    dear = world(settings(change_cost=1.0))
    legal = legal_plan(dear, hires=[Hires("O1", 1)])
    named = replace(legal, previous_sha256="0" * 64)
    assert only(verify(dear, named).violations, RuleId.FORMAT).who == "previous_sha256"
    assert verify(dear, named, previous=legal).ok
    assert hired(previous_sha256="0" * 64) == ()


def test_claimed_changes_are_checked_against_the_previous_plan() -> None:
    dear = world(settings(change_cost=1.0))
    previous: Plan = plan(dear, learning=[Learning("E1", "A", 1)])
    now = settle(dear, plan(dear, hires=[Hires("O1", 1)]), previous)
    assert verify(dear, now, previous).ok
    assert {item.who for item in verify(dear, now).violations} == {"change", "total"}
