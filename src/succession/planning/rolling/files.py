"""Advance a scenario file: the form for what became of its plan, and the next scenario."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from succession import io
from succession.domain import (
    Actuals,
    Budget,
    Due,
    Finding,
    LearningResult,
    Plan,
    RuleId,
    Scenario,
    SeatResult,
    SessionsResult,
)
from succession.errors import BadInput, Refused
from succession.planning.rolling.advance import advance
from succession.planning.rolling.due import due_lines
from succession.planning.rolling.limits import spent_on
from succession.planning.rolling.notes import notes
from succession.planning.rolling.outcome import Outcome
from succession.verify import verify

__all__ = ["AdvanceOutcome", "advance_files", "as_planned", "write_actuals_template"]


@dataclass(frozen=True, slots=True)
class AdvanceOutcome:
    """The next scenario, what a planner should know of it, and what was repaired or odd."""

    scenario: Scenario
    actuals: Actuals
    notes: tuple[str, ...]
    findings: tuple[Finding, ...]


def write_actuals_template(
    source: Path, plan_path: Path, target: Path, *, periods: int = 1, force: bool = False
) -> Due:
    """Write the form for the first `periods` of a plan; returns the lines in it.

    Raises BadInput where scenario or plan cannot be used, Refused where something stands there.
    """
    if target.exists() and not force:
        raise Refused(f"{target} is there already. Use --force to replace it, or another name.")
    scenario, plan = _read(source, plan_path, periods)
    due = due_lines(scenario, plan, periods)
    outcome = Outcome(scenario, due, as_planned(due))
    planned: dict[Budget, float] = {
        row: spent_on(outcome, row) for row in scenario.budgets if row.from_period <= periods
    }
    io.write_actuals_template(target, scenario, due, planned)
    return due


def advance_files(
    source: Path, plan_path: Path, actuals_path: Path, target: Path, *,
    periods: int = 1, force: bool = False,
) -> AdvanceOutcome:  # fmt: skip
    """Write the next scenario, as a workbook (.xlsx) or a CSV folder.

    Raises BadInput with every finding (nothing is written) and Refused where something stands at
    the target and `force` is not set.
    """
    if target.exists() and not force:
        raise Refused(f"{target} is there already. Use --force to replace it, or another name.")
    scenario, plan = _read(source, plan_path, periods)
    due = due_lines(scenario, plan, periods)
    file = io.read_actuals(actuals_path, scenario, due)
    following, about_rows = io.lay_over(advance(scenario, plan, file.actuals), file)
    findings = tuple(dict.fromkeys([*file.findings, *about_rows]))
    if following is None or any(finding.severity == "error" for finding in findings):
        raise BadInput(findings)
    io.write_scenario(following, target, force=force)
    remarks = notes(Outcome(scenario, due, file.actuals), following)
    return AdvanceOutcome(following, file.actuals, remarks, findings)


def as_planned(due: Due) -> Actuals:
    """The actuals of periods in which everything went as planned."""
    return Actuals(
        due.periods,
        tuple(
            LearningResult(row.employee, row.activity, row.start, "done") for row in due.learning
        ),
        tuple(SeatResult(row.opening, row.vacated_by, row.seat, "done") for row in due.seats),
        tuple(SessionsResult(*row) for row in due.sessions),
    )


def _read(source: Path, plan_path: Path, periods: int) -> tuple[Scenario, Plan]:
    """A scenario and the plan made for it, which must keep its rules."""
    path = plan_path / "plan.json" if plan_path.is_dir() else plan_path
    scenario, plan = io.load_scenario(source), io.read_plan(path)
    problem, hint = "", "Give the scenario that the plan was made for, as it was then."
    if not plan.has_plan:
        problem, hint = f"There is no plan in it: its status is {plan.status}.", "Solve again."
    elif plan.scenario_sha256 != scenario.sha256:
        problem = "The plan was made for another scenario, or the scenario has changed since."
    elif periods > scenario.settings.periods:
        horizon = scenario.settings.periods
        problem, hint = f"The plan has {horizon} periods.", f"Use --periods 1 to {horizon}."
    elif _broken(scenario, plan):
        problem, hint = "The plan breaks a rule.", "succession verify says which."
    if problem:
        raise BadInput([Finding("error", "E_ADVANCE_PLAN", problem, sheet=path.name, hint=hint)])
    return scenario, plan


def _broken(scenario: Scenario, plan: Plan) -> bool:
    """Whether the plan breaks a rule; what it says of its cost needs the plan before it."""
    claims = (RuleId.COST, RuleId.BOUND)
    return any(
        breach.rule not in claims and breach.who != "previous_sha256"
        for breach in verify(scenario, plan).violations
    )
