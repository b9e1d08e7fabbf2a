"""The restricted master: pathways, hires, unfilled seats and sessions over the shared rows.

    min  Σ cost x      rows of `instance.limits` (lower ≤ Σ ≤ upper)
    s.t. Σ pathways of a person ≤ 1 (= 1 for a locked person)

Starts are tied to the sessions held by links (`SessionLinks`), and people to what their unit can
pay for by covers (`BudgetCovers`): these `Cuts` are added where they are broken.

Artificial variables keep equality rows feasible while pathways are still missing; the bound does
not count them, so it holds whatever they cost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from succession.domain import RuleId
from succession.instance import Instance
from succession.optimize.basis import Basis
from succession.optimize.cuts import Cuts
from succession.optimize.linear_program import LinearProgram
from succession.optimize.links import class_minimums
from succession.optimize.program import sparse_columns
from succession.optimize.restriction import Restriction
from succession.optimize.vacancies import VacancyFlow
from succession.pathways.pathway import Pathway
from succession.pathways.prices import Duals

__all__ = ["MasterSolution", "RestrictedMaster"]

FRACTION = 1e-6
DEARER, DEAR = 2.0, 8.0
BEYOND = 2.0
"""Of a pathway, at most: more than its person's row allows, so that the program is bounded where
that row is not looked at."""
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class MasterSolution:
    """A linear solution; `value` counts artificials, `shortage` is their sum but for seats that a
    class leaves empty at a price of its own; `empty_seats`: all of these, by row of the minimum."""

    value: float
    shortage: float
    empty_seats: dict[int, float]
    pathways: Floats
    variables: Floats
    duals: Duals


class RestrictedMaster:
    """Grows by `add` and `separate`; `solve` gives duals to price with.

    One linear program is kept throughout: shared rows first, then people's, then cuts as they
    come; fixed variables first, then pathways and artificials. It is the person's row that prices
    a person.
    """

    def __init__(self, instance: Instance, expired: Callable[[], bool] = lambda: False) -> None:
        self.instance = instance
        self.pathways: list[Pathway] = []
        self._known: set[tuple[int, tuple[tuple[int, int], ...]]] = set()
        rows, variables = instance.limits.rows, instance.limits.variables
        self.lower = np.array([row.lower for row in rows], dtype=np.float64)
        self.upper = np.array([row.upper for row in rows], dtype=np.float64)
        self.equal = np.flatnonzero(self.lower == self.upper)
        self.variable_cost = np.array([v.cost for v in variables], dtype=np.float64)
        self.variable_rows = sparse_columns([v.rows for v in variables], len(rows))
        self._openings = np.array(
            [k for k, row in enumerate(rows) if row.rule is RuleId.OPENINGS], dtype=np.int64
        )
        self.cuts = Cuts(instance)
        self.flow = VacancyFlow(instance) if instance.targets.places.vacates else None
        worth: Floats = np.abs(instance.targets.fixed) + np.abs(instance.targets.slope)
        most = max(
            amounts.max(initial=0.0)
            for amounts in (worth, self.variable_cost, instance.starts.cost)
        )
        self.penalty = 2.0 * (most + 1.0)
        self._linear = LinearProgram(expired)
        self._column: list[int] = []
        self._artificial: dict[tuple[int, float], int] = {}
        self._empty_price = class_minimums(instance)
        self._branch: Restriction | None = None
        self._weight = 1.0
        self._first_price = dict(self._empty_price)
        self._start_program()

    def _start_program(self) -> None:
        people, count = self.instance.persons, len(self.variable_cost)
        self._people, self._cuts = len(self.lower), len(self.lower) + people
        lower = np.concatenate([self.lower, np.full(people, -np.inf)])
        upper = np.concatenate([self.upper, np.ones(people)])
        self._linear.add_rows(lower, upper, sparse.csr_matrix((len(lower), 0)))
        own = sparse.vstack([self.variable_rows, sparse.csc_matrix((people, count))])
        self._linear.add_columns(self.variable_cost, np.zeros(count), own, kept=True)
        self._add_artificials([(int(row), sign) for row in self.equal for sign in (1.0, -1.0)])
        self._add_artificials([(row, -1.0) for row in sorted(self._empty_price)])

    def add(self, pathways: Iterable[Pathway]) -> int:
        """Add the pathways that are new; returns how many."""
        new = []
        for pathway in pathways:
            if pathway.key not in self._known:
                self._known.add(pathway.key)
                new.append(pathway)
        if new:
            columns = sparse_columns(
                [(*p.rows, *self._own_rows(p)) for p in new], self._cuts + len(self.cuts)
            )
            cost = self._weight * np.array([p.cost for p in new])
            first = self._linear.add_columns(cost, np.full(len(new), BEYOND), columns)
            self._column += range(first, first + len(new))
            self.pathways += new
        return len(new)

    def _own_rows(self, pathway: Pathway) -> list[tuple[int, float]]:
        cuts = [(self._cuts + number, value) for number, value in self.cuts.of_pathway(pathway)]
        return [(self._people + pathway.person, 1.0), *cuts]

    def _add_artificials(self, wanted: Iterable[tuple[int, float]]) -> None:
        new = [key for key in wanted if key not in self._artificial]
        if new:
            cost = np.array([self._artificial_price(key) for key in new])
            columns = sparse_columns(
                [[key, *((self._cuts + n, v) for n, v in self.cuts.of_artificial(*key))]
                 for key in new],
                self._cuts + len(self.cuts),
            )  # fmt: skip
            first = self._linear.add_columns(cost, np.full(len(new), np.inf), columns, kept=True)
            self._artificial.update(zip(new, range(first, first + len(new)), strict=True))

    def solve(
        self, branch: Restriction, cost_weight: float = 1.0, *, rough: bool = False
    ) -> MasterSolution:
        """Solve the linear master under a branch, or `rough` nearly; `cost_weight` 0 for phase
        one."""
        self._apply(branch)
        self._weigh(cost_weight)
        solution = self._linear.estimate(self._openings) if rough else self._linear.solve()
        y, mu, cuts = np.split(solution.duals, [self._people, self._cuts])
        by_kind = self.cuts.split(np.minimum(cuts, 0.0))
        missing = {key: float(solution.x[column]) for key, column in self._artificial.items()}
        empty = {
            key[0]: value
            for key, value in missing.items()
            if value > FRACTION and self._weight and key[1] < 0 and key[0] in self._empty_price
        }
        cheap = sum(v for row, v in empty.items() if self._empty_price[row] < self.penalty)
        capped = np.isinf(self.lower)
        y[capped] = np.minimum(y[capped], 0.0)
        return MasterSolution(
            value=solution.value,
            shortage=sum(missing.values()) - cheap,
            empty_seats=empty,
            pathways=solution.x[self._column] if self._column else np.zeros(0),
            variables=solution.x[: len(self.variable_cost)],
            duals=Duals(
                y, self._capped(mu, branch), cost_weight, by_kind.links, by_kind.covers,
                by_kind.halves,
            ),
        )  # fmt: skip

    def reduced_costs(self, duals: Duals) -> Floats:
        """Of all pathways (currency)."""
        every = np.concatenate([duals.rows, duals.persons, self.cuts.joined(duals)])
        return self._linear.reduced_costs(every)[self._column]

    def basis(self) -> Basis:
        """The basis of the last solution."""
        return self._linear.basis()

    def start(self, branch: Restriction, basis: Basis) -> None:
        """Let the next solution, of a branch, start from a basis."""
        self._apply(branch)
        self._linear.start_from(basis)

    def probe(self, variable: int, floor: float, ceiling: float) -> float:
        """A lower bound on the value if a fixed variable had other bounds, by a few steps from the
        last solution."""
        return self._linear.probe(variable, floor, ceiling)

    def _capped(self, mu: Floats, branch: Restriction) -> Floats:
        """Duals of people, of the right sign: free only where a person must have a target."""
        capped = np.minimum(mu, 0.0)
        locked = sorted(branch.locked)
        capped[locked] = mu[locked]
        return capped

    def _apply(self, branch: Restriction) -> None:
        """Lay a branch onto the program."""
        if branch is self._branch:
            return
        self._branch = branch
        count = len(self.variable_cost)
        self._linear.bound_columns(np.arange(count), branch.floor, branch.ceiling)
        if self._column:
            allowed = branch.allowed[[p.target for p in self.pathways]]
            columns = np.array(self._column, dtype=np.int64)
            floor, ceiling = np.zeros(len(columns)), np.where(allowed, BEYOND, 0.0)
            ceiling[list(branch.barred)] = 0.0
            floor[list(branch.taken)] = ceiling[list(branch.taken)] = 1.0
            self._linear.bound_columns(columns, floor, ceiling)
        people = self.instance.persons
        locked = np.isin(np.arange(people), list(branch.locked))
        self._linear.bound_rows(
            np.arange(self._people, self._cuts), np.where(locked, 1.0, -np.inf), np.ones(people)
        )
        floors = self.variable_rows[:, branch.floor > 0].indices
        over = [(int(row), -1.0) for row in np.unique(floors)]
        need = [(self._people + person, 1.0) for person in sorted(branch.locked)]
        self._add_artificials([*over, *need])

    def _weigh(self, cost_weight: float) -> None:
        """Real costs, or those of phase one."""
        if cost_weight == self._weight:
            return
        self._weight = cost_weight
        self._linear.price_columns(
            np.arange(len(self.variable_cost)), cost_weight * self.variable_cost
        )
        if self._column:
            cost = np.array([p.cost for p in self.pathways])
            self._linear.price_columns(np.array(self._column), cost_weight * cost)
        self._price_artificials()

    def _price_artificials(self) -> None:
        columns = np.array(list(self._artificial.values()), dtype=np.int64)
        price = np.array([self._artificial_price(key) for key in self._artificial])
        self._linear.price_columns(columns, price)

    def _artificial_price(self, key: tuple[int, float]) -> float:
        if not self._weight:
            return 1.0
        row, sign = key
        dear = self.penalty if sign > 0 else self._empty_price.get(row, self.penalty)
        return float(min(dear, self.penalty))

    def raise_empty_seats(self, solution: MasterSolution) -> bool:
        """Make seats left empty dearer where the solution has any, up to the penalty; False where
        nothing got dearer."""
        raised = [r for r in solution.empty_seats if self._empty_price[r] < self.penalty]
        for row in raised:
            self._empty_price[row] *= DEARER
        self._price_artificials()
        return bool(raised)

    def is_dear(self, row: int) -> bool:
        """Whether the price of an empty seat of a class minimum was raised a few times."""
        return self._empty_price[row] >= DEAR * self._first_price[row]

    def raise_penalty(self) -> None:
        """Make artificials dearer: they were cheaper than a plan."""
        self.penalty *= 20.0
        self._price_artificials()

    def separate(self, solution: MasterSolution, least: float = FRACTION) -> int:
        """Link the starts whose share is more than the sessions held, by `least` or more, and cover
        the budgets of units; returns how many cuts there are more."""
        known = len(self.cuts)
        self.cuts.add_broken(self.pathways, solution.pathways, solution.variables, least)
        if len(self.cuts) > known:
            columns = zip(self._column, self.pathways, strict=True)
            self._lay_down(known, self.cuts.entries(known, columns, self._linear.matrix.shape[1]))
        return len(self.cuts) - known

    def separate_halves(self, solution: MasterSolution) -> int:
        """Add the zero-half cuts that the solution breaks; returns how many there are more."""
        known = len(self.cuts)
        self.cuts.add_halves(self.pathways, solution.pathways, solution.variables)
        if len(self.cuts) > known:
            entries = self.cuts.halved(known, self._linear.matrix, self._people, self._cuts)
            self._lay_down(known, entries)
        return len(self.cuts) - known

    def _lay_down(self, known: int, entries: sparse.spmatrix) -> None:
        """Add the rows of the cuts that are new."""
        most = np.array([self.cuts.most(cut) for cut in list(self.cuts)[known:]])
        self._linear.add_rows(np.full(len(most), -np.inf), most, entries)

    def variable_reduced_costs(self, duals: Duals) -> Floats:
        """Of the fixed variables (currency)."""
        reduced: Floats = duals.cost_weight * self.variable_cost - self.variable_rows.T @ duals.rows
        for link, dual in duals.links.items():
            variable, cover = self.cuts.sessions.covers(link)
            reduced[variable] -= cover * dual
        for cut, dual in duals.halves.items():
            for variable, value in self.cuts.variables(cut) if dual else ():
                reduced[variable] -= value * dual
        return reduced

    def cut_rows(self, pathway: Pathway) -> list[tuple[int, float]]:
        """(row, coefficient) of each cut that a pathway counts in, behind the shared rows."""
        return [(len(self.lower) + number, v) for number, v in self.cuts.of_pathway(pathway)]
