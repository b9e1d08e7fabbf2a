"""Targets: who may have what and when, and what it costs at chance σ, worked out by hand.

A placement's cost is fixed + σ·slope. With p, v, X, U as in model.md, section 6: fixed = interest
− retention + p·fallback (− a kept change), slope = p·(move + v·(t − n) + backfill − fallback).
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests import builders as build

from succession.domain import Placement, RuleId, Scenario, Settings
from succession.instance import Instance, build_instance
from succession.instance.targets import Target
from succession.instance.targets.places import SeatType


def staff(options: Settings | None = None, /, **tables: Any) -> Scenario:
    """A junior, E1, may become senior for 20; O1 is needed in period 2, hired for at 100."""
    defaults: dict[str, Any] = {
        "roles": [build.role("junior"), build.role("senior")],
        "employees": [build.employee("E1")],
        "career_paths": [build.path("junior", "senior", 20.0)],
        "openings": [build.opening("O1", needed=2)],
    }
    return build.scenario(options, **{**defaults, **tables})


def targets(options: Settings | None = None, /, **tables: Any) -> list[Target]:
    return list(build_instance(staff(options, **tables)).targets)


def aims(found: list[Target]) -> list[tuple[str, str, int]]:
    return [(target.kind, target.seat, target.period) for target in found]


def test_a_career_path_makes_eligible() -> None:
    assert aims(targets()) == [("placement", "O1", 2)]


@pytest.mark.parametrize(
    "tables",
    [
        {"career_paths": []},
        {"career_paths": [build.path("senior", "junior")]},
        {"candidates": [build.candidate("O1", "E1", status="exclude")]},
        {"interests": [build.interest("E1", "senior", 0)]},
        {"openings": [build.opening("O1", needed=2, incumbent="E1")]},
        {"openings": [build.opening("O1", needed=2, nominated_only=True)]},
        {
            "openings": [build.opening("O1", "junior", needed=2)],
            "career_paths": [build.path("junior", "junior")],
        },
    ],
    ids=["no path", "path back", "excluded", "no interest", "incumbent", "nominated", "no move"],
)
def test_who_is_barred_has_no_target(tables: dict[str, Any]) -> None:
    """Every condition of section 3 on its own."""
    assert targets(**tables) == []


@pytest.mark.parametrize("status", ["nominate", "require", "standby"])
def test_being_named_replaces_a_career_path(status: str) -> None:
    """Nominated, required or named a standby: eligible without a path, move cost 0."""
    opening = build.opening("O1", needed=2, bench=1, nominated_only=True)
    named = [build.candidate("O1", "E1", status=status)]
    found = targets(career_paths=[], candidates=named, openings=[opening])
    kinds = {"nominate": ["placement", "standby"], "require": ["placement"]}
    assert [target.kind for target in found] == kinds.get(status, ["standby"])


def test_a_transfer_within_the_role_needs_another_unit_and_a_path_to_it() -> None:
    """Unit V has an opening of E1's own role: with the path from junior to junior it is a move."""
    tables: dict[str, Any] = {
        "units": [build.unit("U"), build.unit("V")],
        "employees": [build.employee("E1", unit="U")],
        "openings": [build.opening("O1", "junior", unit="V", needed=2)],
    }
    assert targets(career_paths=[build.path("junior", "junior")], **tables)
    assert not targets(career_paths=[build.path("junior", "senior")], **tables)


@pytest.mark.parametrize(
    ("person", "delay", "periods"),
    [
        ({}, 0, [2]),
        ({}, 1, [2, 3]),
        ({}, 9, [2, 3, 4]),
        ({"move_from": 3}, 9, [3, 4]),
        ({"available_from": 4}, 9, [4]),
        ({"available_to": 3}, 9, [2]),
        ({"available_to": 4}, 9, [2, 3, 4]),
        ({"available_to": 1}, 9, []),
    ],
)
def test_periods_of_a_placement(person: dict[str, Any], delay: int, periods: list[int]) -> None:
    """needed … needed + max_delay within T, available, from move_from on; who is gone after 3 can
    stay the two periods from 2 on but not from 3 on, who is there at the end can always."""
    found = targets(
        build.settings(min_stay=2),
        employees=[build.employee("E1", **person)],
        openings=[build.opening("O1", needed=2, max_delay=delay)],
    )
    assert [target.period for target in found] == periods


