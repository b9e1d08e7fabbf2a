"""Branch and price: a tree of branches, the least bound first.

Every branch is relaxed by column generation. Where its bound does not close it, it is solved over
every pathway that could still matter; where those are too many, it is split.
"""

from __future__ import annotations

import heapq
import itertools
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from succession.domain import Progress
from succession.instance import Instance
from succession.optimize.basis import Basis
from succession.optimize.branching import children
from succession.optimize.closing import Attempt, Closer, attempts
from succession.optimize.column_generation import Relaxation, relax, trivial_bound
from succession.optimize.cost_step import cost_step
from succession.optimize.integer import IntegerSolution, solve_restricted
from succession.optimize.master import MasterSolution, RestrictedMaster
from succession.optimize.primal_heuristics import PlanSearch, support
from succession.optimize.restriction import Restriction, root_restriction
from succession.optimize.rounding import round_solution
from succession.optimize.sizes import Size, halving_rounds, size_of
from succession.optimize.stopping import OPTIMAL_GAP, Clock, relative_gap
from succession.optimize.strong_branching import SessionTrials
from succession.pathways.kernel.cache import is_compiled
from succession.pathways.pathway import Pathway
from succession.pathways.pricing import Pricer

__all__ = ["Outcome", "TreeSearch"]

SHORTAGE = 1e-7
ROUGH, ROUGH_ROUNDS = 5e-4, 40
FINE = 1e-4
FEW_NODES = 20
DIVE_EVERY, FEW_TARGETS = 8, 1_000
"""Branches from dive to dive, and targets up to which closing comes before one, with halves."""
AHEAD, OFF = 0.5, 0.05
"""Of the way from waiting branches to the best plan: a branch closed so far can wait too; and of a
cost step, that a bound may be too high: what HiGHS takes for zero adds up."""


@dataclass(frozen=True)
class Outcome:
    """The best solution found and the bound proven, constant included; inf: no plan exists."""

    solution: IntegerSolution | None
    cost: float
    bound: float
    exhausted: bool
    rounds: int


