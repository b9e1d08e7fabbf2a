"""The plan that changes are counted against, read from its file."""

from __future__ import annotations

from pathlib import Path

from succession import io
from succession.domain.findings import Finding
from succession.domain.plan import Plan
from succession.domain.scenario import Scenario
from succession.errors import BadInput

__all__ = ["read_previous", "same_input"]


def read_previous(path: Path | None, scenario: Scenario) -> tuple[Plan | None, str | None]:
    """The previous plan and its file's hash; BadInput where it cannot be compared with."""
    if path is None:
        return None, None
    plan = io.read_plan(path)
    if plan.period != scenario.settings.period:
        raise BadInput(
            [
                Finding(
                    severity="error",
                    code="E_PREVIOUS_PERIOD",
                    sheet=path.name,
                    value=plan.period,
                    message=f"The previous plan counts in {plan.period}s, "
                    f"the scenario in {scenario.settings.period}s.",
                    hint="Give a previous plan with the same period length, or none.",
                )
            ]
        )
    if not plan.has_plan:
        raise BadInput(
            [
                Finding(
                    severity="error",
                    code="E_PREVIOUS_EMPTY",
                    sheet=path.name,
                    value=plan.status,
                    message=f"The previous file holds no plan: its status is {plan.status}.",
                    hint="Give the last plan that was found, or none.",
                )
            ]
        )
    return plan, io.plan_sha256(path)


def same_input(previous: Plan | None, scenario: Scenario, source: Path) -> tuple[Finding, ...]:
    """A warning where the previous plan was made from this very scenario."""
    if previous is None or previous.scenario_sha256 != scenario.sha256:
        return ()
    message = f"{source.name} is the scenario that the previous plan was made from"
    hint = "Is it last quarter's file? If nothing was to change, go on: with --strict, by --force."
    return (Finding("warning", "W_SAME_INPUT", message, hint=hint),)
