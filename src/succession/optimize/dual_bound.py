"""The Lagrangian bound: shared rows and people relaxed with their duals, openings kept.

The seats of an opening go to pathways, hires or nobody: its cheapest choices at the duals, as many
as it has seats, are less than any plan pays for it. So the bound is as good as the cheapest
pathway of each opening, however many people could have it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from succession.optimize.master import RestrictedMaster
from succession.optimize.restriction import Restriction
from succession.pathways.prices import Duals

__all__ = ["Bound", "DualBound"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Bound:
    """A lower bound `value` on every plan of a branch, without the constant (inf: there is none).

    A plan with a pathway of a target costs `value` + its reduced cost − `margin[group]` at least.
    """

    value: float
    margin: Floats


class DualBound:
    """Bounds at any duals, given bounds on the reduced costs of pathways."""

    def __init__(self, master: RestrictedMaster) -> None:
        instance = master.instance
        self._master, self._targets = master, instance.targets
        openings = instance.scenario.openings
        number = {opening.opening: k for k, opening in enumerate(openings)}
        self._seats = np.array([o.seats for o in openings], dtype=np.float64)
        self._bench = np.array([o.bench for o in openings], dtype=np.float64)
        self._choice = np.full((len(openings), 2), -1, dtype=np.int64)
        for k, v in enumerate(instance.limits.variables):
            if v.kind in ("hire", "unfilled"):
                self._choice[number[v.key], int(v.kind == "unfilled")] = k

    def at(self, duals: Duals, branch: Restriction, least: Floats) -> Bound:
        """The bound where no pathway of a target has a reduced cost below `least` (target)."""
        master, y = self._master, duals.rows
        group = np.full(self._targets.groups, np.inf)
        np.minimum.at(group, self._targets.group[branch.allowed], least[branch.allowed])
        seats = len(self._seats)
        reduced = master.variable_reduced_costs(duals)
        filled, margin = self._fill(group[:seats], reduced, branch)
        own = np.minimum(group[seats:], 0.0)
        free = np.ones(len(reduced), dtype=np.bool_)
        free[self._choice[self._choice >= 0]] = False
        binding = np.where(y < 0, master.upper, np.where(y > 0, master.lower, 0.0))
        parts = np.concatenate(
            [
                y * np.where(y == 0, 0.0, binding),
                (np.where(reduced > 0, branch.floor, branch.ceiling) * reduced)[free],
                np.array([dual * cover.most for cover, dual in duals.covers.items()]),
                np.array([dual * half.most for half, dual in duals.halves.items()]),
                duals.persons, filled, own[:seats] * self._bench, own[seats:],
            ]
        )  # fmt: skip
        if np.inf in filled or self._is_missing(branch, least):
            value = math.inf
        else:
            value = -math.inf if -np.inf in parts else math.fsum(parts)
        return Bound(value, np.concatenate([margin, own]))

    def _fill(self, group: Floats, reduced: Floats, branch: Restriction) -> tuple[Floats, Floats]:
        """(value of the cheapest choices for all seats, the dearest one chosen) by opening."""
        known, choice = self._choice >= 0, np.maximum(self._choice, 0)
        if not len(group):
            return group, group
        if not len(reduced):
            reduced = np.zeros(1)
            floor = ceiling = np.zeros(1)
        else:
            floor, ceiling = branch.floor, branch.ceiling
        forced = np.where(known, floor[choice], 0.0)
        cost = np.column_stack([group, np.where(known, reduced[choice], np.inf)])
        room = np.column_stack(
            [np.where(group < np.inf, np.inf, 0.0), np.where(known, (ceiling - floor)[choice], 0.0)]
        )
        order = np.argsort(cost, axis=1, kind="stable")
        cost, room = np.take_along_axis(cost, order, 1), np.take_along_axis(room, order, 1)
        wanted = self._seats - forced.sum(axis=1)
        paid = np.where(known, forced * reduced[choice], 0.0).sum(axis=1)
        margin = np.full(len(group), -np.inf)
        for k in range(cost.shape[1]):
            taken = np.minimum(np.maximum(wanted, 0.0), room[:, k])
            wanted = wanted - taken
            paid += np.where(taken > 0, taken * np.where(taken > 0, cost[:, k], 0.0), 0.0)
            margin = np.where(taken > 0, cost[:, k], margin)
        return np.where(np.abs(wanted) > 1e-6, np.inf, paid), margin

    def _is_missing(self, branch: Restriction, least: Floats) -> bool:
        """Whether somebody locked is proven to have no pathway."""
        start = self._targets.start
        for person in branch.locked:
            own = slice(start[person], start[person + 1])
            if not (branch.allowed[own] & (least[own] < np.inf)).any():
                return True
        return False
