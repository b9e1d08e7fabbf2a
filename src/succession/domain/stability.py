"""What became of the decisions of a previous plan, why, and what keeping them would have cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from succession.domain.calendar import Calendar

__all__ = ["Cause", "Fate", "PreviousDecision", "Stability"]

Fate = Literal["kept", "moved", "dropped", "given away", "gone"]
"""gone: the employee, activity or opening is no longer there; that is not counted as a change."""

Cause = Literal["", "people", "capacity", "money", "opening", "purpose", "pays"]
"""Why it could not be kept: the person can no longer do it; places or hosts; a budget; the opening
has fewer seats or is promised to somebody else; it serves no opening any more. `pays`: it could be
kept, but the new plan costs less."""


@dataclass(frozen=True, slots=True)
class PreviousDecision:
    """A start or placement of the previous plan that lies in the new horizon, and its fate.

    `period` is by the new numbers; `now` says what the new plan has instead, `why` the reason.
    """

    kind: Literal["start", "placement"]
    employee: str
    what: str
    period: int
    fate: Fate
    now: str
    cause: Cause
    why: str

    @property
    def is_change(self) -> bool:
        """Whether `change_cost` counts it (model.md, section 6)."""
        return self.fate in ("moved", "dropped", "given away")


@dataclass(frozen=True, slots=True)
class Stability:
    """How many previous decisions stand, those that do not, and the price of keeping them.

    `extra` is what a plan that keeps them costs more, change costs apart; at least
    `extra_at_least` is proven. Both are None where nothing was given up that could be kept, or no
    such plan was found in time.
    """

    calendar: Calendar
    kept: int
    decisions: tuple[PreviousDecision, ...]
    change_cost: float
    extra: float | None
    extra_at_least: float | None

    @property
    def changes(self) -> tuple[PreviousDecision, ...]:
        """The decisions that count as changes."""
        return tuple(row for row in self.decisions if row.is_change)

    @property
    def gone(self) -> tuple[PreviousDecision, ...]:
        """The decisions about what is no longer there."""
        return tuple(row for row in self.decisions if row.fate == "gone")
