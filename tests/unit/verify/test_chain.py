"""Section 7: vacated seats with `backfill = chain`, their rules and their costs."""

from __future__ import annotations

from typing import Any

import pytest
from tests.builders import (
    activity,
    budget,
    employee,
    interest,
    opening,
    outcome,
    path,
    plan,
    requirement,
    role,
    scenario,
    settings,
    unit,
)
from tests.unit.verify.world import breaches, legal_plan, only, settle

from succession.domain import (
    Costs,
    Learning,
    Placement,
    RuleId,
    Scenario,
    Vacated,
    VacatedHire,
    VacatedUnfilled,
)
from succession.verify import verify

TOP = Placement("O1", "E1", 2)


def ladder(**changes: Any) -> Scenario:
    """O1 (top, needed in 2) may go to E1 (middle), whose seat may go to E2 (low)."""
    options = changes.pop("options", {})
    tables: dict[str, Any] = {
        "roles": [
            role("top"),
            role("middle", external_cost=50, external_lead=3, vacancy_cost=7, unfilled_cost=500),
            role("low", external_cost=20, unfilled_cost=None),
        ],
        "employees": [employee("E1", "middle", unit="U"), employee("E2", "low", unit="U")],
        "openings": [opening("O1", "top", needed=2, unit="U", probability=0.5)],
        "career_paths": [path("middle", "top", 10), path("low", "middle", 4)],
        **changes,
    }
    return scenario(settings(backfill="chain", **options), **tables)


def costs(built: Scenario, **lists: Any) -> Costs:
    return verify(built, legal_plan(built, **lists)).costs


FILLED: dict[str, Any] = {
    "placements": [TOP],
    "vacated": [Vacated("E1", "E2", 3)],
    "vacated_hires": [VacatedHire("E2")],
}


def test_each_vacated_seat_has_exactly_one_answer() -> None:
    legal_plan(ladder(), **FILLED)
    legal_plan(ladder(), placements=[TOP], vacated_hires=[VacatedHire("E1")])
    legal_plan(ladder(), placements=[TOP], vacated_unfilled=[VacatedUnfilled("E1")])
    none = only(breaches(ladder(), placements=[TOP]), RuleId.VACATED)
    assert (none.who, none.when, none.amount) == ("E1", "2027-Q2", 1.0)
    both = {"vacated_hires": [VacatedHire("E1")], "vacated_unfilled": [VacatedUnfilled("E1")]}
    assert only(breaches(ladder(), placements=[TOP], **both), RuleId.VACATED).amount == 1.0


def test_a_fill_vacates_another_seat() -> None:
    broken = {**FILLED, "vacated_hires": []}
    found = only(breaches(ladder(), **broken), RuleId.VACATED)
    assert (found.who, found.when) == ("E2", "2027-Q3")


def test_a_vacated_seat_is_hired_for_or_left_only_where_the_role_allows() -> None:
    left = {**FILLED, "vacated_hires": [], "vacated_unfilled": [VacatedUnfilled("E2")]}
    assert only(breaches(ladder(), **left), RuleId.VACATED).what == "vacated_unfilled"
    closed = ladder(roles=[role("top"), role("middle", external_cost=None), role("low")])
    hired: dict[str, Any] = {"placements": [TOP], "vacated_hires": [VacatedHire("E1")]}
    assert only(breaches(closed, **hired), RuleId.VACATED).what == "vacated_hires"


def test_who_does_not_move_vacates_nothing() -> None:
    extra = {**FILLED, "vacated_hires": [VacatedHire("E2"), VacatedHire("E3")]}
    three = ladder(
        employees=[
            employee(f"E{n}", r, unit="U") for n, r in ((1, "middle"), (2, "low"), (3, "low"))
        ]
    )
    found = only(breaches(three, **extra), RuleId.VACATED)
    assert found.who == "E3"


def test_an_incumbent_vacates_nothing() -> None:
    openings = [
        opening("O1", "top", needed=2, unit="U"),
        opening("O2", "middle", needed=2, unit="U", incumbent="E1"),
    ]
    staffed = ladder(openings=openings)
    lists: dict[str, Any] = {
        "placements": [TOP, Placement("O2", "E2", 2)],
        "vacated_hires": [VacatedHire("E2")],
    }
    legal_plan(staffed, **lists)
    lists["vacated_hires"] = [VacatedHire("E1"), VacatedHire("E2")]
    assert only(breaches(staffed, **lists), RuleId.VACATED).who == "E1"


