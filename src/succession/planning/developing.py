"""Development plans of a solved plan, as a page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from succession import io, report
from succession.domain.findings import Finding
from succession.domain.plan import Plan
from succession.domain.rules import RuleId
from succession.domain.scenario import Scenario
from succession.errors import BadInput, Refused
from succession.io.write import write_file
from succession.verify import verify

__all__ = ["develop_files"]

_CHANGES = {RuleId.COST}
"""Without the previous plan at hand, changes against it cannot be recounted."""


def develop_files(
    source: Path, plan_path: Path, out: Path, employees: Sequence[str] = (), *, force: bool = False
) -> tuple[str, ...]:
    """Writes the page for `employees`, or for everybody who learns or has a target; their ids.

    Raises BadInput where the plan is not one of this scenario, LookupError for people who have no
    plan in it, and Refused where a file stands at `out` and `force` is not set.
    """
    if out.exists() and not force:
        raise Refused(f"{out} is there already. Use --force to replace it, or another name.")
    scenario = io.load_scenario(source)
    path = plan_path / "plan.json" if plan_path.is_dir() else plan_path
    plan = io.read_plan(path)
    _must_fit(scenario, plan, path.name)
    reading = report.read_plan(scenario, plan)
    plans = report.development_plans(reading)
    known = {row.employee: row for row in plans}
    unknown = [name for name in employees if name not in known]
    if unknown:
        raise LookupError(f"no development plan for {', '.join(unknown)}: nothing is planned.")
    chosen = [known[name] for name in dict.fromkeys(employees)] if employees else plans
    write_file(out, report.write_development_html(reading, chosen))
    return tuple(row.employee for row in chosen)


def _must_fit(scenario: Scenario, plan: Plan, name: str) -> None:
    if not plan.has_plan:
        message = f"there is no plan in it: its status is {plan.status}"
        hint = "Give the plan.json of a solve that found a plan."
        raise BadInput([Finding("error", "E_PLAN_EMPTY", message, sheet=name, hint=hint)])
    found = verify(scenario, plan).violations
    broken = [row for row in found if row.rule not in _CHANGES and row.who != "previous_sha256"]
    if broken:
        message = f"it does not keep the rules of this scenario: {broken[0].message}"
        hint = "Give the scenario that it was made for; succession verify lists everything."
        raise BadInput([Finding("error", "E_PLAN_BROKEN", message, sheet=name, hint=hint)])
