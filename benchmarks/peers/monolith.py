"""The time-indexed program handed to a solver as it is: HiGHS or CP-SAT."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from math import isfinite
from tempfile import TemporaryFile
from time import perf_counter
from typing import Any, Literal

import highspy
import numpy as np
from benchmarks.peers.draft import Answer, Draft, finished, with_bound
from benchmarks.peers.time_indexed import TimeIndexed
from numpy.typing import NDArray
from ortools.linear_solver.python.model_builder_helper import ModelBuilderHelper, ModelSolverHelper
from scipy.sparse import csr_matrix
from tests.oracle.enumerate import PersonPlan, Target, costed
from tests.oracle.facts import Facts, Pair
from tests.oracle.learning import Learner
from tests.oracle.program import Program

from succession.domain import Plan, Scenario
from succession.verify import verify

__all__ = ["Backend", "solve_monolith"]

Backend = Literal["highs", "sat"]
Values = NDArray[np.float64]

SCALING = 10000
"""CP-SAT counts chances in steps of 1 / SCALING; rows of theirs are loosened by EASE."""
EASE = 3.0 / SCALING

FEASIBLE = 2
LOGGED = re.compile(r"#\S+\s+([\d.]+)s\s+best:(\S+)\s+next:\[([-\d.e+]+),")


def solve_monolith(
    scenario: Scenario, *, backend: Backend = "highs", seconds: float = 60.0, threads: int = 1
) -> Answer:
    """The best plan and bound within the time; building the program is not counted in it."""
    began = perf_counter()
    facts = Facts(scenario)
    model = TimeIndexed(facts, EASE if backend == "sat" else 0.0)
    build = perf_counter() - began
    solve = _with_highs if backend == "highs" else _with_cp_sat
    answer = solve(model.program, seconds, threads)
    taken = perf_counter() - began - build
    rows = scenario.activity_by_id
    paid = sum(rows[row.activity].cost for row in scenario.commitments if row.start >= 1)
    trace = tuple((when, _plus(cost, paid), _plus(low, paid)) for when, cost, low in answer.trace)
    bound = _plus(answer.bound, paid)
    plan = None if answer.values is None else _plan(model, answer.values)
    if plan is None:
        return Answer(None, bound, None, taken, build, trace)
    if bound is not None:
        plan = with_bound(plan, bound)
    return Answer(plan.cost, bound, plan, taken, build, (*trace, (taken, plan.cost, bound)))


@dataclass(frozen=True)
class _Found:
    """What a solver said of the program; `trace` in its own seconds."""

    values: Values | None
    bound: float | None
    trace: list[tuple[float, float | None, float | None]]


def _plus(amount: float | None, more: float) -> float | None:
    return None if amount is None else amount + more


def _finite(amount: float) -> float | None:
    return amount if isfinite(amount) else None


def _with_highs(program: Program, seconds: float, threads: int) -> _Found:
    highs, trace = highspy.Highs(), []
    options = {"output_flag": False, "mip_rel_gap": 0.0, "time_limit": seconds, "threads": threads}
    for name, value in options.items():
        highs.setOptionValue(name, value)
    highs.passModel(_highs_model(program))

    def note(event: Any) -> None:
        now = event.data_out
        known = _finite(now.mip_primal_bound), _finite(now.mip_dual_bound)
        trace.append((now.running_time, *known))

    highs.cbMipLogging.subscribe(note)
    highs.cbMipImprovingSolution.subscribe(note)
    highs.run()
    info, found = highs.getInfo(), None
    # 2: a feasible point; infinity is what HiGHS says where it has none.
    if info.primal_solution_status == FEASIBLE:
        found = np.array(highs.getSolution().col_value)
    bound = info.mip_dual_bound if any(program.whole) else info.objective_function_value
    return _Found(found, _finite(bound), trace)


def _highs_model(program: Program) -> highspy.HighsLp:
    model, rows = highspy.HighsLp(), program.constraints()[0]
    matrix = csr_matrix(rows.A)
    model.num_col_, model.num_row_ = len(program.cost), matrix.shape[0]
    model.col_cost_ = _column(program.cost)
    model.col_lower_, model.col_upper_ = _column(program.lower), _column(program.upper)
    model.row_lower_, model.row_upper_ = _column(rows.lb), _column(rows.ub)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = matrix.indptr
    model.a_matrix_.index_ = matrix.indices
    model.a_matrix_.value_ = matrix.data
    kinds = highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger
    model.integrality_ = [kinds[whole] for whole in program.whole]
    return model


def _with_cp_sat(program: Program, seconds: float, threads: int) -> _Found:
    helper, solver = ModelBuilderHelper(), ModelSolverHelper("sat")
    rows = program.constraints()[0]
    helper.fill_model_from_sparse_data(
        _column(program.lower),
        _column(program.upper),
        _column(program.cost),
        _column(rows.lb),
        _column(rows.ub),
        csr_matrix(rows.A),
    )
    for place, whole in enumerate(program.whole):
        helper.set_var_integrality(place, bool(whole))
    settings = f"mip_var_scaling:{SCALING} num_workers:{threads} log_search_progress:true"
    solver.set_solver_specific_parameters(settings)
    solver.enable_output(True)
    solver.set_time_limit_in_seconds(seconds)
    with _printed() as lines:
        solver.solve(helper)
    bound = solver.best_objective_bound() if solver.has_response() else None
    values = np.array(solver.variable_values()) if solver.has_solution() else None
    return _Found(values, bound, [point for line in lines for point in _logged(line)])


@contextmanager
def _printed() -> Iterator[list[str]]:
    """What the solver prints from C++: its search log is the only trace it gives."""
    lines: list[str] = []
    sys.stdout.flush()
    with TemporaryFile() as file:
        kept = os.dup(1)
        os.dup2(file.fileno(), 1)
        try:
            yield lines
        finally:
            os.dup2(kept, 1)
            os.close(kept)
        file.seek(0)
        lines += file.read().decode("utf-8", "replace").splitlines()


def _logged(line: str) -> list[tuple[float, float | None, float | None]]:
    """A line of CP-SAT's log as a point: `#12  3.41s best:735 next:[700,734.5] …`."""
    found = LOGGED.match(line)
    if found is None:
        return []
    seconds, best, low = found.groups()
    cost = None if best in ("-", "inf", "-inf") else float(best)
    return [(float(seconds), cost, float(low))]


