"""`succession runs export | prune | purge`: taking out, and forgetting."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import click

from succession.cli.console import Console, common_options, printable
from succession.cli.runs.group import (
    config_option,
    now,
    open_runs,
    read_settings,
    run_argument,
)

__all__ = ["export", "prune", "purge"]

_LEFT_OVER = 5


@click.command()
@run_argument
@click.option("--out", type=click.Path(path_type=Path), required=True, metavar="DIR")
@click.option(
    "--pseudonymised", is_flag=True, help="Keyed pseudonyms for people; no protected attributes."
)
@config_option
@common_options()
@click.pass_obj
def export(
    console: Console, number: int, out: Path, pseudonymised: bool, config: Path | None
) -> int:
    """Write the documents of run N into the new folder DIR.

    A pseudonym is the same in every export, and in the trail, until the person is purged.
    """
    from succession.planning.privacy import export as take_out

    files = take_out(open_runs(config), number, out, pseudonymised=pseudonymised, at=now())
    record = {"run": number, "pseudonymised": pseudonymised, "files": [str(path) for path in files]}
    console.answer(record, f"Wrote {len(files)} files to {out}")
    return 0


@click.command()
@click.option("--keep", type=click.IntRange(min=0), help="Spare so many of the newest runs.")
@click.option("--older-than", type=click.IntRange(min=0), metavar="DAYS", help="Spare newer runs.")
@config_option
@common_options()
@click.pass_obj
def prune(console: Console, keep: int | None, older_than: int | None, config: Path | None) -> int:
    """Destroy the documents of old runs; figures, hashes and the trail stay.

    The run whose plan is in force is always spared. Keys of people who stand in no document that
    is left are destroyed.
    """
    if keep is None and older_than is None:
        raise click.UsageError("Say what to spare: --keep N, --older-than DAYS, or both.")
    from succession.planning.privacy import prune as destroy

    age = None if older_than is None else timedelta(days=older_than)
    pruned = destroy(open_runs(config), keep=keep or 0, older_than=age, at=now())
    runs = ", ".join(map(str, pruned))
    console.answer({"pruned": pruned}, f"Pruned runs {runs}." if pruned else "Nothing to prune.")
    return 0


@click.command()
@click.argument("person")
@config_option
@common_options()
@click.pass_obj
def purge(console: Console, person: str, config: Path | None) -> int:
    """Forget PERSON: an employee by id, or by name somebody who decided on plans.

    Every stored document that names them is written anew with their pseudonym, whose key is
    destroyed: from then on it is nobody's. The store, the log and dropped messages are searched
    afterwards; 5 when a file is left that names them.
    """
    from succession.planning.privacy import purge as forget

    settings = read_settings(config)
    elsewhere = [path for path in (settings.log_path, settings.drop_folder) if path is not None]
    outcome = forget(open_runs(config), person, elsewhere=elsewhere, at=now())
    record = {"runs": list(outcome.runs), "destroyed": list(outcome.destroyed)}
    record |= {"leftovers": [str(path) for path in outcome.leftovers]}
    lines = [f"Destroyed, for it could not be written anew: {name}" for name in outcome.destroyed]
    lines += [f"Still names them, and is not the store's: {path}" for path in outcome.leftovers]
    if outcome.runs:
        runs = ", ".join(map(str, outcome.runs))
        lines.insert(0, f"Written anew without them: runs {runs}. Their keys are destroyed.")
    else:
        lines.insert(0, "They stood in no run. Ids and names are compared exactly.")
    console.answer(record, printable("\n".join(lines)))
    return _LEFT_OVER if outcome.leftovers else 0
