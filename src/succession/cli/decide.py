"""`succession decide`: a marked results workbook becomes a new scenario."""

from __future__ import annotations

from pathlib import Path

import click

from succession.cli.console import Console, common_options, finding_records, write_findings

__all__ = ["decide"]


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.argument("results", type=click.Path(dir_okay=False, path_type=Path), metavar="RESULTS.xlsx")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    required=True,
    metavar="NEW",
    help="The new scenario: a workbook (.xlsx) or a CSV folder. Never overwritten.",
)
@common_options()
@click.pass_obj
def decide(console: Console, scenario: Path, results: Path, out: Path) -> int:
    """Put what was marked in the sheet Decisions of RESULTS.xlsx into a copy of SCENARIO.

    accept: the person is required for the opening, or stands by for it. reject: the person is
    excluded from it. lock: as accept, in the planned period, and the planned learning is committed.
    """
    from succession import io

    decided = io.decide(scenario, results, out)
    if not console.quiet:
        write_findings(decided.findings, err=True)
    record = {
        "status": "done",
        "out": str(out),
        "accepted": decided.accepted,
        "rejected": decided.rejected,
        "locked": decided.locked,
        "candidates": decided.candidates,
        "commitments": decided.commitments,
        "findings": finding_records(decided.findings),
    }
    text = (
        f"{decided.accepted} accepted, {decided.rejected} rejected, {decided.locked} locked: "
        f"{decided.candidates} row{'' if decided.candidates == 1 else 's'} of Candidates, "
        f"{decided.commitments} of Commitments.\n"
        f"Wrote {out}"
    )
    console.answer(record, text)
    if not decided.candidates and not decided.commitments:
        console.say("Nothing was marked in the sheet Decisions.", colour="yellow")
    console.say(f"Plan with them: succession solve {out} --out FOLDER")
    return 0
