"""Integer programs, solved by HiGHS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

from succession.errors import SolverError
from succession.optimize.highs import highs_model, silent_highs
from succession.optimize.program import Program

__all__ = ["MixedSolution", "solve_mixed"]

Floats = NDArray[np.float64]
PROBING, ENUMERATION = 1 << 15, 1 << 16
"""Rules of HiGHS's presolve."""
EXACT = {
    "presolve_rule_off": PROBING | ENUMERATION,
    "mip_heuristic_run_feasibility_jump": False,
    "mip_heuristic_run_rens": False,
    "mip_heuristic_run_rins": False,
    "mip_heuristic_run_root_reduced_cost": False,
}
"""Where all that is asked for is the best of some few thousand columns (ADR 0004)."""


@dataclass(frozen=True)
class MixedSolution:
    """`x` None: none found. `bound`: proven lower bound, the cutoff at most (inf: infeasible)."""

    x: Floats | None
    value: float
    bound: float
    finished: bool


def solve_mixed(
    program: Program,
    seconds: float,
    *,
    gap: float = 0.0,
    nodes: int | None = None,
    start: Floats | None = None,
    cutoff: float = np.inf,
    exact: bool = False,
    interrupted: Callable[[], bool] = lambda: False,
) -> MixedSolution:
    """Solve with all variables integer, from a known solution `start` where there is one.

    `gap` is relative; `seconds` and `nodes` limit the search. Solutions below `cutoff` are asked
    for: from there on the bound says no more, and what is found need not be the best. `exact`: no
    time is spent on finding good solutions early.
    """
    if len(program.cost) == 0:
        legal = bool((program.lower <= 0).all() and (program.upper >= 0).all())
        value = 0.0 if legal else np.inf
        return MixedSolution(np.zeros(0) if legal else None, value, value, True)
    highs = silent_highs()
    highs.setOptionValue("time_limit", max(0.05, seconds))
    highs.setOptionValue("mip_rel_gap", gap)
    highs.setOptionValue("mip_abs_gap", 1e-9)
    highs.setOptionValue("mip_allow_restart", False)
    for option, value in EXACT.items() if exact else ():
        highs.setOptionValue(option, value)
    if cutoff < np.inf:
        highs.setOptionValue("objective_bound", cutoff)
    if nodes is not None:
        highs.setOptionValue("mip_max_nodes", nodes)
    if highs.passModel(highs_model(program, whole=True)) == highspy.HighsStatus.kError:
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
        return MixedSolution(None, np.inf, cutoff, True)
    info = highs.getInfo()
    x = np.round(np.array(highs.getSolution().col_value))
    found = info.primal_solution_status == highspy.SolutionStatus.kSolutionStatusFeasible
    return MixedSolution(
        x=x if found else None,
        value=float(program.cost @ x) if found else np.inf,
        bound=min(float(info.mip_dual_bound), cutoff),
        finished=status == highspy.HighsModelStatus.kOptimal,
    )


def _stop_if(
    event: highspy.HighsCallbackEvent, cutoff: float, interrupted: Callable[[], bool]
) -> None:
    if event.data_out.mip_dual_bound >= cutoff or interrupted():
        event.interrupt()
