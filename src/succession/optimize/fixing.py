"""Fixing: which pathways and classes a plan cheaper than a cutoff can hold.

A pathway's *excess* is what its being taken adds to the bound, and excesses add up. A class that is
held needs its learners: so a start in it costs what its pathway does, what the session does, and
what the cheapest pathways through it do of as many others as the class lacks. Where that is more
than there is room for, the start is left out; where it is for everybody, the class is closed, and
whoever is looked at next does so without it.
"""

from __future__ import annotations

from collections import defaultdict
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

Floats = NDArray[np.float64]
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
        sessions = master.sessions.session
        self.shut = [start for start, k in sessions.items() if branch.ceiling[k] == 0]
        reduced = master.variable_reduced_costs(relaxation.duals)
        opening = np.maximum(reduced, 0.0)
        self.classes = {
            start: Class(master.sessions.fewest(variable) - 1, float(opening[variable]))
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
    """All pathways of an excess up to `reach` that their classes leave room for."""

    def __init__(
        self, classes: dict[Start, Class], pathways: list[Sketch], margin: Floats, reach: float
    ) -> None:
        self.classes, self.pathways, self.reach = classes, pathways, reach
        self.excess = [max(0.0, p.reduced_cost - float(margin[p.target])) for p in pathways]

    def kept(self, room: float) -> list[Sketch]:
        """The pathways whose classes there is room for, each class looked at again as long as it
        loses any."""
        left, before = list(range(len(self.pathways))), -1
        while len(left) != before:
            before = len(left)
            least = self._least(left)
            left = [k for k in left if self._fits(k, least, room)]
        return [self.pathways[k] for k in left]

    def tolls(self, room: float) -> dict[Start, float]:
        """What starts in each class ask of others at least, inf where nobody can start in it:
        pathways not known to are dearer than the reach."""
        least = self._least(range(len(self.pathways)))
        tolls = {}
        for start, asked in self.classes.items():
            excess = [value for value, _ in least.get(start, ())[: asked.others + 1]]
            excess += [self.reach] * (asked.others + 1 - len(excess))
            tolls[start] = asked.cost + sum(excess[:-1])
            if asked.cost + sum(excess) > room:
                tolls[start] = np.inf
        return tolls

    def _least(self, numbers: range | list[int]) -> dict[Start, list[tuple[float, int]]]:
        """(excess, person) of everybody's cheapest pathway through each class, in order."""
        least: dict[Start, dict[int, float]] = defaultdict(dict)
        for k in numbers:
            person, value = self.pathways[k].person, self.excess[k]
            for start in self.pathways[k].starts:
                if start in self.classes:
                    own = least[start]
                    own[person] = min(value, own.get(person, np.inf))
        return {
            start: sorted((value, person) for person, value in own.items())
            for start, own in least.items()
        }

    def _fits(self, k: int, least: dict[Start, list[tuple[float, int]]], room: float) -> bool:
        person = self.pathways[k].person
        for start in self.pathways[k].starts:
            asked = self.classes.get(start)
            if asked is None:
                continue
            first = least[start][: asked.others + 1]
            others = [value for value, other in first if other != person][: asked.others]
            if len(others) < asked.others:
                return False
            if self.excess[k] + asked.cost + sum(others) > room:
                return False
        return True
