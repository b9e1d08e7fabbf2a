"""The time-indexed program handed to a solver as it is: HiGHS, CP-SAT or SCIP."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from time import perf_counter
from typing import Any, Literal

import numpy as np
from benchmarks.peers.draft import Answer, Draft, finished, with_bound
from benchmarks.peers.time_indexed import TimeIndexed
from numpy.typing import NDArray
from ortools.linear_solver.python.model_builder_helper import ModelBuilderHelper, ModelSolverHelper
from scipy.optimize import Bounds, milp
from scipy.sparse import csr_matrix
from tests.oracle.enumerate import PersonPlan, Target, costed
from tests.oracle.facts import Facts, Pair
from tests.oracle.learning import Learner
from tests.oracle.program import Program

from succession.domain import Plan, Scenario
from succession.verify import verify

__all__ = ["Backend", "solve_monolith"]

Backend = Literal["highs", "sat", "scip"]
Values = NDArray[np.float64]

SCALING = 10000
"""CP-SAT counts chances in steps of 1 / SCALING; rows of theirs are loosened by EASE."""
EASE = 3.0 / SCALING


def solve_monolith(
    scenario: Scenario, *, backend: Backend = "highs", seconds: float = 60.0
) -> Answer:
    """The best plan and bound within the time; building the program is not counted in it."""
    began = perf_counter()
    facts = Facts(scenario)
    model = TimeIndexed(facts, EASE if backend == "sat" else 0.0)
    solve = _with_highs if backend == "highs" else _with_ortools
    values, bound = solve(model.program, backend, seconds)
    rows = scenario.activity_by_id
    paid = sum(rows[row.activity].cost for row in scenario.commitments if row.start >= 1)
    if bound is not None:
        bound += paid
    if values is None:
        return Answer(None, bound, None, perf_counter() - began)
    plan = _plan(model, values)
    if verify(scenario, plan).violations:
        return Answer(None, bound, None, perf_counter() - began)
    if bound is not None:
        plan = with_bound(plan, bound)
    return Answer(plan.cost, bound, plan, perf_counter() - began)


def _with_highs(
    program: Program, backend: Backend, seconds: float
) -> tuple[Values | None, float | None]:
    answer = milp(
        np.array(program.cost),
        integrality=np.array(program.whole, dtype=np.int8),
        bounds=Bounds(np.array(program.lower), np.array(program.upper)),
        constraints=program.constraints(),
        options={"mip_rel_gap": 0.0, "time_limit": seconds},
    )
    return answer.x, answer.mip_dual_bound


def _with_ortools(
    program: Program, backend: Backend, seconds: float
) -> tuple[Values | None, float | None]:
    helper, solver = ModelBuilderHelper(), ModelSolverHelper(backend)
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
    if backend == "sat":
        solver.set_solver_specific_parameters(f"mip_var_scaling:{SCALING} num_workers:1")
    solver.set_time_limit_in_seconds(seconds)
    solver.solve(helper)
    bound = solver.best_objective_bound() if solver.has_response() else None
    return (np.array(solver.variable_values()) if solver.has_solution() else None), bound


def _column(values: object) -> Any:
    """The stub of `fill_model_from_sparse_data` asks for a type that no array has."""
    return np.asarray(values, dtype=np.float64)


def _plan(model: TimeIndexed, values: Values) -> Plan:
    """The program's answer, or, where rule 8 takes something out of it, what is left of it."""
    facts = model.facts
    chosen: dict[str, tuple[Target, list[Pair]]] = {}
    starts: dict[str, list[Pair]] = {}
    for place, piece in model.plans.items():
        if values[place] > 0.5:
            if piece.target is not None:
                chosen[piece.employee] = piece.target, []
            else:
                starts.setdefault(piece.employee, []).extend(piece.learning)
    plans, changed = [], False
    for name, (target, _) in chosen.items():
        pairs = starts.get(name, [])
        plan = _needed(facts, name, target, pairs)
        changed = changed or plan is None or len(plan.learning) < len(pairs)
        if plan is not None:
            plans.append(plan)
    if not changed:
        return finished(facts, plans, _named(model.program, values))
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
