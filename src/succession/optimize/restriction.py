"""A branch of the search, as what it takes away from the master."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from succession.instance import Instance

__all__ = ["Restriction", "root_restriction"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Restriction:
    """A branch: bounds of the fixed variables, targets still allowed, people who must have one, and
    pathways settled (numbers in the master): `taken`, whose targets are not allowed any more, or
    `barred`."""

    floor: Floats
    ceiling: Floats
    allowed: NDArray[np.bool_]
    locked: frozenset[int]
    taken: tuple[int, ...] = ()
    barred: tuple[int, ...] = ()

    def bound_variables(self, floor: Floats, ceiling: Floats) -> Restriction:
        """The branch with other bounds of the fixed variables."""
        return replace(self, floor=floor, ceiling=ceiling)

    def bound_variable(self, number: int, floor: float, ceiling: float) -> Restriction:
        """The branch in which one fixed variable lies in [floor, ceiling]."""
        low, high = self.floor.copy(), self.ceiling.copy()
        low[number], high[number] = floor, ceiling
        return self.bound_variables(low, high)

    def close(self, variables: Iterable[int]) -> Restriction:
        """The branch in which some fixed variables are 0; itself where they are already."""
        ceiling = self.ceiling.copy()
        ceiling[list(variables)] = 0.0
        return self if (ceiling == self.ceiling).all() else replace(self, ceiling=ceiling)

    def forbid(self, targets: Iterable[int]) -> Restriction:
        """The branch without some targets."""
        allowed = self.allowed.copy()
        allowed[list(targets)] = False
        return replace(self, allowed=allowed)

    def lock(self, person: int) -> Restriction:
        """The branch in which a person has one of the targets still allowed."""
        return replace(self, locked=self.locked | {person})


def root_restriction(instance: Instance) -> Restriction:
    """No branch at all."""
    ceiling = np.array([v.upper for v in instance.limits.variables], dtype=np.float64)
    allowed = np.ones(len(instance.targets), dtype=np.bool_)
    return Restriction(np.zeros(len(ceiling)), ceiling, allowed, instance.locked)
