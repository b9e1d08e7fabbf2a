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
@common_options()
@click.pass_obj
def check(console: Console, scenario: Path, strict: bool) -> int:
    """List everything that is wrong or odd in SCENARIO, with its cell and how to mend it."""
    from succession import io
    from succession.errors import BadInput

    try:
        findings = tuple(io.load(scenario).findings)
    except BadInput as fault:
        findings = fault.findings
    count = Counter(finding.severity for finding in findings)
    bad = count["error"] > 0 or (strict and count["warning"] > 0)
    if console.json:
        console.answer(finding_records(findings), "")
    else:
        write_findings(findings, err=False)
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
