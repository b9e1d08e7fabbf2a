"""A thin typed skin over HiGHS: a linear program that grows, and integer programs.

HiGHS is held below 1.14: newer ones cannot share a process with OR-Tools (ADR 0004).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from succession.errors import SolverError

__all__ = ["LinearProgram", "LinearSolution", "MixedSolution", "Program", "solve_mixed"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Int32s = NDArray[np.int32]
Entries = Sequence[tuple[int, float]]

PRIMAL, DUAL = 4, 1
FEW, FEW_OF = 200, 100
"""With as many new columns and rows, and one in a hundred, the interior point method from scratch
(with presolve) is faster than going on from the last basis."""


@dataclass(frozen=True)
class Program:
    """min cost·x, lower ≤ matrix x ≤ upper, floor ≤ x ≤ ceiling."""

    cost: Floats
    matrix: sparse.csc_matrix
    lower: Floats
    upper: Floats
    floor: Floats
    ceiling: Floats


@dataclass(frozen=True)
class LinearSolution:
    """Optimal value, point, and row duals (≤ 0 where an upper limit binds)."""

    value: float
    x: Floats
    duals: Floats


@dataclass(frozen=True)
class MixedSolution:
    """`x` None: none found. `bound`: proven lower bound (inf: proven infeasible)."""

    x: Floats | None
    value: float
    bound: float
    finished: bool


class LinearProgram:
    """A linear program that keeps its basis while rows and columns are added."""

    def __init__(self) -> None:
        self._highs = _silent()
        self._only_columns_added = False
        self._solved = 0

    def add_rows(self, lower: Floats, upper: Floats, rows: Sequence[Entries] = ()) -> int:
        """Append rows (with entries in known columns); returns the first one's number."""
        first: int = self._highs.getNumRow()
        starts, indices, values = _compress(rows if rows else [()] * len(lower))
        self._highs.addRows(len(lower), lower, upper, len(values), starts, indices, values)
        self._only_columns_added = False
        return first

    def add_columns(
        self, cost: Floats, floor: Floats, ceiling: Floats, columns: Sequence[Entries]
    ) -> int:
        """Append columns; returns the first one's number."""
        first: int = self._highs.getNumCol()
        starts, indices, values = _compress(columns)
        self._highs.addCols(len(cost), cost, floor, ceiling, len(values), starts, indices, values)
        return first

    def bound_columns(self, columns: Ints, floor: Floats, ceiling: Floats) -> None:
        """Set the bounds of some columns."""
        numbers = columns.astype(np.int32)
        self._highs.changeColsBounds(len(numbers), numbers, floor, ceiling)
        self._only_columns_added = False

    def bound_rows(self, rows: Ints, lower: Floats, upper: Floats) -> None:
        """Set the limits of some rows."""
        numbers = rows.astype(np.int32)
        self._highs.changeRowsBounds(len(numbers), numbers, lower, upper)
        self._only_columns_added = False

    def price_columns(self, columns: Ints, cost: Floats) -> None:
        """Set the costs of some columns."""
        self._highs.changeColsCost(len(columns), columns.astype(np.int32), cost)
        self._only_columns_added = False

    def solve(self) -> LinearSolution:
        """Solve from the last basis; the program must be feasible and bounded.

        Raises:
            SolverError: HiGHS did not end with an optimum.
        """
        size: int = self._highs.getNumCol() + self._highs.getNumRow()
        if size - self._solved >= max(FEW, size // FEW_OF):
            self._highs.clearSolver()
            status = self._run("ipm", DUAL)
        else:
            status = self._run("simplex", PRIMAL if self._only_columns_added else DUAL)
        self._solved = size
        if status not in (
            highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kModelEmpty
        ):  # fmt: skip
            self._highs.clearSolver()
            status = self._run("simplex", DUAL)
        if status == highspy.HighsModelStatus.kModelEmpty:
            return LinearSolution(0.0, np.zeros(0), np.zeros(self._highs.getNumRow()))
        if status != highspy.HighsModelStatus.kOptimal:
            raise SolverError(f"the master's linear program ended with {status.name}")
        self._only_columns_added = True
        solution = self._highs.getSolution()
        return LinearSolution(
            float(self._highs.getInfo().objective_function_value),
            np.array(solution.col_value),
            np.array(solution.row_dual),
        )

    def _run(self, solver: str, strategy: int) -> highspy.HighsModelStatus:
        self._highs.setOptionValue("solver", solver)
        self._highs.setOptionValue("simplex_strategy", strategy)
        self._highs.run()
        return self._highs.getModelStatus()


def solve_mixed(
    program: Program,
    seconds: float,
    *,
    gap: float = 0.0,
    nodes: int | None = None,
    start: Floats | None = None,
    cutoff: float = np.inf,
    interrupted: Callable[[], bool] = lambda: False,
) -> MixedSolution:
    """Solve with all variables integer, from a known solution `start` where there is one.

    `gap` is relative; `seconds` and `nodes` limit the search, and it ends once nothing below
    `cutoff` can be left.
    """
    if len(program.cost) == 0:
        legal = bool((program.lower <= 0).all() and (program.upper >= 0).all())
        value = 0.0 if legal else np.inf
        return MixedSolution(np.zeros(0) if legal else None, value, value, True)
    highs = _silent()
    highs.setOptionValue("time_limit", max(0.05, seconds))
    highs.setOptionValue("mip_rel_gap", gap)
    highs.setOptionValue("mip_abs_gap", 1e-9)
    if nodes is not None:
        highs.setOptionValue("mip_max_nodes", nodes)
    if highs.passModel(_model(program)) == highspy.HighsStatus.kError:
        raise SolverError("HiGHS refused the master's integer program")
    if start is not None:
        known = highspy.HighsSolution()
        known.col_value = list(start)
        highs.setSolution(known)
    highs.cbMipInterrupt += lambda event: _stop_if(event, cutoff, interrupted)
    highs.run()
    status = highs.getModelStatus()
    if status in (
        highspy.HighsModelStatus.kInfeasible,
        highspy.HighsModelStatus.kUnboundedOrInfeasible,
    ):
        return MixedSolution(None, np.inf, np.inf, True)
    info = highs.getInfo()
    x = np.round(np.array(highs.getSolution().col_value))
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return MixedSolution(
        x=x if found else None,
        value=float(program.cost @ x) if found else np.inf,
        bound=float(info.mip_dual_bound),
        finished=status == highspy.HighsModelStatus.kOptimal,
    )


def _silent() -> highspy.Highs:
    highs = highspy.Highs()
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 1)):
        highs.setOptionValue(option, value)
    return highs


def _stop_if(
    event: highspy.HighsCallbackEvent, cutoff: float, interrupted: Callable[[], bool]
) -> None:
    if event.data_out.mip_dual_bound >= cutoff or interrupted():
        event.interrupt()


def _compress(lines: Sequence[Entries]) -> tuple[Int32s, Int32s, Floats]:
    starts = np.cumsum([0, *(len(line) for line in lines)])[:-1].astype(np.int32)
    indices = np.array([index for line in lines for index, _ in line], dtype=np.int32)
    values = np.array([value for line in lines for _, value in line], dtype=np.float64)
    return starts, indices, values


def _model(program: Program) -> highspy.HighsLp:
    matrix = program.matrix.tocsc()
    model = highspy.HighsLp()
    model.num_row_, model.num_col_ = matrix.shape
    model.col_cost_ = program.cost
    model.col_lower_, model.col_upper_ = program.floor, program.ceiling
    model.row_lower_, model.row_upper_ = program.lower, program.upper
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_ = matrix.indptr
    model.a_matrix_.index_ = matrix.indices
    model.a_matrix_.value_ = matrix.data
    model.integrality_ = [highspy.HighsVarType.kInteger] * len(program.cost)
    return model
