"""The oracle and the verifier, written apart from each other, agree on every rule and cost."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

import pytest
from tests.generator import tiny_previous, tiny_scenario
from tests.oracle.enumerate import PersonPlan, person_plans
from tests.oracle.exact import solve_exactly

from succession.domain import Learning, Placement, Plan, RuleId, Scenario, Standby
from succession.verify import verify

PERSON_RULES = {
    RuleId.ONCE,
    RuleId.OFFERED,
    RuleId.PREREQUISITES,
    RuleId.HOURS,
    RuleId.AT_ONCE,
    RuleId.AVAILABILITY,
    RuleId.ELIGIBLE,
    RuleId.TARGET,
    RuleId.PURPOSE,
}


@pytest.mark.parametrize("seed", range(200))
def test_optimum_of_the_oracle_passes_the_verifier(seed: int) -> None:
    """Every optimal plan of the oracle is legal, and its costs are the recomputed ones."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    truth = solve_exactly(scenario, previous, "previous" if previous else None)
    if truth.plan is None:
        assert truth.status == "infeasible"
        return
    assert verify(scenario, truth.plan, previous).violations == ()


@pytest.mark.parametrize("seed", range(200))
def test_person_plan_is_legal_exactly_if_it_is_enumerated(seed: int) -> None:
    """Small changes of legal person plans: the verifier rejects those not enumerated, no others."""
    scenario, rng = tiny_scenario(seed), Random(f"legal/{seed}")
    plans = [
        plan for plan in person_plans(scenario) if plan.target and plan.target.kind != "vacated"
    ]
    legal = {_key(plan) for plan in plans}
    for plan in rng.sample(plans, min(len(plans), 12)):
        assert _breaches(scenario, plan) == []
        for changed in _changed(rng, scenario, plan):
            if _repeats_commitment(scenario, changed):
                continue
            if _key(changed) in legal:
                assert _breaches(scenario, changed) == []
            else:
                assert _breaches(scenario, changed), changed


def _repeats_commitment(scenario: Scenario, plan: PersonPlan) -> bool:
    """Whether a new row is a commitment's: a plan file lists it but once."""
    rows = {(row.employee, row.activity, row.start) for row in scenario.commitments}
    return any((plan.employee, *pair) in rows for pair in plan.learning)


def _key(plan: PersonPlan) -> tuple[object, ...]:
    return plan.employee, plan.target, frozenset(plan.learning)


def _changed(rng: Random, scenario: Scenario, plan: PersonPlan) -> Iterator[PersonPlan]:
    """One activity dropped, moved, added; the target at another time, or of another person."""
    assert plan.target is not None
    horizon, rows = scenario.settings.periods, list(plan.learning)
    for place in range(len(rows)):
        others = tuple(rows[:place] + rows[place + 1 :])
        yield replace(plan, learning=others)
        start = max(1, rows[place][1] + rng.choice((-1, 1)))
        yield replace(plan, learning=(*others, (rows[place][0], start)))
    new = rng.choice(scenario.activities).activity
    if new not in dict(rows):
        yield replace(plan, learning=(*rows, (new, rng.randint(1, horizon))))
    if plan.target.kind == "placement":
        period = min(horizon, max(1, plan.target.period + rng.choice((-1, 1))))
        yield replace(plan, target=replace(plan.target, period=period))
    yield replace(plan, employee=rng.choice(scenario.employees).employee)


def _breaches(scenario: Scenario, plan: PersonPlan) -> list[RuleId]:
    """Rules of section 2 that the person breaks when they alone do something new."""
    target = plan.target
    assert target is not None
    assert target.opening is not None
    learning = [Learning(plan.employee, *pair) for pair in plan.learning]
    learning += [
        Learning(row.employee, row.activity, row.start)
        for row in scenario.commitments
        if row.start >= 1
    ]
    placed = (Placement(target.opening, plan.employee, target.period),)
    stands = (Standby(target.opening, plan.employee),)
    draft = replace(
        Plan.blank(scenario),
        placements=placed if target.kind == "placement" else (),
        standbys=stands if target.kind == "standby" else (),
        learning=tuple(sorted(set(learning))),
    )
    found = verify(scenario, draft).violations
    return [row.rule for row in found if row.rule in PERSON_RULES]
