"""The next scenario: a pure function of scenario, plan and what became of it."""

from __future__ import annotations

from dataclasses import replace

from succession.domain import Actuals, Plan, Scenario
from succession.planning.rolling.candidates import next_candidates
from succession.planning.rolling.due import due_lines
from succession.planning.rolling.limits import next_budgets, next_resources, next_sessions
from succession.planning.rolling.outcome import Outcome
from succession.planning.rolling.people import next_commitments, next_employees, next_profiles
from succession.planning.rolling.seats import next_openings

__all__ = ["advance"]


def advance(scenario: Scenario, plan: Plan, actuals: Actuals) -> Scenario:
    """The scenario `actuals.periods` later; everything that stays what it is keeps its calendar.

    Raises ValueError where the plan is another scenario's, more periods are over than the horizon
    has, or a line that was due (`due_lines`) has no mark.
    """
    if plan.scenario_sha256 != scenario.sha256:
        raise ValueError("the plan was not made for this scenario")
    if not 1 <= actuals.periods <= scenario.settings.periods:
        raise ValueError(f"the horizon has {scenario.settings.periods} periods")
    outcome = Outcome(scenario, due_lines(scenario, plan, actuals.periods), actuals)
    outcome.require_marks()
    employees = next_employees(outcome)
    staying = {row.employee for row in employees}
    openings = next_openings(outcome, staying)
    calendar = scenario.settings.calendar
    return replace(
        scenario,
        settings=replace(scenario.settings, start=calendar.first_day(actuals.periods + 1)),
        employees=employees,
        profiles=next_profiles(outcome, staying),
        openings=openings,
        candidates=next_candidates(outcome, openings, staying),
        interests=tuple(row for row in scenario.interests if row.employee in staying),
        sessions=next_sessions(outcome),
        resources=next_resources(outcome),
        budgets=next_budgets(outcome),
        commitments=next_commitments(outcome, staying),
        groups=tuple(row for row in scenario.groups if row.employee in staying),
        source_rows={},
    )
