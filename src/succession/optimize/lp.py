"""A thin typed skin over HiGHS (in SciPy): linear and integer programs in row form."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, sparse

from succession.errors import SolverError

__all__ = ["LinearSolution", "MixedSolution", "Program", "solve_linear", "solve_mixed"]

Floats = NDArray[np.float64]


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
    """Optimal value, point and row duals (≤ 0 where an upper limit binds)."""

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


def solve_linear(program: Program, interior: bool = False) -> LinearSolution:
    """Solve the continuous program, which must be feasible and bounded.

    Raises:
        SolverError: HiGHS did not end with an optimum.
    """
    if len(program.cost) == 0:
        return LinearSolution(0.0, np.zeros(0), np.zeros(len(program.lower)))
    equal = program.lower == program.upper
    matrix = program.matrix.tocsr()
    result = optimize.linprog(
        program.cost,
        A_ub=matrix[~equal],
        b_ub=program.upper[~equal],
        A_eq=matrix[equal],
        b_eq=program.upper[equal],
        bounds=np.column_stack([program.floor, program.ceiling]),
        method="highs-ipm" if interior else "highs-ds",
    )
    if result.status != 0:
        raise SolverError(f"the master's linear program ended with: {result.message}")
    duals = np.zeros(len(equal))
    duals[~equal] = np.minimum(result.ineqlin.marginals, 0.0)
    duals[equal] = result.eqlin.marginals
    return LinearSolution(float(result.fun), result.x, duals)


def solve_mixed(program: Program, seconds: float, gap: float = 0.0) -> MixedSolution:
    """Solve with all variables integer; `gap` is relative, `seconds` the time limit."""
    if len(program.cost) == 0:
        legal = bool((program.lower <= 0).all() and (program.upper >= 0).all())
        value = 0.0 if legal else np.inf
        return MixedSolution(np.zeros(0) if legal else None, value, value, True)
    result = optimize.milp(
        program.cost,
        integrality=np.ones(len(program.cost)),
        bounds=optimize.Bounds(program.floor, program.ceiling),
        constraints=optimize.LinearConstraint(program.matrix, program.lower, program.upper),
        options={"time_limit": max(0.1, seconds), "mip_rel_gap": gap},
    )
    if result.status == 2:
        return MixedSolution(None, np.inf, np.inf, True)
    if result.status not in (0, 1):
        raise SolverError(f"the master's integer program ended with: {result.message}")
    bound = -np.inf if result.mip_dual_bound is None else float(result.mip_dual_bound)
    if result.x is None:
        return MixedSolution(None, np.inf, bound, False)
    return MixedSolution(np.round(result.x), float(result.fun), bound, result.status == 0)
