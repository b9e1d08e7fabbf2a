"""Integer solutions: what HiGHS need not tidy up is tidied."""

from __future__ import annotations

import numpy as np
import pytest
from tests import builders as build

from succession.domain import Scenario, SessionsHeld
from succession.optimize import integer, solve
from succession.optimize.integer_program import MixedSolution, solve_mixed
from succession.optimize.program import Program


def course() -> Scenario:
    """E1 takes O1 after course A, a class of 30 that may be held twice in each period."""
    return build.promotion(
        activities=[build.activity("A", cost=20.0, seats=4, session_cost=30.0)],
        sessions=[build.session("A", 1, 2), build.session("A", 2, 2)],
    )


def test_a_class_that_nobody_starts_is_neither_held_nor_paid_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A solution stopped before it was the best may hold one: here all do, wherever they may."""
    held = 0

    def wasteful(program: Program, seconds: float, **options: object) -> MixedSolution:
        nonlocal held
        found = solve_mixed(program, seconds, **options)  # type: ignore[arg-type]
        if found.x is None:
            return found
        sessions = (program.cost == 30.0) & (found.x < program.ceiling)
        held += int(sessions.sum())
        return MixedSolution(found.x + sessions, np.inf, found.bound, found.finished)

    monkeypatch.setattr(integer, "solve_mixed", wasteful)
    plan = solve(course(), gap=0.0).plan
    assert held
    assert len(plan.sessions) == 1
    assert plan.sessions[0] in (SessionsHeld("A", 1, 1), SessionsHeld("A", 2, 1))
    assert plan.costs.sessions == 30.0
    assert plan.status == "optimal"
