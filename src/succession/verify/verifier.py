"""The independent check of a plan: a table of contents of all rules and all costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from succession.domain import Costs, Plan, RuleId, Scenario, Violation
from succession.verify.claims import check_costs, check_form, check_proof
from succession.verify.facts import index
from succession.verify.holdings import chance, prospects
from succession.verify.ledger import read
from succession.verify.limits import Excess, budget_limits, learning_limits, move_limits
from succession.verify.objective import recompute
from succession.verify.people import check_people
from succession.verify.shared import check_shared

__all__ = ["Verification", "success_chances", "verify"]

_ORDER = {rule: number for number, rule in enumerate(RuleId)}


@dataclass(frozen=True, slots=True)
class Verification:
    """What the check of a plan found.

    `violations` are all breaches and `excesses` all limits that commitments alone are over
    (legal: model.md, section 4), each by rule, who, what and when. `costs` are recomputed.
    """

    violations: tuple[Violation, ...]
    costs: Costs
    excesses: tuple[Excess, ...]

    @property
    def ok(self) -> bool:
        """Whether the plan breaks no rule and its costs are right."""
        return not self.violations


def verify(scenario: Scenario, plan: Plan, previous: Plan | None = None) -> Verification:
    """Checks every rule and recomputes every cost of a plan, from scenario and plan alone.

    `previous` is the plan that `change` counts against. Raises ValueError where there is nothing
    to check: the plan's status is infeasible or unknown, or the previous plan has another period
    length.
    """
    if not plan.has_plan:
        raise ValueError(f"there is no plan to verify: its status is {plan.status}")
    if previous is not None and previous.period != scenario.settings.period:
        raise ValueError(f"the previous plan counts in {previous.period}s")
    facts = index(scenario, plan)
    ledger, unreadable = read(facts, plan)
    outlook = prospects(facts, ledger)
    costs = recompute(facts, ledger, outlook, previous)
    limits = [
        *learning_limits(facts, ledger),
        *move_limits(facts, ledger),
        *budget_limits(facts, ledger, outlook),
    ]
    violations = [
        *check_form(scenario, plan, previous),
        *unreadable,
        *check_people(facts, ledger),
        *check_shared(facts, ledger),
        *(breach for limit in limits if (breach := limit.violation())),
        *check_costs(plan, costs),
        *check_proof(plan),
    ]
    excesses = [excess for limit in limits if (excess := limit.excess())]
    return Verification(
        tuple(sorted(violations, key=_place)), costs, tuple(sorted(excesses, key=_place))
    )


def success_chances(scenario: Scenario, plan: Plan) -> Mapping[str, float]:
    """σ of everybody who has a target: the chance 0…1 that it comes true (model.md, section 6)."""
    facts = index(scenario, plan)
    ledger, _ = read(facts, plan)
    return {
        name: chance(facts, person, person.targets[0])
        for name, person in ledger.people.items()
        if person.targets
    }


def _place(item: Violation | Excess) -> tuple[int, str, str, str, float, str]:
    return (_ORDER[item.rule], item.who, item.what, item.when, item.amount, item.message)
