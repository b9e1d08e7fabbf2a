"""`succession runs diff`: what differs between two runs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from succession.cli.console import Console, common_options, printable
from succession.cli.runs.group import config_option, open_runs, run_argument, table

__all__ = ["diff"]

_HASH = re.compile("[0-9a-f]{64}")
_HASH_SHOWN = 12


@click.command()
@run_argument
@click.argument("other", type=click.IntRange(min=1), metavar="M")
@click.option(
    "--out", type=click.Path(path_type=Path), metavar="DIR", help="Write the comparison here too."
)
@config_option
@common_options()
@click.pass_obj
def diff(console: Console, number: int, other: int, out: Path | None, config: Path | None) -> int:
    """Show what differs between runs N and M: input, settings, versions, result and plan."""
    from succession.planning.stored.differences import differences

    found = differences(open_runs(config), number, other, out)
    rows = [("", f"Run {number}", f"Run {other}")]
    rows += [(name, _shown(one), _shown(two)) for name, (one, two) in found.facts.items()]
    lines = [table(rows) if found.facts else f"Runs {number} and {other} do not differ."]
    lines += [f"Input changed: {name}" for name in found.inputs]
    lines += [f"{label}: {count:,d}" for label, count in found.plan.items()]
    lines += [f"Plans are not compared: {reason}" for reason in found.incomparable]
    record: dict[str, Any] = {"runs": [number, other], "facts": _listed(found.facts)}
    record |= {"inputs": list(found.inputs), "plan": dict(found.plan)}
    console.answer(record | {"incomparable": list(found.incomparable)}, printable("\n".join(lines)))
    if out is not None and not found.incomparable:
        console.say(f"The comparison is in {out}")
    return 0


def _listed(facts: Mapping[str, tuple[object, object]]) -> dict[str, list[object]]:
    return {name: list(pair) for name, pair in facts.items()}


def _shown(value: object) -> str:
    text = "–" if value is None else str(value)
    return text[:_HASH_SHOWN] if _HASH.fullmatch(text) else text
