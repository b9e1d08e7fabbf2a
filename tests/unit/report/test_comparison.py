"""The comparison: what differs between plans, for whom, and by how much."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import Any

import pytest
from tests import builders as build
from tests.unit.report import samples

from succession.domain import (
    Costs,
    Hires,
    Learning,
    Placement,
    Plan,
    SessionsHeld,
    Standby,
    Unfilled,
    Vacated,
    VacatedHire,
)
from succession.report import build_comparison

OFFICE = samples.office_scenario()
PLAN = samples.office_plan(OFFICE)


def compare(*others: Plan) -> Any:
    return build_comparison([PLAN, *others], ["first", *(f"p{n}" for n in range(len(others)))])


def seats(other: Plan, first: Plan = PLAN) -> list[tuple[str, ...]]:
    rows = build_comparison([first, other], ["first", "other"]).seats.rows
    return [
        (row.seat, row.change, row.before, row.before_period, row.after, row.after_period)
        for row in rows
    ]


def test_identical_plans_have_no_difference() -> None:
    same = compare(PLAN)
    assert [len(table.rows) for table in same.tables] == [0, 0, 0]
    assert all(not line.differences[1] for line in same.lines)
    assert all(line.values[1] == 0 for line in same.lines if line.group == "Against the first plan")
    assert "All plans cost" in same.headline
    assert same.notes == ()


def test_a_replaced_placement_names_both_people() -> None:
    other = replace(PLAN, placements=(Placement("O1", "E3", 5),))
    row = ("O1", "filled by someone else", "E1", "2027-Q4", "E3", "2028-Q1")
    assert seats(other) == [row]
    assert compare(other).line("seats.filled by someone else").values == (None, 1)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"placements": (Placement("O1", "E1", 5),)},
            ("O1", "filled in another period", "E1", "2027-Q4", "E1", "2028-Q1"),
        ),
        (
            {"placements": (), "hires": (Hires("O1", 2), Hires("O2", 1))},
            ("O1", "hired instead", "E1", "2027-Q4", "hired", ""),
        ),
        (
            {"placements": (), "unfilled": (Unfilled("O1", 1), Unfilled("O3", 1))},
            ("O1", "left unfilled", "E1", "2027-Q4", "unfilled", ""),
        ),
        (
            {"placements": (Placement("O1", "E1", 4), Placement("O3", "E3", 2)), "unfilled": ()},
            ("O3", "filled from within", "unfilled", "", "E3", "2027-Q2"),
        ),
        ({"unfilled": ()}, ("O3", "only in the first plan", "unfilled", "", "", "")),
        (
            {"hires": (Hires("O1", 1), Hires("O2", 1), Hires("O9", 1))},
            ("O9", "only in this plan", "", "", "hired", ""),
        ),
    ],
)
def test_each_way_to_deal_with_a_seat(changes: dict[str, Any], expected: tuple[str, ...]) -> None:
    assert seats(replace(PLAN, **changes)) == [expected]


def test_the_same_person_is_never_a_replacement_of_another() -> None:
    first = replace(PLAN, placements=(Placement("O1", "E1", 3), Placement("O1", "E2", 4)))
    other = replace(PLAN, placements=(Placement("O1", "E2", 3), Placement("O1", "E4", 4)))
    assert [row[1:3] + row[4:5] for row in seats(other, first)] == [
        ("filled in another period", "E2", "E2"),
        ("filled by someone else", "E1", "E4"),
    ]


def test_seats_that_movers_leave_are_compared_too() -> None:
    first = samples.chain_plan(samples.chain_scenario())
    other = replace(first, vacated=(Vacated("S", "K", 4),), vacated_hires=(VacatedHire("K"),))
    assert [row[:3] + row[4:5] for row in seats(other, first)] == [
        ("left by J", "only in the first plan", "hired", ""),
        ("left by K", "only in this plan", "", "hired"),
        ("left by S", "filled by someone else", "J", "K"),
    ]


def test_learning_added_dropped_and_moved_by_person() -> None:
    kept = [row for row in PLAN.learning if row.employee != "E3"]
    learning = [*kept, Learning("E3", "A1", 2), Learning("E3", "A3", 2), Learning("E5", "A1", 1)]
    rows = compare(replace(PLAN, learning=tuple(sorted(learning)))).learning.rows
    assert [(row.employee, row.added, row.dropped, row.moved) for row in rows] == [
        ("E3", 1, 1, 1),
        ("E5", 1, 0, 0),
    ]
    assert rows[0].what_added == "A3 2027-Q2"
    assert rows[0].what_dropped == "A2 2027-Q2"
    assert rows[0].what_moved == "A1 2027-Q1 → 2027-Q2"


def test_periods_are_compared_by_calendar() -> None:
    """The same days under other numbers are the same; what one horizon lacks is not compared."""
    later = replace(
        PLAN,
        start=date(2027, 4, 1),
        placements=(Placement("O1", "E1", 3),),
        learning=tuple(replace(row, start=row.start - 1) for row in PLAN.learning if row.start > 1),
    )
    result = compare(later)
    assert (list(result.seats.rows), list(result.learning.rows)) == ([], [])
    assert "Another horizon" in result.notes[0]


def test_other_standbys() -> None:
    row = compare(replace(PLAN, standbys=(Standby("O1", "E4"),))).bench.rows[0]
    assert (row.opening, row.added, row.dropped) == ("O1", "E4", "E3")


def test_differences_of_cost_parts_add_up() -> None:
    costs = replace(PLAN.costs, external=PLAN.costs.external + 0.1, learning=0.0, bench=7.7)
    other = replace(PLAN, costs=costs, cost=costs.total, bound=costs.total)
    result = compare(other)
    parts = [result.line(f"costs.{part}") for part in asdict(Costs())]
    assert sum(line.differences[1] for line in parts) == pytest.approx(
        result.line("cost").differences[1], abs=1e-5
    )
    assert result.line("costs.external").differences == (None, 0.1)
    assert result.line("cost").values == (PLAN.cost, other.cost)


def test_counts_and_the_share_filled_from_within() -> None:
    other = replace(PLAN, placements=(), hires=(Hires("O1", 2), Hires("O2", 1)), sessions=())
    result = compare(other)
    assert result.line("internal_share").values == (0.25, 0.0)
    assert result.line("internal_share").differences == (None, -0.25)
    assert result.line("counts.hires").values == (2, 3)
    assert result.line("counts.sessions").differences == (None, -1)
    assert PLAN.sessions == (SessionsHeld("A2", 2, 1),)
    empty = build.plan(OFFICE)
    assert build_comparison([empty, PLAN], ["e", "p"]).line("internal_share").values[0] is None


def test_an_unknown_bound_has_no_difference() -> None:
    line = compare(replace(PLAN, bound=None, gap=None, status="feasible")).line("bound")
    assert (line.values[1], line.differences[1]) == (None, None)


def test_notes_say_what_makes_the_costs_hard_to_compare() -> None:
    cost = PLAN.cost or 0.0
    other = replace(PLAN, scenario_sha256="b" * 64, cost=cost + 10.0, bound=cost - 50.0)
    notes = compare(other).notes
    assert "Another scenario" in notes[0]
    assert "not yet proven" in notes[1]


def test_headline_and_cards() -> None:
    cost = PLAN.cost or 0.0
    result = compare(replace(PLAN, cost=cost / 2), replace(PLAN, cost=cost + 100.0))
    assert result.headline.startswith("p0 costs least")
    assert "(50.0%) less than first" in result.headline
    assert [card.label for card in result.cards] == ["first", "p0", "p1"]
    assert "more than first" in result.cards[2].note
    assert compare(replace(PLAN, cost=cost + 1)).headline == "No plan costs less than first."


def test_names_must_tell_plans_apart() -> None:
    with pytest.raises(ValueError, match="name of its own"):
        build_comparison([PLAN, PLAN], ["a", "a"])
    with pytest.raises(ValueError, match="two plans"):
        build_comparison([PLAN], ["a"])
