"""Laws of `advance`: what follows can be read, no money is lost, and the old plan still holds."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from random import Random

import pytest
from tests.generator import tiny_scenario
from tests.rest import rest_of

from succession import io
from succession.domain import (
    Actuals,
    Due,
    LearningResult,
    Leaver,
    Mark,
    RuleId,
    Scenario,
    SeatResult,
    SessionsResult,
    Violation,
)
from succession.optimize import solve
from succession.planning.rolling import advance, as_planned, due_lines
from succession.planning.rolling.limits import spent_on
from succession.planning.rolling.outcome import Outcome
from succession.verify import verify

SEEDS = range(40)
OVER = (1, 2)


def reread(scenario: Scenario, folder: Path) -> Scenario:
    io.write_scenario(scenario, folder)
    loaded = io.load(folder)
    assert [finding for finding in loaded.findings if finding.severity == "error"] == []
    assert loaded.scenario is not None
    return loaded.scenario


def readable(seed: int, folder: Path) -> Scenario:
    """A tiny scenario as it is read, without locks that can never hold: the reader refuses them."""
    scenario = tiny_scenario(seed)
    io.write_scenario(scenario, folder / "drawn")
    findings = io.load(folder / "drawn").findings
    pins = {f.row for f in findings if f.severity == "error" and f.code == "E_PIN"}
    kept = tuple(c for line, c in enumerate(scenario.candidates, start=2) if line not in pins)
    return reread(replace(scenario, candidates=kept), folder / "base")


@pytest.mark.parametrize("seed", SEEDS)
def test_what_goes_as_planned_leaves_the_rest_of_the_plan_legal(seed: int, tmp_path: Path) -> None:
    scenario = readable(seed, tmp_path)
    plan = solve(scenario, gap=0.0).plan
    if not plan.has_plan:
        return
    for over in OVER:
        due = due_lines(scenario, plan, over)
        following = advance(scenario, plan, as_planned(due))
        assert reread(following, tmp_path / str(over)) == following
        rest = rest_of(plan, scenario, following, over)
        breaches = [
            breach
            for breach in verify(following, rest).violations
            if not allowed(breach, scenario, following, over)
        ]
        assert breaches == []


def allowed(breach: Violation, before: Scenario, after: Scenario, over: int) -> bool:
    """Costs are others now; and the horizon that moved on shows what it did not show before.

    Somebody may be known to leave just after the old horizon, so that the least stay is too short;
    an incumbent whose successor is hired early is no incumbent any more; money for moves and
    fallbacks is expected money, and chances are better when less is left to go wrong.
    """
    if breach.rule in (RuleId.COST, RuleId.BOUND):
        return True
    if breach.rule is RuleId.AVAILABILITY:
        last = before.employee_by_id[breach.who].available_to
        return before.settings.periods < last < before.settings.periods + over
    if breach.rule is RuleId.VACATED:
        were = {row.incumbent for row in before.openings}
        return breach.who in were - {row.incumbent for row in after.openings}
    if breach.rule is RuleId.BUDGETS:
        pools = (before.settings.external_pool, before.settings.move_pool)
        return before.settings.risk == "expected" and breach.who in pools
    return False


@pytest.mark.parametrize("seed", SEEDS)
def test_whatever_happens_the_next_scenario_loads_and_budgets_add_up(
    seed: int, tmp_path: Path
) -> None:
    scenario = readable(seed, tmp_path)
    plan = solve(scenario, gap=0.05).plan
    if not plan.has_plan:
        return
    rng = Random(f"advance/{seed}")
    due = due_lines(scenario, plan, rng.choice(OVER))
    actuals = happened(rng, scenario, due)
    following = advance(scenario, plan, actuals)
    assert reread_or_unfillable(following, tmp_path / "next")
    outcome = Outcome(scenario, due, actuals)
    left = {(row.pool, row.unit, row.to_period): row.amount for row in following.budgets}
    for row in scenario.budgets:
        last = row.to_period - due.periods
        if last >= 1:
            assert left[row.pool, row.unit, last] <= max(0.0, row.amount - spent_on(outcome, row))


def happened(rng: Random, scenario: Scenario, due: Due) -> Actuals:
    """Marks by lot, and now and then a leaver."""
    gone = {row.employee for row in scenario.employees if rng.random() < 0.1}

    def when(mark: Mark) -> int | None:
        last = due.periods + scenario.settings.periods
        return rng.randint(due.periods + 1, last) if mark == "moved" else None

    learning = []
    for item in due.learning:
        marks: list[Mark] = ["done", "failed", "dropped"]
        if item.start >= 1 and item.employee not in gone:
            marks.append("moved")
        mark = rng.choice(marks)
        learning.append(LearningResult(item.employee, item.activity, item.start, mark, when(mark)))
    seats = []
    for seat in due.seats:
        marks = ["failed", "dropped"] if seat.employee in gone else ["done", "failed", "moved"]
        mark = rng.choice(marks)
        seats.append(SeatResult(seat.opening, seat.vacated_by, seat.seat, mark, when(mark)))
    return Actuals(
        due.periods,
        tuple(learning),
        tuple(seats),
        tuple(SessionsResult(*row) for row in due.sessions),
        tuple(Leaver(employee) for employee in sorted(gone)),
    )


def reread_or_unfillable(scenario: Scenario, folder: Path) -> bool:
    """Whether it reads back; a seat that only a leaver could fill is a planner's to mend."""
    io.write_scenario(scenario, folder)
    loaded = io.load(folder)
    errors = {finding.code for finding in loaded.findings if finding.severity == "error"}
    return loaded.scenario == scenario or errors == {"E_OPENING"}
