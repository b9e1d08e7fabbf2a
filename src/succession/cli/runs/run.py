"""`succession run`: the scheduled run."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from succession.cli.console import Console, common_options, printable
from succession.cli.running import stop_on_signals
from succession.cli.solve import EXIT_CODES

if TYPE_CHECKING:
    from succession.planning.unattended import Config, JobOutcome
    from succession.store import Run

__all__ = ["run"]

_FAULT, _BAD_INPUT, _INTERRUPTED = 1, 3, 130


@click.command()
@click.argument("config", type=click.Path(path_type=Path), metavar="CONFIG.toml")
@click.option("--again", is_flag=True, help="Do it anew even if it was done already.")
@common_options()
@click.pass_obj
def run(console: Console, config: Path, again: bool) -> int:
    """Do the scheduled run of CONFIG.toml: check, solve, verify, compare, store, notify.

    Made for a timer: the same input again is not solved again, one run at a time uses a store,
    and the log on standard error is a JSON object a line.
    """
    with stop_on_signals(Console(quiet=True)) as stop:
        from succession.planning.unattended import Journal, read_config, run_job

        settings = read_config(config)
        with _log(console, settings) as write:
            journal = Journal(write, lambda: datetime.now(UTC))
            outcome = run_job(settings, journal, again=again, interrupted=stop)
    console.answer(_record(outcome), _text(outcome))
    return _exit_code(outcome)


@contextmanager
def _log(console: Console, settings: Config) -> Iterator[Callable[[str], None]]:
    """Lines go to standard error, and to the log file where one is set up."""

    def tell(line: str) -> None:
        if not console.quiet:
            print(line, file=sys.stderr, flush=True)

    if settings.log_path is None:
        yield tell
        return
    settings.log_path.parent.mkdir(parents=True, exist_ok=True)
    with open(settings.log_path, "a", encoding="ascii") as file:

        def write(line: str) -> None:
            tell(line)
            file.write(line + "\n")
            file.flush()

        yield write


def _record(outcome: JobOutcome) -> dict[str, object]:
    done = outcome.run
    record: dict[str, object] = {"run": done.number, "repeated": outcome.repeated}
    record |= {"state": done.state, "decision": done.decision, "started": done.started}
    record |= {"ended": done.ended, **done.document, "folder": str(outcome.folder)}
    places = [{"code": item.code, "place": item.place} for item in outcome.findings]
    return {**record, "bad_input": places, "untold": list(outcome.untold)}


def _text(outcome: JobOutcome) -> str:
    done = outcome.run
    if outcome.repeated:
        return (
            f"Nothing to do: run {done.number} has the same input, config and version. "
            f"Its outputs are in {outcome.folder}"
        )
    lines = [f"Run {done.number}: {_headline(done)}"]
    lines += [f"{item.code} at {item.place or 'the file'}" for item in outcome.findings[:200]]
    if done.decision is not None:
        lines.append(
            f"It is a {done.decision}: `succession runs approve {done.number}` approves it."
        )
    lines += [f"Not told: {failure}" for failure in outcome.untold]
    lines.append(f"Outputs are in {outcome.folder}")
    return printable("\n".join(lines))


def _headline(done: Run) -> str:
    document = done.document
    if document.get("cost") is None:
        return str(document.get("status") or f"{done.state}: {document.get('failure')}")
    cost = f"{document['cost']:,.2f} {document['currency']}"
    return f"{document['status']}, cost {cost}, gap {document['gap']:.4%}"


def _exit_code(outcome: JobOutcome) -> int:
    done = outcome.run
    if done.state == "rejected":
        return _BAD_INPUT
    if done.state == "interrupted":
        return _INTERRUPTED
    if done.state == "failed":
        return _FAULT
    code = EXIT_CODES[done.document["status"]]
    return code or (_FAULT if outcome.untold else 0)
