"""What targets cost and which rows their people use, column by column (model.md, sections 5 to
7)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from succession.domain import Plan, RuleId, Scenario
from succession.instance.limits import Limits
from succession.instance.targets.eligibility import Pairs, Staff
from succession.instance.targets.places import Places
from succession.instance.targets.records import Targets
from succession.instance.targets.slots import PLACEMENT, STANDBY, Slots

__all__ = ["TargetBuilder"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Narrow = NDArray[np.int32]


class TargetBuilder:
    """Costs and rows of targets that are known by pair and slot."""

    def __init__(
        self, scenario: Scenario, limits: Limits, places: Places, slots: Slots, staff: Staff,
        pairs: Pairs, pair: Narrow, slot: Narrow,
    ) -> None:  # fmt: skip
        self.scenario, self.limits, self.places = scenario, limits, places
        self.slots, self.staff, self.pairs = slots, staff, pairs
        self.pair, self.slot, self.person = pair, slot, pairs.person[pair]

    def build(self, previous: Plan | None) -> Targets:
        """The targets; placements in `previous` save the change cost."""
        slots, people = self.slots, len(self.staff.role)
        fixed, slope = self._fixed(), self._slope()
        number = {key: k for k, key in enumerate(self.places.keys)}
        for row in previous.placements if previous else ():
            kept = self._kept(number[row.opening], row.employee)
            fixed[kept] -= self.scenario.settings.change_cost
        expected = np.where(slots.kind == STANDBY, 0.0, slots.probability)[self.slot]
        expected *= self.pairs.move_cost[self.pair]
        return Targets(
            self.scenario, self.places, slots, self.person, self.slot, fixed, slope, expected,
            self._mover_rows(), self._staying(),
            np.searchsorted(self.person, np.arange(people + 1, dtype=np.int32)),
        )  # fmt: skip

    def _fixed(self) -> Floats:
        """Interest, what a placement falls back to, and retention."""
        s, slots = self.scenario.settings, self.slots
        placed = slots.kind == PLACEMENT
        years = s.periods / s.calendar.periods_per_year
        replacement = np.array([role.replacement_cost for role in self.scenario.roles])
        leaving = 1.0 - (1.0 - self.staff.leaving_risk) ** years
        worth = s.retention_effect * leaving * replacement[self.staff.role]
        kept = np.where(self.pairs.interest >= 2, worth[self.pairs.person], 0.0)[self.pair]
        kept *= np.where(placed, slots.probability, 0.0)[self.slot]
        fixed = np.where(placed, slots.probability * slots.fallback, 0.0)[self.slot]
        fixed += (s.interest_cost * (3.0 - self.pairs.interest))[self.pair]
        fixed -= kept
        return fixed

    def _slope(self) -> Floats:
        """What follows the move less what follows its failure."""
        slots, own = self.slots, self.pairs.move_cost.copy()
        if self.scenario.settings.backfill == "cost":
            backfill = np.array([role.backfill_cost for role in self.scenario.roles])
            seat = np.where(self.staff.incumbent, 0.0, backfill[self.staff.role])
            own += seat[self.pairs.person]
        slope = own[self.pair]
        slope += slots.waiting[self.slot]
        slope *= (slots.kind != STANDBY)[self.slot]
        slope -= slots.fallback[self.slot]
        slope *= slots.probability[self.slot]
        return slope

    def _staying(self) -> Floats:
        """(person, period): the chance of not having left."""
        s = self.scenario.settings
        years = np.maximum(np.arange(s.periods + 2) - 1, 0) / s.calendar.periods_per_year
        staying: Floats = (1.0 - self.staff.leaving_risk[:, None]) ** years
        return staying

    def _kept(self, opening: int, employee: str) -> Ints:
        """Placements of an employee into an opening."""
        who = np.int32(self.staff.number[employee])
        first = int(np.searchsorted(self.person, who))
        own = self.slot[first : np.searchsorted(self.person, who, side="right")]
        wanted = (self.slots.kind[own] == PLACEMENT) & (self.slots.place[own] == opening)
        return np.flatnonzero(wanted) + first

    def _mover_rows(self) -> tuple[Narrow, ...]:
        """Rows of leaving one's own unit and, in chains, of the seat that is vacated."""
        chain = self.scenario.settings.backfill == "chain"
        found = (self._moves_out(), *((self._vacated(),) if chain else ()))
        standing = (self.slots.kind == STANDBY)[self.slot]
        return tuple(np.where(standing, np.int32(-1), rows) for rows in found)

    def _moves_out(self) -> Narrow:
        """The row of a move into another unit, −1 where there is none."""
        named = [unit for unit in self.places.unit_number if unit is not None]
        table = self._rows_by_period(RuleId.MOVES_OUT, named)
        unit = self.staff.unit[self.person]
        stays = unit == self.places.unit[self.slots.place][self.slot]
        return np.where(stays, np.int32(-1), table[unit, self.slots.period[self.slot]])

    def _vacated(self) -> Narrow:
        """The row of the seat that a move vacates, −1 for incumbents."""
        first = self.places.openings
        table = self._rows_by_period(RuleId.VACATED, self.places.keys[first:])
        seat = [
            -1 if incumbent else self.places.vacates[employee.role, employee.unit] - first
            for employee, incumbent in zip(
                self.scenario.employees, self.staff.incumbent.tolist(), strict=True
            )
        ]
        seats = np.array(seat, dtype=np.int64)
        rows: Narrow = table[seats[self.person], self.slots.period[self.slot]]
        return rows

    def _rows_by_period(self, rule: RuleId, keys: Sequence[str]) -> Narrow:
        """(key, period) → row, −1 where there is none; the last line is for no key."""
        index, periods = self.limits.index, range(self.scenario.settings.periods + 2)
        table = [[index.get((rule, key, t), -1) for t in periods] for key in keys]
        return np.array([*table, [-1] * len(periods)], dtype=np.int32)
