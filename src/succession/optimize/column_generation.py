"""Column generation: master and pricing in turn until no pathway improves.

The bound of a round is the Lagrangian one, valid whether or not pricing has converged; a locked
person without any pathway left makes it infinite: the branch holds no plan.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from succession.optimize.master import MasterSolution, RestrictedMaster, Restriction
from succession.pathways.pricing import FEW_LABELS, MOST_LABELS, Duals, Pricer

__all__ = ["Relaxation", "relax"]

Floats = NDArray[np.float64]

TINY = 1e-7


@dataclass(frozen=True)
class Relaxation:
    """The linear relaxation of a branch: its last master solution and its proven bound.

    `duals` and `least` (person) are those that gave the bound; `bound` is inf where the branch
    is proven to hold no plan and leaves out the constant. `converged`: nothing improves.
    """

    master: MasterSolution
    bound: float
    duals: Duals
    least: Floats
    target_least: Floats
    rounds: int
    converged: bool


def relax(
    master: RestrictedMaster,
    pricer: Pricer,
    branch: Restriction,
    *,
    cost_weight: float = 1.0,
    stop: Callable[[float, float, int], bool] = lambda value, bound, rounds: False,
    expired: Callable[[], bool] = lambda: False,
) -> Relaxation:
    """Generate columns for a branch until no pathway improves or `stop(value, bound, rounds)`."""
    best: Relaxation | None = None
    jobs = np.flatnonzero(branch.allowed)
    rounds, labels = 0, FEW_LABELS
    while True:
        rounds += 1
        solution = master.solve(branch, cost_weight)
        tiny = TINY * max(1.0, abs(solution.value)) / max(1, pricer.instance.persons)
        priced = pricer.price(solution.duals, jobs, -tiny, labels, expired)
        least = least_by_person(pricer, priced.bound, jobs)
        bound = master.dual_value(solution.duals, branch, least)
        added = master.add(priced.pathways)
        converged = added == 0 and (priced.complete or labels >= MOST_LABELS)
        if converged and cost_weight and master.separate(solution):
            converged = False
        elif added == 0:
            labels = min(MOST_LABELS, 8 * labels)
        if best is None or bound > best.bound:
            best = Relaxation(
                solution, bound, solution.duals, least, priced.bound, rounds, converged
            )
        best = Relaxation(
            solution, best.bound, best.duals, best.least, best.target_least, rounds, converged
        )
        if converged or stop(solution.value, best.bound, rounds) or expired():
            return best


def least_by_person(pricer: Pricer, bound: Floats, jobs: NDArray[np.int64]) -> Floats:
    """The least reduced cost that any target of each person can have (inf: no target left)."""
    least = np.full(pricer.instance.persons, np.inf)
    np.minimum.at(least, pricer.instance.target_person[jobs], bound[jobs])
    return least
