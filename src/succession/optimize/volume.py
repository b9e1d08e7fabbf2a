"""The volume algorithm: a large linear program nearly solved, in time linear in its size.

Prices of the rows climb the Lagrangian dual by subgradient steps, while an average of the points
met on the way tends to a solution (Barahona & Anbil, *Mathematical Programming* 87, 2000). Rows
that ask for a number of choices among columns of their own, the *groups*, are not priced: at any
prices the cheapest columns fill them.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from succession.optimize.program import Program

__all__ = ["climb"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

STEPS, PATIENCE = 600, 8
FIRST_STEP, LONGER, SHORTER = 0.2, 1.1, 0.67
"""Length of a step; it grows with each that rises, and shrinks when so many did not."""
STILL, VERY_STILL, SETTLED = 1e-3, 1e-5, 0.01
"""Lengths at which to leave off: prices that rose by much are about to change again, while what is
left to gain at settled ones is gained by short steps."""
AIM = 0.02
"""How far above the best value a step aims, of that value."""
NEWEST, FADING, LEAST_NEW = 0.1, 0.995, 0.01
"""Share of the newest point in the average, which falls from step to step."""
NOISE = 0.05
"""The average needs slack of so much even where nothing is missing."""


def climb(program: Program, groups: Ints, duals: Floats) -> tuple[float, Floats, Floats]:
    """(value, x, duals): a value little below the optimum, the duals that give it, and a point
    near the optimum that may break rows a little. Starts from `duals`.

    A finite `lower` is the `upper` too. A column without a ceiling is slack: it has one entry, ±1,
    for what a row is over or short of, at a price that bounds the row's dual. In rows of `groups`
    all other coefficients are 1, and no column is in two.
    """
    free = np.flatnonzero(program.ceiling > program.floor)
    moving = _moving(program, free)
    prices = _Prices(moving, groups)
    choice = _Choice(moving, groups)
    y = np.clip(duals[prices.rows], prices.low, prices.high)
    right = moving.upper[prices.rows]
    x, least, best = choice.at(moving.cost - prices.across @ y)
    best += _dot(right, y)
    mean, used = x, prices.part @ x
    step, fails, new, best_least, first = FIRST_STEP, 0, NEWEST, least, best
    for _ in range(STEPS):
        slope = prices.slope(y, used - right)
        norm = _dot(slope, slope * prices.scale)
        settled = best - first <= SETTLED * abs(best)
        if norm == 0.0 or step < (VERY_STILL if settled else STILL):
            break
        length = step * AIM * max(1.0, abs(best)) / norm
        trial = np.clip(y - length * slope * prices.scale, prices.low, prices.high)
        x, least, value = choice.at(moving.cost - prices.across @ trial)
        value += _dot(right, trial)
        mean, used = mean + new * (x - mean), used + new * (prices.part @ x - used)
        new = max(LEAST_NEW, FADING * new)
        if value > best:
            best, y, best_least, fails = value, trial, least, 0
            step *= LONGER
        else:
            fails += 1
        if fails == PATIENCE:
            step, fails = SHORTER * step, 0
    mean[prices.slack] = prices.missing(y, used - right)
    mean[np.isinf(moving.ceiling) & (mean < NOISE)] = 0.0
    found = np.zeros(len(duals))
    found[prices.rows], found[choice.groups] = y, best_least
    point = program.floor.copy()
    point[free] += mean
    return best + _dot(program.cost, program.floor), point, found


def _moving(program: Program, free: Ints) -> Program:
    """What is left to decide, from the floors on: the columns that are not fixed."""
    matrix, floor, used = program.matrix, program.floor, program.matrix @ program.floor
    return Program(
        program.cost[free], matrix if len(free) == len(floor) else matrix[:, free],
        program.lower - used, program.upper - used, np.zeros(len(free)),
        program.ceiling[free] - floor[free],
    )  # fmt: skip


def _dot(one: Floats, other: Floats) -> float:
    """The inner product, summed in an order that does not depend on threads (BLAS's does)."""
    return float(np.multiply(one, other).sum())


class _Prices:
    """The rows that have prices, and the bounds of these."""

    def __init__(self, program: Program, groups: Ints) -> None:
        matrix = program.matrix.tocsr()
        square = np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel()
        priced = square > 0
        priced[groups] = False
        self.rows = np.flatnonzero(priced)
        place = np.full(len(priced), -1)
        place[self.rows] = np.arange(len(self.rows))
        slack = np.flatnonzero(np.isinf(program.ceiling))
        entries = program.matrix[:, slack].tocoo()
        inside = place[entries.row] >= 0
        self.slack = slack[entries.col[inside]]
        self._row, self._sign = place[entries.row[inside]], entries.data[inside]
        equal = np.isfinite(program.lower[self.rows])
        self.low, self.high = np.full(len(equal), -np.inf), np.where(equal, np.inf, 0.0)
        price, over = program.cost[self.slack], self._sign < 0
        np.maximum.at(self.low, self._row[over], -price[over])
        np.minimum.at(self.high, self._row[~over], price[~over])
        self.part = matrix[self.rows]
        self.across = self.part.T.tocsr()
        self.scale = 1.0 / square[self.rows]

    def slope(self, y: Floats, over: Floats) -> Floats:
        """How rows are broken, where their prices can follow."""
        stuck = ((over < 0) & (y >= self.high)) | ((over > 0) & (y <= self.low))
        return np.where(stuck, 0.0, over)

    def missing(self, y: Floats, over: Floats) -> Floats:
        """The slack of rows whose price is at its bound and that stay broken."""
        own, row = y[self._row], self._row
        at_bound = np.where(self._sign < 0, own <= self.low[row], own >= self.high[row])
        short = -self._sign * over[row]
        return np.where(at_bound, short, 0.0)


class _Choice:
    """What is best at given reduced costs, the priced rows left aside."""

    def __init__(self, program: Program, groups: Ints) -> None:
        own = np.full(len(program.upper), -1)
        own[groups] = np.arange(len(groups))
        entries = program.matrix.tocoo()
        inside = own[entries.row] >= 0
        group = np.full(len(program.cost), -1)
        group[entries.col[inside]] = own[entries.row[inside]]
        slack = np.isinf(program.ceiling)
        useful = np.ones(len(program.cost), dtype=np.bool_)
        useful[entries.col[inside & (entries.data < 0)]] = False
        order = np.argsort(group, kind="stable")
        self._order = order[(group[order] >= 0) & useful[order]]
        self._first = np.flatnonzero(np.diff(group[self._order], prepend=-1))
        self._member = np.repeat(
            np.arange(len(self._first)), np.diff(self._first, append=len(self._order))
        )
        self.groups = groups[group[self._order[self._first]]]
        self._wanted = program.upper[self.groups]
        self._room = np.where((group < 0) & ~slack, program.ceiling, 0.0)

    def at(self, reduced: Floats) -> tuple[Floats, Floats, float]:
        """(x, least reduced cost of each group, value)."""
        x = np.where(reduced < 0, self._room, 0.0)
        value = _dot(reduced, x)
        own = reduced[self._order]
        least = np.minimum.reduceat(own, self._first) if len(own) else own
        cheapest = np.flatnonzero(own == least[self._member])
        cheapest = cheapest[np.diff(self._member[cheapest], prepend=-1) > 0]
        x[self._order[cheapest]] = self._wanted
        return x, least, value + _dot(least, self._wanted)
