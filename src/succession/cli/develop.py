"""`succession develop`: development plans as a page to print, for one person or for all."""

from __future__ import annotations

from pathlib import Path

import click

from succession.cli.console import Console, common_options

__all__ = ["develop"]


@click.command()
@click.argument("scenario", type=click.Path(path_type=Path))
@click.argument("plan", type=click.Path(path_type=Path))
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    required=True,
    metavar="FILE.html",
    help="The page to write.",
)
@click.option(
    "--employee",
    "employees",
    multiple=True,
    metavar="ID",
    help="Only this person; may be given several times. Without it, everybody who learns or moves.",
)
@click.option("--force", is_flag=True, help="Replace a page that stands there.")
@common_options()
@click.pass_obj
def develop(
    console: Console, scenario: Path, plan: Path, out: Path, employees: tuple[str, ...], force: bool
) -> int:
    """Write development plans, one page a person: target role, gap, dated learning, milestones.

    PLAN is the plan.json that solve wrote for SCENARIO, or its folder.
    """
    from succession.planning import develop_files

    try:
        names = develop_files(scenario, plan, out, employees, force=force)
    except LookupError as fault:
        raise click.BadParameter(str(fault.args[0]), param_hint="--employee") from fault
    people = "1 person" if len(names) == 1 else f"{len(names)} people"
    record = {"status": "done", "file": str(out), "employees": list(names)}
    console.answer(record, f"Development plans of {people}: {out}")
    return 0
