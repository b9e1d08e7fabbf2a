"""`succession solve`: the plan."""

from __future__ import annotations

import math
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from succession.cli.console import Console, common_options, printable
from succession.cli.running import show_progress, stop_on_signals

if TYPE_CHECKING:
    from succession.planning import RunOutcome

__all__ = ["EXIT_CODES", "limit_options", "solve"]

_Command = TypeVar("_Command", bound=Callable[..., Any])

EXIT_CODES = {"optimal": 0, "feasible": 0, "infeasible": 4, "unknown": 7}
_INTERRUPTED = 130
_WARNINGS_SHOWN = 20
_MEANING = {
    "optimal": "optimal (proven)",
    "feasible": "feasible",
    "infeasible": "infeasible (proven: no plan exists)",
    "unknown": "unknown (the limit came before a plan or a proof)",
}
_STOPPED = {
    "gap": "proven to be within the gap asked for",
    "time_limit": "the best at the time limit",
    "interrupted": "the best when it was interrupted",
}


class _Positive(click.ParamType[float]):
    """A finite number, not negative; `above` zero where zero makes no sense."""

    name = "number"

    def __init__(self, *, above: bool) -> None:
        self.above = above

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        try:
            number = float(str(value))
        except ValueError:
            self.fail(f"{value!r} is not a number.", param, ctx)
        if not math.isfinite(number) or number < 0 or (self.above and number == 0):
            least = "above 0" if self.above else "0 or more"
            self.fail(f"{value} is not a finite number, {least}.", param, ctx)
        return number


def limit_options(command: _Command) -> _Command:
    """--gap, --time-limit and --threads, alike for every command that solves."""
    limit = click.option(
        "--time-limit",
        type=_Positive(above=True),
        default=600.0,
        show_default=True,
        metavar="SECONDS",
        help="Stop with the best plan found so far.",
    )
    gap = click.option(
        "--gap",
        type=_Positive(above=False),
        default=1e-4,
        show_default=True,
        help="Stop when the cost is proven to be within this share of the least.",
    )
    threads = click.option(
        "--threads",
        type=click.IntRange(min=1),
        default=lambda: os.cpu_count() or 1,
        show_default="as many as the machine has",
        help="Threads to search with; the plan is the same.",
    )
    return gap(limit(threads(command)))


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="DIR",
    help="Folder for plan.json, results.xlsx, report.html and run.json.",
)
@limit_options
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="plan.json of the last plan, to count changes against.",
)
@click.option("--strict", is_flag=True, help="Refuse a scenario with warnings.")
@click.option(
    "--force",
    is_flag=True,
    help="Replace results that stand in DIR; with --strict, also solve PLAN's own scenario anew.",
)
@common_options()
@click.pass_obj
def solve(
    console: Console,
    scenario: Path,
    out: Path,
    gap: float,
    time_limit: float,
    previous: Path | None,
    strict: bool,
    force: bool,
    threads: int,
) -> int:
    """Find the plan of least cost for SCENARIO and write it to DIR."""
    with stop_on_signals(console) as stop:
        from succession.planning import RunSettings, run

        settings = RunSettings(gap, time_limit, threads, strict, force, previous)
        with show_progress(console) as progress:
            outcome = run(scenario, out, settings, progress=progress, interrupted=stop)
    return _conclude(console, outcome)


def _conclude(console: Console, outcome: RunOutcome) -> int:
    plan = outcome.result.plan
    for warning in outcome.warnings[:_WARNINGS_SHOWN]:
        console.say(f"Warning: {warning}", colour="yellow")
    if len(outcome.warnings) > _WARNINGS_SHOWN:
        console.say(f"{len(outcome.warnings)} warnings in all; run.json holds them.")
    for row in plan.conflict:
        place = f"{row.sheet} row {row.row}" if row.row is not None else row.sheet
        console.say(f"Cannot hold together: {place}: {row.text}", always=True, colour="red")
    console.answer(_record(outcome), _text(outcome))
    for line in _changes(outcome):
        console.say(line)
    if outcome.files:
        console.say(f"Results are in {outcome.folder}")
    else:
        console.say("Interrupted before a plan was found; nothing was written.", always=True)
    if outcome.result.stopped == "interrupted":
        return _INTERRUPTED
    return EXIT_CODES[plan.status]


def _record(outcome: RunOutcome) -> dict[str, object]:
    """The answer for programs."""
    plan, result = outcome.result.plan, outcome.result
    return {
        "status": plan.status,
        "stopped": result.stopped,
        "scenario": plan.scenario,
        "scenario_sha256": plan.scenario_sha256,
        "cost": plan.cost,
        "bound": plan.bound,
        "gap": plan.gap,
        "currency": plan.currency,
        "costs": asdict(plan.costs),
        "counts": _counts(outcome),
        "kpis": None if outcome.figures is None else dict(outcome.figures.kpis),
        "conflict": [asdict(row) for row in plan.conflict],
        "changes": _change_counts(outcome),
        "warnings": list(outcome.warnings),
        "seconds": round(result.seconds, 3),
        "rounds": result.rounds,
        "columns": result.columns,
        "files": [str(path) for path in outcome.files],
    }


def _text(outcome: RunOutcome) -> str:
    """The answer for people."""
    plan = outcome.result.plan
    status = _MEANING[plan.status]
    if plan.status == "feasible":
        status += f" ({_STOPPED.get(outcome.result.stopped, 'the best that was found')})"
    rows = [("Scenario", plan.scenario), ("Status", status)]
    if plan.cost is not None:
        rows.append(("Cost", f"{plan.cost:,.2f} {plan.currency}"))
    if plan.bound is not None:
        rows.append(("No plan is below", f"{plan.bound:,.2f} {plan.currency}"))
    if plan.gap is not None:
        rows.append(("Gap", f"{plan.gap:.4%}"))
    if plan.has_plan:
        counts = _counts(outcome)
        rows += [(name.capitalize(), f"{number:,}") for name, number in counts.items()]
    rows.append(("Time", f"{outcome.result.seconds:.1f} s"))
    width = max(len(name) for name, _ in rows)
    return "\n".join(f"{name:<{width}}  {printable(value)}" for name, value in rows)


def _changes(outcome: RunOutcome) -> tuple[str, ...]:
    """What became of the previous plan, in sentences."""
    if outcome.stability is None:
        return ()
    from succession.report import stability_summary

    return stability_summary(outcome.stability, outcome.result.plan.currency)


def _change_counts(outcome: RunOutcome) -> dict[str, object] | None:
    stability = outcome.stability
    if stability is None:
        return None
    return {
        "kept": stability.kept,
        "changed": len(stability.changes),
        "gone": len(stability.gone),
        "keeping_costs": stability.extra,
    }


def _counts(outcome: RunOutcome) -> dict[str, int]:
    plan = outcome.result.plan
    return {
        "placements": len(plan.placements) + len(plan.vacated),
        "standbys": len(plan.standbys),
        "activities": len(plan.learning),
        "sessions": sum(row.sessions for row in plan.sessions),
        "hires": sum(row.seats for row in plan.hires) + len(plan.vacated_hires),
        "unfilled": sum(row.seats for row in plan.unfilled) + len(plan.vacated_unfilled),
    }
