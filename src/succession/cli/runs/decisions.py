"""`succession runs approve | reject | override | audit`: who decided what, and whether it holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from succession.cli.console import Console, common_options, printable
from succession.cli.runs.group import config_option, now, open_runs, run_argument

if TYPE_CHECKING:
    from succession.store import Decision

__all__ = ["approve", "audit", "override", "reject"]

_TAMPERED = 5
_Command = TypeVar("_Command", bound=Callable[..., Any])

_by = click.option("--by", required=True, metavar="NAME", help="Who decides.")


def _reason(*, required: bool) -> Callable[[_Command], _Command]:
    return click.option(
        "--note", "--reason", "note", required=required, metavar="TEXT", help="Why."
    )


@click.command()
@run_argument
@_by
@_reason(required=False)
@config_option
@common_options()
@click.pass_obj
def approve(console: Console, number: int, by: str, note: str | None, config: Path | None) -> int:
    """Approve the plan of run N: from now on it is the plan in force."""
    return _decide(console, number, "approved", by, note, config)


@click.command()
@run_argument
@_by
@_reason(required=True)
@config_option
@common_options()
@click.pass_obj
def reject(console: Console, number: int, by: str, note: str, config: Path | None) -> int:
    """Reject the plan of run N, with a reason."""
    return _decide(console, number, "rejected", by, note, config)


@click.command()
@run_argument
@_by
@_reason(required=True)
@click.option(
    "--plan",
    type=click.Path(path_type=Path),
    metavar="PLAN",
    help="The plan decided on instead (an edited plan.json); it is verified and then in force.",
)
@config_option
@common_options()
@click.pass_obj
def override(
    console: Console, number: int, by: str, note: str, plan: Path | None, config: Path | None
) -> int:
    """Decide otherwise than the plan of run N, with a reason.

    With --plan the plan in that file takes its place: every rule is checked, costs and gap are
    worked out anew, and it is kept as an approved run of its own.
    """
    if plan is None:
        return _decide(console, number, "overridden", by, note, config)
    from succession.planning.decisions import override as put_instead

    store = open_runs(config)
    run = put_instead(store, number, plan, by=by, note=note, at=now())
    record = {"run": run.number, "decision": run.decision, "overrides": number, "by": by.strip()}
    text = f"Run {number} is overridden; the plan in its place is run {run.number}, approved."
    console.answer({**record, "folder": str(store.plan_folder(run.number))}, text)
    return 0


@click.command()
@click.option("--head", metavar="HASH", help="A hash of the trail that was noted earlier.")
@config_option
@common_options()
@click.pass_obj
def audit(console: Console, head: str | None, config: Path | None) -> int:
    """Check the decision trail and every document against it; 5 when something was tampered with.

    The hash it prints proves, kept elsewhere and given to --head later, that nothing up to now
    was written anew.
    """
    from succession.store import audit as check

    found = check(open_runs(config), head)
    record = {"status": "tampered" if found.faults else "ok", "entries": found.entries}
    record |= {"runs": found.runs, "documents": found.documents, "head": found.head}
    lines = [printable(fault) for fault in found.faults]
    if not lines:
        lines = [
            f"{found.entries} entries, {found.runs} runs and {found.documents} documents are as "
            f"they were written.",
            f"Head {found.head}",
        ]
    console.answer({**record, "faults": list(found.faults)}, "\n".join(lines))
    if found.faults:
        console.say(f"{len(found.faults)} fault(s).", always=True, colour="red")
    return _TAMPERED if found.faults else 0


def _decide(
    console: Console,
    number: int,
    decision: Decision,
    by: str,
    note: str | None,
    config: Path | None,
) -> int:
    from succession.planning.decisions import decide

    store = open_runs(config)
    run = decide(store, number, decision, by=by, note=note, at=now())
    record = {"run": number, "decision": run.decision, "by": by.strip(), "note": note}
    folder = store.plan_folder(number)
    text = f"Run {number} is {decision} by {printable(by.strip())}; its outputs in {folder} say so."
    console.answer({**record, "folder": str(folder)}, text)
    return 0
