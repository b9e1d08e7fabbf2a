"""Laws that hold for every scenario, whatever its optimum: a change of it moves the optimum so."""

from __future__ import annotations

from dataclasses import fields, replace
from random import Random
from typing import Any

import pytest
from tests.generator import tiny_scenario

from succession.domain import SHEETS, Activity, Costs, Outcome, Plan, Scenario
from succession.optimize import solve
from succession.verify import verify

SEEDS = range(40)
WITH_BUDGETS = (4, 11, 21, 24, 28, 33, 34, 43, 48, 51, 54, 55, 56, 58, 59, 65, 69, 71, 72, 75)
WITH_SEATS = (0, 8, 10, 12, 15, 16, 20, 23, 27, 32, 42, 58, 69, 70, 73, 74, 75, 84, 85, 94)
"""Seats and no commitments, whose sessions would change with them."""

FACTOR = 7.0
IDS = {
    "employee", "opening", "activity", "role", "from_role", "to_role", "unit", "competency",
    "resource", "pool", "incumbent",
}  # fmt: skip
MONEY = {
    "external_cost", "vacancy_cost", "unfilled_cost", "backfill_cost", "replacement_cost",
    "move_cost", "cost", "session_cost", "amount",
}  # fmt: skip
MONEY_SETTINGS = ("interest_cost", "change_cost", "bench_shortage_cost")


def solved(scenario: Scenario) -> Plan:
    plan = solve(scenario, gap=0.0).plan
    assert plan.status in ("optimal", "infeasible")
    return plan


def slack(*costs: float | None) -> float:
    return 2e-6 * max(1.0, *(abs(cost) for cost in costs if cost is not None))


def assert_no_dearer(scenario: Scenario, easier: Scenario) -> None:
    """What is legal in one scenario is legal and costs the same in the easier one."""
    before, after = solved(scenario), solved(easier)
    if before.cost is not None:
        assert after.cost is not None
        assert after.cost <= before.cost + slack(before.cost)


def assert_same_optimum(scenario: Scenario, other: Scenario, factor: float = 1.0) -> None:
    before, after = solved(scenario), solved(other)
    assert after.status == before.status
    if before.cost is not None:
        assert after.cost == pytest.approx(factor * before.cost, rel=0, abs=slack(after.cost))


def tables(scenario: Scenario, change: Any) -> Scenario:
    """Every row of every table changed by `change(row)`."""
    changed: dict[str, Any] = {
        name: tuple(change(row) for row in getattr(scenario, name)) for name in SHEETS.values()
    }
    return replace(scenario, **changed)


@pytest.mark.parametrize("seed", WITH_BUDGETS)
def test_more_money_never_raises_the_cost(seed: int) -> None:
    scenario = tiny_scenario(seed)
    budgets = tuple(replace(row, amount=1.5 * row.amount + 100) for row in scenario.budgets)
    assert budgets
    assert_no_dearer(scenario, replace(scenario, budgets=budgets))


@pytest.mark.parametrize("seed", WITH_SEATS)
def test_more_seats_never_raise_the_cost(seed: int) -> None:
    """One seat more a session."""
    scenario = tiny_scenario(seed)
    assert not scenario.commitments
    more = tuple(
        row if row.seats is None else replace(row, seats=row.seats + 1)
        for row in scenario.activities
    )
    assert more != scenario.activities
    assert_no_dearer(scenario, replace(scenario, activities=more))


@pytest.mark.parametrize("seed", SEEDS)
def test_an_activity_more_never_raises_the_cost(seed: int) -> None:
    """Nobody is committed to it, so nobody has to do it."""
    scenario, rng = tiny_scenario(seed), Random(f"activity/{seed}")
    taught = rng.choice(scenario.competencies)
    name = scenario.activities[-1].activity + "+"
    new = Activity(
        name, name, "course", rng.randint(1, 2), 0.0, float(rng.randrange(0, 500, 50)),
        None, None, 0, 0.0, None, False, 1.0,
    )  # fmt: skip
    easier = replace(
        scenario,
        activities=(*scenario.activities, new),
        outcomes=(*scenario.outcomes, Outcome(name, taught.competency, taught.levels, None)),
    )
    assert_no_dearer(scenario, easier)


