"""A small world for the verifier's tests: E1 learns C in activity A and moves up into O1."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests import builders as build

from succession.domain import Learning, Placement, Plan, RuleId, Scenario, Settings, Violation
from succession.verify import verify

__all__ = ["breaches", "legal_plan", "moved", "only", "settle", "world"]


def world(options: Settings | None = None, /, **tables: Any) -> Scenario:
    """E1 and E2 may take O1 with C, which A gives; B gives D. Tables given replace these."""
    defaults: dict[str, Any] = {
        "competencies": [build.competency("C"), build.competency("D")],
        "employees": [build.employee("E1"), build.employee("E2")],
        "activities": [build.activity("A"), build.activity("B")],
        "outcomes": [build.outcome("A", "C"), build.outcome("B", "D")],
    }
    return build.promotion(options, **{**defaults, **tables})


def moved(**changes: Any) -> dict[str, Any]:
    """The lists of the plan in which E1 does A in period 1 and takes O1 in period 3."""
    lists: dict[str, Any] = {
        "placements": [Placement("O1", "E1", 3)],
        "learning": [Learning("E1", "A", 1)],
    }
    return {**lists, **changes}


def settle(scenario: Scenario, plan: Plan, previous: Plan | None = None) -> Plan:
    """The same plan, claiming the costs that it has, with a closed gap."""
    costs = verify(scenario, plan, previous).costs
    return replace(plan, costs=costs, cost=costs.total, bound=costs.total, gap=0.0)


def breaches(scenario: Scenario, **lists: Any) -> tuple[Violation, ...]:
    """What is wrong with the plan of these lists, its costs apart."""
    return verify(scenario, settle(scenario, build.plan(scenario, **lists))).violations


def legal_plan(scenario: Scenario, **lists: Any) -> Plan:
    """The plan of these lists, after seeing that it is legal."""
    plan = settle(scenario, build.plan(scenario, **lists))
    assert verify(scenario, plan).violations == ()
    return plan


def only(found: tuple[Violation, ...], rule: RuleId) -> Violation:
    """The one violation that was found, which is of that rule."""
    assert [item.rule for item in found] == [rule], [item.message for item in found]
    return found[0]
