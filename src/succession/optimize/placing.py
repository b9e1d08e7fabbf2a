"""Placing: a dive that gives people their openings for good, a few at a time.

The surest pathways of the relaxation are taken; for the openings that are left, new pathways are
priced under what the limits still allow. A class that stays short of learners for its minimum is
given up, and those who meant to come are placed anew.
"""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from succession.domain import RuleId
from succession.instance.targets import PLACEMENT
from succession.optimize.master import MasterSolution, RestrictedMaster
from succession.optimize.restriction import Restriction
from succession.optimize.stopping import Clock
from succession.pathways.pathway import Pathway
from succession.pathways.prices import Duals
from succession.pathways.pricing import FEW_LABELS, Pricer

__all__ = ["place"]

Floats = NDArray[np.float64]

SHARE, SURE = 0.2, 0.8
"""Placed at once: that share of the open seats, and whoever is taken to so much."""
LEAST = 1e-3
EMPTY = 0.4
"""Seats of a class minimum that stay empty before a class is given up."""
AT_ONCE = 3
"""Of the classes short of learners, one in so many is given up at a time."""
EACH, IMPROVING = 2, 1.0
TINY = 1e-6


def place(
    master: RestrictedMaster, pricer: Pricer, branch: Restriction, duals: Duals, clock: Clock
) -> tuple[Restriction, MasterSolution] | None:
    """The branch with the classes that are held in the end, and a solution in which openings are
    filled by whole pathways, hires or nobody, with the `duals` given; `branch` has whole sessions.
    None: time is up."""
    placing = _Placing(master, branch)
    while clock.left > 0:
        below = placing.restriction()
        solution = master.solve(below, rough=True)
        jobs = np.flatnonzero(below.allowed & placing.placements)
        if placing.taken:
            priced = pricer.price(solution.duals, jobs, -IMPROVING, FEW_LABELS, each=EACH)
            if master.add(priced.pathways):
                solution = master.solve(below, rough=True)
        if not placing.give_up(solution) and not placing.settle(solution):
            return placing.classes, replace(placing.whole(solution), duals=duals)
    return None


class _Placing:
    """What is settled so far."""

    def __init__(self, master: RestrictedMaster, branch: Restriction) -> None:
        self.master, self.classes = master, branch
        targets, rows = master.instance.targets, master.instance.limits.rows
        self.placements = targets.kind == PLACEMENT
        self._place = targets.place
        self._seats = np.array([o.seats for o in master.instance.scenario.openings])
        minimum = np.array([row.rule is RuleId.MIN_SEATS for row in rows], dtype=np.bool_)
        self._upper = np.where(minimum, np.inf, master.upper)
        sessions = [(k, v) for k, v in enumerate(master.instance.limits.variables)
                    if v.kind == "session"]  # fmt: skip
        self._sessions = np.array([k for k, _ in sessions], dtype=np.int64)
        self._class = {row: k for k, v in sessions for row, _ in v.rows if minimum[row]}
        self.taken: dict[int, Pathway] = {}
        self._barred: dict[int, None] = {}

    def restriction(self) -> Restriction:
        """The branch with what is settled."""
        targets = self.master.instance.targets
        left, busy = self._left(), np.zeros(self.master.instance.persons, dtype=np.bool_)
        busy[[p.person for p in self.taken.values()]] = True
        allowed = self.classes.allowed & ~busy[targets.person]
        full = np.append(left <= 0, False)[np.minimum(self._place, len(left))]
        allowed &= ~(self.placements & full)
        return replace(
            self.classes, allowed=allowed, taken=tuple(self.taken), barred=tuple(self._barred)
        )

    def settle(self, solution: MasterSolution) -> bool:
        """Take the surest pathways that fit, bar those that do not; False where there are none."""
        left, used = self._left(), self._used()
        busy = {p.person for p in self.taken.values()}
        shares = np.minimum(solution.pathways, 1.0)
        few = math.ceil(SHARE * left.sum())
        before, barred = len(self.taken), len(self._barred)
        for k in np.argsort(-shares, kind="stable").tolist():
            if shares[k] < LEAST or (shares[k] < SURE and len(self.taken) >= before + few):
                break
            pathway = self.master.pathways[k]
            place = int(self._place[pathway.target])
            if not self.placements[pathway.target] or pathway.person in busy or left[place] <= 0:
                continue
            if all(used[row] + value <= self._upper[row] + TINY for row, value in pathway.rows):
                self.taken[k] = pathway
                busy.add(pathway.person)
                left[place] -= 1
                for row, value in pathway.rows:
                    used[row] += value
            else:
                self._barred[k] = None
        return len(self.taken) > before or len(self._barred) > barred

    def give_up(self, solution: MasterSolution) -> bool:
        """Hold a session less of the classes that lack most learners; False where none does."""
        lack = sorted((-empty, row) for row, empty in solution.empty_seats.items() if empty > EMPTY)
        ceiling = self.classes.ceiling.copy()
        held = [row for _, row in lack if ceiling[self._class[row]] > 0]
        for row in held[: math.ceil(len(held) / AT_ONCE)]:
            ceiling[self._class[row]] -= 1
            if ceiling[self._class[row]] == 0:
                self.taken = {
                    k: p for k, p in self.taken.items() if all(own != row for own, _ in p.rows)
                }
        floor = np.minimum(self.classes.floor, ceiling)
        self.classes = self.classes.bound_variables(floor, ceiling)
        return bool(held)

    def whole(self, solution: MasterSolution) -> MasterSolution:
        """The solution, with the pathways taken and as many sessions as may be held."""
        shares = np.minimum(solution.pathways, 1.0) / 2
        shares[list(self.taken)] = 1.0
        values = solution.variables.copy()
        values[self._sessions] = self.classes.ceiling[self._sessions]
        return replace(solution, pathways=shares, variables=values)

    def _left(self) -> NDArray[np.int64]:
        """Seats of each opening that nobody has."""
        places = [int(self._place[p.target]) for p in self.taken.values()]
        return self._seats - np.bincount(places, minlength=len(self._seats))

    def _used(self) -> Floats:
        held = np.zeros(len(self.classes.ceiling))
        held[self._sessions] = self.classes.ceiling[self._sessions]
        used: Floats = self.master.variable_rows @ held
        for pathway in self.taken.values():
            for row, value in pathway.rows:
                used[row] += value
        return used
