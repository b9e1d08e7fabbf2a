"""The master's linear program: it grows, and is solved on the rows and columns that matter.

HiGHS holds a *working program*: rows that bind or nearly do, columns of small reduced cost. Rows
that its solution breaks and columns that would improve it join until there are none; then it is
the solution of the whole program (sifting, Bixby et al., *Operations Research* 40, 1992).

HiGHS is held below 1.14: newer ones cannot share a process with OR-Tools (ADR 0004).
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from succession.errors import SolverError
from succession.optimize.basis import Basis
from succession.optimize.highs import highs_model, silent_highs
from succession.optimize.program import Program
from succession.optimize.volume import climb

__all__ = ["LinearProgram", "LinearSolution"]

Bools = NDArray[np.bool_]
Int32s = NDArray[np.int32]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PRIMAL, DUAL = 4, 1
FEW, FEW_OF, NEVER = 200, 100, -200
"""With as many rows and columns joining, and one in a hundred, the interior point method from
scratch (with presolve) is faster than going on from the last basis."""
PROBE_STEPS, ENDLESS = 100, 2**31 - 1
BROKEN, IMPROVING = 1e-6, 1e-6
NEAR, SLACK = 0.3, 0.3
"""A row joins with broken ones where so much of it is used, and stays where less is left."""
SPARE = 0.5
"""Columns in a working program chosen anew beyond what it needs, for each of its rows."""


@dataclass(frozen=True)
class LinearSolution:
    """Optimal value, point, and row duals (≤ 0 where an upper limit binds)."""

    value: float
    x: Floats
    duals: Floats


class LinearProgram:
    """min cost·x, lower ≤ matrix x ≤ upper, floor ≤ x ≤ ceiling, with rows and columns to come.

    Columns out of the working program stand at 0, so `floor` of a column that is not `kept` is 0.
    """

    def __init__(self, expired: Callable[[], bool] = lambda: False) -> None:
        self._highs = silent_highs()
        self._expired = expired
        for event in (self._highs.cbSimplexInterrupt, self._highs.cbIpmInterrupt):
            event += self._stop_if_expired
        self._matrix = sparse.csc_matrix((0, 0))
        self._cost, self._floor, self._ceiling = np.zeros(0), np.zeros(0), np.zeros(0)
        self._lower, self._upper = np.zeros(0), np.zeros(0)
        self._kept = np.zeros(0, dtype=np.bool_)
        self._rows, self._columns = np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)
        self._row_place, self._column_place = _nowhere(0), _nowhere(0)
        self._x, self._duals = np.zeros(0), np.zeros(0)
        self._new_columns = 0
        self._only_columns_joined = False
        self._solved = NEVER

    @property
    def matrix(self) -> sparse.csc_matrix:
        """All rows over all columns."""
        return self._matrix

    def add_rows(self, lower: Floats, upper: Floats, rows: sparse.spmatrix) -> int:
        """Append rows (with entries in known columns); returns the first one's number."""
        first = len(self._lower)
        self._matrix = sparse.vstack([self._matrix, rows], format="csc")
        self._lower = np.concatenate([self._lower, lower])
        self._upper = np.concatenate([self._upper, upper])
        self._row_place = np.concatenate([self._row_place, _nowhere(len(lower))])
        self._duals = np.concatenate([self._duals, np.zeros(len(lower))])
        return first

    def add_columns(
        self, cost: Floats, ceiling: Floats, columns: sparse.spmatrix, *, kept: bool = False
    ) -> int:
        """Append columns of floor 0, `kept` in every working program or not; returns the first
        one's number."""
        first, none = len(self._cost), np.zeros(len(cost))
        self._matrix = sparse.hstack([self._matrix, columns], format="csc")
        self._cost = np.concatenate([self._cost, cost])
        self._floor = np.concatenate([self._floor, none])
        self._ceiling = np.concatenate([self._ceiling, ceiling])
        self._kept = np.concatenate([self._kept, np.full(len(cost), kept)])
        self._column_place = np.concatenate([self._column_place, _nowhere(len(cost))])
        self._x = np.concatenate([self._x, none])
        return first

    def bound_columns(self, columns: Ints, floor: Floats, ceiling: Floats) -> None:
        """Set the bounds of some columns."""
        self._floor[columns], self._ceiling[columns] = floor, ceiling
        inside, numbers = _inside(self._column_place[columns])
        self._highs.changeColsBounds(len(numbers), numbers, floor[inside], ceiling[inside])
        self._only_columns_joined = False

    def bound_rows(self, rows: Ints, lower: Floats, upper: Floats) -> None:
        """Set the limits of some rows."""
        self._lower[rows], self._upper[rows] = lower, upper
        inside, numbers = _inside(self._row_place[rows])
        self._highs.changeRowsBounds(len(numbers), numbers, lower[inside], upper[inside])
        self._only_columns_joined = False

    def price_columns(self, columns: Ints, cost: Floats) -> None:
        """Set the costs of some columns."""
        self._cost[columns] = cost
        inside, numbers = _inside(self._column_place[columns])
        self._highs.changeColsCost(len(numbers), numbers, cost[inside])
        self._only_columns_joined = False

    def solve(self) -> LinearSolution:
        """The optimum, or what was found last where time is up; the program must be feasible and
        bounded.

        Raises:
            SolverError: HiGHS did not end with an optimum.
        """
        if not len(self._cost):
            return LinearSolution(0.0, np.zeros(0), np.zeros(len(self._lower)))
        asked = np.flatnonzero((self._row_place < 0) & (self._lower > -np.inf))
        new = np.arange(self._new_columns, len(self._cost))
        self._new_columns = len(self._cost)
        rows, columns = np.union1d(asked, self._broken()), np.union1d(new, self._improving())
        if self._is_much(len(rows) + len(columns)):
            self._choose(rows, columns)
        else:
            self._join(rows, columns)
        while self._run():
            rows, columns = self._broken(), self._improving()
            if not len(rows) and not len(columns):
                break
            self._join(rows, columns)
        return LinearSolution(float(self._cost @ self._x), self._x, self._duals)

    def estimate(self, groups: Ints) -> LinearSolution:
        """Nearly the optimum, by the volume algorithm: a value a little below it, its duals, and a
        point that may break rows a little. `groups`: see `climb`."""
        program = Program(
            self._cost, self._matrix, self._lower, self._upper, self._floor, self._ceiling
        )
        value, self._x, self._duals = climb(program, groups, self._duals)
        self._new_columns, self._solved = len(self._cost), NEVER
        return LinearSolution(value, self._x, self._duals)

    def basis(self) -> Basis:
        """The basis of the last solution."""
        return Basis.of(self._highs, self._rows, self._columns, self._matrix.shape)

    def start_from(self, basis: Basis) -> None:
        """Let the next solution start from a basis, of now or of when the program was smaller."""
        basis = basis.grown(self._matrix.shape)
        rows, columns = basis.needed()
        self._join(rows[self._row_place[rows] < 0], columns[self._column_place[columns] < 0])
        basis.lay_onto(self._highs, self._rows, self._columns)
        self._only_columns_joined = False

    def probe(self, column: int, floor: float, ceiling: float) -> float:
        """A lower bound on the value after `solve` if a column had other bounds, by a few steps of
        the dual simplex method (strong branching); the program stays as it is."""
        place, basis = int(self._column_place[column]), self._highs.getBasis()
        self._highs.changeColBounds(place, floor, ceiling)
        self._highs.setOptionValue("simplex_iteration_limit", PROBE_STEPS)
        self._run_with("simplex", DUAL)
        value = float(self._highs.getInfo().objective_function_value)
        self._highs.setOptionValue("simplex_iteration_limit", ENDLESS)
        self._highs.changeColBounds(place, self._floor[column], self._ceiling[column])
        self._highs.setBasis(basis)
        return value

    def _is_much(self, joining: int) -> bool:
        size = len(self._rows) + len(self._columns) + joining
        return size - self._solved >= max(FEW, size // FEW_OF)

    def _choose(self, rows: Ints, columns: Ints) -> None:
        """A working program chosen anew: what the last solution needs, and these."""
        inside = np.isfinite(self._lower) | (self._duals != 0)
        near = self._used() > self._upper - SLACK * np.maximum(1.0, np.abs(self._upper))
        inside[self._rows] |= near[self._rows]
        inside[rows] = True
        self._rows = np.flatnonzero(inside)
        reduced = self.reduced_costs(self._duals)
        must = self._kept | (self._x > 0)
        must[columns] = True
        reduced[must] = -np.inf
        count = int(must.sum()) + math.ceil(SPARE * len(self._rows))
        self._columns = np.sort(np.argsort(reduced, kind="stable")[:count])
        self._row_place, self._column_place = _nowhere(len(inside)), _nowhere(len(reduced))
        self._row_place[self._rows] = np.arange(len(self._rows))
        self._column_place[self._columns] = np.arange(len(self._columns))
        self._solved = 0
        part = Program(
            self._cost[self._columns], self._matrix[:, self._columns].tocsr()[self._rows],
            self._lower[self._rows], self._upper[self._rows],
            self._floor[self._columns], self._ceiling[self._columns],
        )  # fmt: skip
        self._highs.passModel(highs_model(part))

    def _join(self, rows: Ints, columns: Ints) -> None:
        """Take rows and columns into the working program."""
        if len(rows):
            self._row_place[rows] = len(self._rows) + np.arange(len(rows))
            part = self._matrix[:, self._columns].tocsr()[rows]
            self._highs.addRows(
                len(rows), self._lower[rows], self._upper[rows], part.nnz,
                part.indptr[:-1].astype(np.int32), part.indices.astype(np.int32), part.data,
            )  # fmt: skip
            self._rows = np.concatenate([self._rows, rows])
            self._only_columns_joined = False
        if len(columns):
            self._column_place[columns] = len(self._columns) + np.arange(len(columns))
            part = self._matrix[:, columns].tocsr()[self._rows].tocsc()
            self._highs.addCols(
                len(columns), self._cost[columns], self._floor[columns], self._ceiling[columns],
                part.nnz, part.indptr[:-1].astype(np.int32), part.indices.astype(np.int32),
                part.data,
            )  # fmt: skip
            self._columns = np.concatenate([self._columns, columns])

    def _run(self) -> bool:
        """Solve the working program, by whatever is faster; False where time is up."""
        if self._is_much(0):
            self._highs.clearSolver()
            status = self._run_with("ipm", DUAL)
        else:
            status = self._run_with("simplex", PRIMAL if self._only_columns_joined else DUAL)
        self._solved = len(self._rows) + len(self._columns)
        if status != highspy.HighsModelStatus.kOptimal and not self._expired():
            self._highs.clearSolver()
            status = self._run_with("simplex", DUAL)
        if status != highspy.HighsModelStatus.kOptimal:
            self._solved = 0
            if self._expired():
                return False
            raise SolverError(f"the master's linear program ended with {status.name}")
        self._only_columns_joined = True
        solution = self._highs.getSolution()
        self._x, self._duals = np.zeros(len(self._cost)), np.zeros(len(self._lower))
        self._x[self._columns] = solution.col_value
        self._duals[self._rows] = solution.row_dual
        return True

    def _run_with(self, solver: str, strategy: int) -> highspy.HighsModelStatus:
        self._highs.setOptionValue("solver", solver)
        self._highs.setOptionValue("simplex_strategy", strategy)
        self._highs.run()
        return self._highs.getModelStatus()

    def _stop_if_expired(self, event: highspy.HighsCallbackEvent) -> None:
        if self._expired():
            event.interrupt()

    def _used(self) -> Floats:
        used: Floats = self._matrix @ self._x
        return used

    def reduced_costs(self, duals: Floats) -> Floats:
        """Of all columns at some duals."""
        reduced: Floats = self._cost - self._matrix.T @ duals
        return reduced

    def _broken(self) -> Ints:
        """Rows that the solution breaks, and with them those that it comes near: the next solution
        would break them."""
        used, out = self._used(), self._row_place < 0
        if not (out & (used > self._upper + BROKEN)).any():
            return np.zeros(0, dtype=np.int64)
        return np.flatnonzero(out & (used > NEAR * self._upper) & (used > BROKEN))

    def _improving(self) -> Ints:
        """Columns out of the working program that would improve the solution."""
        out = (self._column_place < 0) & (self._ceiling > 0)
        return np.flatnonzero(out & (self.reduced_costs(self._duals) < -IMPROVING))


def _inside(place: Ints) -> tuple[Bools, Int32s]:
    """Which of some rows or columns the working program has, and their places there."""
    inside: Bools = place >= 0
    return inside, place[inside].astype(np.int32)


def _nowhere(count: int) -> Ints:
    return np.full(count, -1, dtype=np.int64)
