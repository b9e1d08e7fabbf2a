"""Covers: how many people of a unit can spend much of its learning budget.

A unit's budget is a knapsack with few large items: a fractional solution fills it with parts of
pathways that do not fit together, nor alone. Among people whose spending together is more than
there is, one at least spends less: a cover inequality in which each person counts once, whatever
their pathway is (GUB covers; Wolsey, *Discrete Applied Mathematics* 29, 1990), extended to whoever
spends as much as the largest of them. With one person in it, it says what nobody can spend alone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from succession.instance import Instance
from succession.pathways.pathway import Pathway
from succession.pathways.prices import Cover

__all__ = ["BudgetCovers"]

Floats = NDArray[np.float64]
FRACTION = 1e-6
LEAST = 0.02
"""Of a person, that a cover must be broken by: fewer rows, as good a bound."""
CENT, TINY = 0.005, 1e-6
"""Currency: what is more than a budget, and what two equal sums may differ by."""
MOST_STATES = 2_000
State = tuple[float, float, tuple[tuple[int, float], ...]]
"""(spending together, share that is missing from everybody whole, who spends what at least)."""


class BudgetCovers:
    """The covers of an instance that are known, by unit."""

    def __init__(self, instance: Instance) -> None:
        self._starts, self._unit = instance.starts, instance.people.unit_class
        self._limit = {row: limit.upper for row, limit in enumerate(instance.limits.rows)}
        self._purses: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for purse, (unit, *_, row) in enumerate(self._starts.purses.tolist()):
            self._purses[unit].append((purse, row))
        self._known: dict[int, list[Cover]] = defaultdict(list)

    def covers_of(self, pathway: Pathway) -> Iterator[Cover]:
        """The known covers that a pathway counts in."""
        unit = int(self._unit[pathway.person])
        if unit in self._known:
            spent = dict(self._spending(pathway))
            for cover in self._known[unit]:
                least = dict(cover.least).get(pathway.person, cover.others)
                if spent[cover.row] >= least:
                    yield cover

    def add(self, covers: Iterable[Cover]) -> None:
        """Know some covers more."""
        unit = {row: unit for unit, own in self._purses.items() for _, row in own}
        for cover in covers:
            self._known[unit[cover.row]].append(cover)

    def broken(
        self, pathways: Iterable[Pathway], values: Floats, known: Container[object]
    ) -> list[Cover]:
        """Of each budget the cover, not known yet, that a fractional solution breaks most."""
        spenders: dict[int, dict[int, dict[float, float]]] = defaultdict(
            lambda: defaultdict(lambda: defaultdict(float))
        )
        for pathway, value in zip(pathways, values.tolist(), strict=False):
            if value > FRACTION and int(self._unit[pathway.person]) in self._purses:
                for row, spent in self._spending(pathway):
                    if spent > 0:
                        spenders[row][pathway.person][spent] += value
        found = (_cover(row, self._limit[row], spenders[row]) for row in sorted(spenders))
        return [cover for cover in found if cover is not None and cover not in known]

    def _spending(self, pathway: Pathway) -> Iterator[tuple[int, float]]:
        """(row, currency) of each budget of the person's unit."""
        for purse, row in self._purses.get(int(self._unit[pathway.person]), ()):
            yield row, self._starts.spending(purse, pathway.starts)


def _cover(row: int, limit: float, spenders: dict[int, dict[float, float]]) -> Cover | None:
    """The cover broken most, by `spenders` (person → spending → share); None where none is.

    Multiple-choice knapsack: of each person at most one threshold, together more than the limit,
    so that as little as possible is missing from everybody's being whole.
    """
    if sum(max(own) for own in spenders.values()) <= limit + CENT:
        return None
    states: list[State] = [(0.0, 0.0, ())]
    for person, own in sorted(spenders.items()):
        more = list(states)
        share = 0.0
        for spent in sorted(own, reverse=True):
            share += own[spent]
            more += [
                (total + spent, missing + 1.0 - share, (*chosen, (person, spent)))
                for total, missing, chosen in states
                if total <= limit + CENT and missing + 1.0 - share < 1.0 - LEAST
            ]
        states = _undominated(more)
    full = [state for state in states if state[0] > limit + CENT]
    if not full:
        return None
    total, _, chosen = min(full, key=itemgetter(1, 2))
    return _lowered(row, total - limit - CENT, chosen)


def _undominated(states: list[State]) -> list[State]:
    """States of which none other spends as much and misses no more; the best, if they are many."""
    kept: list[State] = []
    for state in sorted(states, key=lambda state: (-state[0], *state[1:])):
        if not kept or state[1] < kept[-1][1] - TINY:
            kept.append(state)
    return kept[-MOST_STATES:]


def _lowered(row: int, spare: float, chosen: tuple[tuple[int, float], ...]) -> Cover:
    """The cover, the largest threshold being as low as it may: more people count then."""
    largest = max(range(len(chosen)), key=lambda k: chosen[k][1])
    least = [
        (person, spent - TINY - (spare if k == largest else 0.0))
        for k, (person, spent) in enumerate(chosen)
    ]
    return Cover(row, max(spent for _, spent in least), tuple(sorted(least)))
