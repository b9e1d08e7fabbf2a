"""Plans from the relaxation of a branch: rounding, dives, and neighbourhoods around both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from succession.optimize.column_generation import Relaxation
from succession.optimize.diving import dive
from succession.optimize.integer import IntegerSolution, likely_pathways, solve_restricted
from succession.optimize.master import MasterSolution, RestrictedMaster
from succession.optimize.neighbourhoods import improve
from succession.optimize.placing import place
from succession.optimize.restriction import Restriction
from succession.optimize.rounding import round_solution
from succession.optimize.stopping import Clock
from succession.optimize.strong_branching import SessionTrials
from succession.pathways.pathway import Pathway
from succession.pathways.pricing import Pricer

__all__ = ["PlanSearch", "support"]

LIKELY, LIKELY_ROOM = 30, 0.01
"""Of an opening: likely pathways, and how much of its cost they may be from the best."""
TAKEN, OFTEN_TAKEN = 1e-7, 0.03
"""Share from which a pathway counts as taken in a solution, and in an estimate of one."""
CHAIN_ROOM = 2
"""Of the room of likely pathways: a chain has several."""
COARSE = 5e-4
"""Relative gap at which the small program of a neighbourhood is left."""


class PlanSearch:
    """Looks for plans near a relaxation; `gap`: relative, of the small programs on the way."""

    def __init__(
        self, master: RestrictedMaster, pricer: Pricer, trials: SessionTrials, clock: Clock,
        gap: float,
    ) -> None:  # fmt: skip
        self.master, self.pricer, self.trials, self.clock = master, pricer, trials, clock
        self.gap = gap

    def around(
        self, branch: Restriction, solution: MasterSolution, known: IntegerSolution | None, *,
        rough: bool,
    ) -> Iterator[IntegerSolution]:  # fmt: skip
        """Plans by rounding, and around that; `rough`: the master is nearly solved only."""
        pool = support(self.master, solution, known, rough=rough)
        yield from self._near(branch, branch, solution, pool, known)

    def dives(
        self, branch: Restriction, relaxation: Relaxation, known: IntegerSolution | None,
        tolerance: float, *, rough: bool,
    ) -> Iterator[IntegerSolution]:  # fmt: skip
        """Plans at the end of a dive, and around that; `tolerance` of its relaxations."""
        found = dive(
            self.master, self.pricer, branch, relaxation, self.trials,
            np.inf if known is None else known.cost, self.clock, tolerance=tolerance, rough=rough,
        )  # fmt: skip
        if found is None:
            return
        leaf, below = found
        if rough:
            yield from self._placed(branch, leaf, below, known)
            return
        pool = {p.key: p for p in support(self.master, relaxation.master, known, rough=False)}
        pool |= {p.key: p for p in support(self.master, below.master, None, rough=False)}
        pool |= {p.key: p for p in self._likely(leaf, below)}
        yield from self._near(branch, leaf, below.master, list(pool.values()), known)

    def _placed(
        self, branch: Restriction, leaf: Restriction, below: Relaxation,
        known: IntegerSolution | None,
    ) -> Iterator[IntegerSolution]:  # fmt: skip
        """A plan at the end of placing, and better ones around it, with all cheap pathways."""
        first = len(self.master.pathways)
        placed = place(self.master, self.pricer, leaf, below.master.duals, self.clock)
        if placed is None:
            return
        classes, solution = placed
        room = 2 * self._room(below)
        cheap = np.flatnonzero(self.master.reduced_costs(below.master.duals) < room)
        pool = [self.master.pathways[k] for k in cheap.tolist() if k < first]
        pool += self.master.pathways[first:]
        yield from self._near(branch, classes, solution, pool, known)

    def _near(
        self, branch: Restriction, leaf: Restriction, solution: MasterSolution,
        pool: Sequence[Pathway], known: IntegerSolution | None,
    ) -> Iterator[IntegerSolution]:  # fmt: skip
        """A plan near a fractional solution, with the sessions of a `leaf` at most, and better ones
        around it, with more sessions where these pay."""
        classes = branch.bound_variables(branch.floor, leaf.ceiling)
        found = round_solution(self.master, classes, solution)
        if found is None:
            found = solve_restricted(
                self.master, pool, branch, self.clock, gap=self.gap, nodes=1, known=known
            )
            if found is not None:
                yield found
            return
        yield found
        pool = [*pool, *(known.pathways if known else ())]
        yield from improve(self.master, branch, pool, found, self.clock, max(self.gap, COARSE))

    def _likely(self, leaf: Restriction, below: Relaxation) -> list[Pathway]:
        """Pathways that plans near a relaxation may hold: of chains, with their many fills, those
        known."""
        if self.master.flow is not None:
            cheap = self.master.reduced_costs(below.duals) < CHAIN_ROOM * self._room(below)
            return [self.master.pathways[k] for k in np.flatnonzero(cheap).tolist()]
        most = LIKELY * len(self.master.instance.scenario.openings)
        return likely_pathways(
            self.master, self.pricer, leaf, below, self._room(below), self.clock, most=most
        )

    def _room(self, relaxation: Relaxation) -> float:
        openings = max(1, len(self.master.instance.scenario.openings))
        return LIKELY_ROOM * abs(relaxation.master.value) / openings


def support(
    master: RestrictedMaster, solution: MasterSolution, known: IntegerSolution | None, *,
    rough: bool,
) -> list[Pathway]:  # fmt: skip
    """The pathways taken in a solution, in part or whole, and those of a known plan."""
    least = OFTEN_TAKEN if rough else TAKEN
    taken = [master.pathways[k] for k in np.flatnonzero(solution.pathways > least)]
    own = known.pathways if known else ()
    return list({p.key: p for p in (*taken, *own)}.values())
