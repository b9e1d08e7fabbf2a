"""Section 6: every cost part comes to the amount that the table says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
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
    plan,
    prerequisite,
    profile,
    role,
    settings,
)
from tests.unit.verify.world import legal_plan, moved, world

from succession.domain import (
    Costs,
    Hires,
    Learning,
    Placement,
    Plan,
    Scenario,
    SessionsHeld,
    Standby,
    Unfilled,
)
from succession.verify import success_chances, verify


def costs(scenario: Scenario, **lists: Any) -> Costs:
    return verify(scenario, legal_plan(scenario, **lists)).costs


def test_learning_counts_every_start_within_the_horizon() -> None:
    committed = [commitment("E2", "B", 2), commitment("E2", "B", 0)]
    priced = world(activities=[activity("A", cost=5), activity("B", cost=7)], commitments=committed)
    lists = moved(learning=[Learning("E1", "A", 1), Learning("E2", "B", 2)])
    assert costs(priced, **lists) == Costs(learning=12.0)


def test_sessions_cost_what_is_held() -> None:
    seated = world(activities=[activity("A", seats=9, session_cost=40)])
    assert costs(seated, **moved(sessions=[SessionsHeld("A", 1, 1)])) == Costs(sessions=40.0)


@pytest.mark.parametrize(
    ("tables", "amount"),
    [
        ({"career_paths": [path("junior", "senior", 10)]}, 10.0),
        ({"candidates": [candidate("O1", "E1", move_cost=3.0)]}, 3.0),
        (
            {"candidates": [candidate("O1", "E1")], "career_paths": [path("junior", "senior", 10)]},
            10.0,
        ),
        ({"candidates": [candidate("O1", "E1")], "career_paths": []}, 0.0),
    ],
    ids=["path", "own", "blank", "neither"],
)
def test_moves_cost_the_candidates_own_or_the_paths_amount(
    tables: dict[str, Any], amount: float
) -> None:
    assert costs(world(**tables), **moved()) == Costs(moves=amount)


def test_moves_are_weighed_with_probability_and_chance() -> None:
    risky = world(
        openings=[opening("O1", probability=0.5)],
        career_paths=[path("junior", "senior", 100)],
        activities=[activity("A", pass_rate=0.8)],
    )
    assert costs(risky, **moved()).moves == pytest.approx(40.0)


@pytest.mark.parametrize(
    ("lead", "needed", "periods"), [(0, 3, 0), (3, 3, 1), (4, 2, 3), (9, 3, 2)]
)
def test_a_hire_costs_its_price_and_the_vacancy_of_its_lead(
    lead: int, needed: int, periods: int
) -> None:
    row = opening(
        "O1", needed=needed, seats=2, probability=0.5, external_lead=lead, vacancy_cost=10
    )
    found = costs(world(openings=[row]), hires=[Hires("O1", 2)])
    assert found == Costs(external=100.0, vacancy=10.0 * periods)


def test_an_unfilled_seat_costs_its_price_with_its_probability() -> None:
    row = opening("O1", seats=2, probability=0.5)
    assert costs(world(openings=[row]), unfilled=[Unfilled("O1", 2)]) == Costs(unfilled=1000.0)


def test_a_late_placement_costs_vacancy() -> None:
    row = opening("O1", needed=2, max_delay=2, vacancy_cost=10, probability=0.5)
    late = moved(placements=[Placement("O1", "E1", 4)])
    assert costs(world(openings=[row]), **late) == Costs(vacancy=10.0)


def fallback(**changes: Any) -> Costs:
    """E1 passes A with 0.75 and takes O1 in period 3; it was needed in period 2."""
    row = opening("O1", needed=2, max_delay=1, vacancy_cost=10, probability=0.5, **changes)
    risky = world(openings=[row], activities=[activity("A", pass_rate=0.75)])
    return costs(risky, **moved())


def test_a_failed_placement_falls_back_to_a_hire_searched_from_then() -> None:
    # p(1−σ) = 1/8; vacancy: p·σ·10·1 + 1/8·10·min(1+1, 3).
    assert fallback(external_lead=1) == Costs(external=12.5, vacancy=3.75 + 2.5)
    assert fallback(external_lead=9).vacancy == pytest.approx(3.75 + 3.75)


def test_a_failed_placement_falls_back_to_the_cheaper_and_a_tie_to_the_hire() -> None:
    assert fallback(unfilled_cost=109.0) == Costs(unfilled=109 / 8, vacancy=3.75)
    assert fallback(unfilled_cost=110.0) == Costs(external=12.5, vacancy=3.75 + 1.25)
    assert fallback(external_cost=None) == Costs(unfilled=125.0, vacancy=3.75)
    assert fallback(unfilled_cost=None) == Costs(external=12.5, vacancy=3.75 + 1.25)


def test_an_opening_that_only_people_within_can_fill_counts_no_risk() -> None:
    tables: dict[str, Any] = {
        "openings": [opening("O1", external_cost=None, unfilled_cost=None, bench=1)],
        "activities": [activity("A", pass_rate=0.75)],
        "career_paths": [path("junior", "senior", 100)],
    }
    vital = world(settings(bench_shortage_cost=40.0), **tables)
    lists = moved(
        standbys=[Standby("O1", "E2")], learning=[Learning("E1", "A", 1), Learning("E2", "A", 1)]
    )
    assert costs(vital, **lists) == Costs(moves=100.0)


@pytest.mark.parametrize(
    ("mode", "incumbent", "amount"),
    [("cost", None, 30.0), ("none", None, 0.0), ("cost", "E1", 0.0)],
)
def test_backfill_costs_the_role_that_is_left_unless_an_incumbent_leaves(
    mode: str, incumbent: str | None, amount: float
) -> None:
    left = world(
        settings(backfill=mode),
        roles=[role("junior", backfill_cost=80), role("senior", backfill_cost=999)],
        openings=[
            opening("O1", probability=0.5),
            opening("O2", "junior", incumbent=incumbent, external_cost=0.0),
        ],
        activities=[activity("A", pass_rate=0.75)],
    )
    found = costs(left, **moved(hires=[Hires("O2", 1)]))
    assert found == Costs(backfill=amount, external=12.5)


def test_the_bench_costs_its_shortage_and_its_risk() -> None:
    short = world(
        settings(bench_shortage_cost=40.0),
        openings=[opening("O1", bench=3, probability=0.5)],
        activities=[activity("A", pass_rate=0.75)],
    )
    lists: dict[str, Any] = {
        "standbys": [Standby("O1", "E1")],
        "learning": [Learning("E1", "A", 1)],
        "hires": [Hires("O1", 1)],
    }
    assert costs(short, **lists) == Costs(bench=80.0 + 10.0, external=50.0)


@pytest.mark.parametrize(("points", "amount"), [(None, 20.0), (1, 20.0), (2, 10.0), (3, 0.0)])
def test_interest_costs_each_point_below_3(points: int | None, amount: float) -> None:
    rows = [] if points is None else [interest("E1", "senior", points)]
    wanted = world(
        settings(interest_cost=10.0),
        interests=rows,
        openings=[opening("O1", probability=0.5, bench=1)],
    )
    assert costs(wanted, **moved()) == Costs(interest=amount)
    stand: dict[str, Any] = {
        "standbys": [Standby("O1", "E1")],
        "learning": [Learning("E1", "A", 1)],
        "hires": [Hires("O1", 1)],
    }
    assert costs(wanted, **stand).interest == amount


@pytest.mark.parametrize(("points", "kept"), [(1, 0.0), (2, 1.0), (3, 1.0)])
def test_retention_pays_for_a_wanted_placement(points: int, kept: float) -> None:
    restless = world(
        settings(retention_effect=0.5, risk="ignore", periods=6),
        roles=[role("junior", replacement_cost=1000), role("senior")],
        employees=[employee("E1", leaving_risk=0.19)],
        interests=[interest("E1", "senior", points)],
        openings=[opening("O1", probability=0.5)],
    )
    # 1 − 0.81^(6/4) = 1 − 0.729
    assert costs(restless, **moved()).retention == pytest.approx(-kept * 0.5 * 0.5 * 0.271 * 1000)


def test_a_standby_earns_no_retention() -> None:
    restless = world(
        settings(retention_effect=0.5),
        roles=[role("junior", replacement_cost=1000), role("senior")],
        employees=[employee("E1", leaving_risk=0.19)],
        interests=[interest("E1", "senior", 3)],
        openings=[opening("O1", bench=1)],
    )
    stand: dict[str, Any] = {
        "standbys": [Standby("O1", "E1")],
        "learning": [Learning("E1", "A", 1)],
        "hires": [Hires("O1", 1)],
    }
    assert costs(restless, **stand).retention == 0.0


def sigma(scenario: Scenario, **lists: Any) -> float:
    return success_chances(scenario, plan(scenario, **lists))["E1"]


def test_sigma_is_the_chance_of_staying_and_passing() -> None:
    risky: dict[str, Any] = {
        "employees": [employee("E1", leaving_risk=0.19)],
        "activities": [activity("A", pass_rate=0.5)],
    }
    # Two of four quarters: 0.81^(2/4) = 0.9.
    assert sigma(world(**risky), **moved()) == pytest.approx(0.45)
    assert sigma(world(settings(period="month"), **risky), **moved()) == pytest.approx(
        0.5 * 0.81 ** (2 / 12)
    )
    assert sigma(world(settings(risk="ignore"), **risky), **moved()) == 1.0


@pytest.mark.parametrize(("start", "counts"), [(1, True), (0, False), (-1, False)])
def test_sigma_counts_needed_commitments_that_are_not_over_before_period_1(
    start: int, counts: bool
) -> None:
    done = world(
        activities=[activity("A", pass_rate=0.5)], commitments=[commitment("E1", "A", start)]
    )
    assert sigma(done, placements=[Placement("O1", "E1", 3)]) == (0.5 if counts else 1.0)


def test_sigma_counts_a_commitment_still_underway_in_period_1() -> None:
    done = world(
        activities=[activity("A", pass_rate=0.5, duration=2)],
        commitments=[commitment("E1", "A", 0)],
    )
    assert sigma(done, placements=[Placement("O1", "E1", 3)]) == 0.5


def test_sigma_leaves_out_what_is_not_needed() -> None:
    known = world(
        activities=[activity("A", pass_rate=0.5)],
        commitments=[commitment("E1", "A", 1)],
        profiles=[profile("E1", "C")],
    )
    assert sigma(known, **moved()) == 1.0
    # Two commitments with the same outcome: neither is needed alone.
    twice = world(
        activities=[activity("A", pass_rate=0.5)],
        commitments=[commitment("E1", "A", 1), commitment("E1", "A", 2)],
    )
    assert sigma(twice, placements=[Placement("O1", "E1", 3)]) == 1.0


def test_sigma_counts_a_commitment_needed_for_a_prerequisite() -> None:
    staged = world(
        activities=[activity("A", pass_rate=0.5), activity("B", pass_rate=0.4)],
        prerequisites=[prerequisite("A", "D")],
        commitments=[commitment("E1", "B", 1)],
    )
    assert sigma(staged, **moved(learning=[Learning("E1", "A", 2)])) == pytest.approx(0.2)


def change(previous: Plan, options: dict[str, Any] | None = None, **lists: Any) -> float:
    """The change cost, at 1 for each change, of a plan against a previous one."""
    now = world(settings(change_cost=1.0, **(options or {})), openings=[opening("O1", max_delay=1)])
    return verify(now, plan(now, **lists), previous).costs.change


def before(**changes: Any) -> Plan:
    rows: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in changes.items()
    }
    return replace(plan(world()), **rows)


@pytest.mark.parametrize(
    ("lists", "amount"),
    [
        (moved(), 0.0),
        (moved(learning=[Learning("E1", "A", 2)]), 1.0),
        (moved(learning=[]), 1.0),
        (moved(placements=[Placement("O1", "E1", 4)]), 0.0),
        (moved(placements=[Placement("O1", "E2", 3)]), 1.0),
        (moved(learning=[], placements=[]), 2.0),
    ],
    ids=["kept", "moved start", "dropped start", "other period", "someone else", "all dropped"],
)
def test_change_counts_starts_dropped_or_moved_and_placements_dropped_or_given_away(
    lists: dict[str, Any], amount: float
) -> None:
    assert change(before(**moved()), **lists) == amount


@pytest.mark.parametrize(("start", "past"), [((2026, 10), 1), ((2026, 7), 2), ((2025, 4), 7)])
def test_change_lays_plans_side_by_side_by_calendar(start: tuple[int, int], past: int) -> None:
    earlier = before(
        start=date(*start, 1),
        learning=[Learning("E1", "A", 1 + past)],
        placements=[Placement("O1", "E1", 3 + past)],
    )
    assert change(earlier, **moved()) == 0.0
    assert change(earlier, **moved(learning=[Learning("E1", "A", 2)])) == 1.0


def test_change_compares_nothing_that_is_no_longer_there_or_outside() -> None:
    gone = before(
        start=date(2026, 10, 1),
        learning=[Learning("E1", "A", 1), Learning("E1", "Z", 2), Learning("E9", "A", 2)],
        placements=[Placement("O1", "E1", 1), Placement("O1", "E9", 3), Placement("O9", "E1", 3)],
    )
    assert change(gone, hires=[Hires("O1", 1)]) == 0.0


def test_a_previous_plan_of_another_period_length_is_refused() -> None:
    monthly = replace(plan(world()), period="month")
    with pytest.raises(ValueError, match="months"):
        verify(world(), plan(world()), monthly)


def test_without_a_previous_plan_nothing_changes() -> None:
    now = world(settings(change_cost=1.0), outcomes=[outcome("A", "C")])
    assert verify(now, plan(now, **moved())).costs.change == 0.0
