"""Fixing: which pathways and classes a plan cheaper than a cutoff can hold.

A pathway's *excess* is what its being taken adds to the bound, and excesses add up. A class that is
held needs its learners: so a start in it costs what its pathway does, what the session does, and
what the cheapest pathways through it do of as many others as the class lacks. Where that is more
than there is room for, the start is left out; where it is for everybody, the class is closed, and
whoever is looked at next does so without it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from succession.optimize.column_generation import Relaxation
from succession.optimize.master import RestrictedMaster
from succession.optimize.restriction import Restriction
from succession.optimize.stopping import Clock
from succession.pathways.pathway import Pathway
from succession.pathways.pricing import Pricer, Sketch

__all__ = ["Fixing"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Start = tuple[int, int]
"""(activity, period)."""
TOLERANCE = 1e-6
STEPS, FEW = (0.125, 0.25, 0.5, 1.0), 5_000
"""Shares of the room; with more targets, looking at all of them again and again does not pay."""


@dataclass(frozen=True)
class Class:
    """What a class asks of whoever starts in it: so many others, and so much for its session."""

    others: int
    cost: float


class Fixing:
    """Pathways within a room of a relaxation's bound, found step by step: what is known of the
    cheap ones closes classes to the dear ones."""

    def __init__(
        self, master: RestrictedMaster, pricer: Pricer, branch: Restriction, relaxation: Relaxation
    ) -> None:
        self.pricer, self.branch, self.relaxation = pricer, branch, relaxation
        self.master = master
        self.closed: set[Start] = set()
        sessions = master.cuts.sessions.session
        self.shut = [start for start, k in sessions.items() if branch.ceiling[k] == 0]
        reduced = master.variable_reduced_costs(relaxation.duals)
        opening = np.maximum(reduced, 0.0)
        self.classes = {
            start: Class(master.cuts.sessions.fewest(variable) - 1, float(opening[variable]))
            for start, variable in sessions.items()
            if branch.floor[variable] == 0 < branch.ceiling[variable]
        }

    def pathways(
        self, room: float, active: NDArray[np.bool_], clock: Clock, most: int, labels: int
    ) -> list[Pathway] | None:
        """Every pathway that a plan within `room` of the bound can hold, up to what is alike on
        the `active` rows; None: too many, or no time. `closed` are then the classes that no such
        plan can hold, known even where the pathways are too many."""
        margin = self.relaxation.margin[self.pricer.instance.targets.group]
        room += TOLERANCE * max(1.0, abs(room))
        tolls = dict.fromkeys(self.shut, np.inf)
        few = np.count_nonzero(self.branch.allowed) <= FEW
        if not few and self._known_within(room + margin) > most:
            return None
        for step in STEPS if few and self.classes and room < np.inf else STEPS[-1:]:
            limits = np.where(self.branch.allowed, step * room + margin, -np.inf)
            beyond = (1.0 - step) * room if step < 1.0 else 0.0
            found = self.pricer.enumerate(
                self.relaxation.duals, limits, active, most, lambda: clock.left <= 0,
                labels=labels, tolls={start: toll - beyond for start, toll in tolls.items()},
            )  # fmt: skip
            if found is None:
                return None
            known = _Known(self.classes, found, margin, step * room)
            if step < 1.0:
                tolls = known.tolls(room)
                self.closed = {start for start, toll in tolls.items() if toll == np.inf}
                tolls |= dict.fromkeys(self.shut, np.inf)
        return [self.pricer.pathway(sketch) for sketch in known.kept(room)]

    def _known_within(self, limits: Floats) -> int:
        """How many of the master's pathways have a reduced cost below limits[target]: there are
        that many at least."""
        reduced = self.master.reduced_costs(self.relaxation.duals)
        targets = np.array([p.target for p in self.master.pathways], dtype=np.int64)
        return int(np.count_nonzero(self.branch.allowed[targets] & (reduced < limits[targets])))


class _Known:
    """All pathways of an excess up to `reach` that their classes leave room for.

    Entries say which pathway goes through which class, both by number.
    """

    def __init__(
        self, classes: dict[Start, Class], pathways: list[Sketch], margin: Floats, reach: float
    ) -> None:
        self.pathways, self.reach, self.starts = pathways, reach, list(classes)
        self._others = np.array([asked.others for asked in classes.values()], dtype=np.int64)
        self._cost = np.array([asked.cost for asked in classes.values()], dtype=np.float64)
        reduced = np.array([p.reduced_cost for p in pathways], dtype=np.float64)
        target = np.array([p.target for p in pathways], dtype=np.int64)
        self._excess = np.maximum(0.0, reduced - margin[target])
        number = {start: k for k, start in enumerate(classes)}
        entries = [
            (k, number[start], p.person)
            for k, p in enumerate(pathways)
            for start in p.starts
            if start in number
        ]
        table = np.array(entries, dtype=np.int64).reshape(-1, 3)
        self._pathway, self._class, self._person = table.T
        self._width = int(self._person.max(initial=0)) + 1

    def kept(self, room: float) -> list[Sketch]:
        """The pathways whose classes there is room for, each class looked at again as long as it
        loses any."""
        left, before = np.ones(len(self.pathways), dtype=np.bool_), -1
        while left.sum() != before:
            before = left.sum()
            left[self._pathway[self._dear(left, room)]] = False
        return [self.pathways[k] for k in np.flatnonzero(left).tolist()]

    def tolls(self, room: float) -> dict[Start, float]:
        """What starts in each class ask of others at least, inf where nobody can start in it:
        pathways not known to are dearer than the reach."""
        every = np.arange(len(self._pathway))
        sums = self._least(every, self.reach)[0]
        classes = np.arange(len(self.starts))
        fewer, together = sums[classes, self._others], sums[classes, self._others + 1]
        tolls = np.where(self._cost + together > room, np.inf, self._cost + fewer)
        return dict(zip(self.starts, tolls.tolist(), strict=True))

    def _least(self, entries: Ints, beyond: float) -> tuple[Floats, Ints, Ints]:
        """Of everybody's cheapest pathway through each class, the sum of the least 0, 1, 2 …
        excesses (class, how many; `beyond` for each that is not known); these pathways' entries,
        class by class from the least on; and their places there."""
        excess = self._excess[self._pathway[entries]]
        entries = entries[np.lexsort((excess, self._person[entries], self._class[entries]))]
        person, own = self._person[entries], self._class[entries]
        first = (np.diff(person, prepend=-1) != 0) | (np.diff(own, prepend=-1) != 0)
        entries = entries[first]
        excess = self._excess[self._pathway[entries]]
        order = np.lexsort((self._person[entries], excess, self._class[entries]))
        entries, excess = entries[order], excess[order]
        own = self._class[entries]
        place = np.arange(len(own)) - np.searchsorted(own, own)
        table = np.full((len(self.starts), self._others.max(initial=0) + 2), beyond)
        table[:, 0] = 0.0
        near = place < table.shape[1] - 1
        table[own[near], place[near] + 1] = excess[near]
        return np.cumsum(table, axis=1), entries, place

    def _dear(self, left: Bools, room: float) -> Ints:
        """Entries of pathways left for whose class there is no room."""
        entries = np.flatnonzero(left[self._pathway])
        sums, cheapest, place = self._least(entries, np.inf)
        own, person = self._class[entries], self._person[entries]
        # Everybody's cheapest entry and its place in the class, looked up by (class, person).
        key = self._class[cheapest] * self._width + self._person[cheapest]
        order = np.argsort(key, kind="stable")
        at = order[np.searchsorted(key[order], own * self._width + person)]
        others = self._others[own]
        among = place[at] < others
        fewer, together = sums[own, others], sums[own, others + 1]
        mine = self._excess[self._pathway[cheapest[at]]]
        rest = np.where(among, together - mine, fewer)
        asked = self._excess[self._pathway[entries]] + self._cost[own] + rest
        return entries[~(asked <= room) | np.isinf(together)]
