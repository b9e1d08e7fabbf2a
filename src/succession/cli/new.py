"""`succession new`: a workbook to fill in."""

from __future__ import annotations

from pathlib import Path

import click

from succession.cli.console import Console, common_options

__all__ = ["new"]


@click.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--example", metavar="NAME", help="Write a filled example instead: toy or company.")
@click.option("--force", is_flag=True, help="Replace a file that is there already.")
@common_options()
@click.pass_obj
def new(console: Console, file: Path, example: str | None, force: bool) -> int:
    """Write an empty scenario workbook with drop-downs and help to FILE.xlsx."""
    from succession import io
    from succession.errors import Refused

    if file.suffix.lower() != ".xlsx":
        raise click.BadParameter("the file's name must end in .xlsx.", param_hint="FILE")
    if file.exists() and not force:
        raise Refused(f"{file} is there already. Use --force to replace it, or another name.")
    try:
        io.write_template(file, example)
    except (LookupError, ValueError) as fault:
        if example is None:
            raise
        raise click.BadParameter(_text(fault), param_hint="--example") from fault
    console.answer({"status": "done", "file": str(file)}, f"Wrote {file}")
    console.say(f"Fill it in, then: succession check {file}")
    return 0


def _text(fault: Exception) -> str:
    return str(fault.args[0]) if fault.args else str(fault)
