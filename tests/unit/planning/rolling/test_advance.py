"""The next scenario, rule by rule, by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests import builders as b

from succession.domain import (
    Actuals,
    Agreed,
    Hires,
    Learning,
    LearningResult,
    Leaver,
    Mark,
    Move,
    Placement,
    Plan,
    Scenario,
    SeatResult,
    SessionsHeld,
    SessionsResult,
    Spent,
    Standby,
    Unfilled,
    Vacated,
    Withdrawn,
)
from succession.planning.rolling import advance, as_planned, due_lines


def next_of(scenario: Scenario, plan: Plan, over: int = 1, **told: Any) -> Scenario:
    """Everything as planned but for what is told."""
    usual = as_planned(due_lines(scenario, plan, over))
    return advance(scenario, plan, replace(usual, **told))


def marked(mark: Mark, period: int | None = None, start: int = 1) -> dict[str, Any]:
    return {"learning": (LearningResult("E1", "A1", start, mark, period),)}


def seat(mark: Mark, period: int | None = None, number: int = 1) -> dict[str, Any]:
    return {"seats": (SeatResult("O1", None, number, mark, period),)}


def learner(duration: int = 1, start: int = 1, **changes: Any) -> tuple[Scenario, Plan]:
    """E1 does A1, which gives C at level 2; it costs 300 of pool P's 1000."""
    scenario = b.scenario(
        roles=[b.role("junior")],
        employees=[b.employee("E1", unit="U")],
        activities=[b.activity("A1", duration=duration, cost=300.0, pool="P")],
        outcomes=[b.outcome("A1", "C", 2, changes.pop("valid_periods", None))],
        budgets=[b.budget("P", 1000.0, to_period=4), b.budget("P", 500.0, unit="U", to_period=4)],
        commitments=[] if start >= 1 else [b.commitment("E1", "A1", start)],
        **changes,
    )
    learning = [Learning("E1", "A1", start)] if start >= 1 else []
    return scenario, b.plan(scenario, learning=learning)


def mover(**changes: Any) -> tuple[Scenario, Plan]:
    """E1 takes O1, a seat of role senior in unit V, in period 1."""
    options = changes.pop("options", b.settings())
    tables: dict[str, Any] = {
        "roles": [b.role("junior"), b.role("senior")],
        "units": [b.unit("U"), b.unit("V")],
        "employees": [b.employee("E1", unit="U"), b.employee("E2", unit="U")],
        "career_paths": [b.path("junior", "senior", 70.0)],
        "openings": [b.opening("O1", needed=1, unit="V", max_delay=2, probability=0.5, bench=1)],
    } | changes
    scenario = b.scenario(options, **tables)
    return scenario, b.plan(scenario, placements=[Placement("O1", "E1", 1)])


def test_the_horizon_moves_on_by_the_periods_that_are_over() -> None:
    scenario, plan = learner()
    after = next_of(scenario, plan)
    assert after.settings == replace(scenario.settings, start=date(2027, 4, 1))
    assert next_of(scenario, plan, over=2).settings.start == date(2027, 7, 1)


def test_a_finished_activity_becomes_a_profile_entry_and_its_money_is_gone() -> None:
    after = next_of(*learner(valid_periods=3))
    assert after.profiles == (b.profile("E1", "C", 2, 1, 3),)
    assert after.commitments == ()
    assert [(row.unit, row.to_period, row.amount) for row in after.budgets] == [
        (None, 3, 700.0),
        ("U", 3, 200.0),
    ]


def test_a_failed_activity_gives_nothing_and_costs_the_same() -> None:
    after = next_of(*learner(), **marked("failed"))
    assert after.profiles == ()
    assert after.commitments == ()
    assert after.budgets[0].amount == 700.0


def test_a_dropped_activity_gives_nothing_and_costs_nothing() -> None:
    after = next_of(*learner(), **marked("dropped"))
    assert after.profiles == ()
    assert after.commitments == ()
    assert after.budgets[0].amount == 1000.0


def test_a_moved_activity_is_a_commitment_that_is_still_to_be_paid() -> None:
    after = next_of(*learner(), **marked("moved", 3))
    assert after.commitments == (b.commitment("E1", "A1", 2),)
    assert after.budgets[0].amount == 1000.0


