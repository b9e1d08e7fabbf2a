"""Closing a branch by enumeration, up to guesses of its best plan's cost.

Where no plan costs less than a guess, that is a bound, and the next guess is bolder; where a guess
asks for too many pathways, or its program is too hard, the next is more timid.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from enum import Enum

from succession.optimize.column_generation import Relaxation
from succession.optimize.integer import Closing, close_by_enumeration
from succession.optimize.master import RestrictedMaster
from succession.optimize.restriction import Restriction
from succession.optimize.stopping import Clock
from succession.pathways.pricing import MOST_LABELS, Pricer

__all__ = ["Attempt", "Closer", "attempts"]

ALL, TIMID, MOST_TIMID = 1.0, 0.05, 0.01
"""Of the gap: first guesses, and the least that one is worth its while."""
BOUNDING = 0.3
"""Of the gap: a first guess where a plan is not to be hoped for, and its bound all that is wanted:
cuts have passed it before there are branches."""
CLOSE = 0.02
"""A relative gap that may be closed at once."""


class Attempt(Enum):
    """How a branch is tried to be closed: (pathways at most, share of the gap to look at first).

    FIRST: every branch, all of it or nothing; SHY: before a dive, and where all sessions are
    whole, for a plan; MANY: there too, with many openings, for a bound; ROOT: likewise at the
    root; LAST: where there is nothing left to branch on."""

    FIRST = 5_000, ALL
    SHY = 20_000, TIMID
    MANY = 40_000, BOUNDING
    ROOT = 5_000, BOUNDING
    LAST = 1_000_000, ALL


CLOSING_NODES, FEW_NODES = 200, 20
SOME_LABELS = 1 << 18
FEW = 300
MOST_GUESSES = 7
WIDER = 0.9
FAR = 0.2
"""Of the bound: how far from it a first plan is taken to be."""


def attempts(gap: float, *, whole: bool, many: bool, root: bool) -> Iterator[Attempt]:
    """How to try to close a branch of a relative `gap`, the quickest way first; `whole`: all its
    sessions are, `many`: openings."""
    if not whole or many or gap <= CLOSE:
        yield Attempt.FIRST
    if whole:
        yield Attempt.MANY if many else Attempt.SHY
    elif root and not many:
        yield Attempt.ROOT


class Closer:
    """Closings of branches, and which rooms were too wide before: rooms much like one that had
    too many pathways, or was too hard, are not tried again."""

    def __init__(
        self, master: RestrictedMaster, pricer: Pricer, clock: Clock, *, many: bool
    ) -> None:
        """`many`: openings; then programs are left early."""
        self._master, self._pricer, self._clock, self._many = master, pricer, clock, many
        self._too_wide: dict[int, float] = {}

    def closings(
        self, branch: Restriction, relaxation: Relaxation, attempt: Attempt,
        known: Callable[[], tuple[float, float]],
    ) -> Iterator[Closing]:  # fmt: skip
        """Closings one after the other; `known`: the branch's bound and the cost of the best plan
        by now, without the constant."""
        most, share = attempt.value
        bold, shy = share == ALL, share == TIMID
        nodes = FEW_NODES if self._many or share == BOUNDING else CLOSING_NODES
        for _ in range(MOST_GUESSES):
            if share < MOST_TIMID:
                return
            bound, cutoff = known()
            guess = cutoff if share == ALL else bound + share * _distance(bound, cutoff)
            room = guess - relaxation.bound
            done = False
            if room <= WIDER * self._too_wide.get(most, math.inf):
                closing = close_by_enumeration(
                    self._master, self._pricer, branch, relaxation, guess, self._clock, most=most,
                    nodes=None if attempt is Attempt.LAST else nodes,
                    labels=MOST_LABELS if bold else SOME_LABELS, below=cutoff if shy else guess,
                )  # fmt: skip
                done = closing.done
                if not done:
                    self._too_wide[most] = min(room, self._too_wide.get(most, math.inf))
                yield closing
            if bold or self._clock.left <= 0:
                return
            few = done and len(closing.pathways) < FEW
            if shy and done and not few:
                share, shy = 1.0, False
            else:
                share = min(1.0, 2.0 * share) if done else share / (4.0 if shy else 2.0)


def _distance(bound: float, cutoff: float) -> float:
    """From the bound to the best plan, or to where one might be."""
    return cutoff - bound if cutoff < math.inf else FAR * max(1.0, abs(bound))