def _column(values: object) -> Any:
    """The stub of `fill_model_from_sparse_data` asks for a type that no array has."""
    return np.asarray(values, dtype=np.float64)


def _plan(model: TimeIndexed, values: Values) -> Plan | None:
    """The program's answer, or, where rule 8 takes something out of it, the best of what is left.

    None where the verifier has something against all of it.
    """
    facts = model.facts
    chosen: dict[str, Target] = {}
    starts: dict[str, list[Pair]] = {}
    for place, piece in model.plans.items():
        if values[place] > 0.5:
            if piece.target is not None:
                chosen[piece.employee] = piece.target
            else:
                starts.setdefault(piece.employee, []).extend(piece.learning)
    wanted = [_needed(facts, name, target, starts.get(name, [])) for name, target in chosen.items()]
    plans = [plan for plan in wanted if plan is not None]
    found = [finished(facts, plans, _named(model.program, values)), _drafted(facts, plans)]
    legal = [plan for plan in found if not verify(facts.scenario, plan).violations]
    return min(legal, key=lambda plan: plan.cost or 0.0, default=None)


def _drafted(facts: Facts, plans: list[PersonPlan]) -> Plan:
    """The person plans as far as they fit, hires and sessions decided anew."""
    draft = Draft(facts)
    for plan in plans:
        if draft.fits(plan):
            draft.add(plan)
    draft.drop_unviable()
    return draft.plan()


def _needed(facts: Facts, name: str, target: Target, pairs: list[Pair]) -> PersonPlan | None:
    """The person plan without what is not needed, dearest first (rule 8)."""
    person = facts.scenario.employee_by_id[name]
    learner, rows = Learner(facts, person), facts.scenario.activity_by_id
    kept = sorted(pairs, key=lambda pair: (-rows[pair[0]].cost, pair))
    for pair in list(kept):
        rest = [other for other in kept if other != pair]
        if learner.suffices(tuple(rest), target.seat[0], target.period):
            kept = rest
    found = learner.judged(tuple(sorted(kept)), target.seat[0], target.period)
    return None if found is None else costed(facts, person, target, found)


def _named(program: Program, values: Values) -> Mapping[Hashable, int]:
    return {name: round(values[place]) for name, place in program.place.items()}
