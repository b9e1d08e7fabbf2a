"""A stand-in for the solver, so that the front door is tested without one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from tests import builders as build
from tests.unit.report.samples import priced, solved

from succession.domain import ConflictRow, Costs, Hires, Plan, Scenario, SolveResult

__all__ = ["hired", "infeasible", "install", "unknown"]


def hired(scenario: Scenario) -> SolveResult:
    """Hiring for every opening, which is legal in the toy scenarios used here."""
    hires = [Hires(row.opening, row.seats) for row in scenario.openings]
    return solved(priced(scenario, build.plan(scenario, hires=hires)))


def infeasible(scenario: Scenario) -> SolveResult:
    """No plan, with a conflict."""
    rows = (ConflictRow("Budgets", 2, "the budget is too small"),)
    plan = replace(_empty(scenario), status="infeasible", bound=None, conflict=rows)
    return solved(plan, stopped="infeasible")


def unknown(scenario: Scenario) -> SolveResult:
    """No plan in time."""
    return solved(_empty(scenario), stopped="time_limit")


def install(monkeypatch: pytest.MonkeyPatch, answer: Callable[[Scenario], SolveResult]) -> None:
    """Let the solver answer that; the progress it would report is reported."""

    def solve(scenario: Scenario, *, progress: Any = None, **unused: Any) -> SolveResult:
        result = answer(scenario)
        for line in result.history if progress is not None else ():
            progress(line)
        return result

    monkeypatch.setattr("succession.optimize.solve", solve, raising=False)


def _empty(scenario: Scenario) -> Plan:
    plan = build.plan(scenario)
    return replace(plan, status="unknown", cost=None, bound=0.0, gap=None, costs=Costs())
