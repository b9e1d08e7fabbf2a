"""solve: the table of contents of the optimisation."""

from __future__ import annotations

import gc
import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace

from succession.domain import Plan, Progress, Scenario, SolveResult, Status, StopReason
from succession.errors import SolverError
from succession.instance import Instance, build_instance
from succession.optimize.assemble import plan_lists
from succession.optimize.branch_and_price import Outcome, TreeSearch
from succession.optimize.conflict import find_conflict
from succession.optimize.stopping import OPTIMAL_GAP, Clock, relative_gap
from succession.pathways.pricing import Pricer
from succession.verify import verify

__all__ = ["solve"]

MANY_RECORDS = 50_000
"""Made before the collector looks for cycles among them."""


def solve(
    scenario: Scenario,
    *,
    gap: float = 1e-4,
    time_limit: float = 600.0,
    previous: Plan | None = None,
    previous_sha256: str | None = None,
    threads: int = 1,
    progress: Callable[[Progress], None] | None = None,
    interrupted: Callable[[], bool] | None = None,
) -> SolveResult:
    """The plan of least expected cost, with a proven bound (model.md).

    Args:
        gap: relative gap at which to stop; 0 asks for the optimum.
        time_limit: seconds; the best plan so far is returned with its bound.
        previous: the plan whose changes cost; `previous_sha256` of its file goes into the plan.
        progress: called with every round; `interrupted`: asked now and then whether to stop.
    """
    history: list[Progress] = []

    def report(line: Progress) -> None:
        history.append(line)
        if progress is not None:
            progress(line)

    clock = Clock(time_limit, interrupted or (lambda: False))
    instance = build_instance(scenario, previous)
    search = TreeSearch(instance, Pricer(instance, threads), gap, clock, report)
    with _rare_garbage_collection():
        outcome = search.run()
    plan = _plan(instance, outcome, previous_sha256)
    if outcome.solution is not None:
        plan = _priced(scenario, plan, outcome, previous)
    elif outcome.bound == math.inf:
        conflict = find_conflict(scenario, previous, clock)
        plan = replace(plan, status="infeasible", conflict=conflict)
    return SolveResult(
        plan=plan,
        stopped=_stop_reason(outcome, gap, clock),
        rounds=outcome.rounds,
        columns=len(search.master.pathways),
        seconds=clock.seconds,
        history=tuple(history),
    )


@contextmanager
def _rare_garbage_collection() -> Iterator[None]:
    """A search makes many records and few cycles: what was there before is not looked through for
    them, and what comes seldom."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(MANY_RECORDS, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _plan(instance: Instance, outcome: Outcome, previous_sha256: str | None) -> Plan:
    """The plan with its lists, its costs still to be recomputed."""
    lists = plan_lists(instance, outcome.solution) if outcome.solution else {}
    return replace(
        Plan.blank(instance.scenario),
        status="feasible" if outcome.solution else "unknown",
        cost=None,
        bound=None if math.isinf(outcome.bound) else outcome.bound,
        gap=None,
        previous_sha256=previous_sha256,
        **lists,  # type: ignore[arg-type]
    )


def _priced(scenario: Scenario, plan: Plan, outcome: Outcome, previous: Plan | None) -> Plan:
    """The plan with the verifier's costs, which must be the master's, and status by gap.

    Raises:
        SolverError: the master's cost and the verifier's differ.
    """
    costs = verify(scenario, plan, previous).costs
    if abs(costs.total - outcome.cost) > 1e-6 * max(1.0, abs(outcome.cost)):
        raise SolverError(f"the master counts {outcome.cost}, the verifier {costs.total}")
    bound = min(outcome.bound, costs.total)
    gap = relative_gap(costs.total, bound)
    status: Status = "optimal" if gap <= OPTIMAL_GAP else "feasible"
    return replace(plan, status=status, cost=costs.total, bound=bound, gap=gap, costs=costs)


def _stop_reason(outcome: Outcome, gap: float, clock: Clock) -> StopReason:
    if outcome.bound == math.inf:
        return "infeasible"
    wanted = max(gap, OPTIMAL_GAP)
    if outcome.solution is not None and relative_gap(outcome.cost, outcome.bound) <= wanted:
        return "gap"
    if clock.interrupted():
        return "interrupted"
    return "exhausted" if outcome.exhausted else "time_limit"
