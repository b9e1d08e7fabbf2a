"""`succession runs list | show`: what was run, and how it stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from succession.cli.console import Console, common_options, printable
from succession.cli.runs.group import config_option, open_runs, run_argument, table

if TYPE_CHECKING:
    from succession.store import Entry, Run, Store

__all__ = ["list_runs", "show"]

_HEAD = ("Run", "Started", "State", "Decision", "Result", "Cost", "Gap", "Warnings", "Input")
_RIGHT = frozenset({0, 5, 6, 7})


@click.command("list")
@config_option
@common_options()
@click.pass_obj
def list_runs(console: Console, config: Path | None) -> int:
    """List the runs of the store, the newest last."""
    runs = open_runs(config).runs()
    text = table([_HEAD, *map(_line, runs)], _RIGHT) if runs else "No runs yet."
    console.answer([_summary(run) for run in runs], printable(text))
    return 0


@click.command()
@run_argument
@config_option
@common_options()
@click.pass_obj
def show(console: Console, number: int, config: Path | None) -> int:
    """Show run N: figures, settings, versions, documents, warnings, and who decided what."""
    store = open_runs(config)
    run = store.run(number)
    trail = [_told(store, run, entry) for entry in store.entries(number)]
    record = {**_summary(run), **run.document, "folder": str(store.plan_folder(number))}
    files = [
        {"role": item.role, "name": item.name, "sha256": item.sha256, "bytes": item.size}
        for item in run.files
    ]
    warnings = _warnings(store, run)
    record |= {"files": files, "warning_texts": warnings, "trail": trail}
    console.answer(record, printable(_text(store, run, trail, warnings)))
    return 0


def _summary(run: Run) -> dict[str, object]:
    document = run.document
    record: dict[str, object] = {"run": run.number, "state": run.state, "decision": run.decision}
    record |= {"started": run.started, "ended": run.ended, "pruned": not run.files}
    names = ("status", "cost", "bound", "gap", "currency", "warnings", "input_sha256")
    return record | {name: document.get(name) for name in names}


def _line(run: Run) -> tuple[str, ...]:
    document = run.document
    state = run.state if run.files else f"{run.state}, pruned"
    cost = _shown(document.get("cost"), ",.2f")
    currency = document.get("currency", "")
    return (
        str(run.number),
        run.started[:16].replace("T", " "),
        state,
        run.decision or "–",
        str(document.get("status") or document.get("failure") or "–"),
        f"{cost} {currency}" if document.get("cost") is not None else cost,
        _shown(document.get("gap"), ".4%"),
        _shown(document.get("warnings"), ",d"),
        str(document.get("input_sha256", "–"))[:12],
    )


def _text(store: Store, run: Run, trail: list[dict[str, object]], warnings: list[str]) -> str:
    document = run.document
    rows = [("Run", str(run.number)), ("State", run.state), ("Decision", run.decision or "–")]
    rows += [("Started", run.started), ("Ended", run.ended or "–")]
    for name, value in document.items():
        shown = _values(value) if isinstance(value, dict) else value
        rows.append((name.replace("_", " ").capitalize(), str(shown)))
    rows.append(("Outputs", str(store.plan_folder(run.number)) if run.files else "pruned"))
    lines = [table(rows)]
    if run.files:
        files = [(item.role, item.name, f"{item.size:,}", item.sha256) for item in run.files]
        lines += ["", table([("Document", "", "Bytes", "SHA-256"), *files], frozenset({2}))]
    lines += ["", *(f"Warning: {warning}" for warning in warnings)]
    lines += [_sentence(entry) for entry in trail]
    return "\n".join(lines).replace("\n\n\n", "\n\n")


def _told(store: Store, run: Run, entry: Entry) -> dict[str, object]:
    """An entry with names in the place of pseudonyms, where keys are left."""
    from succession.planning.stored.standing import note_of

    body, names = entry.content, store.keyring.names()
    told: dict[str, object] = {"entry": entry.number, "at": entry.at, "action": entry.action}
    if "by" in body:
        told["by"] = names.get(str(body["by"]), body["by"])
        told["note"] = note_of(store, run, body.get("note"))
    return {**told, "hash": entry.hash}


def _sentence(told: dict[str, object]) -> str:
    by = f" by {told['by']}" if "by" in told else ""
    note = f": {told['note']}" if told.get("note") else ""
    return f"{told['at']}  {told['action']}{by}{note}"


def _warnings(store: Store, run: Run) -> list[str]:
    import json

    item = run.file("output", "run.json")
    record: dict[str, Any] = {} if item is None else json.loads(store.document(item))
    return list(record.get("warnings", ()))


def _values(values: dict[str, object]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items())


def _shown(value: object, form: str) -> str:
    return "–" if value is None else format(value, form)