@pytest.mark.parametrize("seed", SEEDS)
def test_amounts_in_another_currency_are_the_same_plan(seed: int) -> None:
    """All costs and budgets times 7: the optimum is 7 times as much."""

    def dearer(row: Any) -> Any:
        own = {
            name: FACTOR * value
            for name in row.__slots__
            if name in MONEY and (value := getattr(row, name)) is not None
        }
        return replace(row, **own)

    scenario = tiny_scenario(seed)
    settings: dict[str, Any] = {
        name: FACTOR * getattr(scenario.settings, name) for name in MONEY_SETTINGS
    }
    scaled = replace(tables(scenario, dearer), settings=replace(scenario.settings, **settings))
    assert_same_optimum(scenario, scaled, FACTOR)


@pytest.mark.parametrize("seed", SEEDS)
def test_names_and_order_of_rows_mean_nothing(seed: int) -> None:
    """Every id has a new name, and every table is in another order."""
    scenario, rng = tiny_scenario(seed), Random(f"names/{seed}")
    new: dict[str, str] = {}

    def name(old: str) -> str:
        return new.setdefault(old, f"{rng.randrange(10**6):06}-{old}")

    def renamed(row: Any) -> Any:
        own = {
            column: name(value)
            for column in row.__slots__
            if column in IDS and (value := getattr(row, column)) is not None
        }
        return replace(row, **own)

    pools: dict[str, Any] = {
        key: None if value is None else name(value)
        for key in ("external_pool", "move_pool")
        for value in [getattr(scenario.settings, key)]
    }
    other = replace(tables(scenario, renamed), settings=replace(scenario.settings, **pools))
    shuffled: dict[str, Any] = {
        table: tuple(rng.sample(rows, len(rows)))
        for table in SHEETS.values()
        for rows in [getattr(other, table)]
    }
    assert_same_optimum(scenario, replace(other, **shuffled))


@pytest.mark.parametrize("seed", SEEDS)
def test_no_verified_plan_is_below_the_bound(seed: int) -> None:
    """Plans made for other budgets, prices and risks: where they are legal here, they cost at
    least the bound."""
    scenario = tiny_scenario(seed)
    plan = solved(scenario)
    if plan.bound is None:
        pytest.skip("the scenario has no plan")
    cheaper = tables(
        scenario, lambda row: replace(row, cost=0.0) if isinstance(row, Activity) else row
    )
    risk: Any = "ignore" if scenario.settings.risk == "expected" else "expected"
    others = [
        scenario,
        cheaper,
        replace(scenario, budgets=()),
        replace(scenario, settings=replace(scenario.settings, risk=risk)),
    ]
    legal = 0
    for other in others:
        found = solve(other, gap=0.05).plan
        if not found.has_plan:
            continue
        moved = replace(found, scenario_sha256=scenario.sha256, status="feasible")
        costs = verify(scenario, moved).costs
        claimed = replace(moved, costs=costs, cost=costs.total, bound=costs.total - 1.0, gap=None)
        rules = {row.rule.value for row in verify(scenario, claimed).violations}
        if rules <= {"bound"}:
            legal += 1
            assert costs.total >= plan.bound - slack(plan.bound)
    assert legal >= 1


def test_every_amount_is_scaled() -> None:
    """A column or setting of money that is new must be scaled as well: these are not money."""
    plain = {
        "hours", "leaving_risk", "probability", "pass_rate", "hours_per_period",
        "retention_effect",
    }  # fmt: skip
    amounts = {
        item.name
        for table in SHEETS.values()
        for row in getattr(tiny_scenario(0), table)[:1]
        for item in fields(row)
        if "float" in str(item.type)
    }
    assert amounts <= MONEY | plain
    assert {item.name for item in fields(Costs)}.isdisjoint(plain)
