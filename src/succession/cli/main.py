"""The command group, and what every error becomes: a message and an exit code (cli.md)."""

from __future__ import annotations

import os
import sys
import tempfile
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

import click

import succession
from succession.cli.advance import advance
from succession.cli.batch import batch
from succession.cli.check import check
from succession.cli.compare import compare
from succession.cli.console import Console, show_findings
from succession.cli.convert import convert
from succession.cli.decide import decide
from succession.cli.develop import develop
from succession.cli.new import new
from succession.cli.runs import runs
from succession.cli.runs.run import run
from succession.cli.solve import solve
from succession.cli.verify import verify
from succession.errors import BadInput, Refused, SuccessionError

__all__ = ["BAD_INPUT", "FAULT", "INTERRUPTED", "REFUSED", "cli", "main"]

FAULT, BAD_INPUT, REFUSED, INTERRUPTED = 1, 3, 6, 130


class _Group(click.Group):
    """A group whose errors end in the exit codes of the contract, never in a traceback."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        *unused: Any,
        **extra: Any,
    ) -> NoReturn:
        extra["standalone_mode"] = False
        extra["obj"] = console = Console()
        _never_fail_to_print()
        try:
            code = super().main(args, prog_name or "succession", **extra)
        except click.ClickException as fault:
            fault.show()
            code = fault.exit_code
        except (click.Abort, KeyboardInterrupt):
            console.say("Interrupted; nothing was written.", always=True)
            code = INTERRUPTED
        except BadInput as fault:
            show_findings(console, fault.findings)
            code = BAD_INPUT
        except Refused as fault:
            console.answer_error("refused", str(fault))
            code = REFUSED
        except BrokenPipeError:
            # The reader of our output went away; the interpreter must not complain about it too.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            code = FAULT
        except Exception as fault:
            _report_fault(console, fault)
            code = FAULT
        sys.exit(code if isinstance(code, int) else 0)


@click.group(
    "succession",
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.version_option(succession.__version__, prog_name="succession")
def cli() -> None:
    """Fill coming openings from within, at the lowest total cost, with proof."""


for command in (
    new, check, convert, solve, verify, compare, batch, decide, develop, run, runs,
    advance,
):  # fmt: skip
    cli.add_command(command)


def main() -> NoReturn:
    """The entry point of the `succession` script."""
    cli.main()


def _report_fault(console: Console, fault: Exception) -> None:
    handle, path = tempfile.mkstemp(prefix="succession-", suffix=".log")
    with open(handle, "w", encoding="utf-8", errors="backslashreplace") as log:
        log.write(f"succession {succession.__version__}, Python {sys.version}\n")
        log.write(f"arguments: {sys.argv[1:]}\n\n")
        log.write("".join(traceback.format_exception(fault)))
    known = isinstance(fault, (SuccessionError, OSError))
    text = str(fault) if known else "Something went wrong inside succession."
    console.answer_error("fault", f"{text}\nThe log is {path}")
    if console.debug:
        traceback.print_exception(fault)


def _never_fail_to_print() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="backslashreplace")
