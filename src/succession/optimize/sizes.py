"""How large a scenario is, and so how the master is solved."""

from __future__ import annotations

from enum import Enum

from succession.instance import Instance

__all__ = ["Size", "halving_rounds", "size_of"]

LARGE, HUGE = 100, 1_000
"""Openings from which a first plan comes from estimates of the master, and all plans do."""

HALVING, LEAST_HALVING, MOST_HALVING = 0.1, 3, 15
"""Rounds of zero-half cuts at the root, for each opening: more slow the search down too much."""


class Size(Enum):
    """The master is solved; nearly at first and then solved; only ever nearly (`volume`)."""

    USUAL, LARGE, HUGE = range(3)


def size_of(instance: Instance) -> Size:
    """By the openings; with flows of vacated seats, which are too hard for estimates, usual."""
    openings = len(instance.scenario.openings)
    if openings < LARGE or instance.scenario.settings.backfill == "chain":
        return Size.USUAL
    return Size.LARGE if openings < HUGE else Size.HUGE


def halving_rounds(instance: Instance) -> int:
    """Rounds of zero-half cuts at the root."""
    wanted = round(HALVING * len(instance.scenario.openings))
    return min(max(wanted, LEAST_HALVING), MOST_HALVING)
