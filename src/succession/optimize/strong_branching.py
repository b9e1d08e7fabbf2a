"""Strong branching on sessions: what it would cost to hold fewer of a class, or more.

Each side is probed by a few steps of the dual simplex method; the average cost of a unit so far,
its *pseudocost*, stands in for further probes (reliability branching, Achterberg, Koch, Martin,
*Operations Research Letters* 33, 2005).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from succession.optimize.master import RestrictedMaster
from succession.optimize.restriction import Restriction
from succession.optimize.stopping import Clock

__all__ = ["FRACTION", "SessionTrials", "Trial"]

Floats = NDArray[np.float64]

FRACTION = 1e-6
CANDIDATES = 16
RELIABLE = 1
LEAST = 0.05
"""Of a unit, that a probe is taken to have moved: less tells nothing of a whole one."""


@dataclass(frozen=True)
class Trial:
    """A fractional number of sessions: the value's estimated rise below `down` and above `up`."""

    variable: int
    value: float
    down: float
    up: float

    @property
    def score(self) -> float:
        """How much both sides together say."""
        return max(self.down, FRACTION) * max(self.up, FRACTION)


class SessionTrials:
    """Trials of fractional sessions, with what earlier ones have taught; `sessions`: which of the
    fixed variables they are. Without `probing` (a master that was only estimated cannot be probed)
    the most fractional comes first."""

    def __init__(self, master: RestrictedMaster, clock: Clock, *, probing: bool = True) -> None:
        variables = master.instance.limits.variables
        self._master, self._clock, self._probing = master, clock, probing
        self.sessions = np.array([v.kind == "session" for v in variables], dtype=np.bool_)
        self._rise = np.zeros((len(variables), 2))
        self._probes = np.zeros(len(variables), dtype=np.int64)

    def hold(self, branch: Restriction, values: Sequence[float]) -> Restriction:
        """The branch with just the sessions that are held in some `values` of the variables."""
        held = np.asarray(values, dtype=np.float64)
        floor = np.where(self.sessions, held, branch.floor)
        return branch.bound_variables(floor, np.where(self.sessions, held, branch.ceiling))

    def fractional(self, values: Floats) -> list[int]:
        """Variables of sessions that are not whole, the most fractional first."""
        distance = np.where(self.sessions, np.abs(values - np.round(values)), 0.0)
        order = np.argsort(-distance, kind="stable")
        found: list[int] = order[distance[order] > FRACTION].tolist()
        return found

    def of(self, values: Floats, value: float, branch: Restriction) -> list[Trial]:
        """Trials at the master's last solution, whose fixed variables are `values` and whose value
        is `value`: of those that are the most fractional."""
        found = []
        for variable in self.fractional(values)[:CANDIDATES]:
            at = float(values[variable])
            if self._probing and self._probes[variable] < RELIABLE and self._clock.left > 0:
                self._probe(variable, at, value, branch)
            unit = self._rise[variable] / max(1, self._probes[variable])
            down, up = at - math.floor(at), math.ceil(at) - at
            found.append(Trial(variable, at, float(unit[0] * down), float(unit[1] * up)))
        return found

    def _probe(self, variable: int, at: float, value: float, branch: Restriction) -> None:
        low, high = math.floor(at), math.ceil(at)
        down = self._master.probe(variable, float(branch.floor[variable]), low)
        up = self._master.probe(variable, high, float(branch.ceiling[variable]))
        self._rise[variable, 0] += max(0.0, down - value) / max(LEAST, at - low)
        self._rise[variable, 1] += max(0.0, up - value) / max(LEAST, high - at)
        self._probes[variable] += 1
