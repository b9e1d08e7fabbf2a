"""Since when people are ready for what they are meant for."""

from __future__ import annotations

from succession.verify.facts import Facts
from succession.verify.holdings import Demand, Holdings
from succession.verify.ledger import Person, Target

__all__ = ["ready_since"]


def ready_since(facts: Facts, person: Person, target: Target) -> int:
    """The period 1…t since when the person is ready for the target's role without a break."""
    holdings = Holdings(facts, person)
    rows = facts.requirements.get(target.seat.role, ())
    period = target.period
    while period > 1 and all(
        holdings.meets(Demand(row.competency, row.level, period - 1, None)) for row in rows
    ):
        period -= 1
    return period