def test_an_activity_underway_is_a_commitment_that_is_paid_for() -> None:
    after = next_of(*learner(duration=2))
    assert after.commitments == (b.commitment("E1", "A1", 0),)
    assert after.profiles == ()
    assert after.budgets[0].amount == 700.0


def test_what_began_before_the_horizon_was_paid_for_then() -> None:
    after = next_of(*learner(duration=2, start=0))
    assert after.profiles == (b.profile("E1", "C", 2, 1),)
    assert after.budgets[0].amount == 1000.0


def test_what_was_finished_before_the_horizon_needs_no_mark() -> None:
    scenario, plan = learner(start=-1, valid_periods=4)
    assert due_lines(scenario, plan, 1).learning == ()
    assert next_of(scenario, plan).profiles == (b.profile("E1", "C", 2, -1, 2),)


def test_a_late_start_counts_from_when_it_took_place() -> None:
    late = next_of(*learner(duration=2), over=2, **marked("done", 2))
    assert late.commitments == (b.commitment("E1", "A1", 0),)
    assert next_of(*learner(duration=2), over=2).profiles == (b.profile("E1", "C", 2, 1),)


def test_certificates_that_expire_are_dropped_and_others_come_closer() -> None:
    scenario, plan = learner(
        profiles=[b.profile("E1", "X", 1, None, 1), b.profile("E1", "Y", 1, -2, 2)]
    )
    assert next_of(scenario, plan, **marked("failed")).profiles == (b.profile("E1", "Y", 1, -3, 1),)


def test_promised_starts_become_commitments_and_earlier_ones_stay() -> None:
    scenario, plan = learner(start=3)
    promised = next_of(scenario, plan, agreed=(Agreed("E1", "A1", None, 3),))
    assert promised.commitments == (b.commitment("E1", "A1", 2),)
    assert next_of(scenario, plan).commitments == ()
    assert next_of(promised, b.plan(promised, learning=[Learning("E1", "A1", 2)])).commitments == (
        b.commitment("E1", "A1", 1),
    )


def test_a_leaver_goes_everywhere_and_an_announced_one_stays_until_then() -> None:
    scenario, plan = mover(
        openings=[b.opening("O1", needed=4, incumbent="E1")],
        profiles=[b.profile("E1", "C")],
        candidates=[b.candidate("O1", "E2"), b.candidate("O1", "E1")],
        interests=[b.interest("E1", "senior", 3)],
        activities=[b.activity("A1")],
        commitments=[b.commitment("E1", "A1", 3)],
    )
    plan = b.plan(scenario, learning=[Learning("E1", "A1", 3)], hires=[Hires("O1", 1)])
    after = next_of(scenario, plan, leavers=(Leaver("E1"),))
    assert [row.employee for row in after.employees] == ["E2"]
    assert after.openings[0].incumbent is None
    assert (after.profiles, after.interests, after.commitments) == ((), (), ())
    assert [row.employee for row in after.candidates] == ["E2"]
    announced = next_of(scenario, plan, leavers=(Leaver("E1", 3),))
    assert announced.employee_by_id["E1"].available_to == 2
    assert announced.openings[0].incumbent == "E1"


def test_availability_comes_closer_but_the_end_of_the_horizon_is_no_end() -> None:
    scenario, _ = mover(
        employees=[
            b.employee("E1", available_to=4, move_from=3),
            b.employee("E2", available_to=3, available_from=2),
            b.employee("E3", available_to=1),
        ],
        openings=[],
    )
    after = next_of(scenario, b.plan(scenario))
    ends = [(row.employee, row.available_from, row.available_to) for row in after.employees]
    assert ends == [("E1", 1, 4), ("E2", 1, 2)]
    assert after.employees[0].move_from == 2


def test_a_placement_that_took_place_closes_the_opening_and_moves_the_person() -> None:
    options = b.settings(move_pool="M")
    after = next_of(*mover(options=options, budgets=[b.budget("M", 100.0)]))
    assert after.openings == ()
    assert (after.employees[0].role, after.employees[0].unit) == ("senior", "V")
    assert after.budgets[0].amount == 30.0


