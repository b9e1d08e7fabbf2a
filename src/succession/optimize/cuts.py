"""Cuts: rows that whole plans keep anyway, added where fractional solutions break them.

Links tie starts to the sessions held, covers say how many people can spend much of a unit's budget.
A pathway counts in a cut once or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from succession.instance import Instance
from succession.optimize.covers import BudgetCovers
from succession.optimize.links import SessionLinks
from succession.pathways.pathway import Pathway
from succession.pathways.prices import Cover, Duals, Link

__all__ = ["Cut", "Cuts"]

Floats = NDArray[np.float64]
Cut = Link | Cover


class Cuts:
    """The cuts known, numbered as they came."""

    def __init__(self, instance: Instance) -> None:
        self.sessions, self._covers = SessionLinks(instance), BudgetCovers(instance)
        self._number: dict[Cut, int] = {}

    def __len__(self) -> int:
        return len(self._number)

    def __iter__(self) -> Iterator[Cut]:
        return iter(self._number)

    def __contains__(self, cut: object) -> bool:
        return cut in self._number

    def numbers_of(self, pathway: Pathway) -> Iterator[int]:
        """The cuts that a pathway counts in."""
        for cut in chain(self.sessions.links_of(pathway), self._covers.covers_of(pathway)):
            if cut in self._number:
                yield self._number[cut]

    def most(self, cut: Cut) -> float:
        """The right-hand side of a cut."""
        return float(cut.most) if isinstance(cut, Cover) else 0.0

    def variables(self, cut: Cut) -> list[tuple[int, float]]:
        """(variable, coefficient) of a cut."""
        return [self.sessions.covers(cut)] if isinstance(cut, Link) else []

    def split(self, duals: Floats) -> tuple[dict[Link, float], dict[Cover, float]]:
        """The duals of all cuts, as those of links and of covers."""
        known = list(zip(self._number, duals.tolist(), strict=True))
        return (
            {cut: dual for cut, dual in known if isinstance(cut, Link)},
            {cut: dual for cut, dual in known if isinstance(cut, Cover)},
        )

    def joined(self, duals: Duals) -> Floats:
        """The duals of links and covers, as those of all cuts; 0 for cuts that they do not know."""
        return np.array([
            (duals.links.get(cut, 0.0) if isinstance(cut, Link) else duals.covers.get(cut, 0.0))
            for cut in self._number
        ])  # fmt: skip

    def add_broken(
        self, pathways: Iterable[Pathway], values: Floats, variables: Floats, least: float
    ) -> None:
        """Add the links that a fractional solution breaks by `least` or more, and covers."""
        known = list(pathways)
        links = self.sessions.broken(known, values, variables, self._number, least)
        covers = self._covers.broken(known, values, self._number)
        self._covers.add(covers)
        new: list[Cut] = [*links, *covers]
        for cut in new:
            self._number[cut] = len(self._number)

    def entries(
        self, first: int, pathways: Iterable[tuple[int, Pathway]], columns: int
    ) -> sparse.csc_matrix:
        """The rows of the cuts from the `first` on, over so many columns; `pathways` with their
        columns."""
        new = list(self._number)[first:]
        found = [(row, *pair) for row, cut in enumerate(new) for pair in self.variables(cut)]
        found += [
            (number - first, column, 1.0)
            for column, pathway in pathways
            for number in self.numbers_of(pathway)
            if number >= first
        ]
        rows, places, values = zip(*found, strict=True)
        return sparse.csc_matrix((values, (rows, places)), shape=(len(new), columns))
