"""Column generation: master and pricing in turn until no pathway improves.

Partial rounds price only targets that are likely to be filled (at first), or that improved in the
last round; full rounds give the Lagrangian bound, valid whether or not pricing has converged. A
locked person without any pathway left makes it infinite: the branch holds no plan. When nothing
improves, the starts whose sessions are held too little are linked (`SessionLinks`) and it goes on.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from succession.optimize.master import MasterSolution, RestrictedMaster
from succession.optimize.restriction import Restriction
from succession.pathways.prices import Duals
from succession.pathways.pricing import FEW_LABELS, MOST_LABELS, Pricer, PricingRound

__all__ = ["Relaxation", "relax", "trivial_bound"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TINY = 1e-7
MORE_LABELS = 8
LIKELY = 12
MOST_LEVELS = 2


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
    np.minimum.at(least, instance.targets.person[jobs], best)
    if instance.previous is not None:
        saved = cost_weight * instance.scenario.settings.change_cost
        for person, _, _ in sorted(instance.people.kept):
            least[person] -= saved
    return duals, master.dual_value(duals, branch, least), least


class Relaxing:
    """One relaxation under way.

    `levels`: ever smaller sets of targets to price; a level that runs dry, or hardly lowers the
    value any more, gives way to the one below, and below all of them is everybody.
    """

    def __init__(
        self, master: RestrictedMaster, pricer: Pricer, branch: Restriction, cost_weight: float,
        deep: bool, tolerance: float,
    ) -> None:  # fmt: skip
        self.master, self.pricer, self.branch = master, pricer, branch
        self.weight, self.deep, self.tolerance = cost_weight, deep, tolerance
        self.jobs = np.flatnonzero(branch.allowed)
        fresh = not master.pathways
        self.levels: list[Ints] = [pricer.likely(self.jobs, LIKELY)] if fresh else []
        self.labels = FEW_LABELS
        self.linking = bool(master.links)
        self.solution = master.solve(branch, cost_weight)
        self.duals, self.bound, self.least = trivial_bound(master, pricer, branch, cost_weight)

    def round(self, expired: Callable[[], bool]) -> bool:
        """One round of pricing; False where nothing is left to improve."""
        solution, everybody = self.solution, not self.levels
        jobs = self.jobs if everybody else self.levels[-1]
        people = max(1, self.pricer.instance.persons)
        tiny = TINY * max(1.0, abs(solution.value)) / people
        priced = self.pricer.price(
            solution.duals, jobs, -tiny, self.labels, expired, remember=everybody
        )
        if everybody:
            self._bound(solution.duals, priced)
        added = self.master.add(priced.pathways)
        if everybody and (not added or self._is_close(self.solution.value - self.bound)):
            return self._continue(priced)
        if added:
            self.solution = self.master.solve(self.branch, self.weight)
        if not added or self._is_close(solution.value - self.solution.value):
            if not everybody:
                self.levels.pop()
        elif len(self.levels) < MOST_LEVELS:
            found = np.unique([pathway.target for pathway in priced.pathways])
            self.levels.append(found.astype(np.int64))
        if self.linking and not self.levels and not everybody:
            self._link()
        return True

    def _is_close(self, difference: float) -> bool:
        return difference <= self.tolerance * max(1.0, abs(self.solution.value))

    def _bound(self, duals: Duals, priced: PricingRound) -> None:
        instance = self.pricer.instance
        least = np.full(instance.persons, np.inf)
        persons = instance.targets.person[self.jobs]
        np.minimum.at(least, persons, priced.bound[self.jobs])
        bound = self.master.dual_value(duals, self.branch, least)
        if bound > self.bound:
            self.duals, self.bound, self.least = duals, bound, least

    def _continue(self, priced: PricingRound) -> bool:
        """After a full round that changes nothing: search deeper, or link starts to sessions."""
        if not self.deep:
            return False
        far = not self._is_close(self.solution.value - self.bound)
        if far and not priced.complete and self.labels < MOST_LABELS:
            self.labels = min(MOST_LABELS, MORE_LABELS * self.labels)
            return True
        self.linking = True
        return self._link()

    def _link(self) -> bool:
        """Link starts until none breaks a link; True where any was linked. The targets in the
        solution are priced next."""
        linked = False
        while self.deep and self.weight and self.master.separate(self.solution):
            linked = True
            self.solution = self.master.solve(self.branch, self.weight)
        if linked:
            used = np.flatnonzero(self.solution.pathways > TINY)
            targets = {self.master.pathways[k].target for k in used.tolist()}
            self.levels = [np.array(sorted(targets), dtype=np.int64)]
            self.labels = FEW_LABELS
        return linked


def relax(
    master: RestrictedMaster,
    pricer: Pricer,
    branch: Restriction,
    *,
    cost_weight: float = 1.0,
    deep: bool = True,
    tolerance: float = 0.0,
    stop: Callable[[float, MasterSolution], bool] = lambda bound, solution: False,
    expired: Callable[[], bool] = lambda: False,
) -> Relaxation:
    """Generate columns for a branch until no pathway improves, or `stop(bound, solution)` after
    a round; without `deep`, until the first short search of everybody finds nothing. `tolerance`:
    relative difference of the value from the bound at which to leave off."""
    state = Relaxing(master, pricer, branch, cost_weight, deep, tolerance)
    improving = True
    while improving and not expired():
        improving = state.round(expired)
        if stop(state.bound, state.solution):
            break
    return Relaxation(state.solution, state.bound, state.duals, state.least, not improving)
