"""What changed against the previous plan, why, and what keeping it would have cost."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from tests import builders as b

from succession.domain import (
    Hires,
    Learning,
    Placement,
    Plan,
    PreviousDecision,
    Scenario,
    Stability,
    Standby,
)
from succession.optimize import solve
from succession.planning.record import read_stability, stability_record
from succession.planning.stability import examine_changes
from succession.verify import verify

TABLES: dict[str, Any] = {
    "competencies": [b.competency("C")],
    "roles": [b.role("junior"), b.role("senior")],
    "units": [b.unit("U"), b.unit("V")],
    "career_paths": [b.path("junior", "senior", 10.0)],
    "requirements": [b.requirement("senior", "C", 2)],
    "activities": [b.activity("A1", cost=5.0, pool="P", seats=1)],
    "outcomes": [b.outcome("A1", "C", 2)],
    "openings": [b.opening("O1", unit="V", external_cost=500.0)],
}


def company(**changes: Any) -> Scenario:
    """E1 and E2 may learn A1, one in each period, and take O1 in period 3; a hire costs 500."""
    people = [b.employee("E1", unit="U"), b.employee("E2", unit="U")]
    return b.scenario(b.settings(change_cost=1.0), **(TABLES | {"employees": people} | changes))


def planned(scenario: Scenario, **lists: Any) -> Plan:
    """E1 learns A1 in period 2 and takes O1 in period 3, unless told otherwise."""
    usual: dict[str, Any] = {
        "learning": [Learning("E1", "A1", 2)],
        "placements": [Placement("O1", "E1", 3)],
    }
    return b.plan(scenario, **(usual | lists))


def examined(scenario: Scenario, previous: Plan) -> Stability:
    """The best plan against the previous one."""

    def resolve(fixed: Scenario) -> Plan:
        return solve(fixed, gap=0.0).plan

    plan = solve(scenario, gap=0.0, previous=previous).plan
    stability = examine_changes(scenario, plan, previous, resolve)
    cost = scenario.settings.change_cost * len(stability.changes)
    assert verify(scenario, plan, previous).costs.change == pytest.approx(cost)
    return stability


def fates(stability: Stability) -> list[tuple[str, str, str]]:
    return [(row.employee, row.fate, row.cause) for row in stability.decisions]


def only(stability: Stability, kind: str) -> PreviousDecision:
    (row,) = [row for row in stability.decisions if row.kind == kind]
    return row


def test_a_plan_that_is_still_the_best_is_kept() -> None:
    scenario = company()
    stability = examined(scenario, planned(scenario))
    assert stability.kept == 2
    assert stability.changes == ()
    assert stability.extra is None


def test_periods_are_laid_side_by_side_by_calendar() -> None:
    before = b.scenario(b.settings(start=b.settings().calendar.first_day(0)), **TABLES)
    previous = planned(
        before, learning=[Learning("E1", "A1", 3)], placements=[Placement("O1", "E1", 4)]
    )
    stability = examined(company(), previous)
    assert stability.kept == 2
    assert stability.decisions == ()


def test_who_has_left_is_gone_and_no_change() -> None:
    scenario = company(employees=[b.employee("E2")])
    stability = examined(scenario, planned(company()))
    assert fates(stability) == [("E1", "gone", ""), ("E1", "gone", "")]
    assert only(stability, "placement").now == "goes to E2"
    assert "no longer here" in only(stability, "start").why


def test_an_opening_that_is_gone_leaves_learning_without_a_purpose() -> None:
    stability = examined(company(openings=[]), planned(company()))
    assert fates(stability) == [("E1", "dropped", "purpose"), ("E1", "gone", "")]


def test_who_can_no_longer_start_is_told_why() -> None:
    scenario = company(
        prerequisites=[b.prerequisite("A1", "C", 1)],
        profiles=[b.profile("E2", "C", 1)],
    )
    stability = examined(scenario, planned(company()))
    assert fates(stability) == [("E1", "dropped", "people"), ("E1", "given away", "people")]
    assert "cannot start A1" in only(stability, "start").why


def test_a_seat_promised_to_somebody_else_is_taken() -> None:
    scenario = company(candidates=[b.candidate("O1", "E2", status="require")])
    stability = examined(scenario, planned(company()))
    assert only(stability, "placement").cause == "opening"
    assert only(stability, "placement").now == "goes to E2"


def test_a_seat_of_a_session_that_is_lost_is_capacity() -> None:
    scenario = company(
        employees=[b.employee("E1", unit="U"), b.employee("E2", unit="U")],
        commitments=[b.commitment("E2", "A1", 2)],
        sessions=[b.session("A1", 2)],
    )
    stability = examined(scenario, planned(company()))
    assert only(stability, "start").cause == "capacity"
    assert only(stability, "start").fate == "dropped"


def test_a_budget_that_is_cut_is_money() -> None:
    scenario = company(budgets=[b.budget("P", 4.0, to_period=4)])
    stability = examined(scenario, planned(company()))
    assert [row.cause for row in stability.changes] == ["money", "money"]
    assert only(stability, "placement").now == "hired for"


def test_what_pays_says_what_keeping_would_have_cost() -> None:
    scenario = company(
        profiles=[b.profile("E2", "C", 2)],
        candidates=[b.candidate("O1", "E1", move_cost=25.0)],
    )
    stability = examined(scenario, planned(company()))
    assert {row.cause for row in stability.changes} == {"pays"}
    # E1 costs 5 to teach and 25 to move; E2 is ready and moves for 10.
    assert stability.extra == pytest.approx(20.0)
    assert stability.extra_at_least == pytest.approx(20.0)


def test_a_dear_change_is_not_made() -> None:
    scenario = company(profiles=[b.profile("E2", "C", 2)])
    dear = replace(scenario, settings=replace(scenario.settings, change_cost=100.0))
    assert examined(dear, planned(company())).kept == 2


def test_locked_decisions_stay_even_where_a_change_would_pay() -> None:
    scenario = company(
        profiles=[b.profile("E2", "C", 2)],
        candidates=[b.candidate("O1", "E1", status="require", period=3)],
        commitments=[b.commitment("E1", "A1", 2)],
    )
    stability = examined(scenario, planned(company()))
    assert stability.kept == 2


def test_learning_for_a_bench_is_compared_as_well() -> None:
    openings = [b.opening("O1", bench=1, external_cost=0.0, unit="V")]
    scenario = company(openings=openings)
    costly = replace(scenario, settings=replace(scenario.settings, bench_shortage_cost=50.0))
    previous = planned(
        costly, placements=[], standbys=[Standby("O1", "E1")], hires=[Hires("O1", 1)]
    )
    assert examined(costly, previous).kept == 1


def test_without_resolve_there_is_no_price() -> None:
    scenario = company(profiles=[b.profile("E2", "C", 2)])
    previous = planned(company())
    plan = solve(scenario, gap=0.0, previous=previous).plan
    stability = examine_changes(scenario, plan, previous)
    assert {row.cause for row in stability.changes} == {"pays"}
    assert stability.extra is None


def test_what_run_json_says_reads_back_the_same() -> None:
    scenario = company(profiles=[b.profile("E2", "C", 2)], employees=[b.employee("E2", unit="U")])
    gone = examined(scenario, planned(company()))
    scenario = company(budgets=[b.budget("P", 4.0, to_period=4)])
    changed = examined(scenario, planned(company()))
    for stability in (gone, changed):
        record = json.loads(json.dumps(stability_record(stability)))
        assert read_stability(record, scenario.settings.calendar) == stability
    assert read_stability(None, scenario.settings.calendar) is None
