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
from succession.pathways.pricing import Pricer

__all__ = ["Fixing"]

Start = tuple[int, int]
"""(activity, period)."""
TOLERANCE = 1e-6
STEPS = (0.125, 0.25, 0.5, 1.0)


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
        reduced = master.reduced_costs(relaxation.duals)
        opening = np.where(branch.floor > 0, 0.0, np.maximum(reduced, 0.0))
        self.classes = {
            start: Class(master.sessions.fewest(variable) - 1, float(opening[variable]))
            for start, variable in master.sessions.session.items()
        }

    def pathways(
        self, room: float, active: NDArray[np.bool_], clock: Clock, most: int, labels: int
    ) -> list[Pathway] | None:
        """Every pathway that a plan within `room` of the bound can hold, up to what is alike on
        the `active` rows; None: too many, or no time."""
        margin = self.relaxation.margin[self.pricer.instance.targets.group]
        spare = TOLERANCE * max(1.0, abs(room))
        closed: set[Start] = set()
        for step in STEPS if self.classes else (1.0,):
            limits = np.where(self.branch.allowed, step * room + spare + margin, -np.inf)
            found = self.pricer.enumerate(
                self.relaxation.duals, limits, active, most, lambda: clock.left <= 0,
                labels=labels, closed=closed,
            )  # fmt: skip
            if found is None:
                return None
            pathways, reduced = found
            excess = np.maximum(np.array(reduced) - margin[[p.target for p in pathways]], 0.0)
            known = _Known(self.classes, pathways, excess.tolist(), step * room)
            if step < 1.0:
                closed |= known.too_dear(room + spare, closed)
        return known.kept(room + spare)


class _Known:
    """All pathways of an excess up to `reach` that are not closed."""

    def __init__(
        self, classes: dict[Start, Class], pathways: list[Pathway], excess: list[float],
        reach: float,
    ) -> None:  # fmt: skip
        self.classes, self.pathways, self.excess = classes, pathways, excess
        self.reach = reach

    def kept(self, room: float) -> list[Pathway]:
        """The pathways whose classes there is room for, each class looked at again as long as it
        loses any."""
        left, before = list(range(len(self.pathways))), -1
        while len(left) != before:
            before = len(left)
            least = self._least(left)
            left = [k for k in left if self._fits(k, least, room)]
        return [self.pathways[k] for k in left]

    def too_dear(self, room: float, closed: set[Start]) -> set[Start]:
        """Classes that nobody can start in: those not known to are dearer than the reach."""
        least = self._least(range(len(self.pathways)))
        found = set()
        for start, asked in self.classes.items():
            excess = [value for value, _ in least.get(start, ())][: asked.others + 1]
            missing = asked.others + 1 - len(excess)
            if start not in closed and asked.cost + sum(excess) + missing * self.reach > room:
                found.add(start)
        return found

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
