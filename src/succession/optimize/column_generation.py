"""Column generation: master and pricing in turn until no pathway improves.

Partial rounds price only the people whose pathways improved in the last full round; full rounds
give the Lagrangian bound, valid whether or not pricing has converged. A locked person without
any pathway left makes it infinite: the branch holds no plan. When nothing improves, the starts
whose sessions are held too little are linked (`RestrictedMaster.separate`) and it goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from succession.optimize.master import MasterSolution, RestrictedMaster
from succession.optimize.restriction import Restriction
from succession.pathways.pricing import FEW_LABELS, MOST_LABELS, Duals, Pricer, PricingRound

__all__ = ["Relaxation", "relax", "trivial_bound"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TINY = 1e-7
MORE_LABELS = 8


@dataclass(frozen=True)
class Relaxation:
    """The linear relaxation of a branch: its last master solution and its proven bound.

    `duals` and `least` (person: least reduced cost) are those that gave the bound; `bound` leaves
    out the constant and is inf where the branch is proven to hold no plan. `converged`: nothing
    improves any more.
    """

    master: MasterSolution
    bound: float
    duals: Duals
    least: Floats
    converged: bool


def trivial_bound(
    master: RestrictedMaster, pricer: Pricer, branch: Restriction, cost_weight: float = 1.0
) -> tuple[Duals, float, Floats]:
    """(duals, bound, least by person) at duals of zero: everybody's best target, learning for
    nothing."""
    instance = pricer.instance
    jobs = np.flatnonzero(branch.allowed)
    duals = Duals(np.zeros(len(master.lower)), np.zeros(instance.persons), cost_weight)
    base, slope = pricer.objective(duals)
    least = np.full(instance.persons, np.inf)
    best = (base + np.minimum(slope, 0.0))[jobs]
    np.minimum.at(least, instance.target_person[jobs], best)
    if instance.previous is not None:
        saved = cost_weight * instance.scenario.settings.change_cost
        for person, _, _ in sorted(instance.people.kept):
            least[person] -= saved
    return duals, master.dual_value(duals, branch, least), least


class Relaxing:
    """One relaxation under way."""

    def __init__(
        self, master: RestrictedMaster, pricer: Pricer, branch: Restriction, cost_weight: float,
        deep: bool = True,
    ) -> None:  # fmt: skip
        self.master, self.pricer, self.branch = master, pricer, branch
        self.weight, self.deep = cost_weight, deep
        self.jobs = np.flatnonzero(branch.allowed)
        self.partial: Ints | None = None
        self.labels = FEW_LABELS
        self.solution = master.solve(branch, cost_weight)
        self.duals, self.bound, self.least = trivial_bound(master, pricer, branch, cost_weight)

    def round(self, expired: Callable[[], bool]) -> bool:
        """One round of pricing; False where nothing is left to improve."""
        solution, partial = self.solution, self.partial
        jobs = self.jobs if partial is None else partial
        people = max(1, self.pricer.instance.persons)
        tiny = TINY * max(1.0, abs(solution.value)) / people
        priced = self.pricer.price(solution.duals, jobs, -tiny, self.labels, expired)
        if partial is None:
            self._bound(solution.duals, priced)
        if self.master.add(priced.pathways):
            if partial is None:
                self.partial = self._jobs_of(priced)
        elif partial is not None:
            self.partial = None
        elif not self._continue(priced):
            return False
        self.solution = self.master.solve(self.branch, self.weight)
        return True

    def _bound(self, duals: Duals, priced: PricingRound) -> None:
        least = np.full(self.pricer.instance.persons, np.inf)
        persons = self.pricer.instance.target_person[self.jobs]
        np.minimum.at(least, persons, priced.bound[self.jobs])
        bound = self.master.dual_value(duals, self.branch, least)
        if bound > self.bound:
            self.duals, self.bound, self.least = duals, bound, least

    def _jobs_of(self, priced: PricingRound) -> Ints:
        persons = np.unique([pathway.person for pathway in priced.pathways])
        return self.jobs[np.isin(self.pricer.instance.target_person[self.jobs], persons)]

    def _continue(self, priced: PricingRound) -> bool:
        """After a full round without a pathway: search deeper, or link starts to sessions."""
        if not self.deep:
            return False
        if not priced.complete and self.labels < MOST_LABELS:
            self.labels = min(MOST_LABELS, MORE_LABELS * self.labels)
            return True
        linked = False
        while self.weight and self.master.separate(self.solution):
            linked = True
            self.solution = self.master.solve(self.branch, self.weight)
            self.labels = FEW_LABELS
        return linked


def relax(
    master: RestrictedMaster,
    pricer: Pricer,
    branch: Restriction,
    *,
    cost_weight: float = 1.0,
    deep: bool = True,
    stop: Callable[[float, MasterSolution], bool] = lambda bound, solution: False,
    expired: Callable[[], bool] = lambda: False,
) -> Relaxation:
    """Generate columns for a branch until no pathway improves, or `stop(bound, solution)` after
    a round; without `deep`, until the first short search of everybody finds nothing."""
    state = Relaxing(master, pricer, branch, cost_weight, deep)
    improving = True
    while improving and not expired():
        improving = state.round(expired)
        if stop(state.bound, state.solution):
            break
    return Relaxation(state.solution, state.bound, state.duals, state.least, not improving)
