"""Where a plan stands: a proposal, or what a named person has decided about it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from succession.planning.stored.documents import json_bytes
from succession.store import Decision, Run, Store

__all__ = ["Standing", "note_of", "proposal", "standing_of"]

_DECISIONS = ("approved", "rejected", "overridden")


@dataclass(frozen=True, slots=True)
class Standing:
    """What the outputs of a run say about decisions; `by` is a name, `at` ISO 8601 in UTC."""

    run: int
    state: Decision
    by: str | None = None
    at: str | None = None
    note: str | None = None

    @property
    def sentence(self) -> str:
        """For people."""
        if self.state == "proposal" or self.by is None or self.at is None:
            return f"Proposal: nobody has decided on the plan of run {self.run} yet."
        note = f": {self.note}" if self.note else "."
        return f"Run {self.run} was {self.state} by {self.by} on {self.at[:10]}{note}"

    @property
    def as_json(self) -> bytes:
        """decision.json, for programs."""
        record: dict[str, object] = {"format": "succession-decision/1", "run": self.run}
        record |= {"state": self.state, "by": self.by, "at": self.at, "note": self.note}
        return json_bytes(record)


def proposal(number: int) -> Standing:
    """Of a plan that nobody has decided on."""
    return Standing(number, "proposal")


def standing_of(store: Store, run: Run, names: Mapping[str, str] | None = None) -> Standing:
    """Where a run's plan stands, by the trail; `names` says who stands behind a pseudonym.

    Without `names` those are used that still have a key; whoever has none stays a pseudonym.
    """
    names = store.keyring.names() if names is None else names
    last = proposal(run.number)
    for entry in store.entries(run.number):
        if entry.action in _DECISIONS:
            body = entry.content
            by = str(body["by"])
            note = note_of(store, run, body.get("note"))
            last = Standing(run.number, _decision(entry.action), names.get(by, by), entry.at, note)
    return last


def note_of(store: Store, run: Run, name: object) -> str | None:
    """A note's text, or None where there is none or it was purged."""
    item = run.file("note", name) if isinstance(name, str) else None
    return None if item is None else str(json.loads(store.document(item))["note"])


def _decision(action: str) -> Decision:
    decisions: dict[str, Decision] = {
        "approved": "approved",
        "rejected": "rejected",
        "overridden": "overridden",
    }
    return decisions[action]
