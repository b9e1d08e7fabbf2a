"""Every target of every person: the placements and standbys that rule out nothing but learning.

A target's cost is `fixed + σ·slope` (model.md, section 6), its use of a shared row
`constant + σ·slope` in the same way: σ is known only with the learning.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from succession.domain import Scenario
from succession.instance.targets.places import Places
from succession.instance.targets.slots import PLACEMENT, STANDBY, VACATED, Slots

__all__ = ["PLACEMENT", "STANDBY", "VACATED", "Target", "Targets"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Narrow = NDArray[np.int32]
Use = tuple[int, float, float]
"""(row, constant, slope): a target uses constant + σ·slope of the row."""

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

    A target is a person and a slot. `move` is the expected cost of the move (currency, to be
    multiplied by σ), `mover_rows` the rows that the person's own place puts one unit in (−1: none),
    `staying` (person, period) the chance of still being there. Millions of them are usual, hence
    the narrow types, and no matrix of what each uses. A `Target` is read off by index.
    """

    scenario: Scenario
    places: Places
    slots: Slots
    person: Narrow
    slot: Narrow
    fixed: Floats
    slope: Floats
    move: Floats
    mover_rows: tuple[Narrow, ...]
    staying: Floats
    start: Ints

    @cached_property
    def kind(self) -> NDArray[np.int8]:
        """PLACEMENT, STANDBY or VACATED."""
        return self.slots.kind.astype(np.int8)[self.slot]

    @cached_property
    def place(self) -> Narrow:
        """The target's place by its number."""
        return self.slots.place.astype(np.int32)[self.slot]

    @cached_property
    def period(self) -> NDArray[np.int8]:
        """The period of the move, or in which the standby is needed."""
        return self.slots.period.astype(np.int8)[self.slot]

    @property
    def certain(self) -> Bools:
        """Whether σ counts as 1."""
        return self.slots.certain[self.slot]

    @property
    def chance(self) -> Floats:
        """σ without learning, where it is not certain."""
        return self.staying[self.person, self.period]

    @cached_property
    def group(self) -> Narrow:
        """What the target competes for: an opening's seats, then an opening's bench, then, for
        fills of vacated seats, the person alone."""
        slots, openings = self.slots, self.places.openings
        group = np.where(slots.kind == PLACEMENT, slots.place, openings + slots.place)
        group = group.astype(np.int32)[self.slot]
        fills = np.flatnonzero(self.kind == VACATED)
        group[fills] = 2 * openings + self.person[fills]
        return group

    @property
    def groups(self) -> int:
        """Number of groups."""
        return 2 * self.places.openings + len(self.start) - 1

    def objective(self, cost_weight: float, duals: Floats) -> tuple[Floats, Floats]:
        """(base, slope): cost times the weight less what the rows used are worth at their `duals`;
        base + σ·slope, with σ = 1 where it is certain (the slope is 0 there)."""
        slots, own = self.slots, np.append(duals, 0.0)
        base = cost_weight * self.fixed
        base -= (slots.constant_use @ duals)[self.slot]
        for rows in self.mover_rows:
            base -= own[rows]
        slope = cost_weight * self.slope
        slope -= (slots.slope_use @ duals)[self.slot]
        charged = slots.move_use @ duals
        if charged.any():
            slope -= self.move * charged[self.slot]
        sure = np.flatnonzero(self.certain)
        base[sure] += slope[sure]
        slope *= self.chance
        slope[sure] = 0.0
        return base, slope

    def __len__(self) -> int:
        """Number of targets."""
        return len(self.person)

    def __iter__(self) -> Iterator[Target]:
        """Targets one by one."""
        return (self[k] for k in range(len(self)))

    def __getitem__(self, number: int) -> Target:
        """A target as a record."""
        person, slot = int(self.person[number]), int(self.slot[number])
        place, period = int(self.slots.place[slot]), int(self.slots.period[slot])
        certain = bool(self.slots.certain[slot])
        return Target(
            employee=self.scenario.employees[person].employee,
            kind=KINDS[self.slots.kind[slot]],
            seat=self.places.keys[place],
            role=self.scenario.roles[self.places.role[place]].role,
            period=period,
            fixed=float(self.fixed[number]),
            slope=float(self.slope[number]),
            chance=1.0 if certain else float(self.staying[person, period]),
            certain=certain,
            rows=tuple(self.uses(number)),
        )

    def uses(self, number: int) -> list[Use]:
        """The rows that a target uses."""
        found: dict[int, list[float]] = {}

        def add(part: int, rows: Sequence[int], values: Sequence[float]) -> None:
            for row, value in zip(rows, values, strict=True):
                found.setdefault(row, [0.0, 0.0])[part] += value

        slot, slots = int(self.slot[number]), self.slots
        add(0, *_entries(slots.constant_use, slot))
        own = [int(rows[number]) for rows in self.mover_rows if rows[number] >= 0]
        add(0, own, [1.0] * len(own))
        add(1, *_entries(slots.slope_use, slot))
        charged, ones = _entries(slots.move_use, slot)
        if self.move[number]:
            add(1, charged, [float(self.move[number]) * one for one in ones])
        return [(row, constant, slope) for row, (constant, slope) in sorted(found.items())]


def _entries(matrix: sparse.csr_matrix, line: int) -> tuple[list[int], list[float]]:
    """(columns, values) of a line."""
    own = slice(matrix.indptr[line], matrix.indptr[line + 1])
    return matrix.indices[own].tolist(), matrix.data[own].tolist()
