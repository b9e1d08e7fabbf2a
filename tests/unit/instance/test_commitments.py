"""What commitments use before anything new does (model.md, section 4), counted by hand."""

from __future__ import annotations

import math
from typing import Any

import pytest
from tests import builders as build
from tests.unit.pathways.oracle_columns import startable

from succession.domain import RuleId, Scenario, Settings
from succession.instance import build_instance
from succession.instance.commitments import (
    allowed_sessions,
    committed_use,
    periods_underway,
)
from succession.instance.limits import Row


def committed(options: Settings | None = None, /, **tables: Any) -> Scenario:
    """E1 and E2 of unit U began A in period 2 (two periods, 8 hours, 30 each, resource R, away);
    E1 also began B before the horizon, in period −1 (four periods: underway in 1 and 2)."""
    defaults: dict[str, Any] = {
        "competencies": [build.competency("C")],
        "roles": [build.role("junior"), build.role("senior")],
        "units": [build.unit("U", max_away=3)],
        "employees": [build.employee("E1", unit="U"), build.employee("E2", unit="U")],
        "openings": [build.opening("O1")],
        "activities": [
            build.activity(
                "A", duration=2, hours=8.0, cost=30.0, pool="P", resource="R", away=True
            ),
            build.activity("B", duration=4, hours=5.0, cost=1000.0, pool="P", resource="R"),
        ],
        "resources": [build.resource("R", 4)],
        "budgets": [build.budget("P", 100.0), build.budget("P", 50.0, unit="U")],
        "commitments": [
            build.commitment("E1", "A", 2),
            build.commitment("E2", "A", 2),
            build.commitment("E1", "B", -1),
        ],
    }
    return build.scenario(options, **{**defaults, **tables})


def row(scenario: Scenario, rule: RuleId, key: str, period: int = 0) -> Row:
    limits = build_instance(scenario).limits
    return limits.rows[limits.index[rule, key, period]]


@pytest.mark.parametrize(
    ("start", "periods"), [(1, [1, 2, 3]), (-1, [1]), (-2, []), (3, [3, 4]), (4, [4])]
)
def test_periods_underway_are_cut_to_the_horizon(start: int, periods: list[int]) -> None:
    assert list(periods_underway(build.activity("A", duration=3), start, 4)) == periods


def test_use_of_every_limit() -> None:
    """R: B alone in 1, all three in 2, A twice in 3. Away: A twice in 2 and 3. Hours of E1: 5,
    then 13, then 8. Money: two starts of A at 30; B began before the horizon and costs nothing."""
    use = committed_use(committed())
    assert dict(use.resources) == {("R", 1): 1, ("R", 2): 3, ("R", 3): 2}
    assert dict(use.away) == {("U", 2): 2, ("U", 3): 2}
    assert dict(use.hours["E1"]) == {1: 5.0, 2: 13.0, 3: 8.0}
    assert dict(use.at_once["E1"]) == {1: 1, 2: 2, 3: 1}
    assert dict(use.hours["E2"]) == {2: 8.0, 3: 8.0}
    assert dict(use.starts) == {("A", 2): 2}
    assert use.budgets == (60.0, 60.0)
    assert (use.learning_cost, use.session_cost) == (60.0, 0.0)


def test_limits_are_net_of_commitments() -> None:
    """4 − 1, 4 − 3, 4 − 2, 4 places; 3 − 2 away; 100 − 60 left."""
    places = [row(committed(), RuleId.RESOURCES, "R", t).upper for t in (1, 2, 3, 4)]
    assert places == [3, 1, 2, 4]
    assert [row(committed(), RuleId.AWAY, "U", t).upper for t in (1, 2, 3, 4)] == [3, 1, 1, 3]
    assert row(committed(), RuleId.BUDGETS, "0").upper == pytest.approx(40.0)


def test_where_commitments_exceed_a_limit_nothing_new_may_use_it() -> None:
    """Budget 50 of the unit is overspent by 10, one place is taken thrice, hours and lanes are
    below zero: 0 is left, never less, and the rows still allow a plan."""
    scenario = committed(
        build.settings(max_at_once=1),
        resources=[build.resource("R", 1)],
        units=[build.unit("U", max_away=1)],
        employees=[build.employee("E1", unit="U", hours=10.0), build.employee("E2", unit="U")],
    )
    instance = build_instance(scenario)
    assert row(scenario, RuleId.BUDGETS, "1").upper == 0.0
    assert [row(scenario, RuleId.RESOURCES, "R", t).upper for t in (1, 2, 3, 4)] == [0, 0, 0, 1]
    assert [row(scenario, RuleId.AWAY, "U", t).upper for t in (1, 2, 3, 4)] == [1, 0, 0, 1]
    assert instance.people.hours[0, 1:5].tolist() == [5.0, 0.0, 2.0, 10.0]
    assert instance.people.lanes[0, 1:5].tolist() == [0, 0, 0, 1]
    assert all(record.upper >= 0 for record in instance.limits.rows)


