"""`succession run` and `succession runs`: the scheduled run, the store, and decisions."""

import click

from succession.cli.runs.decisions import approve, audit, override, reject
from succession.cli.runs.listing import list_runs, show

__all__ = ["runs"]


@click.group()
def runs() -> None:
    """What was run, what came out, and who decided about it."""


for command in (list_runs, show, approve, reject, override, audit):
    runs.add_command(command)
