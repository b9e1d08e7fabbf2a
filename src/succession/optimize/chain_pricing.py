"""Pricing with vacancy chains: only what may lie on a chain that improves is searched for.

What vacated seats are worth follows from the reduced costs of the targets themselves
(`VacancyFlow`): from bounds on these at first, then from the pathways found where the best chains
lead. Seats of one role differ for a person by constants only, so that one search does for all.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from succession.optimize.master import RestrictedMaster
from succession.optimize.restriction import Restriction
from succession.optimize.vacancies import VacancyFlow
from succession.pathways.pathway import Pathway
from succession.pathways.prices import Duals
from succession.pathways.pricing import Pricer, PricingRound, Sketch

__all__ = ["price_chains"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PASSES = 8
"""Of searches in a round, each where the best chains lead by what the last one found."""


def price_chains(
    master: RestrictedMaster, flow: VacancyFlow, pricer: Pricer, duals: Duals,
    branch: Restriction, threshold: float, most: int, expired: Callable[[], bool],
) -> tuple[Duals, PricingRound]:  # fmt: skip
    """Pathways of chains whose reduced cost is below the threshold (< 0), with at most so many
    labels a search; and duals, others for the flow, at which the bounds on reduced costs hold."""
    spare = np.where(
        branch.ceiling > branch.floor, master.variable_reduced_costs(flow.without(duals)), np.inf
    )
    chains = _Chains(flow, pricer, duals, branch, spare, threshold)
    complete = True
    for _ in range(PASSES):
        todo, limits = chains.questions()
        if not len(todo) or expired():
            break
        priced = pricer.search(chains.along, todo, chains.path, limits, flow.contest, most, expired)
        chains.learn(todo, priced)
        complete = complete and priced.complete
    new = flow.repaired(chains.duals, chains.potentials, spare, master.penalty)
    bound = flow.shifted(chains.duals, new, chains.least)
    settled = chains.settled[chains.alike]
    return new, PricingRound(chains.pathways(), [], bound, settled, complete)


class _Chains:
    """What is known of the targets and of the flow, at duals without the flow's.

    `alike` (target): see `VacancyFlow.alike`; `least` and `path` (target): what it costs at least,
    and the best path through it.
    """

    def __init__(
        self, flow: VacancyFlow, pricer: Pricer, duals: Duals, branch: Restriction, spare: Floats,
        threshold: float,
    ) -> None:  # fmt: skip
        self._flow, self._pricer, self._spare = flow, pricer, spare
        self._threshold, self._allowed = threshold, branch.allowed
        self.duals = flow.without(duals)
        self._base, slope = pricer.objective(self.duals)
        self.alike = flow.alike(slope)
        jobs = np.flatnonzero(branch.allowed)
        numbers, first = np.unique(self.alike[jobs], return_index=True)
        bound = pricer.screen(self.duals, jobs[first], threshold)
        self._value = np.full(len(slope), np.inf)
        self._value[numbers] = (bound - self._base)[jobs[first]]
        self.settled = np.zeros(len(slope), dtype=np.bool_)
        self._found: list[Pathway] = []
        self._look()

    def _look(self) -> None:
        self.least = np.where(self._allowed, self._base + self._value[self.alike], np.inf)
        self.potentials = self._flow.potentials(self.least, self._spare)
        self.path = self._flow.through(self.potentials, self.least)
        self.along = self._flow.along(self.duals, self.potentials)

    def questions(self) -> tuple[Ints, Floats]:
        """(targets to search for, one of those alike; by target, what a path must cost less than):
        where a seat's least path may be less than the least known."""
        contest, settled = self._flow.contest, self.settled[self.alike]
        best = np.full(contest.max(initial=0) + 1, self._threshold)
        np.minimum.at(best, contest[settled], self.path[settled])
        limits = best[contest]
        todo = np.flatnonzero((self.path < limits + self._threshold / 2) & ~settled)
        order = todo[np.lexsort((todo, self.path[todo], self.alike[todo]))]
        return order[np.diff(self.alike[order], prepend=-1) > 0], limits

    def learn(self, todo: Ints, priced: PricingRound) -> None:
        """Take in what searches for the targets `todo` gave."""
        least = self._flow.shifted(self.along, self.duals, priced.bound)
        self._value[self.alike[todo]] = (least - self._base)[todo]
        self.settled[self.alike[todo]] = priced.settled[todo]
        self._found += priced.pathways
        self._look()

    def pathways(self) -> list[Pathway]:
        """Those found, for all targets alike that lie on a chain that improves."""
        good = np.flatnonzero(self.path < self._threshold)
        good = good[np.argsort(self.alike[good], kind="stable")]
        number = self.alike[[p.target for p in self._found]]
        first, last = (
            np.searchsorted(self.alike[good], number, side).tolist() for side in ("left", "right")
        )
        return [
            self._pricer.pathway(Sketch(p.person, target, p.starts, p.chance, 0.0))
            for k, p in enumerate(self._found)
            for target in good[first[k] : last[k]].tolist()
        ]
