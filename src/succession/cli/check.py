"""`succession check`: every finding in a scenario."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from succession.cli.console import Console, common_options, finding_records, write_findings

if TYPE_CHECKING:
    from succession.domain.findings import Severity

__all__ = ["check"]
_NOUNS: dict[Severity, str] = {"error": "error", "warning": "warning", "fix": "repaired"}


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.option("--strict", is_flag=True, help="Count every warning as an error.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="ISSUES.xlsx",
    help="Write the findings as a workbook with links to the cells.",
)
@click.option("--force", is_flag=True, help="Replace the workbook of --out if it is there.")
@common_options()
@click.pass_obj
def check(console: Console, scenario: Path, strict: bool, out: Path | None, force: bool) -> int:
    """List everything that is wrong or odd in SCENARIO, with its cell and how to mend it."""
    from succession import io
    from succession.planning import check_scenario

    if out is not None and out.suffix.lower() != ".xlsx":
        raise click.BadParameter("the findings are written as .xlsx.", param_hint="--out")
    findings = tuple(check_scenario(scenario).findings)
    if out is not None:
        io.write_issues(findings, scenario, out, force=force)
    count = Counter(finding.severity for finding in findings)
    bad = count["error"] > 0 or (strict and count["warning"] > 0)
    if console.json:
        console.answer(finding_records(findings), "")
    else:
        write_findings(findings, err=False)
    if out is not None:
        console.say(f"The findings are in {out}")
    console.say(_verdict(scenario, count, bad), colour="red" if bad else "green")
    return 3 if bad else 0


def _verdict(scenario: Path, count: Counter[Severity], bad: bool) -> str:
    counts = [
        f"{count[severity]} {noun}{'s' if count[severity] != 1 and severity != 'fix' else ''}"
        for severity, noun in _NOUNS.items()
        if count[severity]
    ]
    found = f": {', '.join(counts)}." if counts else "."
    return f"{scenario} {'cannot be used as it is' if bad else 'can be solved'}{found}"
