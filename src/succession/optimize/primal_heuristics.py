"""Plans from the relaxation of a branch: rounding, dives, and neighbourhoods around both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from succession.optimize.column_generation import Relaxation, relax
from succession.optimize.diving import dive
from succession.optimize.integer import IntegerSolution, likely_pathways, solve_restricted
from succession.optimize.links import class_minimums
from succession.optimize.master import MasterSolution, RestrictedMaster
from succession.optimize.neighbourhoods import MANY_TOGETHER, TOGETHER, improve
from succession.optimize.placing import place
from succession.optimize.restriction import Restriction
from succession.optimize.rounding import round_solution
from succession.optimize.sizes import Size
from succession.optimize.stopping import Clock
from succession.optimize.strong_branching import SessionTrials
from succession.pathways.pathway import Pathway
from succession.pathways.prices import Duals
from succession.pathways.pricing import Pricer

__all__ = ["PlanSearch", "support"]

LIKELY, LIKELY_ROOM = 30, 0.01
"""Of an opening: likely pathways, and how much of its cost they may be from the best."""
TAKEN, OFTEN_TAKEN = 1e-7, 0.03
"""Share from which a pathway counts as taken in a solution, and in an estimate of one."""
CHAIN_ROOM, EARLY = 2, 0.5
"""Of the room of likely pathways: in chains, which have several, and before a huge dive."""
FEW_OPENINGS = 30
"""Openings up to which plans around a rounded one take no time."""
WIDE = 2
"""Of the room of likely pathways, where many are decided together."""
COARSE, FINE = 5e-4, 2e-4
"""Relative gaps at which programs are left: those around a first plan, and around a good one."""
Key = tuple[int, tuple[tuple[int, int], ...]]


class PlanSearch:
    """Looks for plans near a relaxation; `gap`: relative, of the small programs on the way.
    In a large scenario plans with held sessions are looked for where classes have minimums."""

    def __init__(
        self, master: RestrictedMaster, pricer: Pricer, trials: SessionTrials, clock: Clock,
        gap: float, size: Size,
    ) -> None:  # fmt: skip
        self.master, self.pricer, self.trials, self.clock = master, pricer, trials, clock
        self.gap, self.size = gap, size
        self.holding = size is Size.LARGE and bool(class_minimums(master.instance))
        self._plain = size is Size.USUAL and master.flow is None
        openings = len(master.instance.scenario.openings)
        self._dives_first = self._plain and openings > FEW_OPENINGS

    def around(
        self, branch: Restriction, solution: MasterSolution, known: IntegerSolution | None, *,
        rough: bool,
    ) -> Iterator[IntegerSolution]:  # fmt: skip
        """Plans by rounding, and around that; `rough`: the master is nearly solved only. None where
        better ones are known from before the master was solved, or come as soon from a dive."""
        if (self.size is Size.LARGE and not rough) or self._dives_first:
            return
        pool = support(self.master, solution, known, rough=rough)
        if self.size is Size.HUGE:
            pool += self._cheap(solution.duals, EARLY * self._room(solution))
        yield from self._near(branch, branch, solution, pool, known)

    def dives(
        self, branch: Restriction, relaxation: Relaxation, known: IntegerSolution | None,
        tolerance: float, *, rough: bool,
    ) -> Iterator[IntegerSolution]:  # fmt: skip
        """Plans at the end of a dive, and around that; `tolerance` of its relaxations."""
        found = dive(
            self.master, self.pricer, branch, relaxation, self.trials,
            np.inf if known is None else known.cost, self.clock, tolerance=tolerance, rough=rough,
            tried=self.size is Size.USUAL,
        )  # fmt: skip
        if found is None:
            return
        leaf, below = found
        if rough:
            yield from self._placed(branch, leaf, below, known)
            return
        pool = {p.key: p for p in support(self.master, relaxation.master, known, rough=False)}
        if self.holding:
            yield from self._held(branch, leaf, below, pool, tolerance)
            return
        pool |= {p.key: p for p in support(self.master, below.master, None, rough=False)}
        wide = WIDE if self.size is Size.LARGE else 1
        pool |= {p.key: p for p in self._likely(leaf, below, wide)}
        pathways = list(pool.values())
        if self._plain:
            yield from self._at_leaf(branch, leaf, pathways, known)
            return
        yield from self._near(branch, leaf, below.master, pathways, known, MANY_TOGETHER)

    def _at_leaf(
        self, branch: Restriction, leaf: Restriction, pool: Sequence[Pathway],
        known: IntegerSolution | None,
    ) -> Iterator[IntegerSolution]:  # fmt: skip
        """A good plan with the sessions of a `leaf`, and, if none is as good, those around it."""
        found = solve_restricted(self.master, pool, leaf, self.clock, gap=COARSE, nodes=1)
        if found is not None:
            yield found
            if known is None or found.cost < known.cost:
                yield from self._improved(branch, pool, found)

    def _held(
        self, branch: Restriction, leaf: Restriction, below: Relaxation,
        pool: dict[Key, Pathway], tolerance: float,
    ) -> Iterator[IntegerSolution]:  # fmt: skip
        """The best plan over the likely pathways of a `leaf`, and better ones around it with any
        sessions; then the same at the leaf with the best one's sessions, while that is better."""
        best: IntegerSolution | None = None
        while self.clock.left > 0:
            near = self._cheap(below.master.duals, self._room(below.master))
            near += self._likely(leaf, below)
            likely = {p.key: p for p in (*near, *(best.pathways if best else ()))}
            pool |= likely
            found = solve_restricted(
                self.master, list(likely.values()), leaf, self.clock, gap=max(self.gap, FINE),
                nodes=1, known=best,
            )  # fmt: skip
            if found is None or (best is not None and found.cost >= best.cost):
                return
            yield (best := found)
            for better in self._improved(branch, list(pool.values()), found):
                yield (best := better)
            leaf = self.trials.hold(branch, best.variables)
            below = relax(
                self.master, self.pricer, leaf, tolerance=tolerance,
                expired=lambda: self.clock.left <= 0,
            )  # fmt: skip

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
        pool = self._cheap(below.master.duals, 2 * self._room(below.master))
        pool += self.master.pathways[first:]
        many = MANY_TOGETHER if self.size is Size.HUGE else TOGETHER
        yield from self._near(branch, classes, solution, pool, known, many)

    def _near(
        self, branch: Restriction, leaf: Restriction, solution: MasterSolution,
        pool: Sequence[Pathway], known: IntegerSolution | None,
        together: Sequence[int] = TOGETHER,
    ) -> Iterator[IntegerSolution]:  # fmt: skip
        """A plan near a fractional solution, with the sessions of a `leaf` at most, and better ones
        around it, or around a better one known where openings are many, with more sessions where
        these pay."""
        pool = list({p.key: p for p in (*pool, *(known.pathways if known else ()))}.values())
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
        best = found
        if self.size is not Size.USUAL and known is not None and known.cost < found.cost:
            best = known
        yield from self._improved(branch, pool, best, together)

    def _improved(
        self, branch: Restriction, pool: Sequence[Pathway], known: IntegerSolution,
        together: Sequence[int] = TOGETHER,
    ) -> Iterator[IntegerSolution]:  # fmt: skip
        """Better plans by neighbourhoods, from small to large; around a first plan of many openings
        the largest would take longer than what does more."""
        if self.size is Size.USUAL:
            together = TOGETHER
        elif together is TOGETHER:
            together = TOGETHER[:-1]
        gap = max(self.gap, FINE if together is MANY_TOGETHER else COARSE)
        return improve(self.master, branch, pool, known, self.clock, gap, together)

    def _likely(self, leaf: Restriction, below: Relaxation, wide: float = 1.0) -> list[Pathway]:
        """Pathways that plans near a relaxation may hold, in a room so many times as `wide` as
        usual; of chains, with their many fills, those known."""
        if self.master.flow is not None:
            return self._cheap(below.duals, CHAIN_ROOM * self._room(below.master))
        most = LIKELY * len(self.master.instance.scenario.openings)
        room = wide * self._room(below.master)
        return likely_pathways(self.master, self.pricer, leaf, below, room, self.clock, most=most)

    def _cheap(self, duals: Duals, room: float) -> list[Pathway]:
        """The pathways known whose reduced cost is less than `room`."""
        cheap = np.flatnonzero(self.master.reduced_costs(duals) < room)
        return [self.master.pathways[k] for k in cheap.tolist()]

    def _room(self, solution: MasterSolution) -> float:
        openings = max(1, len(self.master.instance.scenario.openings))
        return LIKELY_ROOM * abs(solution.value) / openings


def support(
    master: RestrictedMaster, solution: MasterSolution, known: IntegerSolution | None, *,
    rough: bool,
) -> list[Pathway]:  # fmt: skip
    """The pathways taken in a solution, in part or whole, and those of a known plan."""
    least = OFTEN_TAKEN if rough else TAKEN
    taken = [master.pathways[k] for k in np.flatnonzero(solution.pathways > least)]
    own = known.pathways if known else ()
    return list({p.key: p for p in (*taken, *own)}.values())
