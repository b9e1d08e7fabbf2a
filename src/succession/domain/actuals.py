"""What became of a plan in the periods that are over, as a planner tells it.

Periods are those of the scenario and plan that were in force: 1…`periods` are over.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = [
    "Actuals",
    "Agreed",
    "Answer",
    "Due",
    "LearningDue",
    "LearningResult",
    "Leaver",
    "Mark",
    "Move",
    "SeatDue",
    "SeatResult",
    "SessionsResult",
    "Spent",
    "Withdrawn",
]

Mark = Literal["done", "failed", "moved", "dropped"]
"""Of learning: done (passed, or underway as planned), failed (ended without passing), moved (not
begun; agreed for a later period), dropped (not begun, or broken off). Of a seat: done (it closes),
failed (still to be filled, from now on), moved (put off to a later period), dropped (no longer
wanted)."""

Answer = Literal["placement", "hire", "unfilled"]
"""What the plan had for a seat."""


@dataclass(frozen=True, slots=True, order=True)
class LearningDue:
    """An activity that was underway in the periods that are over; `ends`: it should be finished."""

    employee: str
    activity: str
    start: int
    ends: bool


@dataclass(frozen=True, slots=True)
class SeatDue:
    """A seat that was to be dealt with; of an opening, or the one that `vacated_by` leaves.

    `seat` numbers the seats of one opening. `period` is the placement's, or for a hire or an
    unfilled seat the one in which it is needed.
    """

    opening: str | None
    vacated_by: str | None
    seat: int
    answer: Answer
    employee: str | None
    period: int


@dataclass(frozen=True, slots=True)
class Due:
    """Everything that a planner must report on, and the starts and placements still to come."""

    periods: int
    learning: tuple[LearningDue, ...]
    seats: tuple[SeatDue, ...]
    sessions: tuple[tuple[str, int, int], ...]
    upcoming: tuple[Agreed, ...]


@dataclass(frozen=True, slots=True)
class LearningResult:
    """What became of an activity; `period`: the one it really started in, or is moved to."""

    employee: str
    activity: str
    start: int
    mark: Mark
    period: int | None = None


@dataclass(frozen=True, slots=True)
class SeatResult:
    """What became of a seat; `period`: the one it is moved to."""

    opening: str | None
    vacated_by: str | None
    seat: int
    mark: Mark
    period: int | None = None


@dataclass(frozen=True, slots=True)
class SessionsResult:
    """Sessions of an activity that were really held in a period."""

    activity: str
    period: int
    held: int


@dataclass(frozen=True, slots=True)
class Leaver:
    """Somebody who has left, or will after `period`."""

    employee: str
    period: int | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """A move that the plan did not have; `opening` is the one whose seat it takes."""

    employee: str
    role: str
    unit: str | None = None
    opening: str | None = None


@dataclass(frozen=True, slots=True)
class Agreed:
    """A start (or a placement) to come in `period` that has been promised to the employee."""

    employee: str
    activity: str | None
    opening: str | None
    period: int


@dataclass(frozen=True, slots=True)
class Spent:
    """What the books say was charged to a budget row, in place of what the marks come to."""

    pool: str
    unit: str | None
    from_period: int
    to_period: int
    spent: float


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An opening that is not wanted any more."""

    opening: str


@dataclass(frozen=True, slots=True)
class Actuals:
    """All that a planner tells of the `periods` that are over."""

    periods: int
    learning: tuple[LearningResult, ...] = ()
    seats: tuple[SeatResult, ...] = ()
    sessions: tuple[SessionsResult, ...] = ()
    leavers: tuple[Leaver, ...] = ()
    moves: tuple[Move, ...] = ()
    agreed: tuple[Agreed, ...] = ()
    spent: tuple[Spent, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
