"""The flow of vacated seats as a graph, in which chains are paths (formulation, section 8).

Its nodes are the VACATED rows. A placement into an opening comes from outside and vacates a seat;
from there a hire, or nobody, leads out, a fill to the seat that it vacates, opening and waiting to
another row. Whatever is vacated and filled is a sum of such paths, and of cycles.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from succession.domain import RuleId
from succession.instance import Instance
from succession.instance.targets import VACATED
from succession.optimize.program import sparse_columns
from succession.pathways.prices import Duals

__all__ = ["Potentials", "VacancyFlow"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PASSES = 60
"""Arcs of a path at most: a cycle of negative cost has no end."""


@dataclass(frozen=True)
class Arcs:
    """Arcs from node `tail` to node `head`; the node behind the last one is outside."""

    tail: Ints
    head: Ints


@dataclass(frozen=True)
class Potentials:
    """The least cost of a path from outside to each node, and from it on (both 0 outside)."""

    before: Floats
    after: Floats


class VacancyFlow:
    """The graph of an instance. Costs are given by target and by variable, inf: it is none."""

    def __init__(self, instance: Instance) -> None:
        limits, targets = instance.limits, instance.targets
        vacated = [row.rule is RuleId.VACATED for row in limits.rows]
        self._rows = np.flatnonzero(vacated)
        self._outside = len(self._rows)
        node = np.full(len(vacated) + 1, self._outside)
        node[self._rows] = np.arange(self._outside)
        filled = self._arcs(targets.slots.constant_use).tail
        self._targets = Arcs(filled[targets.slot], node[targets.mover_rows[-1]])
        columns = sparse_columns([v.rows for v in limits.variables], len(limits.rows))
        self._variables = self._arcs(columns.T.tocsr())
        number = self._targets.tail * (self._outside + 1) + self._targets.head
        pairs, self._pair = np.unique(number, return_inverse=True)
        self._pairs = Arcs(*np.divmod(pairs, self._outside + 1))
        self._waiting = np.zeros(self._outside + 1, dtype=np.bool_)
        self._waiting[self._pairs.tail] = True
        fills = targets.kind == VACATED
        contest = np.where(fills, targets.groups + self._targets.tail, targets.group)
        self.contest = contest.astype(np.int32)
        role = targets.places.role[targets.place]
        table = np.column_stack([targets.person, role, targets.period])
        self._order = np.lexsort((targets.place, *table.T[::-1], fills))
        steps = np.diff(table[self._order], axis=0, prepend=-1)
        self._differs = steps.any(axis=1) | ~fills[self._order]

    def _arcs(self, use: sparse.csr_matrix) -> Arcs:
        """What uses −1 of a row leads from it, what uses 1 leads there."""
        entries = use[:, self._rows].tocoo()
        tail, head = (np.full(use.shape[0], self._outside) for _ in range(2))
        leaves = entries.data < 0
        tail[entries.row[leaves]] = entries.col[leaves]
        head[entries.row[~leaves]] = entries.col[~leaves]
        return Arcs(tail, head)

    def alike(self, slope: Floats) -> Ints:
        """A number for each target, the same for fills of a role by a person in a period with equal
        slopes: their values differ by constants."""
        differs = self._differs | (np.diff(slope[self._order], prepend=np.inf) != 0)
        number = np.empty(len(slope), dtype=np.int64)
        number[self._order] = np.cumsum(differs) - 1
        return number

    def potentials(self, targets: Floats, variables: Floats) -> Potentials:
        """Of paths over targets and variables of these costs."""
        least = np.full(len(self._pairs.tail), np.inf)
        np.minimum.at(least, self._pair, targets)
        cost = np.append(least, variables)
        tail = np.append(self._pairs.tail, self._variables.tail)
        head = np.append(self._pairs.head, self._variables.head)
        inside = (np.minimum(tail, head) < self._outside) & (cost < np.inf)
        tail, head, cost = tail[inside], head[inside], cost[inside]
        return Potentials(self._least(tail, head, cost), self._least(head, tail, cost))

    def _least(self, start: Ints, end: Ints, cost: Floats) -> Floats:
        """The least cost of a path from outside to each node."""
        found = np.full(self._outside + 1, np.inf)
        found[-1] = 0.0
        for _ in range(PASSES):
            last = found.copy()
            np.minimum.at(found, end, cost + last[start])
            found[-1] = 0.0
            if (found == last).all():
                break
        return found

    def through(self, potentials: Potentials, targets: Floats) -> Floats:
        """The least cost of a path through each target."""
        before, after = potentials.before, potentials.after
        found: Floats = before[self._targets.tail] + targets + after[self._targets.head]
        return found

    def without(self, duals: Duals) -> Duals:
        """The duals, seats being vacated and filled for nothing."""
        return self._with(duals, np.zeros(self._outside + 1))

    def along(self, duals: Duals, potentials: Potentials) -> Duals:
        """Duals at which a target's reduced cost is that of the best path through it, where there
        is one."""
        return self._with(duals, np.where(self._waiting, potentials.before, -potentials.after))

    def repaired(
        self, duals: Duals, potentials: Potentials, variables: Floats, most: float
    ) -> Duals:
        """Duals at which a vacated seat costs what the best path on does (`most`: at most), and
        filling it is worth as much: no arc has a negative reduced cost."""
        worth = np.where(self._waiting, -np.inf, np.minimum(potentials.after, most))
        tail, head = self._variables.tail, self._variables.head
        inside = (np.maximum(tail, head) < self._outside) & (variables < np.inf)
        tail, head, cost = tail[inside], head[inside], variables[inside]
        for _ in range(PASSES):
            last = worth.copy()
            np.maximum.at(worth, head, last[tail] - cost)
            if (worth == last).all():
                break
        return self._with(duals, -worth)

    def shifted(self, old: Duals, new: Duals, targets: Floats) -> Floats:
        """Reduced costs of targets at `new` duals, from those at `old` ones."""
        change = np.append((new.rows - old.rows)[self._rows], 0.0)
        found: Floats = targets + change[self._targets.tail] - change[self._targets.head]
        return found

    def _with(self, duals: Duals, nodes: Floats) -> Duals:
        """The duals with those of the flow (infinite: 0)."""
        rows = duals.rows.copy()
        rows[self._rows] = np.where(np.isfinite(nodes), nodes, 0.0)[:-1]
        return replace(duals, rows=rows)