@dataclass
class TreeSearch:
    """The state of a search: incumbent, open branches, and the least bound set aside."""

    instance: Instance
    pricer: Pricer
    gap: float
    clock: Clock
    report: Callable[[Progress], None]
    master: RestrictedMaster = field(init=False)
    trials: SessionTrials = field(init=False)
    closer: Closer = field(init=False)
    plans: PlanSearch = field(init=False)
    incumbent: IntegerSolution | None = None
    set_aside: float = math.inf
    rounds: int = 0

    def __post_init__(self) -> None:
        self.master = RestrictedMaster(self.instance, self._is_late)
        self._size = size_of(self.instance)
        self.trials = SessionTrials(self.master, self.clock, probing=self._size is not Size.HUGE)
        self._many = self._size is not Size.USUAL
        self.closer = Closer(self.master, self.pricer, self.clock, many=self._many)
        self.plans = PlanSearch(
            self.master, self.pricer, self.trials, self.clock, self._small_gap, self._size
        )
        self._branches: list[tuple[float, int, Restriction, Basis | None]] = []
        self._number = itertools.count()
        self._current = math.inf
        self._explored = 0
        self._halving = halving_rounds(self.instance)
        self._step = cost_step(self.instance)

    def run(self) -> Outcome:
        """Search until the gap is closed, nothing is left, or the clock says stop."""
        root = root_restriction(self.instance)
        self._push(trivial_bound(self.master, self.pricer, root)[1].value, root)
        self._try_integer(root, (), FEW_NODES)
        if not is_compiled():
            self._compile()
        while self._branches and self.clock.left > 0:
            self._current, _, branch, basis = heapq.heappop(self._branches)
            if self._is_closed(self._current):
                self._set_aside(self._current)
                break
            if basis is not None:
                self.master.start(branch, basis)
            self._explore(branch)
            self._current = math.inf
        return Outcome(
            self.incumbent, self.cost, self.bound, not self._branches and self.clock.left > 0,
            self.rounds,
        )  # fmt: skip

    def _compile(self) -> None:
        """Compile the search, which the time limit does not count: nothing can be done instead."""
        self._report("compiling")
        before = self.clock.seconds
        self.pricer.compile()
        self.clock.leave_out(self.clock.seconds - before)

    @property
    def cost(self) -> float:
        """The incumbent's cost; inf without one."""
        return math.inf if self.incumbent is None else self.incumbent.cost + self.instance.constant

    @property
    def bound(self) -> float:
        """A lower bound on every plan, at any moment."""
        least = min(self._next, self._current, self.set_aside)
        if self._step and math.isfinite(least):
            least = self._step * math.ceil(least / self._step - OFF)
        return min(self.cost, least + self.instance.constant)

    def _explore(self, branch: Restriction) -> None:
        huge = self._size is Size.HUGE
        often = self._explored % (1 if huge else DIVE_EVERY) == 0
        self._explored += 1
        ways = (True, False) if self._size is Size.LARGE else (huge,)
        for rough in ways if often else ():
            near = self._relax(branch, max(self.gap / 8, ROUGH), ROUGH_ROUNDS, rough)
            whole = rough or near.master.shortage <= SHORTAGE
            late = self.incumbent is not None and self._is_late()
            if whole and not late and not self._is_closed(near.bound):
                still = self._look_for_plans(branch, near, rough)
                if still is None:
                    return
                branch = still
            if self._is_late() or self._is_closed(self._current):
                self._set_aside(self._current)
                return
        relaxation = self._relax(branch, self.gap / 8, rough=huge)
        self._current = max(self._current, relaxation.bound)
        self._report("integer")
        if not relaxation.converged or self._is_closed(relaxation.bound):
            self._set_aside(self._current)
            return
        if relaxation.master.shortage > SHORTAGE:
            self._settle_shortage(branch)
            return
        whole = not self.trials.fractional(relaxation.master.variables)
        gap, root = relative_gap(self.cost, self.bound), self._explored == 1
        for attempt in attempts(gap, whole=whole, many=self._many, root=root):
            still = self._close(branch, relaxation, attempt)
            if still is None:
                return
            branch = still
        self._split(branch, relaxation)

    def _look_for_plans(
        self, branch: Restriction, near: Relaxation, rough: bool
    ) -> Restriction | None:
        """Plans from a relaxation; None where the branch is closed on the way, else the branch."""
        if self._explored == 1 or self._many or self.master.flow is not None:
            self._take(self.plans.around(branch, near.master, self.incumbent, rough=rough))
        still: Restriction | None = branch
        if len(self.instance.targets) <= FEW_TARGETS:
            still = self._close(branch, near, Attempt.SHY)
        if still is not None and not self._is_closed(self._current):
            tolerance = max(self.gap / 8, FINE)
            self._take(self.plans.dives(still, near, self.incumbent, tolerance, rough=rough))
        return still

    def _take(self, plans: Iterator[IntegerSolution]) -> None:
        """Plans as they come, until one closes the branch."""
        for plan in plans:
            self._accept(plan)
            self._report("plans")
            if self._is_closed(self._current):
                break

    def _relax(
        self, branch: Restriction, tolerance: float, rounds: int | None = None, rough: bool = False
    ) -> Relaxation:
        def stop(bound: float, solution: MasterSolution) -> bool:
            self.rounds += 1
            if self.rounds.bit_count() == 1:
                self._accept(round_solution(self.master, branch, solution))
                if self.master.flow is not None and self.rounds > 1:
                    self._take(self.plans.around(branch, solution, self.incumbent, rough=rough))
                if self.incumbent is None:
                    pool = support(self.master, solution, None, rough=rough)
                    self._try_integer(branch, pool, 1)
            self._current = max(self._current, bound)
            self._report("columns")
            return self._is_closed(bound)

        early = len(self.instance.targets) <= FEW_TARGETS or (self._many and not self.plans.holding)
        halving = self._halving if self._explored == 1 and (early or not rounds) else 0
        return relax(
            self.master, self.pricer, branch, tolerance=tolerance, rounds=rounds, stop=stop,
            rough=rough, halving=halving, expired=self._is_late,
        )  # fmt: skip

    def _settle_shortage(self, branch: Restriction) -> None:
        """Phase one: a branch without a plan even in fractions is done with; another one is
        tried again with dearer artificials."""
        proof = relax(
            self.master, self.pricer, branch, cost_weight=0.0,
            stop=lambda bound, _: bound > OPTIMAL_GAP, expired=self._is_late,
        )  # fmt: skip
        if proof.bound <= OPTIMAL_GAP:
            self.master.raise_penalty()
            self._push(self._current, branch)

    def _close(
        self, branch: Restriction, relaxation: Relaxation, attempt: Attempt = Attempt.FIRST
    ) -> Restriction | None:
        """Close a branch by enumeration (`Closer`): what is left, or None where that is done."""
        self._current = max(self._current, relaxation.bound)
        narrower = branch
        for closing in self.closer.closings(
            branch, relaxation, attempt, lambda: (self._current, self._cutoff)
        ):
            narrower = narrower.close(closing.closed if closing.cutoff >= self._cutoff else ())
            self._accept(closing.solution)
            self._current = max(self._current, closing.bound)
            self._report("closing")
            if self._is_closed(self._current):
                self._set_aside(self._current)
                return None
            if self._current > self._next + AHEAD * (self._cutoff - self._next):
                break
        return narrower

    def _split(self, branch: Restriction, relaxation: Relaxation) -> None:
        branches = children(self.master, relaxation.master, branch, self.trials)
        basis = None if self._size is Size.HUGE else self.master.basis()
        if not branches and self._close(branch, relaxation, Attempt.LAST):
            self._set_aside(self._current)
        for child in branches:
            self._push(self._current, child, basis)

    @property
    def _next(self) -> float:
        """The least bound of the branches that wait."""
        return self._branches[0][0] if self._branches else math.inf

    @property
    def _cutoff(self) -> float:
        """What a better plan costs less than, without the constant."""
        return self.cost - self.instance.constant - (1.0 - 2 * OFF) * self._step

    @property
    def _small_gap(self) -> float:
        """A relative gap for programs that a plan is looked for in."""
        return min(max(self.gap / 4, OPTIMAL_GAP / 10), 0.1)

    def _try_integer(self, branch: Restriction, pathways: Sequence[Pathway], nodes: int) -> None:
        """The best mix of some pathways."""
        found = solve_restricted(
            self.master, pathways, branch, self.clock, gap=self._small_gap, nodes=nodes,
            known=self.incumbent,
        )  # fmt: skip
        self._accept(found)
        self._report("integer")

    def _accept(self, solution: IntegerSolution | None) -> None:
        if solution is not None and solution.cost + self.instance.constant < self.cost:
            self.incumbent = solution

    def _is_closed(self, bound: float) -> bool:
        """Whether a branch of this bound is empty, or within the gap asked for."""
        if self.incumbent is None or math.isinf(bound):
            return bound == math.inf
        left, wanted = self.incumbent.cost - bound, max(self.gap, OPTIMAL_GAP / 2)
        near = relative_gap(self.cost, bound + self.instance.constant) <= wanted
        return near or left < (1.0 - OFF) * self._step

    def _is_late(self) -> bool:
        return self.clock.left <= 0

    def _set_aside(self, bound: float) -> None:
        self.set_aside = min(self.set_aside, bound)

    def _push(self, bound: float, branch: Restriction, basis: Basis | None = None) -> None:
        heapq.heappush(self._branches, (bound, next(self._number), branch, basis))

    def _report(self, phase: str) -> None:
        cost = None if math.isinf(self.cost) else self.cost
        bound = None if math.isinf(self.bound) else self.bound
        at = self.clock.seconds
        self.report(Progress(at, phase, self.rounds, len(self.master.pathways), cost, bound))