def test_a_placement_that_failed_leaves_a_certain_opening_without_a_bench() -> None:
    candidates = [b.candidate("O1", "E1", status="require", period=1)]
    after = next_of(*mover(candidates=candidates), **seat("failed"))
    opening = after.openings[0]
    assert (opening.needed, opening.max_delay, opening.probability) == (1, 1, 1.0)
    assert opening.bench == 0
    assert after.candidates == (b.candidate("O1", "E1", status="nominate", period=None),)
    assert after.employees[0].role == "junior"


def test_a_placement_that_is_put_off_is_promised_for_then() -> None:
    after = next_of(*mover(), **seat("moved", 5))
    assert (after.openings[0].needed, after.openings[0].max_delay) == (1, 3)
    assert after.candidates == (b.candidate("O1", "E1", status="require", period=4),)


def test_an_opening_that_nobody_wants_any_more_closes_with_nobody() -> None:
    after = next_of(*mover(), **seat("dropped"))
    assert after.openings == ()
    assert after.employees[0].role == "junior"


def test_hires_are_due_when_their_search_begins_and_cost_in_the_period_of_need() -> None:
    scenario = b.scenario(
        b.settings(external_pool="X"),
        roles=[b.role("senior")],
        openings=[b.opening("O1", seats=2, needed=3, external_lead=2, probability=0.5)],
        budgets=[b.budget("X", 500.0, to_period=2), b.budget("X", 500.0, from_period=3)],
    )
    plan = b.plan(scenario, hires=[Hires("O1", 2)])
    assert [row.seat for row in due_lines(scenario, plan, 1).seats] == [1, 2]
    results = (SeatResult("O1", None, 1, "done"), SeatResult("O1", None, 2, "failed"))
    after = next_of(scenario, plan, seats=results)
    assert (after.openings[0].seats, after.openings[0].needed) == (1, 2)
    assert [row.amount for row in after.budgets] == [500.0, 400.0]
    put_off = tuple(SeatResult("O1", None, number, "moved", 5) for number in (1, 2))
    assert next_of(scenario, plan, seats=put_off).openings[0].needed == 4


def test_a_hire_that_is_not_due_needs_no_mark() -> None:
    scenario = b.scenario(roles=[b.role("senior")], openings=[b.opening("O1", needed=3)])
    plan = b.plan(scenario, hires=[Hires("O1", 1)])
    assert due_lines(scenario, plan, 1).seats == ()
    assert next_of(scenario, plan).openings[0].needed == 2


def test_a_seat_left_unfilled_closes_or_stays_open() -> None:
    scenario, _ = mover()
    plan = b.plan(scenario, unfilled=[Unfilled("O1", 1)])
    assert next_of(scenario, plan).openings == ()
    assert next_of(scenario, plan, **seat("failed")).openings[0].needed == 1


def test_moves_outside_the_plan_and_withdrawn_openings() -> None:
    scenario, _ = mover(openings=[b.opening("O1"), b.opening("O2")])
    plan = b.plan(scenario, hires=[Hires("O1", 1), Hires("O2", 1)])
    after = next_of(
        scenario, plan, moves=(Move("E2", "senior", "V", "O1"),), withdrawn=(Withdrawn("O2"),)
    )
    assert after.openings == ()
    assert (after.employees[1].role, after.employees[1].unit) == ("senior", "V")


def test_standbys_end_with_the_period_they_stood_by_for() -> None:
    scenario, plan = mover(candidates=[b.candidate("O1", "E2", status="standby")])
    plan = replace(plan, standbys=(Standby("O1", "E2"),))
    after = next_of(scenario, plan, **seat("failed"))
    assert after.candidates == (b.candidate("O1", "E2"),)


def test_a_promised_placement_is_required() -> None:
    scenario, _ = mover(openings=[b.opening("O1", needed=3)])
    plan = b.plan(scenario, placements=[Placement("O1", "E1", 3)])
    after = next_of(scenario, plan, agreed=(Agreed("E1", None, "O1", 3),))
    assert after.candidates == (b.candidate("O1", "E1", status="require", period=2),)