@pytest.mark.parametrize(("person", "stands"), [({"available_from": 3}, False), ({}, True)])
def test_standby_is_for_the_needed_period_whatever_the_stay(
    person: dict[str, Any], stands: bool
) -> None:
    """move_from and min_stay are asked of placements only."""
    someone = build.employee("E1", **{"move_from": 4, "available_to": 2, **person})
    found = targets(
        employees=[someone], openings=[build.opening("O1", needed=2, bench=1, max_delay=2)]
    )
    assert aims(found) == ([("standby", "O1", 2)] if stands else [])


@pytest.mark.parametrize(
    ("status", "period", "left"),
    [
        ("require", None, [("placement", "O1", 2), ("placement", "O1", 3)]),
        ("require", 3, [("placement", "O1", 3)]),
        ("standby", None, [("standby", "O1", 2)]),
    ],
)
def test_locks_leave_nothing_else(
    status: str, period: int | None, left: list[tuple[str, str, int]]
) -> None:
    """Only what keeps the lock, and the person must have one of these."""
    instance = build_instance(
        staff(
            openings=[
                build.opening("O1", needed=2, max_delay=1, bench=1),
                build.opening("O2", needed=2, max_delay=1, bench=1),
            ],
            candidates=[build.candidate("O1", "E1", status=status, period=period)],
        )
    )
    assert aims(list(instance.targets)) == left
    assert instance.locked == {0}


def only(options: Settings | None = None, /, **tables: Any) -> Target:
    (target,) = targets(options, **tables)
    return target


def test_cost_of_a_certain_placement_with_a_hire_to_fall_back_on() -> None:
    """Needed in 2, placed in 3: v = 7 for one period; hire 100 + 7·min(1 + 2, 3) = 121 < 1000.

    fixed = ½·121 = 60.5; slope = ½·(20 + 7 − 121) = −47."""
    opening = build.opening(
        "O1", needed=2, max_delay=1, probability=0.5, vacancy_cost=7.0, external_lead=2
    )
    late = targets(openings=[opening])[1]
    assert late.period == 3
    assert [late.fixed, late.slope] == pytest.approx([60.5, -47.0])


def test_cost_of_waiting_for_the_fallback_ends_with_the_horizon() -> None:
    """Lead 9: vacant for T − n + 1 = 3 periods at most. fixed = 100 + 7·3; slope = 20 − 121."""
    target = only(openings=[build.opening("O1", needed=2, vacancy_cost=7.0, external_lead=9)])
    assert [target.fixed, target.slope] == pytest.approx([121.0, -101.0])


def test_a_cheaper_unfilled_seat_is_the_fallback() -> None:
    """U = 60 < X = 100: fixed = 60, slope = 20 − 60; no hire is charged to the pool."""
    tables = {
        "openings": [build.opening("O1", needed=2, unfilled_cost=60.0)],
        "budgets": [build.budget("P", 500.0)],
    }
    target = only(build.settings(external_pool="P"), **tables)
    assert [target.fixed, target.slope] == pytest.approx([60.0, -40.0])
    assert [row for row, _, _ in target.rows] == [1]


@pytest.mark.parametrize(("unfilled", "charged"), [(100.0, True), (99.0, False), (101.0, True)])
def test_the_external_part_of_the_fallback_is_charged(unfilled: float, charged: bool) -> None:
    """(1 − σ)·p·X in the placement's period; a tie between hire and unfilled goes to the hire."""
    scenario = staff(
        build.settings(external_pool="P", move_pool="M"),
        openings=[build.opening("O1", needed=2, probability=0.5, unfilled_cost=unfilled)],
        budgets=[build.budget("P", 500.0), build.budget("M", 500.0)],
    )
    instance = build_instance(scenario)
    money = {
        (row, number): uses
        for target in instance.targets
        for number, *uses in target.rows
        for row in [scenario.budgets[number].pool if number < 2 else "opening"]
    }
    moves = [uses for (pool, _), uses in money.items() if pool == "M"]
    hires = [uses for (pool, _), uses in money.items() if pool == "P"]
    assert moves == [[0.0, 10.0]]
    assert hires == ([[50.0, -50.0]] if charged else [])


