"""`succession verify`: every rule and every cost part, recomputed."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from succession.cli.console import Console, common_options, printable

if TYPE_CHECKING:
    from succession.domain.rules import Violation

__all__ = ["verify"]

_BROKEN = 5


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.argument("plan", type=click.Path(path_type=Path))
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="plan.json that changes were counted against.",
)
@common_options()
@click.pass_obj
def verify(console: Console, scenario: Path, plan: Path, previous: Path | None) -> int:
    """Recompute every rule and cost part of PLAN for SCENARIO; print all violations."""
    from succession.planning import verify_files

    checked = verify_files(scenario, plan, previous)
    if not checked.plan.has_plan:
        raise click.BadParameter(
            f"it holds no plan (its status is {checked.plan.status}).", param_hint="PLAN"
        )
    if previous is None and checked.plan.previous_sha256 is not None:
        text = "The plan was made with a previous plan: give that with --previous."
        console.say(text, colour="yellow")
    for excess in checked.excesses:
        console.say(f"Warning: {excess}", colour="yellow")
    violations = checked.violations
    record = {
        "status": "broken" if violations else "ok",
        "total": len(violations),
        "violations": [asdict(violation) for violation in violations],
        "cost": checked.costs.total,
        "costs": asdict(checked.costs),
        "currency": checked.plan.currency,
        "excesses": list(checked.excesses),
    }
    lines = [_line(violation) for violation in violations]
    if not violations:
        lines = [f"The plan keeps every rule; its cost is {checked.costs.total:,.2f}"]
        lines[0] += f" {checked.plan.currency}."
    console.answer(record, "\n".join(lines))
    if violations:
        console.say(f"{len(violations)} violation(s).", always=True, colour="red")
    return _BROKEN if violations else 0


def _line(violation: Violation) -> str:
    parts = (violation.who, violation.what, violation.when)
    place = " ".join(part for part in parts if part)
    return printable(f"{violation.rule}: {place}: {violation.message}").replace("\n", " ")