def test_constant_is_what_commitments_cost() -> None:
    assert build_instance(committed()).constant == pytest.approx(60.0)


def classes(starts: int, allowed: int | None, **changes: Any) -> Scenario:
    """`starts` people committed to A in period 1, two seats a session at 100."""
    people = [build.employee(f"E{k}") for k in range(starts)]
    activity = build.activity("A", **{"seats": 2, "session_cost": 100.0, "pool": "P", **changes})
    return build.scenario(
        competencies=[build.competency("C")],
        roles=[build.role("junior"), build.role("senior")],
        employees=people,
        openings=[build.opening("O1")],
        activities=[activity],
        sessions=[] if allowed is None else [build.session("A", 1, allowed)],
        budgets=[build.budget("P", 1000.0), build.budget("P", 1000.0, unit="U")],
        commitments=[build.commitment(person.employee, "A", 1) for person in people],
    )


@pytest.mark.parametrize(
    ("starts", "allowed", "held"),
    [(1, 3, 1), (2, 3, 1), (3, 3, 2), (5, 3, 3), (9, 3, 3), (3, None, 1), (0, 3, 0), (2, 0, 0)],
)
def test_sessions_that_commitments_need(starts: int, allowed: int | None, held: int) -> None:
    """n0 = min(⌈k / seats⌉, what the calendar allows); without rows one session is allowed."""
    scenario = classes(starts, allowed)
    use = committed_use(scenario)
    assert use.sessions == ({("A", 1): held} if held else {})
    assert use.session_cost == 100.0 * held
    assert use.budgets == (100.0 * held, 0.0)


def test_new_sessions_are_those_beyond_what_commitments_hold() -> None:
    """Three starts hold two of four sessions and leave one seat; at most two sessions more."""
    instance = build_instance(classes(3, 4, min_seats=1))
    seats = instance.limits.index[RuleId.SEATS, "A", 1]
    minimum = instance.limits.index[RuleId.MIN_SEATS, "A", 1]
    assert instance.limits.rows[seats].upper == 1
    assert instance.limits.rows[minimum].upper == 3
    session = next(v for v in instance.limits.variables if v.kind == "session")
    assert (session.cost, session.upper) == (100.0, 2)
    budget = instance.limits.index[RuleId.BUDGETS, "0", 0]
    assert dict(session.rows) == {seats: -2.0, minimum: 1.0, budget: 100.0}


def test_a_class_filled_by_commitments_is_closed() -> None:
    """Two seats, one session, two starts: nothing new can start there."""
    instance = build_instance(classes(2, 1))
    assert (RuleId.SEATS, "A", 1) not in instance.limits.index
    assert not startable(instance, 0)[0].any()


def test_free_sessions_are_seats_alone() -> None:
    """Without cost and minimum no session is decided: three sessions of two, one seat taken."""
    instance = build_instance(classes(1, 3, session_cost=0.0))
    record = instance.limits.rows[instance.limits.index[RuleId.SEATS, "A", 1]]
    assert (record.lower, record.upper) == (-math.inf, 5)
    assert all(v.kind != "session" for v in instance.limits.variables)


def test_rows_of_sessions_add_up() -> None:
    scenario = build.scenario(sessions=[build.session("A", 2, 1), build.session("A", 3, 0)])
    assert allowed_sessions(scenario) == {("A", 2): 1, ("A", 3): 0}


@pytest.mark.parametrize(
    ("pool", "period", "unit", "charged"),
    [
        ("P", 2, "U", True),
        ("P", 3, "U", True),
        ("P", 1, "U", False),
        ("P", 4, "U", False),
        ("P", 2, "V", False),
        ("P", 2, None, False),
        ("Q", 2, "U", False),
        (None, 2, "U", False),
    ],
)
def test_a_budget_row_of_a_unit_counts_its_own_periods_and_people(
    pool: str | None, period: int, unit: str | None, charged: bool
) -> None:
    budget = build.budget("P", 1.0, unit="U", from_period=2, to_period=3)
    limits = build_instance(committed(commitments=[], budgets=[budget])).limits
    assert bool(limits.charged(pool, period, unit)) is charged


@pytest.mark.parametrize(("amount", "starts"), [(29.9, []), (30.0, [1, 2, 3]), (31.0, [1, 2, 3])])
def test_a_start_dearer_than_all_that_is_left_is_out(amount: float, starts: list[int]) -> None:
    """A costs 30 and lasts two periods: it may start in 1 to 3 where the pool has 30."""
    scenario = committed(commitments=[], budgets=[build.budget("P", amount)])
    legal = startable(build_instance(scenario), 0)[0]
    assert [t for t in range(6) if legal[t]] == starts