def test_nothing_to_fall_back_on_makes_certain() -> None:
    """Neither hire nor unfilled: σ counts as 1; fixed = 0, slope = the move."""
    opening = build.opening("O1", needed=2, external_cost=None, unfilled_cost=None)
    target = only(employees=[build.employee("E1", leaving_risk=0.5)], openings=[opening])
    assert [target.fixed, target.slope] == pytest.approx([0.0, 20.0])
    assert (target.certain, target.chance) == (True, 1.0)


def test_standby_for_what_must_be_filled_from_within_is_certain_too() -> None:
    """σ counts as 1 in all of the opening's cost: no share of the shortage is left."""
    opening = build.opening("O1", needed=2, bench=1, external_cost=None, unfilled_cost=None)
    found = targets(
        build.settings(bench_shortage_cost=30.0),
        employees=[build.employee("E1", leaving_risk=0.5)],
        openings=[opening],
    )
    standby = next(target for target in found if target.kind == "standby")
    assert (standby.certain, standby.chance) == (True, 1.0)


@pytest.mark.parametrize(("risk", "chance"), [("expected", 0.8**0.25), ("ignore", 1.0)])
def test_chance_of_staying_until_the_period(risk: Any, chance: float) -> None:
    """(1 − 0.2)^((2 − 1) / 4), or 1 where risk is ignored."""
    target = only(build.settings(risk=risk), employees=[build.employee("E1", leaving_risk=0.2)])
    assert target.chance == pytest.approx(chance)
    assert target.certain is (risk == "ignore")


@pytest.mark.parametrize(
    ("backfill", "incumbent", "slope"),
    [("none", False, -80.0), ("cost", False, -50.0), ("cost", True, -80.0)],
)
def test_backfill_costs_unless_the_seat_is_an_opening(
    backfill: Any, incumbent: bool, slope: float
) -> None:
    """20 − 100, and 30 for the junior's own seat unless that is an opening already."""
    openings = [build.opening("O1", needed=2)]
    if incumbent:
        openings.append(build.opening("O2", "junior", needed=2, incumbent="E1"))
    target = only(
        build.settings(backfill=backfill),
        roles=[build.role("junior", backfill_cost=30.0), build.role("senior")],
        openings=openings,
    )
    assert target.slope == pytest.approx(slope)


@pytest.mark.parametrize(
    ("interest", "fixed"), [(None, 100 + 20), (1, 100 + 20), (2, 100 + 10 - 96), (3, 100 - 96)]
)
def test_interest_and_retention(interest: int | None, fixed: float) -> None:
    """10 a point below 3; from 2 on half the leaving risk of the horizon, 1 − 0.2^(4/4) = 0.8 with
    a risk of 0.8 a year, times the replacement 240 is saved: 0.5·0.8·240 = 96."""
    target = only(
        build.settings(interest_cost=10.0, retention_effect=0.5),
        roles=[build.role("junior", replacement_cost=240.0), build.role("senior")],
        employees=[build.employee("E1", leaving_risk=0.8)],
        interests=[] if interest is None else [build.interest("E1", "senior", interest)],
    )
    assert target.fixed == pytest.approx(fixed)


@pytest.mark.parametrize(("named", "move"), [(None, 20.0), (0.0, 0.0), (35.0, 35.0)])
def test_move_cost_is_the_candidate_row_or_the_path(named: float | None, move: float) -> None:
    target = only(candidates=[build.candidate("O1", "E1", move_cost=named)])
    assert target.slope == pytest.approx(move - 100.0)


def test_a_kept_placement_saves_the_change_cost() -> None:
    """The constant holds the change for dropping it, keeping it takes it off again."""
    scenario = staff(build.settings(change_cost=8.0))
    old = replace(build.plan(scenario), placements=(Placement("O1", "E1", 4),))
    instance = build_instance(scenario, old)
    assert instance.constant == pytest.approx(8.0)
    assert instance.targets[0].fixed == pytest.approx(100.0 - 8.0)


def test_standby_saves_its_share_of_the_shortage() -> None:
    """The constant counts two shortages at 30; a standby takes σ·30 off."""
    scenario = staff(
        build.settings(bench_shortage_cost=30.0, interest_cost=10.0),
        openings=[build.opening("O1", needed=2, bench=2)],
    )
    instance = build_instance(scenario)
    standby = instance.targets[1]
    assert instance.constant == pytest.approx(60.0)
    assert (standby.kind, standby.fixed, standby.slope) == ("standby", 20.0, -30.0)


