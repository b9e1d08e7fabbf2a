"""The verifier as a whole: all breaches, in one order, and never a fault on a broken plan."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any, Literal

import pytest
from tests.builders import activity, candidate, commitment, opening, plan, settings
from tests.unit.verify.world import legal_plan, moved, world

from succession.domain import (
    Costs,
    Hires,
    Learning,
    Placement,
    Plan,
    RuleId,
    SessionsHeld,
    Standby,
    Unfilled,
    Vacated,
    VacatedHire,
    VacatedUnfilled,
)
from succession.verify import success_chances, verify


@pytest.mark.parametrize("status", ["infeasible", "unknown"])
def test_without_a_plan_there_is_nothing_to_verify(
    status: Literal["infeasible", "unknown"],
) -> None:
    with pytest.raises(ValueError, match=status):
        verify(world(), replace(plan(world()), status=status))


def test_every_breach_is_listed_in_the_order_of_the_rules() -> None:
    seated = world(
        activities=[activity("A", hours=41, seats=1), activity("B")],
        candidates=[candidate("O1", "E2", status="require")],
    )
    broken = plan(
        seated,
        placements=[Placement("O1", "E1", 3), Placement("O9", "E1", 3)],
        learning=[Learning("E1", "A", 1), Learning("E1", "B", 1)],
        hires=[Hires("O1", 1)],
    )
    found = verify(seated, broken).violations
    assert [item.rule for item in found] == [
        RuleId.REFERENCE,
        RuleId.HOURS,
        RuleId.PURPOSE,
        RuleId.LOCK,
        RuleId.SEATS,
        RuleId.OPENINGS,
        RuleId.COST,
        RuleId.COST,
    ]
    assert verify(seated, broken).violations == found


def test_costs_are_recomputed_whatever_the_plan_claims() -> None:
    legal = legal_plan(world(), hires=[Hires("O1", 1)])
    assert verify(world(), replace(legal, costs=Costs(learning=1.0))).costs == Costs(external=100.0)


def test_only_people_with_a_target_have_a_chance_of_success() -> None:
    bench = world(openings=[opening("O1", bench=1)], commitments=[commitment("E2", "B", 1)])
    assert set(success_chances(bench, plan(bench, **moved()))) == {"E1"}


NAMES = ("E1", "E2", "E9", "O1", "O9", "A", "B", "", "\ud800")
NUMBERS = (-(10**400), -1, 0, 1, 2, 3, 4, 5, 10**18, 10**400)
ROWS: dict[str, tuple[type[Any], int, int]] = {
    "placements": (Placement, 2, 1),
    "vacated": (Vacated, 2, 1),
    "standbys": (Standby, 2, 0),
    "learning": (Learning, 2, 1),
    "sessions": (SessionsHeld, 1, 2),
    "hires": (Hires, 1, 1),
    "vacated_hires": (VacatedHire, 1, 0),
    "unfilled": (Unfilled, 1, 1),
    "vacated_unfilled": (VacatedUnfilled, 1, 0),
}


def nonsense(source: random.Random, whole: Plan) -> Plan:
    """The plan with random rows, names and numbers in every list."""
    lists: dict[str, Any] = {}
    for name, (kind, texts, numbers) in ROWS.items():
        lists[name] = tuple(
            kind(
                *(source.choice(NAMES) for _ in range(texts)),
                *(source.choice(NUMBERS) for _ in range(numbers)),
            )
            for _ in range(source.randrange(5))
        )
    return replace(whole, **lists)


@pytest.mark.parametrize("backfill", ["cost", "chain"])
def test_a_broken_plan_yields_violations_and_never_a_fault(backfill: str) -> None:
    staff = world(
        settings(backfill=backfill, external_pool="P", move_pool="P"),
        activities=[activity("A", seats=2, pool="P", cost=1), activity("B", away=True)],
        openings=[opening("O1", seats=2, bench=1)],
        commitments=[commitment("E2", "B", 0), commitment("E2", "A", 1)],
    )
    source = random.Random(7)
    for _ in range(500):
        found = verify(staff, nonsense(source, plan(staff))).violations
        assert found
        assert all(item.message for item in found)
