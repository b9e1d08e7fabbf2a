"""Neighbourhoods of a plan: some openings are decided anew, all others keep what they have.

Openings of neighbouring roles share people, courses and mentors, so that runs of openings by role
are decided together, each run as a small program over its likely pathways and what the limits
leave.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from succession.domain import RuleId
from succession.optimize.integer import IntegerSolution, without_idle_classes
from succession.optimize.integer_program import solve_mixed
from succession.optimize.master import RestrictedMaster
from succession.optimize.program import Program, sparse_columns
from succession.optimize.restriction import Restriction
from succession.optimize.shared_rows import shared_rows
from succession.optimize.stopping import Clock
from succession.pathways.pathway import Pathway

__all__ = ["MANY_TOGETHER", "TOGETHER", "improve"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

TOGETHER, MANY_TOGETHER = (50, 100, 200), (200, 400)
"""Openings in a run: around a rounded plan, and around one that is good already."""
NODES = 20
OWN = (RuleId.OPENINGS, RuleId.SEATS, RuleId.MIN_SEATS)
"""Rows that a hire, an unfilled seat or a session is open with; other variables always are."""
TINY = 1e-9


def improve(
    master: RestrictedMaster,
    branch: Restriction,
    likely: Sequence[Pathway],
    known: IntegerSolution,
    clock: Clock,
    gap: float,
    together: Sequence[int] = TOGETHER,
) -> Iterator[IntegerSolution]:
    """Plans better than `known`, each better than the one before, that mix it with `likely`
    pathways, so many openings being decided `together`."""
    openings = len(master.instance.scenario.openings)
    role = master.instance.targets.places.role[:openings]
    order = np.argsort(role, kind="stable")
    around = _Neighbourhood(master, branch, likely, known)
    for size in together:
        runs = max(1, round(openings / size))
        for shift in (0, openings // (2 * runs)) if runs > 1 else (0,):
            better = [
                around.decide_anew(run, clock, gap)
                for run in np.array_split(np.roll(order, shift), runs)
                if clock.left > 0
            ]
            if any(better):
                yield around.plan()
        if runs == 1:
            break


class _Neighbourhood:
    """A plan that gets better, and what it uses of the limits."""

    def __init__(
        self, master: RestrictedMaster, branch: Restriction, likely: Sequence[Pathway],
        known: IntegerSolution,
    ) -> None:  # fmt: skip
        self._master, self._branch = master, branch
        rows = master.instance.limits.rows
        self._openings = np.array([k for k, row in enumerate(rows) if row.rule is RuleId.OPENINGS])
        self._values = np.array(known.variables, dtype=np.float64)
        self._taken = {p.key: p for p in known.pathways}
        self._rows = shared_rows(master)
        self._rows_of = cache(lambda pathway: (*pathway.rows, *master.cut_rows(pathway)))
        every = np.arange(len(self._values))
        self._used = np.zeros(len(self._rows.lower))
        self._used += self._columns(known.pathways, every) @ np.array(
            [*np.ones(len(known.pathways)), *self._values]
        )
        self._candidates: dict[int, dict[object, Pathway]] = defaultdict(dict)
        place = master.instance.targets.place
        for pathway in (*known.pathways, *likely):
            if branch.allowed[pathway.target]:
                self._candidates[int(place[pathway.target])][pathway.key] = pathway
        openings = len(self._openings)
        self._seat_types = range(openings, len(master.instance.targets.places))
        self._of_row: dict[int, list[int]] = defaultdict(list)
        self._always: set[int] = set()
        for k, variable in enumerate(master.instance.limits.variables):
            own = [row for row, _ in variable.rows if rows[row].rule in OWN]
            for row in own:
                self._of_row[row].append(k)
            if not own:
                self._always.add(k)

    def plan(self) -> IntegerSolution:
        """The plan as it stands."""
        return without_idle_classes(self._master, tuple(self._taken.values()), self._values)

    def decide_anew(self, run: Ints, clock: Clock, gap: float) -> bool:
        """Decide some openings anew; whether that made the plan better."""
        places = (*run.tolist(), *self._seat_types)
        own = {key: p for place in places for key, p in self._candidates[place].items()}
        before = [self._taken.pop(key) for key in list(own) if key in self._taken]
        busy = {p.person for p in self._taken.values()}
        chosen = [p for p in own.values() if p.person not in busy]
        touched = {row for p in (*before, *chosen) for row, _ in p.rows}
        touched |= set(self._openings[run].tolist())
        free = self._always.union(*(self._of_row.get(row, ()) for row in touched))
        variables = np.array(sorted(free), dtype=np.int64)
        was = {p.key for p in before}
        start = np.array([*(float(p.key in was) for p in chosen), *self._values[variables]])
        program = self._program(chosen, variables, start)
        mixed = solve_mixed(
            program, clock.left, gap=gap, nodes=NODES, start=start, interrupted=clock.interrupted
        )
        cost = float(program.cost @ start)
        better = mixed.x is not None and mixed.value < cost - TINY * max(1.0, abs(cost))
        x = mixed.x if better and mixed.x is not None else start
        self._taken.update({p.key: p for p, share in zip(chosen, x, strict=False) if share > 0.5})
        self._values[variables] = x[len(chosen) :]
        self._used += self._columns(chosen, variables) @ (x - start)
        return better

    def _columns(self, chosen: Sequence[Pathway], variables: Ints) -> sparse.csc_matrix:
        """What pathways and variables use of the shared rows and the cuts."""
        pathways = sparse_columns([self._rows_of(p) for p in chosen], len(self._used))
        return sparse.hstack([pathways, self._rows.variables[:, variables]], format="csc")

    def _program(self, chosen: Sequence[Pathway], variables: Ints, start: Floats) -> Program:
        """What is open, under what all others leave of the limits."""
        branch = self._branch
        columns = self._columns(chosen, variables)
        rows = np.unique(columns.indices)
        others = (self._used - columns @ start)[rows]
        persons = sorted({p.person for p in chosen})
        people = {person: k for k, person in enumerate(persons)}
        own = sparse_columns([[(people[p.person], 1.0)] for p in chosen], len(persons))
        locked = np.array([person in branch.locked for person in persons], dtype=np.float64)
        none = sparse.csc_matrix((len(persons), len(variables)))
        return Program(
            cost=np.concatenate([[p.cost for p in chosen], self._master.variable_cost[variables]]),
            matrix=sparse.vstack([columns.tocsr()[rows], sparse.hstack([own, none])], format="csc"),
            lower=np.concatenate(
                [self._rows.lower[rows] - others, np.where(locked > 0, 1.0, -np.inf)]
            ),
            upper=np.concatenate([self._rows.upper[rows] - others, np.ones(len(persons))]),
            floor=np.concatenate([np.zeros(len(chosen)), branch.floor[variables]]),
            ceiling=np.concatenate([np.ones(len(chosen)), branch.ceiling[variables]]),
        )