def test_moves_out_count_only_to_another_unit() -> None:
    """U lets one move out a period; the opening in U is no move out, the one in V is."""
    scenario = staff(
        units=[build.unit("U", max_moves_out=1), build.unit("V")],
        employees=[build.employee("E1", unit="U")],
        openings=[
            build.opening("O1", needed=2, unit="U"),
            build.opening("O2", needed=2, unit="V"),
            build.opening("O3", needed=2),
        ],
    )
    instance = build_instance(scenario)
    out = instance.limits.index[RuleId.MOVES_OUT, "U", 2]
    counted = {t.seat: out in [row for row, _, _ in t.rows] for t in instance.targets}
    assert counted == {"O1": False, "O2": True, "O3": True}


def chain(**tables: Any) -> Instance:
    """E1 (junior) may become senior, E2 (trainee) junior; only O1, senior, is open."""
    return build_instance(
        staff(
            build.settings(backfill="chain", periods=3),
            roles=[
                build.role("junior", external_cost=40.0, external_lead=3, vacancy_cost=5.0),
                build.role("senior"),
                build.role("trainee", external_cost=None, unfilled_cost=9.0),
            ],
            employees=[build.employee("E1"), build.employee("E2", "trainee")],
            career_paths=[build.path("junior", "senior", 20.0), build.path("trainee", "junior")],
            **tables,
        )
    )


def test_a_placement_vacates_a_seat_and_a_fill_ends_its_waiting() -> None:
    """E1 into O1 in period 2 is +1 in junior's vacated row of 2; E2 into a junior's seat in t is
    −1 in its waiting row of t and +1 in the trainee's vacated row of t."""
    instance = chain()
    index = instance.limits.index
    junior, trainee = SeatType("junior", None), SeatType("trainee", None)
    placed, *fills = instance.targets
    assert {row: use for row, use, _ in placed.rows} == {
        index[RuleId.OPENINGS, "O1", 0]: 1.0,
        index[RuleId.VACATED, junior.key, 2]: 1.0,
    }
    assert [(fill.employee, fill.kind, fill.period) for fill in fills] == [
        ("E2", "vacated", 1), ("E2", "vacated", 2), ("E2", "vacated", 3)
    ]  # fmt: skip
    for fill in fills:
        assert {row: use for row, use, _ in fill.rows} == {
            index[RuleId.VACATED, junior.waiting_key, fill.period]: -1.0,
            index[RuleId.VACATED, trainee.key, fill.period]: 1.0,
        }


def test_what_becomes_of_a_vacated_seat() -> None:
    """A junior hired for a seat vacated in t arrives in 1 + 3: 40 + 5·min(4 − t, 3 − t + 1), so
    55, 50, 45; a trainee cannot be hired; seats stay unfilled at the role's cost; waiting costs
    5 a period and ends with the horizon."""
    found: dict[tuple[str, str, int], float] = {
        (v.kind, v.key, v.period): v.cost for v in chain().limits.variables
    }
    junior, trainee = SeatType("junior", None).key, SeatType("trainee", None).key
    assert [found["vacated_hire", junior, t] for t in (1, 2, 3)] == [55.0, 50.0, 45.0]
    assert ("vacated_hire", trainee, 1) not in found
    assert found["vacated_unfilled", junior, 2] == 1000.0
    assert found["vacated_unfilled", trainee, 2] == 9.0
    assert [found.get(("vacated_waiting", junior, t)) for t in (1, 2, 3)] == [5.0, 5.0, None]


def test_an_incumbent_vacates_nothing() -> None:
    """E1's seat is an opening already: their move opens no other one."""
    openings = [
        build.opening("O1", needed=2),
        build.opening("O2", "junior", needed=2, incumbent="E1"),
    ]
    instance = chain(openings=openings)
    vacated = [row.key for row in instance.limits.rows if row.rule is RuleId.VACATED]
    assert SeatType("junior", None).key not in vacated
    assert SeatType("trainee", None).key in vacated


def test_chains_take_openings_as_certain() -> None:
    """p counts as 1: slope = 20 − 100 although the opening's probability is ½."""
    instance = chain(openings=[build.opening("O1", needed=2, probability=0.5)])
    assert instance.targets[0].slope == pytest.approx(-80.0)
    hire = next(v for v in instance.limits.variables if v.kind == "hire")
    assert hire.cost == pytest.approx(100.0)
