"""`succession convert`: workbook to CSV folder and back."""

from __future__ import annotations

from pathlib import Path

import click

from succession.cli.console import Console, common_options

__all__ = ["convert"]


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--force", is_flag=True, help="Replace what is there already.")
@common_options()
@click.pass_obj
def convert(console: Console, scenario: Path, out: Path, force: bool) -> int:
    """Turn the workbook SCENARIO into the CSV folder OUT, or a folder into a workbook (.xlsx)."""
    from succession import io

    io.convert(scenario, out, force=force)
    console.answer({"status": "done", "out": str(out)}, f"Wrote {out}")
    return 0
