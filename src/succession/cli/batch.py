"""`succession batch`: a set of scenarios solved and compared."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from succession.cli.compare import comparison_text
from succession.cli.console import Console, common_options
from succession.cli.running import show_progress, stop_on_signals
from succession.cli.solve import EXIT_CODES, limit_options

if TYPE_CHECKING:
    from succession.planning import BatchOutcome

__all__ = ["batch"]

_INTERRUPTED = 130


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="DIR",
    help="Folder for a folder of results by scenario, and their comparison.",
)
@limit_options
@click.option("--strict", is_flag=True, help="Refuse scenarios with warnings.")
@click.option("--force", is_flag=True, help="Replace results that stand in DIR.")
@click.option("--threads", type=click.IntRange(min=1), default=1, show_default=True)
@common_options()
@click.pass_obj
def batch(
    console: Console,
    folder: Path,
    out: Path,
    gap: float,
    time_limit: float,
    strict: bool,
    force: bool,
    threads: int,
) -> int:
    """Solve every scenario in FOLDER (two to six) and compare them with the first.

    A scenario is a workbook or a CSV folder. A CSV folder that holds some tables only is a variant:
    it takes the others from the scenario called base, or named in base.txt. Limits are for each
    scenario.
    """
    with stop_on_signals(console) as stop:
        from succession.planning import RunSettings, run_batch

        settings = RunSettings(gap, time_limit, threads, strict, force)
        with show_progress(console) as progress:
            outcome = run_batch(
                folder,
                out,
                settings,
                started=lambda name: console.say(f"Solving {name}"),
                progress=progress,
                interrupted=stop,
            )
    console.answer(_record(outcome), _text(outcome))
    console.say(f"Results are in {outcome.folder}")
    return _exit_code(outcome)


def _exit_code(outcome: BatchOutcome) -> int:
    """130 when interrupted; otherwise the worst of the runs: infeasible, then unknown."""
    if outcome.interrupted:
        return _INTERRUPTED
    codes = {EXIT_CODES[run.result.plan.status] for run in outcome.runs.values()}
    return min(codes - {0}, default=0)


def _record(outcome: BatchOutcome) -> dict[str, object]:
    """The answer for programs."""
    from succession.report import comparison_summary

    comparison = outcome.comparison
    return {
        "status": "interrupted" if outcome.interrupted else "done",
        "runs": [
            {
                "name": name,
                "status": run.result.plan.status,
                "cost": run.result.plan.cost,
                "gap": run.result.plan.gap,
                "seconds": round(run.result.seconds, 3),
                "folder": str(run.folder),
            }
            for name, run in outcome.runs.items()
        ],
        "comparison": None if comparison is None else comparison_summary(comparison.comparison),
        "files": [] if comparison is None else [str(path) for path in comparison.files],
    }


def _text(outcome: BatchOutcome) -> str:
    """The comparison, and a line for each scenario that has no plan."""
    lines = [
        f"{name}: no plan, {run.result.plan.status}"
        for name, run in outcome.runs.items()
        if not run.result.plan.has_plan
    ]
    if outcome.comparison is not None:
        lines.insert(0, comparison_text(outcome.comparison))
    elif not outcome.interrupted:
        lines.append("Fewer than two scenarios have a plan: there is nothing to compare.")
    return "\n".join(lines)
