"""`succession compare`: solved plans side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from succession.cli.console import Console, common_options, printable

if TYPE_CHECKING:
    from succession.planning import ComparisonOutcome

__all__ = ["compare", "comparison_text"]


@click.command()
@click.argument("plans", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="DIR...")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    required=True,
    metavar="DIR",
    help="Folder for comparison.xlsx, comparison.html and comparison.json.",
)
@click.option("--force", is_flag=True, help="Replace a comparison that stands there.")
@common_options()
@click.pass_obj
def compare(console: Console, plans: tuple[Path, ...], out: Path, force: bool) -> int:
    """Lay two to six solved plans side by side: folders that solve wrote, or plan.json files.

    Differences are counted against the first.
    """
    from succession.planning import compare_files
    from succession.planning.comparing import FEWEST, MOST

    if not FEWEST <= len(plans) <= MOST:
        raise click.UsageError(f"Give {FEWEST} to {MOST} plans to compare, not {len(plans)}.")
    outcome = compare_files(plans, out, force=force)
    for note in outcome.comparison.notes:
        console.say(f"Note: {note}", colour="yellow")
    console.answer(_record(outcome), comparison_text(outcome))
    console.say(f"The comparison is in {outcome.folder}")
    return 0


def _record(outcome: ComparisonOutcome) -> dict[str, object]:
    """The answer for programs; who and what is in comparison.json."""
    from succession.report import comparison_summary

    summary = comparison_summary(outcome.comparison)
    return {"status": "done", **summary, "files": [str(path) for path in outcome.files]}


def comparison_text(outcome: ComparisonOutcome) -> str:
    """A line for each plan, in columns, as text for people."""
    comparison = outcome.comparison
    cost, share = comparison.line("cost"), comparison.line("internal_share")
    gap, seats = comparison.line("gap"), comparison.line("seats")
    rows = [("Plan", "Cost", "Difference", "Gap", "From within", "Seats changed")]
    for number, name in enumerate(comparison.names):
        rows.append(
            (
                printable(name).replace("\n", " "),
                _shown(cost.values[number], ",.2f"),
                _shown(cost.differences[number], "+,.2f"),
                _shown(gap.values[number], ".4%"),
                _shown(share.values[number], ".1%"),
                _shown(seats.values[number], ",d"),
            )
        )
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = []
    for first, *others in rows:
        cells = [f"{text:>{width}}" for text, width in zip(others, widths[1:], strict=True)]
        lines.append("  ".join([f"{first:<{widths[0]}}", *cells]))
    return "\n".join([*lines, f"Amounts in {printable(comparison.currency)}."])


def _shown(value: object, form: str) -> str:
    return "–" if value is None else format(value, form)
