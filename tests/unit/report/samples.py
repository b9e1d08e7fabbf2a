"""A small company with a verified plan that has a row in every table, and awkward names."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from tests import builders as build

from succession.domain import (
    Hires,
    Learning,
    Placement,
    Plan,
    Progress,
    Scenario,
    SessionsHeld,
    SolveResult,
    Standby,
    Unfilled,
    Vacated,
    VacatedHire,
)
from succession.verify import verify

__all__ = ["chain_plan", "chain_scenario", "office_plan", "office_scenario", "priced", "solved"]

AWKWARD = (
    '=HYPERLINK("http://example.invalid","x")',
    "+cmd|'/c calc'!A0",
    "@SUM(1)",
    "-1+1",
    "<img src=x onerror=alert(1)> & </script>",
    "bell\x07 and \u202e bidi",
)
WARNINGS = ("Openings!C4: The role asks for a skill that nobody holds.", "=1+1 is only text")


def office_scenario() -> Scenario:
    """Two openings with benches, a class, a budget, a resource, away places, a commitment."""
    staff = [
        _named(
            build.employee(f"E{number}", "clerk", unit="north", leaving_risk=0.04 * number), name
        )
        for number, name in enumerate(("Zoë Žižek", "王小明", *AWKWARD), start=1)
    ]
    return build.scenario(
        build.settings(
            name="Office =1+1 <b>",
            periods=8,
            backfill="cost",
            bench_shortage_cost=2_000.0,
            interest_cost=50.0,
            retention_effect=0.5,
            move_pool="moves",
        ),
        units=[build.unit("north", max_away=2, max_moves_out=1), build.unit("south")],
        roles=[
            build.role("clerk", title="Clerk", backfill_cost=9_000.0, replacement_cost=12_000.0),
            build.role("lead", title="Team lead", external_cost=40_000.0, external_lead=3),
        ],
        competencies=[build.competency("lead"), build.competency("law")],
        requirements=[build.requirement("lead", "lead", 2), build.requirement("lead", "law")],
        employees=staff,
        profiles=[build.profile(row.employee, "law") for row in staff],
        career_paths=[build.path("clerk", "lead", 1_500.0)],
        interests=[build.interest("E1", "lead", 3), build.interest("E2", "lead", 2)],
        openings=[
            _lead_opening("O1", seats=2, bench=2, unit="south"),
            _lead_opening("O2", needed=6, probability=0.5),
            _lead_opening("O3", needed=2),
        ],
        activities=_activities(),
        outcomes=[build.outcome("A1", "lead", 1), build.outcome("A2", "lead", 2)],
        prerequisites=[build.prerequisite("A2", "lead", 1)],
        resources=[build.resource("hall", 2)],
        budgets=[build.budget("training", 9_000.0), build.budget("moves", 5_000.0, unit="south")],
        commitments=[build.commitment("E7", "A3", 2), build.commitment("E8", "A3", 0)],
    )


def _activities() -> list[Any]:
    return [
        _named(build.activity("A1", hours=16.0, cost=800.0, pool="training"), "Leading people"),
        _named(
            build.activity(
                "A2",
                duration=2,
                hours=8.0,
                cost=300.0,
                pool="training",
                seats=4,
                session_cost=2_500.0,
                away=True,
                resource="hall",
                pass_rate=0.9,
            ),
            "Leading teams",
        ),
        _named(build.activity("A3", kind="e-learning", cost=90.0), "Law update"),
    ]


def office_plan(scenario: Scenario) -> Plan:
    """One person placed, one standing by, one hire and one seat unfilled; priced and verified."""
    steps = [("E1", "A1", 1), ("E1", "A2", 2), ("E3", "A1", 1), ("E3", "A2", 2), ("E7", "A3", 2)]
    draft = build.plan(
        scenario,
        placements=[Placement("O1", "E1", 4)],
        standbys=[Standby("O1", "E3")],
        learning=[Learning(*step) for step in steps],
        sessions=[SessionsHeld("A2", 2, 1)],
        hires=[Hires("O1", 1), Hires("O2", 1)],
        unfilled=[Unfilled("O3", 1)],
    )
    return priced(scenario, draft)


def chain_scenario() -> Scenario:
    """Three roles in a row, so that one move vacates the next seat."""
    return build.scenario(
        build.settings(name="Chain", backfill="chain", periods=6),
        units=[build.unit("u")],
        roles=[build.role(name, external_cost=500.0) for name in ("junior", "senior", "head")],
        employees=[
            _named(build.employee("J", unit="u"), "Jo"),
            _named(build.employee("S", "senior", unit="u"), "Sam"),
        ],
        career_paths=[build.path("junior", "senior", 10.0), build.path("senior", "head", 20.0)],
        openings=[build.opening("H", "head", unit="u", external_cost=5_000.0)],
    )


def chain_plan(scenario: Scenario) -> Plan:
    """Sam moves up, Jo follows, and Jo's seat is hired for; priced and verified."""
    draft = build.plan(
        scenario,
        placements=[Placement("H", "S", 3)],
        vacated=[Vacated("S", "J", 4)],
        vacated_hires=[VacatedHire("J")],
    )
    return priced(scenario, draft)


def priced(scenario: Scenario, draft: Plan, gap: float = 0.0) -> Plan:
    """The draft with the verifier's costs and the bound of that gap; it must verify."""
    costs = verify(scenario, draft).costs
    bound = costs.total - gap * max(1.0, abs(costs.total))
    status = "optimal" if gap == 0.0 else "feasible"
    plan = replace(
        draft,
        costs=costs,
        cost=costs.total,
        bound=bound,
        gap=gap,
        status=status,  # type: ignore[arg-type]
    )
    verification = verify(scenario, plan)
    assert verification.ok, verification.violations
    return plan


def solved(plan: Plan, **changes: object) -> SolveResult:
    """A result as `optimize.solve` returns it, with a short history."""
    history = (
        Progress(0.1, "pricing", 1, 10, None, 0.0),
        Progress(0.2, "integer", 2, 20, plan.cost, plan.bound),
    )
    result = SolveResult(plan, "gap", 2, 20, 0.25, history, ("A warning of the solver.",))
    return replace(result, **changes)  # type: ignore[arg-type]


def _named(row: Any, name: str) -> Any:
    return replace(row, name=name)


def _lead_opening(name: str, **changes: object) -> object:
    defaults: dict[str, object] = {
        "unit": "north",
        "needed": 4,
        "max_delay": 1,
        "external_cost": 40_000.0,
        "external_lead": 3,
        "vacancy_cost": 1_000.0,
        "unfilled_cost": 30_000.0,
    }
    return build.opening(name, "lead", **(defaults | changes))
