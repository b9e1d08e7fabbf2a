"""What doing without succession would cost: the all-external plan."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from succession.domain import Costs, Hires, Learning, Plan, SessionsHeld, Unfilled
from succession.verify.facts import Facts
from succession.verify.ledger import read
from succession.verify.objective import recompute

__all__ = ["all_external_costs", "all_external_plan"]


def all_external_plan(facts: Facts, plan: Plan) -> Plan:
    """The plan in which nobody new learns, moves or stands by.

    Every seat is hired for, or left unfilled where it may not be hired for; commitments are kept.
    Budgets are not looked at. A seat that may be neither is left out.
    """
    scenario = facts.scenario
    hires, unfilled = [], []
    for row in scenario.openings:
        if row.external_cost is not None:
            hires.append(Hires(row.opening, row.seats))
        elif row.unfilled_cost is not None:
            unfilled.append(Unfilled(row.opening, row.seats))
    kept = [row for row in scenario.commitments if facts.inside(row.start)]
    starts = Counter((row.activity, row.start) for row in kept)
    held = {
        key: facts.sessions_committed(scenario.activity_by_id[key[0]], key[1], count)
        for key, count in starts.items()
    }
    return replace(
        plan,
        placements=(),
        vacated=(),
        standbys=(),
        learning=tuple(Learning(row.employee, row.activity, row.start) for row in kept),
        sessions=tuple(SessionsHeld(*key, count) for key, count in held.items() if count),
        hires=tuple(hires),
        vacated_hires=(),
        unfilled=tuple(unfilled),
        vacated_unfilled=(),
    )


def all_external_costs(facts: Facts, plan: Plan) -> Costs:
    """The costs of the all-external plan by the verifier's own account; `change` is 0 in it."""
    ledger, _ = read(facts, all_external_plan(facts, plan))
    return recompute(facts, ledger, (), None)
