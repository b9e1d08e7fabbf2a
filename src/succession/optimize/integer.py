"""Integer plans: the restricted master as a mixed-integer program, and closing by enumeration."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from succession.optimize.column_generation import Relaxation
from succession.optimize.fixing import Fixing
from succession.optimize.integer_program import solve_mixed
from succession.optimize.master import RestrictedMaster
from succession.optimize.program import Program, sparse_columns
from succession.optimize.restriction import Restriction
from succession.optimize.shared_rows import shared_rows
from succession.optimize.stopping import Clock
from succession.pathways.half_cuts import HalfCut
from succession.pathways.pathway import Pathway
from succession.pathways.prices import Cover
from succession.pathways.pricing import MOST_LABELS, Pricer

__all__ = [
    "Closing",
    "IntegerSolution",
    "close_by_enumeration",
    "likely_pathways",
    "solve_restricted",
    "without_idle_classes",
]

Floats = NDArray[np.float64]
TOLERANCE = 1e-6
FEW_NODES = 20
NEAR = 0.6
NARROWER, NARROWINGS = 3.0, 4
SOME_LABELS = 1 << 16
MANY, FEW = 5_000, 500
"""Pathways over which a search has the nodes asked for, and more with fewer; and so few that they
are looked for anew with every row (those alike on some rows stand for each other on these only)."""


@dataclass(frozen=True)
class IntegerSolution:
    """Pathways taken, values of the fixed variables, and the cost without the constant."""

    pathways: tuple[Pathway, ...]
    variables: tuple[int, ...]
    cost: float


@dataclass(frozen=True)
class Closing:
    """A branch looked at up to a cutoff: a plan, if one was found, and a proven bound; `done`: no
    plan below the cutoff is better than that one. `pathways`: those that were looked at; none
    where they were too many, or there was no time. `closed`: variables of sessions that no plan
    below the `cutoff` holds."""

    solution: IntegerSolution | None
    pathways: Sequence[Pathway]
    cutoff: float
    closed: tuple[int, ...]
    bound: float
    done: bool


def solve_restricted(
    master: RestrictedMaster,
    pathways: Sequence[Pathway],
    branch: Restriction,
    clock: Clock,
    *,
    gap: float = 0.0,
    nodes: int | None = None,
    known: IntegerSolution | None = None,
) -> IntegerSolution | None:
    """The best integer plan over some pathways that HiGHS finds, starting from a `known` one."""
    chosen = [p for p in pathways if branch.allowed[p.target]]
    program = _program(master, chosen, _persons(chosen, branch), branch)
    start = None
    if known is not None:
        taken = {p.key for p in known.pathways}
        start = np.array([*(float(p.key in taken) for p in chosen), *known.variables])
    mixed = solve_mixed(
        program, clock.left, gap=gap, nodes=nodes, start=start, interrupted=clock.interrupted
    )
    return None if mixed.x is None else _solution(master, chosen, mixed.x)


def close_by_enumeration(
    master: RestrictedMaster,
    pricer: Pricer,
    branch: Restriction,
    relaxation: Relaxation,
    cutoff: float,
    clock: Clock,
    *,
    most: int,
    nodes: int | None = None,
    labels: int = MOST_LABELS,
    below: float | None = None,
) -> Closing:
    """Solve a branch exactly over every pathway that a plan cheaper than `cutoff` can hold.

    Such a pathway's reduced cost is at most cutoff − bound (reduced-cost fixing). Only rows that
    matter are kept at first, and of pathways alike on them the cheapest: a relaxation, whose
    optimum is the branch's as soon as it breaks no other row. Where no plan is below the cutoff,
    the best one over these pathways is asked for if it is `below` this (the cutoff). `nodes` of
    the search are allowed over many pathways, more over fewer: they take less time there.
    """
    below = cutoff if below is None else below
    room = cutoff - relaxation.bound
    active = _rows_that_matter(master, relaxation)
    fixing = Fixing(master, pricer, branch, relaxation)
    while True:
        chosen = _enumerated(fixing, room, active, clock, most, labels)
        closed = tuple(sorted(master.cuts.sessions.session[start] for start in fixing.closed))
        if chosen is None:
            return Closing(None, (), cutoff, closed, relaxation.bound, False)
        if len(chosen) <= FEW and not active.all():
            active = np.ones_like(active)
            continue
        halves = relaxation.duals.halves
        program = _program(master, chosen, _persons(chosen, branch), branch, halves)
        kept = np.concatenate([active, np.ones(len(program.lower) - len(active), dtype=np.bool_)])
        relaxed = Program(
            program.cost, program.matrix[kept], program.lower[kept], program.upper[kept],
            program.floor, program.ceiling,
        )  # fmt: skip
        mixed = solve_mixed(
            relaxed, clock.left, nodes=nodes and max(nodes, nodes * MANY // max(1, len(chosen))),
            cutoff=below, exact=True, interrupted=clock.interrupted,
        )  # fmt: skip
        found = None
        if mixed.x is not None and not _broken_rows(program, mixed.x).any():
            found = _solution(master, chosen, mixed.x)
        elif below > cutoff and mixed.x is not None:
            found = solve_restricted(master, chosen, branch, clock, gap=1e-3, nodes=FEW_NODES)
        bound = max(relaxation.bound, min(cutoff, mixed.bound))
        whole = found is not None and found.cost <= mixed.value + TOLERANCE
        done = mixed.bound >= cutoff or (whole and mixed.finished)
        if done or mixed.x is None or not mixed.finished:
            return Closing(found, chosen, cutoff, closed, bound, done)
        active = active | _near_rows(program, mixed.x)[: len(active)]


def likely_pathways(
    master: RestrictedMaster,
    pricer: Pricer,
    branch: Restriction,
    relaxation: Relaxation,
    room: float,
    clock: Clock,
    *,
    most: int,
) -> list[Pathway]:
    """At most so many pathways that plans within `room` of the bound can hold, or within a part of
    it where these are too many or too hard to find."""
    active = _rows_that_matter(master, relaxation)
    fixing = Fixing(master, pricer, branch, relaxation)
    for _ in range(NARROWINGS):
        found = _enumerated(fixing, room, active, clock, most, SOME_LABELS)
        if found is not None:
            return found
        room /= NARROWER
    return []


def _enumerated(
    fixing: Fixing, room: float, active: NDArray[np.bool_], clock: Clock, most: int,
    labels: int = MOST_LABELS,
) -> list[Pathway] | None:  # fmt: skip
    """Every pathway that a plan within `room` of the bound can hold, the cheapest of those alike on
    the `active` rows; None: too many, or no time."""
    pool = fixing.pathways(room, active, clock, most, labels)
    return None if pool is None else _cheapest_alike(pool, active)


def _program(
    master: RestrictedMaster, chosen: Sequence[Pathway], persons: Sequence[int],
    branch: Restriction, halves: Mapping[HalfCut, float] = MappingProxyType({}),
) -> Program:  # fmt: skip
    """The master over some pathways: columns first, then the fixed variables."""
    shared = shared_rows(master)
    people = len(shared.lower)
    line = {person: k for k, person in enumerate(persons)}
    rows = people + len(persons)
    columns = sparse.vstack(
        [
            master.cuts.columns(chosen, len(master.lower), master.instance.persons),
            sparse_columns([[(line[p.person], 1.0)] for p in chosen], len(persons)),
        ]
    )
    none = sparse.csc_matrix((len(persons), shared.variables.shape[1]))
    variables = sparse.vstack([shared.variables, none], format="csc")
    locked = np.array([person in branch.locked for person in persons], dtype=np.float64)
    kept = np.ones(rows, dtype=np.bool_)
    kept[len(master.lower) : people] = [
        not isinstance(cut, HalfCut) or halves.get(cut, 0.0) < 0 for cut in master.cuts
    ]
    return Program(
        cost=np.concatenate([[p.cost for p in chosen], master.variable_cost]),
        matrix=sparse.hstack([columns, variables], format="csr")[kept].tocsc(),
        lower=np.concatenate([shared.lower, np.where(locked > 0, 1.0, -np.inf)])[kept],
        upper=np.concatenate([shared.upper, np.ones(len(persons))])[kept],
        floor=np.concatenate([np.zeros(len(chosen)), branch.floor]),
        ceiling=np.concatenate([np.ones(len(chosen)), branch.ceiling]),
    )


def _persons(pathways: Sequence[Pathway], branch: Restriction) -> list[int]:
    return sorted({p.person for p in pathways} | branch.locked)


def _solution(master: RestrictedMaster, chosen: Sequence[Pathway], x: Floats) -> IntegerSolution:
    taken = tuple(p for p, value in zip(chosen, x, strict=False) if value > 0.5)
    return without_idle_classes(master, taken, x[len(chosen) :])


def without_idle_classes(
    master: RestrictedMaster, taken: tuple[Pathway, ...], values: Floats
) -> IntegerSolution:
    """The solution without classes that nobody starts: one that is not the best may hold some,
    which only costs."""
    held = values.copy()
    for variable, needed in master.cuts.sessions.needed(taken).items():
        held[variable] = min(held[variable], needed)
    cost = math.fsum(p.cost for p in taken) + float(master.variable_cost @ held)
    return IntegerSolution(taken, tuple(int(value) for value in held), cost)


def _rows_that_matter(master: RestrictedMaster, relaxation: Relaxation) -> NDArray[np.bool_]:
    """Rows with a dual, or with a cover, equality rows, and rows that tie sessions to starts."""
    active: NDArray[np.bool_] = relaxation.duals.rows != 0
    active[[cut.row for cut in master.cuts if isinstance(cut, Cover)]] = True
    active[[row for cut in master.cuts if isinstance(cut, HalfCut) for row in cut.rows]] = True
    active[master.equal] = True
    coupled = np.unique(master.variable_rows.indices)
    active[coupled] = True
    return active


def _cheapest_alike(pool: Sequence[Pathway], active: NDArray[np.bool_]) -> list[Pathway]:
    best: dict[tuple[int, tuple[tuple[int, float], ...]], Pathway] = {}
    for pathway in pool:
        rows = tuple(pair for pair in pathway.rows if active[pair[0]])
        other = best.get((pathway.target, rows))
        if other is None or (pathway.cost, pathway.starts) < (other.cost, other.starts):
            best[pathway.target, rows] = pathway
    return [best[key] for key in sorted(best)]


def _near_rows(program: Program, x: Floats) -> NDArray[np.bool_]:
    """Rows that a solution breaks or comes near: the next one would break them."""
    used = program.matrix @ x
    near: NDArray[np.bool_] = (used > NEAR * program.upper) & (used > TOLERANCE)
    near |= _broken_rows(program, x)
    return near


def _broken_rows(program: Program, x: Floats) -> NDArray[np.bool_]:
    activity = program.matrix @ x
    slack = TOLERANCE * np.maximum(1.0, np.where(np.isinf(program.upper), 0.0, program.upper))
    broken: NDArray[np.bool_] = (activity > program.upper + slack) | (
        activity < program.lower - slack
    )
    return broken
