"""Verify a plan file against a scenario file."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from succession import io
from succession.domain.plan import Costs, Plan
from succession.domain.rules import RuleId, Violation
from succession.planning.previous import read_previous
from succession.verify import verify

__all__ = ["VerifyOutcome", "verify_files"]


@dataclass(frozen=True, slots=True)
class VerifyOutcome:
    """What the verifier found; for a file without a plan only `plan` says anything."""

    plan: Plan
    violations: tuple[Violation, ...] = ()
    costs: Costs = field(default_factory=Costs)
    excesses: tuple[str, ...] = ()


def verify_files(source: Path, plan_path: Path, previous_path: Path | None) -> VerifyOutcome:
    """Recompute everything; raises BadInput where a file cannot be read."""
    scenario = io.load_scenario(source)
    plan = io.read_plan(plan_path)
    previous, previous_sha256 = read_previous(previous_path, scenario)
    if not plan.has_plan:
        return VerifyOutcome(plan)
    verification = verify(scenario, plan, previous)
    return VerifyOutcome(
        plan,
        (*_previous_agrees(plan, previous_sha256), *verification.violations),
        verification.costs,
        tuple(excess.message for excess in verification.excesses),
    )


def _previous_agrees(plan: Plan, given: str | None) -> tuple[Violation, ...]:
    """Changes can only be recounted against the very file they were counted against."""
    if given is None or given == plan.previous_sha256:
        return ()
    if plan.previous_sha256 is None:
        message = "The plan was made without a previous plan. Leave --previous out."
    else:
        message = "Changes were counted against another previous plan than the one given."
    what = f"previous_sha256 {plan.previous_sha256}"
    return (Violation(RuleId.FORMAT, "plan", what, "", 0.0, message),)
