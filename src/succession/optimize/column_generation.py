"""Column generation: master and pricing in turn until no pathway improves.

Every round prices everybody and gives the Lagrangian bound, valid whether or not pricing has
converged; where it is infinite the branch holds no plan. Starts whose sessions are held too little
are linked (`SessionLinks`) as soon as the value settles down.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from succession.optimize.chain_pricing import price_chains
from succession.optimize.dual_bound import Bound, DualBound
from succession.optimize.master import MasterSolution, RestrictedMaster
from succession.optimize.restriction import Restriction
from succession.pathways.prices import Duals
from succession.pathways.pricing import FEW_LABELS, MOST_LABELS, Pricer, PricingRound

__all__ = ["Relaxation", "relax", "trivial_bound"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TINY, ALIKE = 1e-7, 2e-7
"""Relative: of what improves nothing, and of a value that a bound is as good as."""
MORE_LABELS = 8
SETTLED = 0.02
BROKEN, MUCH_BROKEN = 1e-6, 0.1
"""Of a link, by a solution and by an estimate of one."""
WORTH = 2e-5
"""Of the value: what a round of zero-half cuts must have gained for another."""
EACH = (4, 3, 3, 2)
PARTS, PARTIAL, MANY = 2, 4, 500_000
"""Of the groups of targets one in so many is priced in each of the first rounds where the targets
are many: prices follow sooner, with fewer pathways."""


@dataclass(frozen=True)
class Relaxation:
    """The linear relaxation of a branch: its last master solution and its proven bound.

    `duals` and `margin` (group of targets: see `Bound`) are those that gave the bound; `bound`
    leaves out the constant and is inf where the branch is proven to hold no plan. `converged`:
    nothing improves any more.
    """

    master: MasterSolution
    bound: float
    duals: Duals
    margin: Floats
    converged: bool


def trivial_bound(
    master: RestrictedMaster, pricer: Pricer, branch: Restriction, cost_weight: float = 1.0
) -> tuple[Duals, Bound]:
    """The bound at duals of zero: learning for nothing."""
    instance = pricer.instance
    duals = Duals(np.zeros(len(master.lower)), np.zeros(instance.persons), cost_weight)
    base, slope = pricer.objective(duals)
    least = base + np.minimum(slope, 0.0)
    if instance.previous is not None:
        kept = np.zeros(instance.persons)
        for person, _, _ in instance.people.kept:
            kept[person] += cost_weight * instance.scenario.settings.change_cost
        least -= kept[instance.targets.person]
    return duals, DualBound(master).at(duals, branch, least)


class Relaxing:
    """One relaxation under way."""

    def __init__(
        self, master: RestrictedMaster, pricer: Pricer, branch: Restriction, cost_weight: float,
        deep: bool, tolerance: float, rough: bool, halving: int,
    ) -> None:  # fmt: skip
        self.master, self.pricer, self.branch = master, pricer, branch
        self.weight, self.deep, self.tolerance = cost_weight, deep, tolerance
        self.rough, self.halving = rough, halving if master.flow is None else 0
        self.jobs = np.flatnonzero(branch.allowed)
        self.partial = PARTIAL if len(self.jobs) > MANY and not master.pathways else 0
        self.labels = FEW_LABELS
        self.linking = bool(master.cuts)
        self.dual_bound = DualBound(master)
        self._solve()
        self.duals, self.bound = trivial_bound(master, pricer, branch, cost_weight)
        self.rounds = 0
        self.before = -np.inf

    def round(self, expired: Callable[[], bool]) -> bool:
        """One round of pricing; False where nothing is left to improve."""
        solution = self.solution
        people = max(1, self.pricer.instance.persons)
        tiny = TINY * max(1.0, abs(solution.value)) / people
        each, whole = EACH[min(self.rounds, len(EACH) - 1)], self.rounds >= self.partial
        jobs = self.jobs if whole else self._part()
        self.rounds += 1
        for duals, priced in self._prices(jobs, -tiny, each, expired):
            bound = self.dual_bound.at(duals, self.branch, priced.bound)
            if bound.value > self.bound.value:
                self.duals, self.bound = duals, bound
            added = self.master.add(priced.pathways)
            deeper = not priced.complete and self.labels < MOST_LABELS
            if added or deeper or self._is_close(self.solution.value - self.bound.value, ALIKE):
                break
        if whole and (not added or self._is_close(self.solution.value - self.bound.value)):
            return self._continue(priced)
        self._solve()
        if self.linking or solution.value - self.solution.value < SETTLED * abs(solution.value):
            self._separate()
        return True

    def _part(self) -> Ints:
        """The targets of the groups whose turn it is."""
        turn = self.pricer.instance.targets.group[self.jobs] % PARTS
        part: Ints = self.jobs[turn == self.rounds % PARTS]
        return part

    def _prices(
        self, jobs: Ints, threshold: float, each: int, expired: Callable[[], bool]
    ) -> Iterator[tuple[Duals, PricingRound]]:
        """Pathways below the threshold, and duals at which the bounds hold: of chains first, then,
        as branches may hold more than chains, of all `jobs`."""
        duals = self.solution.duals
        if self.master.flow is not None:
            yield price_chains(
                self.master, self.master.flow, self.pricer, duals, self.branch, threshold,
                self.labels, expired,
            )  # fmt: skip
        yield duals, self.pricer.price(duals, jobs, threshold, self.labels, expired, each=each)

    def _solve(self) -> None:
        self.solution = self.master.solve(self.branch, self.weight, rough=self.rough)
        self.linked = 0

    def _separate(self) -> None:
        """Link starts that break a link: the next solution keeps to it."""
        self.linking = True
        if self.deep and self.weight:
            least = MUCH_BROKEN if self.rough else BROKEN
            self.linked = self.master.separate(self.solution, least)

    def _is_close(self, difference: float, least: float = 0.0) -> bool:
        return difference <= max(self.tolerance, least) * max(1.0, abs(self.solution.value))

    def _continue(self, priced: PricingRound) -> bool:
        """After a round that changes nothing: search deeper, or link starts to sessions."""
        if self.master.raise_empty_seats(self.solution):
            self._solve()
            return True
        if not self.deep or self.rough:
            return False
        far = not self._is_close(self.solution.value - self.bound.value)
        if far and not priced.complete and self.labels < MOST_LABELS:
            self.labels = min(MOST_LABELS, MORE_LABELS * self.labels)
            return True
        return self._link()

    def _link(self) -> bool:
        """Link starts until none breaks a link; True where any was linked."""
        if not self.linked:
            self._separate()
        if not self.linked:
            return self._halve()
        while self.linked:
            self._solve()
            self._separate()
        self.labels = FEW_LABELS
        return True

    def _halve(self) -> bool:
        """Round down halves of rows, as long as it raises the value; True where any was."""
        if not self.halving or self.solution.value - self.before < WORTH * abs(self.before):
            return False
        self.before = self.solution.value
        self.halving -= 1
        if not self.master.separate_halves(self.solution):
            return False
        self._solve()
        self.labels = FEW_LABELS
        return True


def relax(
    master: RestrictedMaster,
    pricer: Pricer,
    branch: Restriction,
    *,
    cost_weight: float = 1.0,
    deep: bool = True,
    tolerance: float = 0.0,
    rough: bool = False,
    halving: int = 0,
    rounds: int | None = None,
    stop: Callable[[float, MasterSolution], bool] = lambda bound, solution: False,
    expired: Callable[[], bool] = lambda: False,
) -> Relaxation:
    """Generate columns for a branch until no pathway improves, or `stop(bound, solution)` after
    a round, or for so many `rounds`; without `deep`, until the first short search of everybody
    finds nothing. `tolerance`: relative difference of the value from the bound at which to leave
    off. `rough`: the master is nearly solved only. `halving`: rounds of zero-half cuts."""
    state = Relaxing(master, pricer, branch, cost_weight, deep, tolerance, rough, halving)
    improving = True
    while improving and not expired() and state.rounds != rounds:
        improving = state.round(expired)
        if stop(state.bound.value, state.solution):
            break
    bound = state.bound
    return Relaxation(state.solution, bound.value, state.duals, bound.margin, not improving)
