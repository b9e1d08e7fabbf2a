"""The report's record: what its tables say of a plan whose numbers are known."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.unit.report import samples

from succession.domain import Plan
from succession.report import build_report
from succession.report.people import expected_cost
from succession.report.reading import read_plan

OFFICE = samples.office_scenario()
PLAN = samples.office_plan(OFFICE)
REPORT = build_report(OFFICE, PLAN, samples.WARNINGS)


def test_a_placement_says_who_when_how_likely_and_at_what_cost() -> None:
    (row,) = REPORT.placements.rows
    assert (row.opening, row.employee, row.from_role, row.role) == (
        "O1",
        "E1",
        "Clerk",
        "Team lead",
    )
    assert (row.needed, row.ready, row.moves) == ("2027-Q4", "2027-Q4", "2027-Q4")
    sigma = 0.96**0.75 * 0.9
    assert row.chance == pytest.approx(sigma)
    assert row.learning == 1100.0
    # Needed in period 4 with a lead of 3: a failed placement is searched for from 4 on, so hiring
    # waits 3 periods (43,000) and staying unfilled (30,000) is cheaper.
    retained = 0.5 * (1 - 0.96**2) * 12_000
    expected = 1100 + sigma * (1_500 + 9_000) + (1 - sigma) * 30_000 - retained
    assert row.cost == pytest.approx(expected)
    assert row.hiring == 40_000.0
    assert row.saving == pytest.approx(40_000.0 - expected)


def test_every_part_of_the_cost_is_in_some_table() -> None:
    reading = read_plan(OFFICE, PLAN)
    bench = PLAN.costs.bench
    standing = sum(row.learning for row in REPORT.bench.rows) + 50.0 * 2
    committed = sum(row.cost for row in REPORT.learning.rows if row.purpose == "commitment")
    total = (
        sum(expected_cost(reading, row) for row in reading.prospects if row.target.moves)
        + sum(row.external + row.vacancy for row in REPORT.hires.rows)
        + sum(row.cost for row in REPORT.unfilled.rows)
        + sum(row.session_cost for row in REPORT.activities.rows)
        + standing
        + committed
        + bench
    )
    assert total == pytest.approx(PLAN.cost)
    assert REPORT.costs.totals[2] == pytest.approx(PLAN.cost)


def test_the_bench_shows_who_stands_by_and_what_is_missing() -> None:
    assert [(row.opening, row.employee) for row in REPORT.bench.rows] == [("O1", "E3"), ("O1", "")]


def test_learning_is_told_person_by_person_with_its_purpose() -> None:
    rows = [(row.employee, row.activity, row.purpose) for row in REPORT.learning.rows]
    assert rows == [
        ("E1", "A1", "moves to O1"),
        ("E1", "A2", "moves to O1"),
        ("E3", "A1", "stands by for O1"),
        ("E3", "A2", "stands by for O1"),
        ("E7", "A3", "commitment"),
    ]
    second = REPORT.learning.rows[1]
    assert (second.start, second.finished, second.hours) == ("2027-Q2", "2027-Q4", 16.0)


def test_sessions_show_seats_used_of_seats_held() -> None:
    row = next(row for row in REPORT.activities.rows if row.activity == "A2")
    assert (row.sessions, row.seats, row.starts, row.share) == (1, 4, 2, 0.5)
    assert (row.session_cost, row.cost) == (2_500.0, 600.0)


def test_budgets_show_what_is_left() -> None:
    used = {row.pool: (row.used, row.left) for row in REPORT.budgets.rows}
    assert used["training"] == (4_700.0, 4_300.0)
    assert used["moves"][0] == pytest.approx(PLAN.costs.moves)


def test_limits_show_hosts_away_places_and_moves() -> None:
    seen = {(row.limit, row.name, row.used, row.allowed) for row in REPORT.limits.rows}
    assert seen == {
        ("Resource: learners at once", "hall", 2, 2),
        ("Unit: learners away", "north", 2, 2),
        ("Unit: moves out", "north", 1, 1),
    }


def test_openings_add_up_to_their_seats() -> None:
    for row in REPORT.openings.rows:
        assert row.placed + row.hired + row.unfilled == row.seats


def test_vacated_seats_are_told_where_chains_are_planned() -> None:
    scenario = samples.chain_scenario()
    report = build_report(scenario, samples.chain_plan(scenario))
    told = [(row.employee, row.outcome, row.filled) for row in report.vacated.rows]
    assert told == [("J", "hire", ""), ("S", "Jo (J)", "2027-Q4")]
    assert [row.opening for row in report.hires.rows] == ["left by J"]
    assert report.vacated in report.tables
    assert REPORT.vacated not in REPORT.tables


def test_warnings_and_status_are_told() -> None:
    assert [row.warning for row in REPORT.warnings.rows] == list(samples.WARNINGS)
    assert "proven" in REPORT.status
    near = samples.priced(OFFICE, PLAN, gap=0.02)
    assert "2.0000%" in build_report(OFFICE, near).status


def test_there_is_no_report_of_no_plan() -> None:
    nothing: Plan = replace(PLAN, status="unknown", cost=None)
    with pytest.raises(ValueError, match="unknown"):
        build_report(OFFICE, nothing)
