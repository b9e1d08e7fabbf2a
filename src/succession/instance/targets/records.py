"""Every target of every person: the placements and standbys that rule out nothing but learning.

A target's cost is `fixed + σ·slope` (model.md, section 6), its use of a shared row
`constant + σ·slope` in the same way: σ is known only with the learning.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from succession.domain import Scenario
from succession.instance.targets.places import Places

__all__ = ["PLACEMENT", "STANDBY", "VACATED", "Target", "Targets"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Use = tuple[int, float, float]
"""(row, constant, slope): a target uses constant + σ·slope of the row."""

PLACEMENT, STANDBY, VACATED = range(3)
KINDS: tuple[Literal["placement", "standby", "vacated"], ...] = ("placement", "standby", "vacated")


@dataclass(frozen=True, slots=True)
class Target:
    """One person's target. `chance` is σ without learning, 1 where σ counts as 1."""

    employee: str
    kind: Literal["placement", "standby", "vacated"]
    seat: str
    role: str
    period: int
    fixed: float
    slope: float
    chance: float
    certain: bool
    rows: tuple[Use, ...]


@dataclass(frozen=True)
class Targets:
    """All targets as arrays, sorted by person; `start` slices them by person.

    `constant_use` and `slope_use` (target, row) are what a target uses of the shared rows;
    `role` is a number of `Places`. A `Target` is read off by index.
    """

    scenario: Scenario
    places: Places
    person: Ints
    kind: Ints
    place: Ints
    period: Ints
    fixed: Floats
    slope: Floats
    chance: Floats
    certain: Bools
    constant_use: sparse.csr_matrix
    slope_use: sparse.csr_matrix
    start: Ints

    @property
    def role(self) -> Ints:
        """The target's role by its number."""
        role: Ints = self.places.role[self.place]
        return role

    @cached_property
    def group(self) -> Ints:
        """What the target competes for: an opening's seats, then an opening's bench, then, for
        fills of vacated seats, the person alone."""
        seats = self.places.openings
        group: Ints = np.where(self.kind == PLACEMENT, self.place, seats + self.place)
        return np.where(self.kind == VACATED, 2 * seats + self.person, group)

    @property
    def groups(self) -> int:
        """Number of groups."""
        return 2 * self.places.openings + len(self.start) - 1

    def __len__(self) -> int:
        """Number of targets."""
        return len(self.person)

    def __iter__(self) -> Iterator[Target]:
        """Targets one by one."""
        return (self[k] for k in range(len(self)))

    def __getitem__(self, number: int) -> Target:
        """A target as a record."""
        place = int(self.place[number])
        return Target(
            employee=self.scenario.employees[self.person[number]].employee,
            kind=KINDS[self.kind[number]],
            seat=self.places.keys[place],
            role=self.scenario.roles[self.places.role[place]].role,
            period=int(self.period[number]),
            fixed=float(self.fixed[number]),
            slope=float(self.slope[number]),
            chance=float(self.chance[number]),
            certain=bool(self.certain[number]),
            rows=tuple(self.uses(number)),
        )

    def uses(self, number: int) -> list[Use]:
        """The rows that a target uses."""
        found: dict[int, list[float]] = {}
        for part, matrix in enumerate((self.constant_use, self.slope_use)):
            own = slice(matrix.indptr[number], matrix.indptr[number + 1])
            pairs = zip(matrix.indices[own].tolist(), matrix.data[own].tolist(), strict=True)
            for row, value in pairs:
                found.setdefault(row, [0.0, 0.0])[part] += value
        return [(row, constant, slope) for row, (constant, slope) in sorted(found.items())]
