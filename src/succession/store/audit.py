"""Whether the store is as its decision trail says: chain, runs, documents, delivered outputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from succession.store.objects import sha256_of
from succession.store.runs import Run
from succession.store.store import Store
from succession.store.trail import Entry

__all__ = ["Audit", "audit"]

_DECISIONS = ("approved", "rejected", "overridden")


@dataclass(frozen=True, slots=True)
class Audit:
    """What was looked at, and what is not as it was written; `head` is the trail's last hash."""

    entries: int
    runs: int
    documents: int
    head: str
    faults: tuple[str, ...]


@dataclass(slots=True)
class _Told:
    """What the trail says of a run."""

    state: str = "running"
    decision: str | None = None
    document: str | None = None
    files: dict[str, str] = field(default_factory=dict)


def audit(store: Store, known_head: str | None = None) -> Audit:
    """Check everything; `known_head` is a hash that was noted elsewhere at an earlier time."""
    trail, runs = store.entries(), store.runs()
    faults = store.broken_links()
    if known_head is not None and all(entry.hash != known_head for entry in trail):
        faults.append(f"No entry has the hash {known_head}: the trail was written anew.")
    told = _told(trail)
    faults += [
        f"Run {number} is missing: the trail knows of it."
        for number in sorted(told.keys() - {run.number for run in runs})
    ]
    for run in runs:
        faults += _of_run(store, run, told.get(run.number))
    documents = sum(len(run.files) for run in runs)
    return Audit(len(trail), len(runs), documents, trail[-1].hash if trail else "", tuple(faults))


def _told(trail: Sequence[Entry]) -> dict[int, _Told]:
    told: dict[int, _Told] = {}
    for entry in trail:
        if entry.run is not None:
            _follow(told.setdefault(entry.run, _Told()), entry.action, entry.content)
    return told


def _follow(told: _Told, action: str, body: dict[str, Any]) -> None:
    told.files.update(body.get("files", {}))
    for name in body.get("dropped", ()):
        told.files.pop(name, None)
    if action == "ended":
        told.state, told.decision, told.document = body["state"], body["decision"], body["document"]
    elif action in _DECISIONS:
        told.decision = action


def _of_run(store: Store, run: Run, told: _Told | None) -> list[str]:
    if told is None:
        return [f"Run {run.number} was added: the trail does not know of it."]
    faults: list[str] = []
    if (run.state, run.decision) != (told.state, told.decision):
        faults.append(
            f"Run {run.number} stands as {run.state}, {run.decision}; "
            f"the trail has it as {told.state}, {told.decision}."
        )
    if told.document is not None and run.document_sha256 != told.document:
        faults.append(f"The figures of run {run.number} were changed.")
    kept = {f"{item.role}/{item.name}": item.sha256 for item in run.files}
    faults += [
        f"Run {run.number}: {name} is not the document that the trail knows."
        for name in sorted(kept.keys() | told.files.keys())
        if kept.get(name) != told.files.get(name)
    ]
    return faults + _of_documents(store, run)


def _of_documents(store: Store, run: Run) -> list[str]:
    faults = []
    for item in run.files:
        name = f"Run {run.number}: {item.role}/{item.name}"
        try:
            store.objects.read(item.sha256)
        except OSError:
            faults.append(f"{name} is missing.")
        except ValueError:
            faults.append(f"{name} was changed in the store.")
    for item in run.of_role("output"):
        path = store.plan_folder(run.number) / item.name
        try:
            changed = sha256_of(path.read_bytes()) != item.sha256
        except OSError:
            faults.append(f"{path} is missing; the next run puts it back.")
            continue
        if changed:
            faults.append(f"{path} was changed; the next run puts it back.")
    return faults
