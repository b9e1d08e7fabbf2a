"""Costs add up exactly, a gap is relative, and a plan says whether it is one."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from tests import builders as build

from succession.domain import RULE_TITLES, Costs, Finding, Progress, RuleId, Status


def test_total_is_the_sum_of_every_part() -> None:
    """1 + 2 + 4 + …: no part is left out or counted twice."""
    parts = [item.name for item in fields(Costs)]
    costs = Costs(**{name: float(2**k) for k, name in enumerate(parts)})
    assert costs.total == 2.0 ** len(parts) - 1


def test_total_loses_no_cents() -> None:
    """Large amounts that cancel leave the small ones whole."""
    assert Costs(learning=1e16, retention=-1e16, moves=0.01).total == 0.01


@pytest.mark.parametrize(
    ("cost", "bound", "gap"),
    [
        (100.0, 90.0, 0.1),
        (-100.0, -110.0, 0.1),
        (0.5, 0.25, 0.25),
        (0.0, -3.0, 3.0),
        (100.0, 100.0, 0.0),
        (100.0, 100.5, 0.0),
        (None, 90.0, None),
        (100.0, None, None),
        (None, None, None),
    ],
)
def test_gap_is_relative_to_the_cost_and_never_negative(
    cost: float | None, bound: float | None, gap: float | None
) -> None:
    """(cost − bound) / max(1, |cost|); None while one of them is missing."""
    found = Progress(0.0, "columns", 1, 1, cost, bound).gap
    assert found == (None if gap is None else pytest.approx(gap))


@pytest.mark.parametrize(
    ("status", "has_plan"),
    [("optimal", True), ("feasible", True), ("infeasible", False), ("unknown", False)],
)
def test_only_optimal_and_feasible_are_plans(status: Status, has_plan: bool) -> None:
    assert replace(build.plan(build.scenario()), status=status).has_plan is has_plan


def test_calendar_of_a_plan_is_that_of_its_header() -> None:
    scenario = build.scenario()
    assert build.plan(scenario).calendar == scenario.settings.calendar


def test_every_rule_has_a_title_of_its_own() -> None:
    assert set(RULE_TITLES) == set(RuleId)
    assert len(set(RULE_TITLES.values())) == len(RuleId)


@pytest.mark.parametrize(
    ("finding", "place"),
    [
        (Finding("error", "x", "", sheet="Roles", cell="C14"), "Roles!C14"),
        (
            Finding("error", "x", "", sheet="Roles.csv", row=14, column="grade"),
            "Roles.csv:14:grade",
        ),
        (Finding("error", "x", "", sheet="Roles.csv", row=14), "Roles.csv:14"),
        (Finding("error", "x", "", sheet="Roles"), "Roles"),
    ],
)
def test_place_of_a_finding(finding: Finding, place: str) -> None:
    assert finding.place == place
