"""`succession advance`: the next quarter's scenario."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from succession.cli.console import Console, common_options, write_findings

if TYPE_CHECKING:
    from succession.domain import Due, Mark
    from succession.planning.rolling import AdvanceOutcome

__all__ = ["advance"]


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.argument("plan", type=click.Path(path_type=Path))
@click.option(
    "--actuals-template",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the form for what became of the plan (.xlsx, or a folder of CSV files).",
)
@click.option(
    "--actuals", type=click.Path(path_type=Path), metavar="FILE", help="The form, filled in."
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="NEXT",
    help="The next scenario (.xlsx, or a folder of CSV files).",
)
@click.option(
    "--periods",
    type=click.IntRange(min=1, max=60),
    default=1,
    show_default=True,
    help="How many periods are over.",
)
@click.option("--force", is_flag=True, help="Replace what is there already.")
@common_options()
@click.pass_obj
def advance(
    console: Console,
    scenario: Path,
    plan: Path,
    actuals_template: Path | None,
    actuals: Path | None,
    out: Path | None,
    periods: int,
    force: bool,
) -> int:
    """Move SCENARIO on to the next period, from what became of its PLAN.

    First --actuals-template writes the form; then --actuals reads it, and --out is the scenario
    that follows.
    """
    if actuals_template is not None and (actuals is not None or out is not None):
        raise click.UsageError("Give --actuals-template, or --actuals with --out, not both.")
    if actuals_template is None and (actuals is None or out is None):
        raise click.UsageError("Give --actuals-template FILE, or --actuals FILE --out NEXT.")
    from succession.planning import rolling

    if actuals_template is not None:
        due = rolling.write_actuals_template(
            scenario, plan, actuals_template, periods=periods, force=force
        )
        _answer_template(console, due, actuals_template)
        return 0
    assert actuals is not None
    assert out is not None
    outcome = rolling.advance_files(scenario, plan, actuals, out, periods=periods, force=force)
    _answer(console, outcome, out)
    return 0


def _answer_template(console: Console, due: Due, target: Path) -> None:
    counts = {
        "activities": len(due.learning),
        "seats": len(due.seats),
        "sessions": len(due.sessions),
        "to_come": len(due.upcoming),
    }
    text = (
        f"Wrote {target}. To mark: activities {counts['activities']}, seats {counts['seats']}. "
        f"To confirm: sessions {counts['sessions']}. To promise or not: {counts['to_come']}."
    )
    console.answer({"status": "done", "file": str(target), **counts}, text)
    console.say("Fill in every yellow cell, then give it back with --actuals and --out.")


def _answer(console: Console, outcome: AdvanceOutcome, out: Path) -> None:
    if not console.json and not console.quiet:
        write_findings(outcome.findings, err=True)
    for note in outcome.notes:
        console.say(f"Note: {note}", colour="yellow")
    scenario, actuals = outcome.scenario, outcome.actuals
    learning = Counter(row.mark for row in actuals.learning)
    seats = Counter(row.mark for row in actuals.seats)
    label = scenario.settings.calendar.label
    record = {
        "status": "done",
        "out": str(out),
        "start": scenario.settings.start.isoformat(),
        "scenario_sha256": scenario.sha256,
        "learning": dict(sorted(learning.items())),
        "seats": dict(sorted(seats.items())),
        "leavers": len(actuals.leavers),
        "employees": len(scenario.employees),
        "openings": len(scenario.openings),
        "commitments": len(scenario.commitments),
        "notes": list(outcome.notes),
    }
    lines = [
        f"Wrote {out}: {label(1)} to {label(scenario.settings.periods)}.",
        f"Learning   {_words(learning)}",
        f"Seats      {_words(seats)}",
        f"Now        {len(scenario.employees):,} employees, {len(scenario.openings):,} openings, "
        f"{len(scenario.commitments):,} commitments",
    ]
    console.answer(record, "\n".join(lines))


def _words(marks: Counter[Mark]) -> str:
    order: tuple[Mark, ...] = ("done", "failed", "moved", "dropped")
    return ", ".join(f"{marks[mark]} {mark}" for mark in order if marks[mark]) or "nothing was due"
