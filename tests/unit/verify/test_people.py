"""Sections 2 and 3: each rule of a person plan passes where kept and is named where broken."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import (
    activity,
    candidate,
    commitment,
    employee,
    interest,
    opening,
    outcome,
    path,
    prerequisite,
    profile,
    requirement,
    session,
    settings,
)
from tests.unit.verify.world import breaches, legal_plan, moved, only, world

from succession.domain import Hires, Learning, Placement, RuleId, Scenario, Standby

HIRED: dict[str, Any] = {"hires": [Hires("O1", 1)]}


def rules(found: tuple[Any, ...]) -> set[RuleId]:
    return {item.rule for item in found}


def test_learning_for_a_placement_is_legal() -> None:
    legal_plan(world(), **moved())


def test_a_new_activity_is_done_once() -> None:
    twice = [Learning("E1", "A", 1), Learning("E1", "A", 2)]
    found = breaches(world(), **moved(learning=twice))
    once = [item for item in found if item.rule == RuleId.ONCE]
    assert [(item.who, item.what, item.amount) for item in once] == [("E1", "A", 1.0)]


def test_what_is_committed_is_not_started_anew() -> None:
    # Started before the horizon, its outcome no longer holds in period 3: done again it would.
    committed = world(
        commitments=[commitment("E1", "A", -1)], outcomes=[outcome("A", "C", valid_periods=2)]
    )
    found = only(breaches(committed, **moved(learning=[Learning("E1", "A", 2)])), RuleId.ONCE)
    assert (found.who, found.what, found.amount) == ("E1", "A", 1.0)


def test_an_activity_starts_where_the_calendar_offers_it() -> None:
    offered = world(sessions=[session("A", 1), session("A", 2, 0)])
    legal_plan(offered, **moved())
    late = moved(learning=[Learning("E1", "A", 2)])
    found = only(breaches(offered, **late), RuleId.OFFERED)
    assert (found.who, found.what, found.when) == ("E1", "A", "2027-Q2")


def test_an_activity_may_end_with_the_horizon_but_not_after() -> None:
    long = world(activities=[activity("A", duration=4)])
    assert RuleId.OFFERED not in rules(breaches(long, **moved()))
    late = breaches(long, **moved(learning=[Learning("E1", "A", 2)]))
    assert [item.amount for item in late if item.rule == RuleId.OFFERED] == [1.0]


def test_prerequisites_are_held_when_the_activity_starts() -> None:
    staged = world(prerequisites=[prerequisite("A", "D")])
    both = [Learning("E1", "B", 1), Learning("E1", "A", 2)]
    legal_plan(staged, **moved(learning=both))
    at_once = [Learning("E1", "B", 1), Learning("E1", "A", 1)]
    found = breaches(staged, **moved(learning=at_once))
    assert rules(found) == {RuleId.PREREQUISITES, RuleId.PURPOSE}
    legal_plan(world(prerequisites=staged.prerequisites, profiles=[profile("E1", "D")]), **moved())


def test_no_prerequisite_binds_a_commitment() -> None:
    staged = world(prerequisites=[prerequisite("A", "D")], commitments=[commitment("E1", "A", 1)])
    legal_plan(staged, **moved())


def test_the_learner_is_available_while_learning() -> None:
    late = world(employees=[employee("E1", available_from=2), employee("E2")])
    legal_plan(late, **moved(learning=[Learning("E1", "A", 2)]))
    found = only(breaches(late, **moved()), RuleId.AVAILABILITY)
    assert (found.who, found.what, found.amount) == ("E1", "A", 1.0)


def test_a_commitment_may_lie_outside_availability() -> None:
    late = world(
        employees=[employee("E1", available_from=2)], commitments=[commitment("E1", "A", 1)]
    )
    legal_plan(late, **moved())


def test_a_placement_waits_for_move_from_and_a_standby_does_not() -> None:
    bench = opening("O1", bench=1)
    tied = world(openings=[bench], employees=[employee("E1", move_from=4)])
    found = only(breaches(tied, **moved()), RuleId.AVAILABILITY)
    assert (found.what, found.when, found.amount) == ("O1", "2027-Q3", 1.0)
    stand = {"standbys": [Standby("O1", "E1")], "learning": [Learning("E1", "A", 1)], **HIRED}
    legal_plan(tied, **stand)


@pytest.mark.parametrize(("available_to", "short"), [(4, 0), (3, 1)])
def test_a_placed_person_stays_long_enough_within_the_horizon(
    available_to: int, short: int
) -> None:
    leaver = world(settings(min_stay=4), employees=[employee("E1", available_to=available_to)])
    found = breaches(leaver, **moved())
    assert [(item.rule, item.amount) for item in found] == [(RuleId.AVAILABILITY, 1.0)] * short


def test_a_placed_person_stays_long_enough_where_the_horizon_is_longer() -> None:
    def leaver(available_to: int) -> Scenario:
        staff = [employee("E1", available_to=available_to)]
        return world(settings(min_stay=2, periods=8), employees=staff)

    legal_plan(leaver(4), **moved())
    assert only(breaches(leaver(3), **moved()), RuleId.AVAILABILITY).amount == 1.0


def test_a_standby_only_has_to_be_there_in_the_needed_period() -> None:
    bench = [opening("O1", bench=1)]
    stand = {"standbys": [Standby("O1", "E1")], "learning": [Learning("E1", "A", 1)], **HIRED}
    legal_plan(world(openings=bench, employees=[employee("E1", available_to=3)]), **stand)
    gone = world(openings=bench, employees=[employee("E1", available_to=2)])
    found = only(breaches(gone, **stand), RuleId.AVAILABILITY)
    assert found.message == (
        "E1, standby for opening O1 in 2027-Q3: the person is not available then."
    )


def test_a_career_path_or_a_name_makes_eligible() -> None:
    lost = world(career_paths=[])
    assert only(breaches(lost, **moved()), RuleId.ELIGIBLE).who == "E1"
    for status in ("nominate", "require"):
        legal_plan(
            world(career_paths=[], candidates=[candidate("O1", "E1", status=status)]), **moved()
        )


@pytest.mark.parametrize(
    "tables",
    [
        {"candidates": [candidate("O1", "E1", status="exclude")]},
        {"interests": [interest("E1", "senior", 0)]},
        {"openings": [opening("O1", incumbent="E1")]},
        {"openings": [opening("O1", nominated_only=True)]},
        {
            "employees": [employee("E1", "senior", unit="U")],
            "openings": [opening("O1", unit="U")],
            "career_paths": [path("senior", "senior")],
        },
    ],
    ids=["excluded", "unwilling", "incumbent", "not nominated", "no move"],
)
def test_each_objection_of_section_3_makes_ineligible(tables: dict[str, Any]) -> None:
    assert only(breaches(world(**tables), **moved()), RuleId.ELIGIBLE).what == "O1"


def test_a_transfer_within_the_role_goes_to_another_unit() -> None:
    transfer = world(
        employees=[employee("E1", "senior", unit="U")],
        openings=[opening("O1", unit="V", nominated_only=True)],
        candidates=[candidate("O1", "E1")],
    )
    legal_plan(transfer, **moved())


def test_readiness_is_asked_in_the_target_period() -> None:
    unready = only(breaches(world(), **moved(learning=[])), RuleId.TARGET)
    assert (unready.who, unready.what, unready.when) == ("E1", "O1", "2027-Q3")
    assert "C at level 1" in unready.message


@pytest.mark.parametrize(
    ("first", "last", "holds"),
    [(None, None, True), (3, 3, True), (4, None, False), (None, 2, False)],
)
def test_a_profile_holds_within_its_validity(
    first: int | None, last: int | None, holds: bool
) -> None:
    dated = world(profiles=[profile("E1", "C", 1, first, last)])
    assert (rules(breaches(dated, **moved(learning=[]))) == set()) is holds


@pytest.mark.parametrize(("periods", "holds"), [(1, False), (2, True), (None, True)])
def test_an_outcome_holds_for_its_valid_periods(periods: int | None, holds: bool) -> None:
    expiring = world(outcomes=[outcome("A", "C", valid_periods=periods)])
    assert (RuleId.TARGET not in rules(breaches(expiring, **moved()))) is holds


def test_the_level_must_be_reached() -> None:
    high = world(requirements=[requirement("senior", "C", 2)])
    assert RuleId.TARGET in rules(breaches(high, **moved()))
    legal_plan(world(requirements=high.requirements, outcomes=[outcome("A", "C", 3)]), **moved())


def test_a_placement_lies_between_needed_and_the_greatest_delay() -> None:
    late = moved(placements=[Placement("O1", "E1", 4)])
    assert only(breaches(world(), **late), RuleId.TARGET).amount == 1.0
    legal_plan(world(openings=[opening("O1", max_delay=1)]), **late)
    early = moved(placements=[Placement("O1", "E1", 2)])
    assert only(breaches(world(), **early), RuleId.TARGET).amount == 1.0


def test_nobody_is_placed_mid_course_commitments_apart() -> None:
    fork = {
        "activities": [activity("A"), activity("B", duration=3)],
        "outcomes": [outcome("A", "C")],
    }
    legal_plan(
        world(**fork, commitments=[commitment("E1", "B", 1)]),
        **moved(learning=[Learning("E1", "A", 1), Learning("E1", "B", 1)]),
    )
    slow = world(activities=[activity("A", duration=3)], profiles=[profile("E1", "C")])
    found = breaches(slow, **moved())
    assert [item.amount for item in found if item.rule == RuleId.TARGET] == [1.0]


def test_learning_without_a_target_is_not_planned() -> None:
    found = only(breaches(world(), learning=[Learning("E1", "A", 1)], **HIRED), RuleId.PURPOSE)
    assert (found.who, found.what) == ("E1", "A")


def test_learning_that_the_target_does_not_need_is_not_planned() -> None:
    both = [Learning("E1", "A", 1), Learning("E1", "B", 1)]
    found = only(breaches(world(), **moved(learning=both)), RuleId.PURPOSE)
    assert found.what == "B"


def test_of_two_activities_with_one_outcome_neither_is_needed() -> None:
    double = world(outcomes=[outcome("A", "C"), outcome("B", "C")])
    both = [Learning("E1", "A", 1), Learning("E1", "B", 1)]
    found = breaches(double, **moved(learning=both))
    assert [(item.rule, item.what) for item in found] == [
        (RuleId.PURPOSE, "A"),
        (RuleId.PURPOSE, "B"),
    ]


def test_an_activity_needed_for_a_prerequisite_alone_is_needed() -> None:
    # B is needed by A only; without B the role's C would still be there.
    chain = world(prerequisites=[prerequisite("A", "D")])
    both = [Learning("E1", "B", 1), Learning("E1", "A", 2)]
    legal_plan(chain, **moved(learning=both))


def test_a_commitment_makes_the_new_activity_needless() -> None:
    done = world(
        outcomes=[outcome("A", "C"), outcome("B", "C")], commitments=[commitment("E1", "B", 0)]
    )
    assert only(breaches(done, **moved()), RuleId.PURPOSE).what == "A"
    legal_plan(done, **moved(learning=[]))


def test_nobody_has_two_targets() -> None:
    two = world(openings=[opening("O1", bench=1), opening("O2")])
    lists = moved(standbys=[Standby("O1", "E1")], hires=[Hires("O2", 1)])
    found = only(breaches(two, **lists), RuleId.ONE_TARGET)
    assert (found.who, found.amount) == ("E1", 1.0)
    lists = moved(placements=[Placement("O1", "E1", 3), Placement("O2", "E1", 3)])
    assert only(breaches(two, **lists), RuleId.ONE_TARGET).who == "E1"
