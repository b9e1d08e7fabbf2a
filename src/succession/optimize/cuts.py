"""Cuts: rows that whole plans keep anyway, added where fractional solutions break them.

Links tie starts to the sessions held, covers say how many people can spend much of a unit's budget,
zero-half cuts round down half of a sum of rows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from succession.instance import Instance
from succession.optimize.covers import BudgetCovers
from succession.optimize.links import SessionLinks
from succession.optimize.program import sparse_columns
from succession.optimize.zero_half import ZeroHalfCuts
from succession.pathways.half_cuts import HalfCut
from succession.pathways.link import Link
from succession.pathways.pathway import Pathway
from succession.pathways.prices import Cover, Duals

__all__ = ["Cut", "CutDuals", "Cuts"]

Floats = NDArray[np.float64]
Cut = Link | Cover | HalfCut


@dataclass(frozen=True)
class CutDuals:
    """The duals of cuts by kind."""

    links: dict[Link, float] = field(default_factory=dict)
    covers: dict[Cover, float] = field(default_factory=dict)
    halves: dict[HalfCut, float] = field(default_factory=dict)


class Cuts:
    """The cuts known, numbered as they came."""

    def __init__(self, instance: Instance) -> None:
        self.sessions, self._covers = SessionLinks(instance), BudgetCovers(instance)
        self._halves = ZeroHalfCuts(instance, self.sessions)
        self._number: dict[Cut, int] = {}
        self._half_variables: dict[HalfCut, list[tuple[int, float]]] = {}

    def __len__(self) -> int:
        return len(self._number)

    def __iter__(self) -> Iterator[Cut]:
        return iter(self._number)

    def __contains__(self, cut: object) -> bool:
        return cut in self._number

    def of_pathway(self, pathway: Pathway) -> Iterator[tuple[int, float]]:
        """(number, coefficient) of the cuts that a pathway counts in."""
        for cut in self._plain_cuts_of(pathway):
            if cut in self._number:
                yield self._number[cut], 1.0
        for half, value in self._halves.of_pathway(pathway):
            yield self._number[half], value

    def of_artificial(self, row: int, sign: float) -> Iterator[tuple[int, float]]:
        """(number, coefficient) of the cuts that what is missing in a shared row counts in."""
        for cut, value in self._halves.of_artificial(row, sign):
            yield self._number[cut], value

    def most(self, cut: Cut) -> float:
        """The right-hand side of a cut."""
        return 0.0 if isinstance(cut, Link) else float(cut.most)

    def variables(self, cut: Cut) -> list[tuple[int, float]]:
        """(variable, coefficient) of a cut."""
        if isinstance(cut, HalfCut):
            if cut not in self._half_variables:
                self._half_variables[cut] = self._halves.variables(cut)
            return self._half_variables[cut]
        return [self.sessions.covers(cut)] if isinstance(cut, Link) else []

    def split(self, duals: Floats) -> CutDuals:
        """The duals of all cuts by kind."""
        found = CutDuals()
        for cut, dual in zip(self._number, duals.tolist(), strict=True):
            if isinstance(cut, Link):
                found.links[cut] = dual
            elif isinstance(cut, Cover):
                found.covers[cut] = dual
            else:
                found.halves[cut] = dual
        return found

    def joined(self, duals: Duals) -> Floats:
        """The duals of links, covers and halves, as those of all cuts; 0 for cuts that they do not
        know."""
        kinds = (duals.links.items(), duals.covers.items(), duals.halves.items())
        known: dict[Cut, float] = {cut: dual for kind in kinds for cut, dual in kind}
        return np.array([known.get(cut, 0.0) for cut in self._number], dtype=np.float64)

    def add_broken(
        self, pathways: Iterable[Pathway], values: Floats, variables: Floats, least: float
    ) -> None:
        """Add the links that a fractional solution breaks by `least` or more, and covers."""
        known = list(pathways)
        links = self.sessions.broken(known, values, variables, self._number, least)
        covers = self._covers.broken(known, values, self._number)
        self._covers.add(covers)
        self._add([*links, *covers])

    def add_halves(self, pathways: Iterable[Pathway], values: Floats, variables: Floats) -> None:
        """Add the zero-half cuts that a fractional solution breaks."""
        links = [cut for cut in self._number if isinstance(cut, Link)]
        found = self._halves.broken(pathways, values, variables, links)
        new = [cut for cut in found if cut not in self._number]
        self._halves.add(new)
        self._add(new)

    def _add(self, new: Iterable[Cut]) -> None:
        for cut in new:
            self._number[cut] = len(self._number)

    def entries(
        self, first: int, pathways: Iterable[tuple[int, Pathway]], columns: int
    ) -> sparse.csc_matrix:
        """The rows of the links and covers from the `first` on, over so many columns; `pathways`
        with their columns."""
        new = list(self._number)[first:]
        found = [(row, *pair) for row, cut in enumerate(new) for pair in self.variables(cut)]
        for column, pathway in pathways:
            numbers = (self._number.get(cut, -1) for cut in self._plain_cuts_of(pathway))
            found += [(number - first, column, 1.0) for number in numbers if number >= first]
        rows, places, values = zip(*found, strict=True)
        return sparse.csc_matrix((values, (rows, places)), shape=(len(new), columns))

    def columns(self, pathways: Sequence[Pathway], shared: int, persons: int) -> sparse.csc_matrix:
        """The columns of some pathways over so many shared rows and then all cuts."""
        first = shared + persons

        def entries(pathway: Pathway) -> list[tuple[int, float]]:
            cuts = (self._number.get(cut, -1) for cut in self._plain_cuts_of(pathway))
            known = ((first + number, 1.0) for number in cuts if number >= 0)
            return [*pathway.rows, (shared + pathway.person, 1.0), *known]

        plain = sparse_columns([entries(p) for p in pathways], first + len(self._number)).tocsr()
        halves = [number for cut, number in self._number.items() if isinstance(cut, HalfCut)]
        place = sparse_columns([[(number, 1.0)] for number in halves], len(self._number))
        cuts = plain[first:] + place @ self.halved(0, plain, shared, first)
        return sparse.vstack([plain[:shared], cuts], format="csc")

    def halved(
        self, first: int, matrix: sparse.csc_matrix, persons_row: int, cuts_row: int
    ) -> sparse.csr_matrix:
        """The rows of the zero-half cuts from the `first` on: halves of sums of rows of the
        master's matrix, in which people and cuts have theirs from these on."""
        parts = [
            [
                *cut.rows,
                *(persons_row + person for person in cut.persons),
                *(cuts_row + self._number[link] for link in cut.links),
            ]
            for cut in list(self._number)[first:]
            if isinstance(cut, HalfCut)
        ]
        sums = sparse_columns([[(row, 1.0) for row in own] for own in parts], matrix.shape[0])
        half = (sums.T @ matrix).tocsr()
        half.data = np.floor(half.data / 2.0)
        half.eliminate_zeros()
        return half

    def _plain_cuts_of(self, pathway: Pathway) -> Iterator[Link | Cover]:
        """The links, known or not, and the covers that a pathway counts in."""
        return chain(self.sessions.links_of(pathway), self._covers.covers_of(pathway))
