"""What cannot be read of a plan is named and left out; commitments are listed."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import activity, commitment, settings
from tests.unit.verify.world import breaches, legal_plan, moved, only, world

from succession.domain import (
    Hires,
    Learning,
    Placement,
    RuleId,
    SessionsHeld,
    Standby,
    Unfilled,
    Vacated,
    VacatedHire,
)

HIRED: dict[str, Any] = {"hires": [Hires("O1", 1)]}


@pytest.mark.parametrize(
    ("lists", "who", "what"),
    [
        ({"placements": [Placement("O9", "E1", 3)], **HIRED}, "O9", "placements"),
        ({"placements": [Placement("O1", "E9", 3)], **HIRED}, "E9", "placements"),
        ({"standbys": [Standby("O9", "E1")], **HIRED}, "O9", "standbys"),
        ({"standbys": [Standby("O1", "E9")], **HIRED}, "E9", "standbys"),
        ({"learning": [Learning("E9", "A", 1)], **HIRED}, "E9", "learning"),
        ({"learning": [Learning("E1", "Z", 1)], **HIRED}, "Z", "learning"),
        ({"sessions": [SessionsHeld("Z", 1, 1)], **HIRED}, "Z", "sessions"),
        ({"hires": [Hires("O1", 1), Hires("O9", 1)]}, "O9", "hires"),
        ({"unfilled": [Unfilled("O9", 1)], **HIRED}, "O9", "unfilled"),
    ],
)
def test_what_the_scenario_does_not_know_is_a_reference_breach(
    lists: dict[str, Any], who: str, what: str
) -> None:
    found = only(breaches(world(), **lists), RuleId.REFERENCE)
    assert (found.who, found.what) == (who, what)


@pytest.mark.parametrize(
    ("lists", "who"),
    [
        ({"vacated": [Vacated("E9", "E1", 3)]}, "E9"),
        ({"vacated_hires": [VacatedHire("E9")]}, "E9"),
    ],
)
def test_unknown_leavers_are_a_reference_breach(lists: dict[str, Any], who: str) -> None:
    found = breaches(world(settings(backfill="chain")), **lists, **HIRED)
    assert [item.who for item in found if item.rule == RuleId.REFERENCE] == [who]


@pytest.mark.parametrize("period", [-(10**12), 0, 5, 10**12])
def test_periods_lie_within_the_horizon(period: int) -> None:
    seated = world(activities=[activity("A", seats=1)])
    for lists, what in (
        ({"placements": [Placement("O1", "E1", period)]}, "placements"),
        ({"learning": [Learning("E1", "A", period)]}, "learning"),
        ({"sessions": [SessionsHeld("A", period, 1)]}, "sessions"),
    ):
        found = only(breaches(seated, **lists, **HIRED), RuleId.FORMAT)
        assert (found.what, found.when) == (what, f"period {period}")


@pytest.mark.parametrize("number", [0, -1, 10**400])
def test_numbers_of_seats_and_sessions_are_above_0_and_sane(number: int) -> None:
    seated = world(activities=[activity("A", seats=1)])
    assert (
        only(breaches(seated, sessions=[SessionsHeld("A", 1, number)], **HIRED), RuleId.FORMAT).who
        == "A"
    )
    assert only(breaches(seated, unfilled=[Unfilled("O1", number)], **HIRED), RuleId.FORMAT)
    found = breaches(seated, hires=[Hires("O1", number)])
    assert [item.rule for item in found] == [RuleId.FORMAT, RuleId.OPENINGS]


def test_an_activity_without_seats_has_no_sessions() -> None:
    found = only(breaches(world(), sessions=[SessionsHeld("A", 1, 1)], **HIRED), RuleId.FORMAT)
    assert (found.who, found.when) == ("A", "2027-Q1")


def test_commitments_from_period_1_on_are_listed() -> None:
    committed = world(commitments=[commitment("E2", "B", 2), commitment("E2", "B", 0)])
    legal_plan(committed, learning=[Learning("E2", "B", 2)], **HIRED)
    found = only(breaches(committed, **HIRED), RuleId.COMMITMENTS)
    assert (found.who, found.what, found.when) == ("E2", "B", "2027-Q2")


def test_a_commitment_before_the_horizon_is_not_listed() -> None:
    committed = world(commitments=[commitment("E1", "A", 0)])
    legal_plan(committed, **moved(learning=[]))
    listed = moved(learning=[Learning("E1", "A", 0)])
    assert only(breaches(committed, **listed), RuleId.FORMAT).when == "period 0"