def test_a_seat_is_not_filled_before_it_is_vacated() -> None:
    early = {**FILLED, "vacated": [Vacated("E1", "E2", 1)]}
    found = only(breaches(ladder(), **early), RuleId.TARGET)
    assert (found.who, found.what, found.amount) == ("E2", "E1", 1.0)
    legal_plan(ladder(), **{**FILLED, "vacated": [Vacated("E1", "E2", 4)]})


@pytest.mark.parametrize(
    "changes",
    [
        {"career_paths": [path("middle", "top")]},
        {"interests": [interest("E2", "middle", 0)]},
        {
            "employees": [employee("E1", "middle"), employee("E2", "middle")],
            "career_paths": [path("middle", "top"), path("middle", "middle")],
        },
    ],
    ids=["no path", "unwilling", "no move"],
)
def test_a_vacated_seat_goes_to_someone_eligible(changes: dict[str, Any]) -> None:
    found = only(breaches(ladder(**changes), **FILLED), RuleId.ELIGIBLE)
    assert (found.who, found.what) == ("E2", "E1")


def test_a_fill_must_be_ready_and_available() -> None:
    asking = ladder(requirements=[requirement("middle", "C")])
    assert only(breaches(asking, **FILLED), RuleId.TARGET).who == "E2"
    staff = [employee("E1", "middle", unit="U"), employee("E2", "low", unit="U", move_from=4)]
    assert only(breaches(ladder(employees=staff), **FILLED), RuleId.AVAILABILITY).who == "E2"


def test_a_swap_is_legal() -> None:
    swap = scenario(
        settings(backfill="chain"),
        roles=[role("a"), role("b")],
        employees=[employee("E1", "a"), employee("E2", "b")],
        career_paths=[path("a", "b", 1), path("b", "a", 2)],
    )
    legal = legal_plan(swap, vacated=[Vacated("E1", "E2", 2), Vacated("E2", "E1", 2)])
    assert verify(swap, legal).costs == Costs(moves=3.0)


def test_a_fill_counts_as_a_move_out() -> None:
    moving = ladder(
        units=[unit("V", max_moves_out=0)],
        employees=[employee("E1", "middle", unit="U"), employee("E2", "low", unit="V")],
    )
    found = only(breaches(moving, **FILLED), RuleId.MOVES_OUT)
    assert (found.who, found.when, found.amount) == ("V", "2027-Q3", 1.0)


def test_probabilities_count_as_1_and_fills_cost_moves_vacancy_and_hires() -> None:
    assert costs(ladder(), **FILLED) == Costs(moves=14.0, vacancy=7.0, external=20.0)


def test_a_vacated_hire_costs_its_search_from_period_1() -> None:
    # λ = 3, t = 2: filled in period 4 at the soonest, two periods of 7 without anybody.
    hired = costs(ladder(), placements=[TOP], vacated_hires=[VacatedHire("E1")])
    assert hired == Costs(moves=10.0, external=50.0, vacancy=14.0)
    left = costs(ladder(), placements=[TOP], vacated_unfilled=[VacatedUnfilled("E1")])
    assert left == Costs(moves=10.0, unfilled=500.0)


def test_risk_weighs_the_moves_of_a_fill_alone() -> None:
    risky = ladder(
        requirements=[requirement("middle", "C")],
        activities=[activity("A", pass_rate=0.5)],
        outcomes=[outcome("A", "C")],
        interests=[interest("E2", "middle", 3), interest("E1", "top", 3)],
        options={"interest_cost": 11.0, "retention_effect": 1.0},
    )
    found = costs(risky, **FILLED, learning=[Learning("E2", "A", 1)])
    assert found == Costs(moves=12.0, vacancy=7.0, external=20.0)


@pytest.mark.parametrize(("unit_name", "over"), [(None, 5.0), ("U", 5.0), ("V", 0.0)])
def test_vacated_hires_are_charged_when_the_seat_is_vacated(
    unit_name: str | None, over: float
) -> None:
    charged = ladder(
        options={"external_pool": "X"},
        budgets=[budget("X", 15, unit=unit_name, from_period=3, to_period=3)],
    )
    found = breaches(charged, **FILLED)
    assert [(item.rule, item.amount) for item in found] == [(RuleId.BUDGETS, over)] * (over > 0)


def test_the_vacated_lists_are_empty_without_chains() -> None:
    built = ladder()
    plain = scenario(
        settings(backfill="cost"),
        roles=built.roles,
        employees=built.employees,
        openings=built.openings,
        career_paths=built.career_paths,
    )
    found = breaches(plain, **FILLED)
    assert [(item.rule, item.who) for item in found] == [
        (RuleId.FORMAT, "vacated"),
        (RuleId.FORMAT, "vacated_hires"),
    ]
    assert verify(plain, settle(plain, plan(plain, placements=[TOP]))).ok
