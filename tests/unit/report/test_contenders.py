"""Next best are people who could really have the seat, nearest first."""

from __future__ import annotations

from typing import Any

from tests import builders as build
from tests.unit.report.samples import priced

from succession.domain import Hires, Placement, Scenario
from succession.report import read_plan
from succession.report.contenders import next_best


def scenario(**changes: Any) -> Scenario:
    """Five clerks for one seat of a lead: near, far, unwilling, too late, and placed."""
    parts: dict[str, Any] = {
        "roles": [build.role("clerk"), build.role("lead", external_cost=9.0)],
        "employees": [
            build.employee("far", "clerk"),
            build.employee("keen", "clerk"),
            build.employee("late", "clerk", move_from=8),
            build.employee("near", "clerk"),
            build.employee("no", "clerk"),
            build.employee("ready", "clerk"),
        ],
        "competencies": [build.competency("lead")],
        "requirements": [build.requirement("lead", "lead", 3)],
        "profiles": [
            build.profile("keen", "lead", 2),
            build.profile("near", "lead", 2),
            build.profile("ready", "lead", 3),
        ],
        "career_paths": [build.path("clerk", "lead")],
        "interests": [build.interest("no", "lead", 0), build.interest("keen", "lead", 3)],
        "openings": [build.opening("O", "lead", needed=2, external_cost=9.0)],
    }
    return build.scenario(**{**parts, **changes})


def names(world: Scenario, **lists: Any) -> list[tuple[str, int]]:
    plan = priced(world, build.plan(world, **lists))
    found = next_best(read_plan(world, plan))["O"]
    return [(row.employee.employee, row.missing) for row in found]


def test_the_nearest_come_first_and_among_equals_the_keenest() -> None:
    assert names(scenario(), hires=[Hires("O", 1)]) == [("ready", 0), ("keen", 1), ("near", 1)]


def test_who_has_a_target_is_not_named() -> None:
    placed = names(scenario(), placements=[Placement("O", "ready", 2)])
    assert placed == [("keen", 1), ("near", 1), ("far", 3)]


def test_only_named_people_where_the_opening_is_for_them() -> None:
    opening = build.opening("O", "lead", needed=2, external_cost=9.0, nominated_only=True)
    world = scenario(openings=[opening], candidates=[build.candidate("O", "far")])
    assert names(world, hires=[Hires("O", 1)]) == [("far", 3)]


def test_what_runs_out_before_the_seat_is_needed_is_missing() -> None:
    world = scenario(profiles=[build.profile("near", "lead", 3, valid_to=1)])
    assert ("near", 3) in names(world, hires=[Hires("O", 1)])
