"""Where a plan stands: a proposal, or what a named person has decided about it."""

from __future__ import annotations

from dataclasses import dataclass

from succession.planning.unattended.documents import json_bytes
from succession.store import Decision

__all__ = ["Standing", "proposal"]


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
