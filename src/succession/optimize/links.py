"""Links: starts in a class that would have to be held for them are tied to its sessions.

A person's share of such a start is at most the sessions held, and so is the share of all who are
placed in one opening (times its seats). These rows are implied for whole plans, and are added
where a fractional solution breaks them: the strong formulation of facility location, disaggregated
by person and by opening.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from succession.domain import RuleId
from succession.instance import Instance
from succession.instance.targets import PLACEMENT
from succession.pathways.link import Link
from succession.pathways.pathway import Pathway

__all__ = ["SessionLinks", "class_minimums"]

Floats = NDArray[np.float64]
FRACTION = 1e-6


class SessionLinks:
    """The links of an instance; `session`: the variable of the sessions by (activity, period),
    where no seat is free without a session more."""

    def __init__(self, instance: Instance) -> None:
        number = {a.activity: k for k, a in enumerate(instance.scenario.activities)}
        rows = instance.limits.rows
        free = {(r.key, r.period): r.upper for r in rows if r.rule is RuleId.SEATS}
        self.session = {
            (number[v.key], v.period): k
            for k, v in enumerate(instance.limits.variables)
            if v.kind == "session" and free[v.key, v.period] == 0
        }
        self._classes = [
            (k, row, rows[row].upper, -coefficient)
            for k, v in enumerate(instance.limits.variables)
            if v.kind == "session"
            for row, coefficient in v.rows
            if rows[row].rule is RuleId.SEATS
        ]
        self._fewest = {
            k: max(1, math.ceil(coefficient - rows[row].upper))
            for k, v in enumerate(instance.limits.variables)
            if v.kind == "session"
            for row, coefficient in v.rows
            if rows[row].rule is RuleId.MIN_SEATS
        }
        self._targets = instance.targets
        self._seats = [opening.seats for opening in instance.scenario.openings]

    def links_of(self, pathway: Pathway) -> Iterator[Link]:
        """The links that a pathway's starts count in."""
        placed = self._targets.kind[pathway.target] == PLACEMENT
        for activity, period in pathway.starts:
            if (activity, period) in self.session:
                yield Link(pathway.person, -1, activity, period)
                if placed:
                    yield Link(-1, int(self._targets.place[pathway.target]), activity, period)

    def covers(self, link: Link) -> tuple[int, float]:
        """(variable, coefficient ≤ −1): how much of a link a session held covers."""
        most = 1 if link.person >= 0 else self._seats[link.place]
        return self.session[link.activity, link.period], -float(most)

    def fewest(self, variable: int) -> int:
        """How many new starts a session held for them must have, at least one."""
        return self._fewest.get(variable, 1)

    def needed(self, pathways: Iterable[Pathway]) -> dict[int, int]:
        """Sessions that the pathways' starts need, by variable."""
        starts: dict[int, float] = defaultdict(float)
        for pathway in pathways:
            for row, value in pathway.rows:
                starts[row] += value
        return {
            k: max(0, math.ceil((starts[row] - free) / seats - FRACTION))
            for k, row, free, seats in self._classes
        }

    def broken(
        self, pathways: Iterable[Pathway], values: Floats, variables: Floats,
        known: Container[object], least: float,
    ) -> list[Link]:  # fmt: skip
        """Links, not known yet, that a fractional solution breaks by more than `least`; sorted."""
        share: dict[Link, float] = defaultdict(float)
        for pathway, value in zip(pathways, values.tolist(), strict=False):
            if value > FRACTION:
                for link in self.links_of(pathway):
                    share[link] += value
        found = []
        for link in sorted(share):
            variable, cover = self.covers(link)
            if link not in known and share[link] + cover * variables[variable] > least:
                found.append(link)
        return found


def class_minimums(instance: Instance) -> dict[int, float]:
    """Rows of class minimums, and what an empty seat costs at first: a learner's share of the
    class. A price keeps the dual in bounds while hardly anyone who could come is known."""
    share = {
        a.activity: a.cost + a.session_cost / max(1, a.min_seats)
        for a in instance.scenario.activities
    }
    return {
        number: 1.0 + share[row.key]
        for number, row in enumerate(instance.limits.rows)
        if row.rule is RuleId.MIN_SEATS
    }
