"""One measurement in a process of its own: `python -m benchmarks.measure CASE OUT`.

CASE is a Case as JSON, OUT the file for the record. `runner.py` starts it.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from time import perf_counter
from typing import Any

from benchmarks.peers.draft import Answer, Trace
from benchmarks.suite import OURS, Case

from succession.domain import Plan, Scenario

__all__ = ["measured", "thinned"]


def measured(case: Case) -> dict[str, Any]:
    """The record: seconds, cost, bound, trace, peak memory (MB) before the plan was verified."""
    began = perf_counter()
    scenario = _scenario(case)
    # The scenario is there to stay: looking through it again and again is no part of solving.
    gc.collect()
    gc.freeze()
    drawn, memory = perf_counter() - began, _peak_megabytes()
    record = _ours(case, scenario) if case.method == OURS else _peer(case, scenario)
    return {
        **asdict(case),
        "key": case.key,
        "openings": len(scenario.openings),
        "scenario_seconds": round(drawn, 3),
        "scenario_megabytes": memory,
        **record,
    }


def _scenario(case: Case) -> Scenario:
    if case.option == "small":
        from tests.generator import small_scenario

        return small_scenario(case.seed, employees=case.employees, activities=50)
    from benchmarks.scenarios import large_scenario

    return large_scenario(case.employees, seed=case.seed, option=case.option)  # type: ignore[arg-type]


def _ours(case: Case, scenario: Scenario) -> dict[str, Any]:
    from tests.generator import small_scenario

    from succession.optimize import solve

    # The compiled search is loaded once a process, a third of a second, like the peers' libraries.
    solve(small_scenario(1, employees=20, activities=50))
    began = perf_counter()
    result = solve(scenario, gap=case.gap, time_limit=case.seconds, threads=case.threads)
    wall, memory = perf_counter() - began, _peak_megabytes()
    plan = result.plan
    trace = tuple((row.seconds, row.cost, row.bound) for row in result.history)
    return {
        "status": plan.status,
        "stopped": result.stopped,
        "seconds": round(wall, 3),
        "build_seconds": 0.0,
        "cost": plan.cost,
        "bound": plan.bound,
        "rounds": result.rounds,
        "columns": result.columns,
        "megabytes": memory,
        "violations": _violations(scenario, plan),
        "trace": thinned((*trace, (wall, plan.cost, plan.bound))),
    }


def _peer(case: Case, scenario: Scenario) -> dict[str, Any]:
    answer = _answer(case, scenario)
    memory = _peak_megabytes()
    trace = answer.trace or ((answer.seconds, answer.cost, answer.bound),)
    return {
        "status": "unknown" if answer.plan is None else answer.plan.status,
        "seconds": round(answer.seconds, 3),
        "build_seconds": round(answer.build, 3),
        "cost": answer.cost,
        "bound": answer.bound,
        "megabytes": memory,
        "violations": _violations(scenario, answer.plan),
        "trace": thinned(trace),
    }


def _answer(case: Case, scenario: Scenario) -> Answer:
    from benchmarks.peers.greedy import solve_greedily
    from benchmarks.peers.local_search import solve_by_local_search
    from benchmarks.peers.monolith import solve_monolith

    if case.method == "greedy":
        return solve_greedily(scenario)
    if case.method == "local search":
        return solve_by_local_search(scenario, seconds=case.seconds, seed=case.seed)
    backend = "highs" if case.method == "HiGHS" else "sat"
    return solve_monolith(
        scenario,
        backend=backend,  # type: ignore[arg-type]
        seconds=case.seconds,
        threads=case.threads,
    )


def _violations(scenario: Scenario, plan: Plan | None) -> int:
    """What the verifier has against the plan; 0 where there is none."""
    from succession.verify import verify

    if plan is None or not plan.has_plan:
        return 0
    return len(verify(scenario, plan).violations)


def thinned(trace: Trace) -> list[list[float | None]]:
    """Points at which something is better than before; not every small step of the same kind."""
    cost: float | None = None
    bound: float | None = None
    kept: list[list[float | None]] = []
    for place, (seconds, new_cost, new_bound) in enumerate(trace):
        better_cost = new_cost is not None and (cost is None or new_cost < cost - 1e-9 * abs(cost))
        better_bound = new_bound is not None and (
            bound is None or new_bound > bound + 1e-9 * abs(bound)
        )
        cost = new_cost if better_cost else cost
        bound = new_bound if better_bound else bound
        last = place == len(trace) - 1
        if not (better_cost or better_bound or last):
            continue
        if kept and not last and _alike(kept[-1], cost, bound):
            continue
        kept.append([round(seconds, 3), cost, bound])
    return kept


def _alike(point: Sequence[float | None], cost: float | None, bound: float | None) -> bool:
    """Whether the gap is within a fiftieth of the point's."""
    if point[1] is None or point[2] is None or cost is None or bound is None:
        return False
    return cost - bound > 0.98 * (point[1] - point[2])


def _peak_megabytes() -> int:
    """The most memory this process has had; that of the one that started it does not count."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) // 1024
    raise OSError("/proc/self/status has no VmHWM")


def main(arguments: Sequence[str]) -> None:
    """Measures the case and writes its record."""
    record = measured(Case(**json.loads(arguments[0])))
    Path(arguments[1]).write_text(json.dumps(record), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
