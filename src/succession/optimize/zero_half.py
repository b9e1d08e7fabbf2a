"""Zero-half cuts: separated by elimination, counted for pathways and sessions.

Of rows that bind or nearly do, taken modulo 2 over what is not 0 in a fractional solution, sums are
sought with an odd right-hand side and hardly anything odd on the left: half of such a sum, rounded
down, cuts the solution off (Koster, Zymolka & Kutschka, *Algorithmica* 55, 2009). Links, seats,
resources and openings together come to odd cycles of people and classes, and to what lies beyond.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from succession.domain import RuleId
from succession.instance import Instance
from succession.optimize.links import SessionLinks
from succession.optimize.program import sparse_columns
from succession.pathways.half_cuts import HalfCut
from succession.pathways.link import Link
from succession.pathways.pathway import Pathway

__all__ = ["ZeroHalfCuts"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Key = int | tuple[int] | Link
"""A shared row, the row of a person, a link."""

WHOLE = {
    RuleId.SEATS, RuleId.RESOURCES, RuleId.AWAY, RuleId.MOVES_OUT, RuleId.OPENINGS, RuleId.BENCH,
}  # fmt: skip
"""Rules whose rows have whole coefficients; but for class minimums, which hardly add to the cuts
and would make starts pay."""
FRACTION, TINY = 1e-6, 1e-9
SLACK, PIVOT, TOO_SLACK = 0.6, 0.4, 0.95
"""Slacks of rows to begin with, to eliminate with, and that leave no cut."""
MOST_ROWS = 8
SHUFFLES, SEED = 4, 1
"""Of the columns, to eliminate in other orders."""
LEAST = 0.02
MOST_CUTS, OF_OPENINGS, ALIKE = 40, 0.8, 0.9
"""Cuts of a round, more where openings are many, and the cosine of two that say much the same."""


@dataclass(frozen=True)
class _Rows:
    """Whole rows that bind or nearly do over the columns that are not 0 in a solution `x`:
    Σ matrix x ≤ most, with so much `slack`."""

    matrix: NDArray[np.int32]
    most: Ints
    slack: Floats
    keys: list[Key]
    x: Floats


class ZeroHalfCuts:
    """The cuts of an instance that are known, by what is in them."""

    def __init__(self, instance: Instance, sessions: SessionLinks) -> None:
        self._sessions = sessions
        rows = instance.limits.rows
        upper = [row.upper if row.rule in WHOLE else math.inf for row in rows]
        self._whole = np.isfinite(np.array(upper, dtype=np.float64))
        self._most = np.where(self._whole, np.floor(np.array(upper) + TINY), 0.0)
        self._variables = sparse_columns([v.rows for v in instance.limits.variables], len(rows))
        self._at_once = max(MOST_CUTS, round(OF_OPENINGS * len(instance.scenario.openings)))
        self._by_row: dict[int, list[HalfCut]] = defaultdict(list)
        self._by_person: dict[int, list[HalfCut]] = defaultdict(list)
        self._by_link: dict[Link, list[HalfCut]] = defaultdict(list)

    def add(self, cuts: Iterable[HalfCut]) -> None:
        """Know some cuts more."""
        for cut in cuts:
            for row in cut.rows:
                self._by_row[row].append(cut)
            for person in cut.persons:
                self._by_person[person].append(cut)
            for link in cut.links:
                self._by_link[link].append(cut)

    def of_pathway(self, pathway: Pathway) -> Iterator[tuple[HalfCut, float]]:
        """(cut, coefficient) of the known cuts that a pathway counts in."""
        weight: Counter[HalfCut] = Counter()
        if self._by_row or self._by_link or self._by_person:
            for row, value in pathway.rows:
                for cut in self._by_row.get(row, ()):
                    weight[cut] += round(value)
            weight.update(self._by_person.get(pathway.person, ()))
            for link in self._sessions.links_of(pathway):
                weight.update(self._by_link.get(link, ()))
        return ((cut, float(value // 2)) for cut, value in weight.items() if value // 2)

    def of_artificial(self, row: int, sign: float) -> Iterator[tuple[HalfCut, float]]:
        """(cut, coefficient) of the cuts that what is missing in a shared row counts in."""
        return ((cut, -1.0) for cut in self._by_row.get(row, ()) if sign < 0)

    def variables(self, cut: HalfCut) -> list[tuple[int, float]]:
        """(variable, coefficient) of a cut."""
        weight = np.asarray(self._variables[list(cut.rows)].sum(axis=0)).ravel()
        for link in cut.links:
            variable, cover = self._sessions.covers(link)
            weight[variable] += cover
        half = np.floor(np.round(weight) / 2.0)
        return [(int(k), float(half[k])) for k in np.flatnonzero(half)]

    def broken(
        self, pathways: Iterable[Pathway], values: Floats, variables: Floats, links: Sequence[Link]
    ) -> list[HalfCut]:
        """The cuts that a fractional solution breaks most, none of them much like another; of the
        `links` that are rows of the master."""
        rows = self._rows_of(pathways, values, variables, links)
        found = []
        for chosen in _odd_sums(rows):
            coefficients = rows.matrix[chosen].sum(axis=0) // 2
            most = int(rows.most[chosen].sum()) // 2
            excess = float(coefficients @ rows.x) - most
            if excess > LEAST and most >= 0:
                norm = float(np.linalg.norm(coefficients))
                found.append((excess / norm, coefficients / norm, _cut(rows, chosen, most)))
        found.sort(key=lambda entry: (-entry[0], entry[2]))
        directions = np.zeros((self._at_once, len(rows.x)))
        cuts: list[HalfCut] = []
        for _, direction, cut in found:
            if len(cuts) == self._at_once:
                break
            if not (directions[: len(cuts)] @ direction > ALIKE).any():
                directions[len(cuts)] = direction
                cuts.append(cut)
        return cuts

    def _rows_of(
        self, pathways: Iterable[Pathway], values: Floats, variables: Floats, links: Sequence[Link]
    ) -> _Rows:
        taken = [(p, v) for p, v in zip(pathways, values.tolist(), strict=False) if v > FRACTION]
        held = np.flatnonzero(variables > FRACTION)
        x = np.concatenate([[value for _, value in taken], variables[held]])
        persons = sorted({p.person for p, _ in taken})
        keys: list[Key] = [*range(len(self._most)), *((person,) for person in persons), *links]
        line = {key: k for k, key in enumerate(keys)}
        columns = [
            [*p.rows, (line[p.person,], 1.0),
             *((line[link], 1.0) for link in self._sessions.links_of(p) if link in line)]
            for p, _ in taken
        ]  # fmt: skip
        held_for: dict[int, list[tuple[int, float]]] = defaultdict(list)
        for link in links:
            variable, cover = self._sessions.covers(link)
            held_for[variable].append((line[link], cover))
        own = self._variables
        for k in held.tolist():
            part = slice(own.indptr[k], own.indptr[k + 1])
            shared = zip(own.indices[part].tolist(), own.data[part].tolist(), strict=True)
            columns.append([*shared, *held_for[k]])
        matrix = sparse_columns(columns, len(keys)).tocsr()
        fixed = len(keys) - len(self._most)
        most = np.concatenate([self._most, np.ones(len(persons)), np.zeros(len(links))])
        whole = np.concatenate([self._whole, np.ones(fixed, dtype=np.bool_)])
        slack = np.maximum(most - matrix @ x, 0.0)
        near = np.flatnonzero(whole & (slack < SLACK) & (np.diff(matrix.indptr) > 0))
        return _Rows(
            np.round(matrix[near].toarray()).astype(np.int32), most[near].astype(np.int64),
            slack[near], [keys[k] for k in near.tolist()], x,
        )  # fmt: skip


def _cut(rows: _Rows, chosen: Ints, most: int) -> HalfCut:
    keys = [rows.keys[k] for k in chosen.tolist()]
    links = sorted(key for key in keys if isinstance(key, Link))
    persons = sorted(key[0] for key in keys if isinstance(key, tuple) and len(key) == 1)
    return HalfCut(
        tuple(sorted(key for key in keys if isinstance(key, int))), tuple(persons), tuple(links),
        most,
    )  # fmt: skip


def _odd_sums(rows: _Rows) -> list[Ints]:
    """Sets of few rows that add up to an odd right-hand side, with so little slack and so few odd
    entries that half of the sum is broken once it is rounded down; in order."""
    found: dict[bytes, Ints] = {}
    for order in _orders(rows.x):
        for chosen in _eliminated(rows, order):
            found.setdefault(chosen.tobytes(), chosen)
    return list(found.values())


def _orders(x: Floats) -> Iterator[Ints]:
    """Orders to eliminate columns in: each leads to other sums."""
    halfway = np.abs(x - 0.5)
    for least in (-x, x, halfway, -halfway):
        yield np.argsort(least, kind="stable")
    random = np.random.default_rng(SEED)
    for _ in range(SHUFFLES):
        yield random.permutation(len(x))


def _eliminated(rows: _Rows, order: Ints) -> Iterator[Ints]:
    """Such sets on the way, while one column after the other is made even in all rows but one."""
    odd, right = rows.matrix % 2 == 1, rows.most % 2 == 1
    near = np.flatnonzero(odd.any(axis=1) | right)
    odd, slack, right = odd[near], rows.slack[near], right[near]
    parts = np.eye(len(near), dtype=np.bool_)
    left = np.ones(len(near), dtype=np.bool_)
    for column in order:
        own = np.flatnonzero(odd[:, column] & left)
        if not len(own):
            continue
        pivot = own[np.lexsort((odd[own].sum(axis=1), slack[own]))[0]]
        if slack[pivot] > PIVOT:
            continue
        left[pivot] = False
        own = own[own != pivot]
        odd[own] ^= odd[pivot]
        parts[own] ^= parts[pivot]
        right[own] ^= right[pivot]
        slack[own] += slack[pivot]
        left[own] = (slack[own] < TOO_SLACK) & (parts[own].sum(axis=1) <= MOST_ROWS)
        own = own[left[own] & right[own]]
        missing = odd[own] @ rows.x + slack[own]
        for k in own[missing < 1.0 - 2 * LEAST].tolist():
            yield near[np.flatnonzero(parts[k])]
