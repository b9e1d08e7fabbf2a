"""The restricted master: pathways, hires, unfilled seats and sessions over the shared rows.

    min  Σ cost x      rows of `instance.limits` (lower ≤ Σ ≤ upper)
    s.t. Σ pathways of a person ≤ 1 (= 1 for a locked person)

A start in a class that would have to be held for it is *linked*: a person's share of it is at most
the sessions held. These rows are implied for whole plans, and are added where a fractional
solution breaks them (the strong formulation of facility location, disaggregated by person).

Artificial variables keep equality rows feasible while pathways are still missing; the bound does
not count them, so it holds whatever they cost.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from succession.domain import RuleId
from succession.instance import Instance
from succession.optimize.lp import Program, solve_linear
from succession.pathways.pathway import Pathway
from succession.pathways.pricing import Duals

__all__ = ["MasterSolution", "RestrictedMaster", "Restriction", "root_restriction"]

FRACTION = 1e-6
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Restriction:
    """A branch: bounds of the fixed variables, targets still allowed, people who must have one."""

    floor: Floats
    ceiling: Floats
    allowed: NDArray[np.bool_]
    locked: frozenset[int]

    def bound_variable(self, number: int, floor: float, ceiling: float) -> Restriction:
        """The branch in which a fixed variable lies in [floor, ceiling]."""
        low, high = self.floor.copy(), self.ceiling.copy()
        low[number], high[number] = floor, ceiling
        return replace(self, floor=low, ceiling=high)

    def forbid(self, targets: Iterable[int]) -> Restriction:
        """The branch without some targets."""
        allowed = self.allowed.copy()
        allowed[list(targets)] = False
        return replace(self, allowed=allowed)

    def lock(self, person: int) -> Restriction:
        """The branch in which a person has one of the targets still allowed."""
        return replace(self, locked=self.locked | {person})


@dataclass(frozen=True)
class MasterSolution:
    """A linear solution; `value` counts artificials, `shortage` is their sum."""

    value: float
    shortage: float
    pathways: Floats
    variables: Floats
    duals: Duals


def root_restriction(instance: Instance) -> Restriction:
    """No branch at all."""
    ceiling = np.array([v.upper for v in instance.limits.variables], dtype=np.float64)
    allowed = np.ones(len(instance.targets), dtype=np.bool_)
    return Restriction(np.zeros(len(ceiling)), ceiling, allowed, instance.locked)


class RestrictedMaster:
    """Grows by `add`; `solve` gives duals to price with."""

    def __init__(self, instance: Instance) -> None:
        self.instance = instance
        self.pathways: list[Pathway] = []
        self._known: set[tuple[int, tuple[tuple[int, int], ...]]] = set()
        rows, variables = instance.limits.rows, instance.limits.variables
        self.lower = np.array([row.lower for row in rows], dtype=np.float64)
        self.upper = np.array([row.upper for row in rows], dtype=np.float64)
        self.equal = np.flatnonzero(self.lower == self.upper)
        self.variable_cost = np.array([v.cost for v in variables], dtype=np.float64)
        self.variable_rows = _columns([v.rows for v in variables], len(rows))
        self.links: dict[tuple[int, int, int], int] = {}
        self._session = _linked_sessions(instance)
        worth = [abs(t.fixed) + abs(t.slope) for t in instance.targets]
        most = max([*worth, *self.variable_cost, *instance.cost], default=0.0)
        self.penalty = 10.0 * (most + 1.0)

    def add(self, pathways: Iterable[Pathway]) -> int:
        """Add the pathways that are new; returns how many."""
        before = len(self.pathways)
        for pathway in pathways:
            if pathway.key not in self._known:
                self._known.add(pathway.key)
                self.pathways.append(pathway)
        return len(self.pathways) - before

    def solve(self, branch: Restriction, cost_weight: float = 1.0) -> MasterSolution:
        """Solve the linear master under a branch; `cost_weight` 0 for phase one."""
        chosen = [p for p in self.pathways if branch.allowed[p.target]]
        index = np.array([k for k, p in enumerate(self.pathways) if branch.allowed[p.target]])
        persons = sorted({p.person for p in chosen} | branch.locked)
        program, artificial = self._linear_program(chosen, persons, branch, cost_weight)
        solution = solve_linear(program)
        count, shared, people = len(chosen), len(self.lower), len(solution.duals) - len(persons)
        values = np.zeros(len(self.pathways))
        if count:
            values[index] = solution.x[:count]
        mu = np.zeros(self.instance.persons)
        mu[persons] = solution.duals[people:]
        links = dict(zip(self.links, solution.duals[shared:people], strict=True))
        return MasterSolution(
            value=solution.value,
            shortage=float(solution.x[artificial:].sum()),
            pathways=values,
            variables=solution.x[count:artificial],
            duals=Duals(solution.duals[:shared], mu, cost_weight, links),
        )

    def _linear_program(
        self, chosen: Sequence[Pathway], persons: list[int], branch: Restriction, weight: float
    ) -> tuple[Program, int]:
        """The program, and the number of its first artificial variable."""
        program = self.program(chosen, persons, branch)
        rows = program.matrix.shape[0]
        line = {person: rows - len(persons) + k for k, person in enumerate(persons)}
        needy = [*self.equal, *(line[person] for person in sorted(branch.locked))]
        over = self._rows_over(branch)
        both = np.array([*needy, *over], dtype=np.int64)
        signs = np.repeat([1.0, -1.0], [len(needy), len(over)])
        block = sparse.csc_matrix((signs, (both, np.arange(len(both)))), shape=(rows, len(both)))
        first = program.matrix.shape[1]
        penalty = np.full(len(both), self.penalty if weight else 1.0)
        return (
            Program(
                cost=np.concatenate([weight * program.cost, penalty]),
                matrix=sparse.hstack([program.matrix, block], format="csc"),
                lower=program.lower,
                upper=program.upper,
                floor=np.concatenate([program.floor, np.zeros(len(both))]),
                ceiling=np.concatenate([program.ceiling, np.full(len(both), np.inf)]),
            ),
            first,
        )

    def _rows_over(self, branch: Restriction) -> list[int]:
        """Rows that may need an artificial against too much: equalities, and those that a
        branch's floors use."""
        floors = self.variable_rows[:, branch.floor > 0]
        return sorted({*map(int, self.equal), *map(int, floors.indices)})

    def program(
        self, chosen: Sequence[Pathway], persons: Sequence[int], branch: Restriction
    ) -> Program:
        """The master over some pathways: columns first, then the fixed variables."""
        people = len(self.lower) + len(self.links)
        line = {person: people + k for k, person in enumerate(persons)}
        rows = people + len(persons)
        columns = _columns(
            [(*p.rows, *self._link_rows(p), (line[p.person], 1.0)) for p in chosen], rows
        )
        below = sparse.lil_matrix((rows - len(self.lower), self.variable_rows.shape[1]))
        for (_, activity, period), row in self.links.items():
            below[row, self._session[activity, period]] = -1.0
        variables = sparse.vstack([self.variable_rows, below], format="csc")
        links = len(self.links)
        locked = np.array([person in branch.locked for person in persons], dtype=np.float64)
        return Program(
            cost=np.concatenate([[p.cost for p in chosen], self.variable_cost]),
            matrix=sparse.hstack([columns, variables], format="csc"),
            lower=np.concatenate(
                [self.lower, np.full(links, -np.inf), np.where(locked > 0, 1.0, -np.inf)]
            ),
            upper=np.concatenate([self.upper, np.zeros(links), np.ones(len(persons))]),
            floor=np.concatenate([np.zeros(len(chosen)), branch.floor]),
            ceiling=np.concatenate([np.ones(len(chosen)), branch.ceiling]),
        )

    def separate(self, solution: MasterSolution) -> int:
        """Link the starts whose share is more than the sessions held; returns how many."""
        share: dict[tuple[int, int, int], float] = defaultdict(float)
        for pathway, value in zip(self.pathways, solution.pathways, strict=False):
            if value > FRACTION:
                for activity, period in pathway.starts:
                    if (activity, period) in self._session:
                        share[pathway.person, activity, period] += value
        before = len(self.links)
        for start in sorted(share):
            held = solution.variables[self._session[start[1:]]]
            if share[start] > held + FRACTION and start not in self.links:
                self.links[start] = len(self.links)
        return len(self.links) - before

    def _link_rows(self, pathway: Pathway) -> list[tuple[int, float]]:
        rows = [self.links.get((pathway.person, *start)) for start in pathway.starts]
        return [(len(self.lower) + row, 1.0) for row in rows if row is not None]

    def dual_value(self, duals: Duals, branch: Restriction, least: Floats) -> float:
        """The Lagrangian bound at `duals`, without the constant.

        `least` (person): a lower bound on the reduced costs of each person's pathways. Rows are
        relaxed with their duals, people keep their own rows (a locked person must take one).
        """
        y = duals.rows
        binding = np.where(y < 0, self.upper, np.where(y > 0, self.lower, 0.0))
        value = math.fsum(y * np.where(y == 0, 0.0, binding))
        reduced = duals.cost_weight * self.variable_cost - self.variable_rows.T @ y
        for (_, activity, period), dual in duals.links.items():
            reduced[self._session[activity, period]] += dual
        value += math.fsum(np.where(reduced > 0, branch.floor, branch.ceiling) * reduced)
        locked = np.zeros(len(least), dtype=np.bool_)
        locked[list(branch.locked)] = True
        taken = np.where(locked, least, np.minimum(least, 0.0))
        return value + math.fsum(duals.persons + taken)


def _linked_sessions(instance: Instance) -> dict[tuple[int, int], int]:
    """Session variables by (activity, period) where no seat is free without a session more."""
    number = {a.activity: k for k, a in enumerate(instance.scenario.activities)}
    rows = instance.limits.rows
    free = {(r.key, r.period): r.upper for r in rows if r.rule is RuleId.SEATS}
    return {
        (number[v.key], v.period): k
        for k, v in enumerate(instance.limits.variables)
        if v.kind == "session" and free[v.key, v.period] == 0
    }


def _columns(columns: Sequence[Sequence[tuple[int, float]]], rows: int) -> sparse.csc_matrix:
    indptr = np.cumsum([0, *(len(column) for column in columns)])
    indices = np.array([row for column in columns for row, _ in column], dtype=np.int64)
    data = np.array([value for column in columns for _, value in column], dtype=np.float64)
    return sparse.csc_matrix((data, indices, indptr), shape=(rows, len(columns)))
