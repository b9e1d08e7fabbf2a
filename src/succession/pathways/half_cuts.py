"""Zero-half cuts, and what they make of the prices of starts.

    Σ ⌊½ Σ a_r⌋ x ≤ ⌊½ Σ b_r⌋      for rows r with whole numbers a_r ≤ b_r

(Chvátal–Gomory cuts with multipliers ½: Caprara & Fischetti, *Mathematical Programming* 74, 1996.)
The rounding looks at a pathway as a whole, so that no price of a start can say what a cut costs: a
start's *weight* is what it adds to Σ a_r, an even part is a price, and of what is left every second
start pays. The search counts them (Petersen, Pisinger & Spoorendonk, *The Vehicle Routing Problem:
Latest Advances*, 2008, on rank-1 cuts in column generation).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

import numpy as np

from succession.instance import Instance
from succession.pathways.kernel.arrays import Floats, HalfPrices, Ints
from succession.pathways.link import Link

__all__ = ["HalfCut", "HalfPricing"]

EVERYBODY, PERSON, PLACE, UNIT = range(4)
Weights = dict[tuple[int, int, int, int], int]
"""(activity, period, kind, who) → weight."""


class HalfCut(NamedTuple):
    """Half of some shared rows, rows of people, and links, rounded down to `most`."""

    rows: tuple[int, ...]
    persons: tuple[int, ...]
    links: tuple[Link, ...]
    most: int


class HalfPricing:
    """Weights of an instance's cuts, each worked out once."""

    def __init__(self, instance: Instance) -> None:
        self._instance, self._starts = instance, instance.starts
        self._by_row = instance.starts.common.tocsc()
        self._parts = cache(self._parts_of)

    def base(self, halves: Mapping[HalfCut, float], base: Floats) -> None:
        """Add to `base` (target) what targets cost by themselves."""
        for cut, dual in _paid(halves):
            targets, weight, _ = self._parts(cut)
            base[targets] -= dual * (weight // 2)

    def prices(self, halves: Mapping[HalfCut, float], price: Floats) -> HalfPrices:
        """Add what starts cost anybody to `price` (activity, period); what is left, as arrays."""
        paid = list(_paid(halves))
        lines: list[tuple[int, int, int, int, int, int]] = []
        odd: list[Ints] = [np.zeros(0, dtype=np.int64)]
        number: list[Ints] = [np.zeros(0, dtype=np.int64)]
        for n, (cut, dual) in enumerate(paid):
            targets, weight, weights = self._parts(cut)
            for (activity, period, kind, who), value in weights.items():
                if kind == EVERYBODY:
                    price[activity, period] -= dual * (value // 2)
                left = value % 2 if kind == EVERYBODY else value
                if left:
                    lines.append((activity, n, period, kind, who, left))
            odd.append(targets[weight % 2 == 1])
            number.append(np.full(len(odd[-1]), n, dtype=np.int64))
        table = np.array(sorted(lines), dtype=np.int64).reshape(-1, 6)
        target, cuts = np.concatenate(odd), np.concatenate(number)
        order = np.argsort(target, kind="stable")
        count = len(self._instance.targets) if paid else 0
        return HalfPrices(
            start=np.searchsorted(table[:, 0], np.arange(len(self._starts.cost) + 1)),
            entry=np.ascontiguousarray(table[:, 1:]),
            price=np.array([-dual for _, dual in paid], dtype=np.float64),
            odd_start=np.searchsorted(target[order], np.arange(count + 1)),
            odd=cuts[order],
        )

    def _parts_of(self, cut: HalfCut) -> tuple[Ints, Ints, Weights]:
        """(targets that weigh something by themselves, their weights, the weights of starts)."""
        instance = self._instance
        indicator = np.zeros(len(instance.limits.rows))
        indicator[list(cut.rows)] = -1.0
        base, _ = instance.targets.objective(0.0, indicator)
        weight = np.round(base).astype(np.int64)
        weight += np.isin(instance.targets.person, cut.persons)
        targets = np.flatnonzero(weight)
        weights: Weights = defaultdict(int)
        for row in cut.rows:
            for place, value in self._of_row(row):
                weights[place] += value
        for link in cut.links:
            mine = link.person >= 0
            kind, who = (PERSON, link.person) if mine else (PLACE, link.place)
            weights[link.activity, link.period, kind, who] += 1
        return targets, weight[targets], dict(weights)

    def _of_row(self, row: int) -> Iterator[tuple[tuple[int, int, int, int], int]]:
        """What starts weigh in a shared row."""
        own = slice(*self._by_row.indptr[row : row + 2])
        for line, value in zip(
            self._by_row.indices[own].tolist(), self._by_row.data[own].tolist(), strict=True
        ):
            activity, period = divmod(line, self._starts.horizon + 2)
            yield (activity, period, EVERYBODY, -1), round(value)
        for unit, period in np.argwhere(self._starts.away_row == row).tolist():
            for activity in np.flatnonzero(self._starts.away).tolist():
                for start in range(
                    max(1, period - self._starts.duration[activity] + 1), period + 1
                ):
                    yield (activity, int(start), UNIT, unit), 1


def _paid(halves: Mapping[HalfCut, float]) -> Iterator[tuple[HalfCut, float]]:
    return ((cut, dual) for cut, dual in sorted(halves.items()) if dual)
