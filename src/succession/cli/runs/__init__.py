"""`succession run` and `succession runs`: the scheduled run, the store, and decisions."""

import click

from succession.cli.runs.decisions import approve, audit, override, reject
from succession.cli.runs.diff import diff
from succession.cli.runs.listing import list_runs, show
from succession.cli.runs.upkeep import export, prune, purge

__all__ = ["runs"]


@click.group()
def runs() -> None:
    """What was run, what came out, and who decided about it."""


for command in (list_runs, show, diff, approve, reject, override, audit, export, prune, purge):
    runs.add_command(command)