def test_calendars_move_on_and_what_has_run_out_stays_closed() -> None:
    scenario, plan = learner(
        sessions=[b.session("A1", 1), b.session("A2", 3)],
        resources=[b.resource("R", 1, 1), b.resource("S", 2), b.resource("S", 5, 3)],
    )
    after = next_of(scenario, plan)
    assert after.sessions == (b.session("A1", 1, 0), b.session("A2", 2))
    assert after.resources == (b.resource("R", 0, 1), b.resource("S", 2), b.resource("S", 5, 2))


def test_sessions_that_were_held_are_paid_whoever_came() -> None:
    scenario, plan = learner()
    activity = replace(scenario.activities[0], seats=5, session_cost=100.0)
    scenario = replace(scenario, activities=(activity,))
    plan = replace(plan, scenario_sha256=scenario.sha256, sessions=(SessionsHeld("A1", 1, 2),))
    held = (SessionsResult("A1", 1, 1),)
    after = next_of(scenario, plan, sessions=held, **marked("dropped"))
    assert [(row.unit, row.amount) for row in after.budgets] == [(None, 900.0), ("U", 500.0)]


def test_the_books_count_where_they_say_otherwise_and_nothing_falls_below_zero() -> None:
    scenario, plan = learner()
    after = next_of(scenario, plan, spent=(Spent("P", None, 1, 4, 1200.0),))
    assert [row.amount for row in after.budgets] == [0.0, 200.0]


def test_rows_that_have_come_to_cover_the_same_periods_keep_the_smaller_amount() -> None:
    scenario, plan = learner()
    rows = (b.budget("P", 90.0, to_period=3), b.budget("P", 80.0, from_period=2, to_period=3))
    scenario = replace(scenario, budgets=rows)
    plan = replace(plan, scenario_sha256=scenario.sha256)
    after = next_of(scenario, plan, **marked("dropped"))
    assert after.budgets == (b.budget("P", 80.0, to_period=2),)


def chain() -> tuple[Scenario, Plan]:
    scenario, plan = mover(
        options=b.settings(backfill="chain"),
        roles=[b.role("trainee"), b.role("junior"), b.role("senior")],
        employees=[b.employee("E1", unit="U"), b.employee("E2", role="trainee", unit="U")],
        career_paths=[b.path("junior", "senior"), b.path("trainee", "junior")],
    )
    return scenario, replace(plan, vacated=(Vacated("E1", "E2", 2),))


def test_a_seat_that_a_mover_left_and_nobody_has_taken_is_an_opening() -> None:
    after = next_of(*chain())
    opening = after.openings[0]
    assert (opening.opening, opening.role, opening.unit) == ("left by E1", "junior", "U")
    assert (opening.needed, opening.seats, opening.external_cost) == (1, 1, 100.0)


def test_a_seat_that_a_mover_left_can_be_filled_in_the_same_period() -> None:
    scenario, plan = chain()
    plan = replace(plan, vacated=(Vacated("E1", "E2", 1),), vacated_hires=())
    due = due_lines(scenario, plan, 1)
    assert [(row.opening, row.vacated_by) for row in due.seats] == [
        ("O1", None),
        (None, "E1"),
        (None, "E2"),
    ]
    after = next_of(scenario, plan)
    assert [row.role for row in after.employees] == ["senior", "junior"]
    assert after.openings == ()
    failed = tuple(
        SeatResult(row.opening, row.vacated_by, row.seat, "failed" if row.vacated_by else "done")
        for row in due.seats
    )
    after = next_of(scenario, plan, seats=failed)
    assert [row.opening for row in after.openings] == ["left by E1"]


def test_a_line_without_a_mark_is_refused() -> None:
    scenario, plan = learner()
    with pytest.raises(ValueError, match="no mark for"):
        advance(scenario, plan, Actuals(1))
    with pytest.raises(ValueError, match="no period that is to come"):
        next_of(scenario, plan, **marked("moved"))


def test_a_plan_for_another_scenario_is_refused() -> None:
    scenario, plan = learner()
    with pytest.raises(ValueError, match="not made for this scenario"):
        advance(scenario, replace(plan, scenario_sha256="0"), Actuals(1))
    with pytest.raises(ValueError, match="4 periods"):
        advance(scenario, plan, Actuals(5))
