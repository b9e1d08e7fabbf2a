"""Rounding: a plan from a fractional solution, in one pass and at any size.

The surest pathways are taken first, as far as limits and classes allow; openings that are left take
the known pathway of least reduced cost that still fits, or a hire, or nobody. Classes that end up
below their minimum are not held, and those who meant to come are placed anew.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from succession.domain import RuleId
from succession.instance.targets import PLACEMENT
from succession.optimize.integer import IntegerSolution
from succession.optimize.master import MasterSolution, RestrictedMaster
from succession.optimize.open_seats import OpenSeats
from succession.optimize.program import sparse_columns
from succession.optimize.restriction import Restriction
from succession.pathways.pathway import Pathway

__all__ = ["round_solution"]

TINY = 1e-6
PASSES = 20
LITTLE = 0.2
"""Of a session: not held where it is held so little."""


def round_solution(
    master: RestrictedMaster, branch: Restriction, solution: MasterSolution
) -> IntegerSolution | None:
    """A plan near a fractional solution; None where none comes out."""
    if branch.floor.any():
        return None
    known = [
        (p, x, reduced)
        for p, x, reduced in zip(
            master.pathways, solution.pathways.tolist(),
            master.reduced_costs(solution.duals).tolist(), strict=False,
        )
        if branch.allowed[p.target]
    ]  # fmt: skip
    known.sort(key=lambda row: (-round(row[1], 6), row[2]))
    order, sure = [p for p, _, _ in known], [p for p, x, _ in known if x > TINY]
    closed: set[int] = set()
    taken: list[Pathway] = []
    for _ in range(PASSES):
        rounding = _Rounding(master, branch, solution, closed)
        for pathways in (taken, sure, order):
            rounding.take(pathways)
        small = rounding.too_small()
        if not small:
            return rounding.finish()
        closed |= small
        taken = [p for p in rounding.taken if not any(row in closed for row, _ in p.rows)]
    return None


class _Rounding:
    """One pass: what is taken, and what is used of every shared row."""

    def __init__(
        self, master: RestrictedMaster, branch: Restriction, solution: MasterSolution,
        closed: set[int],
    ) -> None:  # fmt: skip
        rows, variables = master.instance.limits.rows, master.instance.limits.variables
        self.master, self.branch, self.closed = master, branch, closed
        self.taken: list[Pathway] = []
        self.busy: set[int] = set()
        self.seats = OpenSeats(master, solution.duals.rows)
        self.choices: dict[int, list[int]] = defaultdict(list)
        for k, variable in enumerate(variables):
            if variable.kind in ("hire", "unfilled"):
                self.choices[variable.rows[0][0]].append(k)
        held = np.ceil(solution.variables - LITTLE)
        held[[variable.kind != "session" for variable in variables]] = 0.0
        self.held = np.minimum(held, branch.ceiling)
        later = (RuleId.MIN_SEATS, RuleId.VACATED)
        self.upper = np.where([row.rule in later for row in rows], np.inf, master.upper).tolist()
        self.used = (master.variable_rows @ self.held).tolist()

    def take(self, pathways: Sequence[Pathway]) -> None:
        """Take what fits, in the order given, again and again while seats become vacant."""
        count = -1
        while count < len(self.taken):
            count = len(self.taken)
            for pathway in pathways:
                self._try(pathway)
            if self.master.flow is None:
                break

    def _try(self, pathway: Pathway) -> None:
        """Take a pathway where it fits and pays."""
        used, upper = self.used, self.upper
        if pathway.person in self.busy:
            return
        if pathway.cost + self.seats.price(pathway) >= self._otherwise(pathway):
            return
        if any(
            used[row] + value > upper[row] + TINY or row in self.closed
            for row, value in pathway.rows
        ):
            return
        self.busy.add(pathway.person)
        self.taken.append(pathway)
        self.seats.take(pathway)
        for row, value in pathway.rows:
            used[row] += value

    def _otherwise(self, pathway: Pathway) -> float:
        """What its seat costs at least without a pathway."""
        own = [k for row, _ in pathway.rows for k in self.choices.get(row, ())]
        if own:
            return min(float(self.master.variable_cost[k]) for k in own)
        placed = self.master.instance.targets.kind[pathway.target] == PLACEMENT
        return np.inf if placed else 0.0

    def too_small(self) -> set[int]:
        """Rows of class minimums that the starts taken do not reach."""
        found = set()
        needed = self.master.cuts.sessions.needed(self.taken)
        starts: dict[int, float] = defaultdict(float)
        for pathway in self.taken:
            for row, value in pathway.rows:
                starts[row] += value
        for variable, count in needed.items():
            self.held[variable] = min(self.held[variable], count)
            for row, value in self.master.instance.limits.variables[variable].rows:
                over = value * self.held[variable] + starts[row] - self.master.upper[row]
                if self.upper[row] == np.inf and over > TINY:
                    found.add(row)
        return found

    def finish(self) -> IntegerSolution | None:
        """The plan, seats that are left being hired for or staying unfilled; None if it breaks a
        row."""
        master, values = self.master, self.held
        if self.branch.locked - self.busy:
            return None
        for row, own in self.choices.items():
            for k in sorted(own, key=lambda k: float(master.variable_cost[k])):
                wanted = master.upper[row] - self.used[row]
                while wanted > TINY and values[k] < self.branch.ceiling[k] and self._fits(k):
                    values[k] += 1
                    wanted -= 1
        closing = [next((k for k in own if self._fits(k)), None) for own in self.seats.left()]
        for variable in (*closing, *self.seats.flows()):
            if variable is not None:
                values[variable] += 1
        columns = sparse_columns([p.rows for p in self.taken], len(master.upper))
        used = columns @ np.ones(len(self.taken)) + master.variable_rows @ values
        if (used > master.upper + TINY).any() or (used < master.lower - TINY).any():
            return None
        cost = sum(p.cost for p in self.taken) + float(master.variable_cost @ values)
        return IntegerSolution(tuple(self.taken), tuple(int(v) for v in values), cost)

    def _fits(self, k: int) -> bool:
        """Count one more of a hire or an unfilled seat, where the rows allow it."""
        rows: Sequence[tuple[int, float]] = self.master.instance.limits.variables[k].rows
        if any(self.used[row] + value > self.upper[row] + TINY for row, value in rows):
            return False
        for row, value in rows:
            self.used[row] += value
        return True
