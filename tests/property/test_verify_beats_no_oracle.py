"""No plan that the verifier lets pass is cheaper than the oracle's optimum: it forgets no rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

import pytest
from tests.generator import tiny_previous, tiny_scenario
from tests.oracle.exact import solve_exactly
from tests.property.mutants import ROWS

from succession.domain import (
    Hires,
    Learning,
    Placement,
    Plan,
    Scenario,
    SessionsHeld,
    Standby,
    Unfilled,
    Vacated,
    VacatedHire,
    VacatedUnfilled,
)
from succession.verify import verify

LISTS = tuple(ROWS)
STEPS = 400


def draw_row(source: Random, scenario: Scenario, name: str) -> Any:
    """A random row of one of the plan's lists."""

    def person() -> str:
        return source.choice(scenario.employees).employee

    def period() -> int:
        return source.randint(1, scenario.settings.periods)

    def opening() -> str:
        return source.choice(scenario.openings).opening

    def activity() -> str:
        return source.choice(scenario.activities).activity

    rows: dict[str, Callable[[], Any]] = {
        "placements": lambda: Placement(opening(), person(), period()),
        "vacated": lambda: Vacated(person(), person(), period()),
        "standbys": lambda: Standby(opening(), person()),
        "learning": lambda: Learning(person(), activity(), period()),
        "sessions": lambda: SessionsHeld(activity(), period(), 1),
        "hires": lambda: Hires(opening(), 1),
        "vacated_hires": lambda: VacatedHire(person()),
        "unfilled": lambda: Unfilled(opening(), 1),
        "vacated_unfilled": lambda: VacatedUnfilled(person()),
    }
    return rows[name]()


def draw_plan(source: Random, scenario: Scenario, plan: Plan) -> Plan:
    """The plan with one to three rows dropped or put in."""
    lists: dict[str, set[Any]] = {name: set(getattr(plan, name)) for name in LISTS}
    for _ in range(source.randint(1, 3)):
        name = source.choice(LISTS)
        if lists[name] and source.random() < 0.5:
            lists[name].remove(source.choice(sorted(lists[name])))
        elif name not in ("learning", "sessions") or scenario.activities:
            lists[name].add(draw_row(source, scenario, name))
    changed: dict[str, Any] = {name: tuple(sorted(rows)) for name, rows in lists.items()}
    return replace(plan, **changed)


@pytest.mark.parametrize("seed", range(60))
def test_no_legal_plan_is_cheaper_than_the_optimum(seed: int) -> None:
    """A random walk over legal plans, from the optimum on, never gets below it."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    truth = solve_exactly(scenario, previous, "previous" if previous else None)
    if truth.plan is None or truth.cost is None:
        pytest.skip("the scenario has no plan")
    source, plan = Random(seed), truth.plan
    for _ in range(STEPS):
        tried = draw_plan(source, scenario, plan)
        costs = verify(scenario, tried, previous).costs
        settled = replace(tried, costs=costs, cost=costs.total, bound=costs.total, gap=0.0)
        if verify(scenario, settled, previous).ok:
            assert costs.total >= truth.cost - 1e-6 * max(1.0, abs(truth.cost))
            plan = settled
