"""Laws that hold for every scenario, whatever its optimum: a change of it moves the optimum so.

Hypothesis draws the scenarios and shrinks those that break a law; 1,000 a law each night.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from random import Random
from typing import Any

import hypothesis.strategies as st
from hypothesis import HealthCheck, assume, given, settings
from tests.generator import drawn_scenario, tiny_scenario
from tests.nightly import more
from tests.property.mutants import ROWS

from succession.domain import SHEETS, Activity, Candidate, Costs, Opening, Outcome, Plan, Scenario
from succession.optimize import solve
from succession.verify import verify

FACTOR = 7.0
IDS = {
    "employee", "opening", "activity", "role", "from_role", "to_role", "unit", "competency",
    "resource", "pool", "incumbent", "vacated_by",
}  # fmt: skip
MONEY = {
    "external_cost", "vacancy_cost", "unfilled_cost", "backfill_cost", "replacement_cost",
    "move_cost", "cost", "session_cost", "amount",
}  # fmt: skip
MONEY_SETTINGS = ("interest_cost", "change_cost", "bench_shortage_cost")

Law = Callable[..., None]
RANDOM = st.randoms(use_true_random=False)


SEEDS = st.integers(0, 499)


def law(*on: str) -> Callable[[Law], Law]:
    """Runs a law on scenarios, each with a random source: half of them drawn by Hypothesis, with
    some features on for sure, half from the generator, which picks those worth solving."""

    def decorate(test: Law) -> Law:
        scenarios = st.builds(drawn_scenario, RANDOM, st.just(on)) | SEEDS.map(tiny_scenario)
        limits = settings(
            max_examples=more(1000, 20),
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        )
        return limits(given(scenario=scenarios, rng=RANDOM)(test))

    return decorate


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


def assert_same_optimum(scenario: Scenario, other: Scenario, factor: float = 1.0) -> Plan:
    """The plan of the first scenario, for what more can be said of it."""
    before, after = solved(scenario), solved(other)
    assert after.status == before.status
    if before.cost is not None:
        assert after.cost is not None
        assert abs(after.cost - factor * before.cost) <= slack(after.cost)
    return before


def tables(scenario: Scenario, change: Callable[[Any], Any]) -> Scenario:
    """Every row of every table changed by `change(row)`."""
    changed: dict[str, Any] = {
        name: tuple(change(row) for row in getattr(scenario, name)) for name in SHEETS.values()
    }
    return replace(scenario, **changed)


def in_another_currency(scenario: Scenario) -> Scenario:
    """All costs and budgets times 7."""

    def dearer(row: Any) -> Any:
        own = {
            name: FACTOR * value
            for name in row.__slots__
            if name in MONEY and (value := getattr(row, name)) is not None
        }
        return replace(row, **own)

    amounts: dict[str, Any] = {
        name: FACTOR * getattr(scenario.settings, name) for name in MONEY_SETTINGS
    }
    return replace(tables(scenario, dearer), settings=replace(scenario.settings, **amounts))


def renamed(row: Any, name: Callable[[str], str]) -> Any:
    own = {
        column: name(value)
        for column in row.__slots__
        if column in IDS and (value := getattr(row, column)) is not None
    }
    return replace(row, **own)


@law()
def test_names_mean_nothing(scenario: Scenario, rng: Random) -> None:
    """Every id has a new name: the optimum is the same, and the plan with the names changed is
    legal there and costs the same."""
    new: dict[str, str] = {}

    def name(old: str) -> str:
        return new.setdefault(old, f"{rng.randrange(10**6):06}-{old}")

    pools: dict[str, Any] = {
        key: None if value is None else name(value)
        for key in ("external_pool", "move_pool")
        for value in [getattr(scenario.settings, key)]
    }
    other = tables(scenario, lambda row: renamed(row, name))
    other = replace(other, settings=replace(other.settings, **pools))
    plan = assert_same_optimum(scenario, other)
    if plan.has_plan:
        lists: dict[str, Any] = {
            key: tuple(sorted(renamed(row, name) for row in getattr(plan, key))) for key in ROWS
        }
        mapped = replace(plan, scenario_sha256=other.sha256, **lists)
        assert verify(other, mapped).violations == ()


@law()
def test_the_order_of_rows_means_nothing(scenario: Scenario, rng: Random) -> None:
    shuffled: dict[str, Any] = {
        table: tuple(rng.sample(rows, len(rows)))
        for table in SHEETS.values()
        for rows in [getattr(scenario, table)]
    }
    assert_same_optimum(scenario, replace(scenario, **shuffled))


@law()
def test_an_opening_of_n_seats_is_n_openings_of_one(scenario: Scenario, rng: Random) -> None:
    """Without a bench and locks, which belong to the opening as a whole."""
    seats = rng.randint(2, 3)
    whole = replace(rng.choice(scenario.openings), seats=seats, bench=0)
    parts = [replace(whole, opening=f"{whole.opening}/{n}", seats=1) for n in range(seats)]
    openings = [row for row in scenario.openings if row.opening != whole.opening]
    others = [row for row in scenario.candidates if row.opening != whole.opening]
    own = [
        row if row.status == "exclude" else replace(row, status="nominate", period=None)
        for row in scenario.candidates
        if row.opening == whole.opening
    ]
    copies = [replace(row, opening=part.opening) for row in own for part in parts]
    assert_same_optimum(
        _with(scenario, [*openings, whole], [*others, *own]),
        _with(scenario, [*openings, *parts], [*others, *copies]),
    )


def _with(
    scenario: Scenario, openings: Sequence[Opening], candidates: Sequence[Candidate]
) -> Scenario:
    return replace(
        scenario,
        openings=tuple(sorted(openings, key=lambda row: row.opening)),
        candidates=tuple(sorted(candidates, key=lambda row: (row.opening, row.employee))),
    )


@law("budgets")
def test_more_money_never_raises_the_cost(scenario: Scenario, rng: Random) -> None:
    assume(scenario.budgets)
    share = rng.choice((1.0, 1.5))
    budgets = tuple(
        replace(row, amount=share * row.amount + rng.choice((0, 1, 100, 5000)))
        for row in scenario.budgets
    )
    assert_no_dearer(scenario, replace(scenario, budgets=budgets))


@law("seats")
def test_more_seats_never_raise_the_cost(scenario: Scenario, rng: Random) -> None:
    """Some seats more a session; without commitments, whose sessions would change with them."""
    scenario = replace(scenario, commitments=())
    more_seats = tuple(
        row if row.seats is None else replace(row, seats=row.seats + rng.randint(1, 2))
        for row in scenario.activities
    )
    assume(more_seats != scenario.activities)
    assert_no_dearer(scenario, replace(scenario, activities=more_seats))


@law()
def test_an_uncommitted_activity_removed_never_lowers_the_cost(
    scenario: Scenario, rng: Random
) -> None:
    committed = {row.activity for row in scenario.commitments}
    free = [row.activity for row in scenario.activities if row.activity not in committed]
    assume(free)
    # An activity that the plan uses, where there is one: the others may be removed for nothing.
    used = [row.activity for row in solved(scenario).learning if row.activity in free]
    gone = rng.choice(used or free)

    def without(rows: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(row for row in rows if getattr(row, "activity", None) != gone)

    smaller: dict[str, Any] = {
        table: without(getattr(scenario, table)) for table in SHEETS.values()
    }
    assert_no_dearer(replace(scenario, **smaller), scenario)


@law()
def test_an_activity_more_never_raises_the_cost(scenario: Scenario, rng: Random) -> None:
    """Nobody is committed to it, so nobody has to do it."""
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


@law()
def test_amounts_in_another_currency_are_the_same_plan(scenario: Scenario, rng: Random) -> None:
    """All costs and budgets times 7: the optimum is 7 times as much."""

    assert_same_optimum(scenario, in_another_currency(scenario), FACTOR)


@law()
def test_no_verified_plan_is_below_the_bound(scenario: Scenario, rng: Random) -> None:
    """Plans made for other budgets, prices and risks: where they are legal here, they cost at
    least the bound."""
    plan = solved(scenario)
    assume(plan.bound is not None)
    assert plan.bound is not None
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
