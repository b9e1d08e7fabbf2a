"""Slots: a place in a period, to be moved into or to stand by for, with what it costs and uses
whoever comes (model.md, sections 5 to 7)."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from succession.domain import RuleId, Scenario
from succession.instance.limits import Limits
from succession.instance.targets.places import Places

__all__ = ["PLACEMENT", "STANDBY", "VACATED", "Slots", "build_slots"]

Bools = NDArray[np.bool_]
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

PLACEMENT, STANDBY, VACATED = range(3)


@dataclass(frozen=True)
class Slots:
    """Arrays by slot; `start` slices them by place, moves by period first, then the standby.

    `certain`: σ counts as 1. But for interest and retention a placement costs p·fallback +
    σ·p·(own + waiting − fallback), with p the `probability` and own what the person's move costs;
    a standby −σ·fallback (currency). `constant_use` and `slope_use` (slot, row) are what it uses
    of the shared rows, constant + σ·slope; `move_use` (slot, row) is 1 where σ times the expected
    move cost is charged.
    """

    start: Ints
    place: Ints
    kind: Ints
    period: Ints
    certain: Bools
    probability: Floats
    waiting: Floats
    fallback: Floats
    constant_use: sparse.csr_matrix
    slope_use: sparse.csr_matrix
    move_use: sparse.csr_matrix

    def __len__(self) -> int:
        """Number of slots."""
        return len(self.place)


def build_slots(scenario: Scenario, limits: Limits, places: Places) -> Slots:
    """The slots of all places, by place."""
    benches = np.zeros(len(places), dtype=np.int64)
    benches[: places.openings] = [opening.bench > 0 for opening in scenario.openings]
    moves = np.maximum(places.last - places.first + 1, 0)
    start = np.concatenate([[0], np.cumsum(moves + benches)])
    place = np.repeat(np.arange(len(places)), moves + benches)
    offset = np.arange(len(place)) - start[place]
    kind = np.where(place < places.openings, PLACEMENT, VACATED)
    kind[offset == moves[place]] = STANDBY
    period = places.first[place] + np.where(kind == STANDBY, 0, offset)
    return _Builder(scenario, limits, places, start, place, kind, period).build()


class _Builder:
    """Costs and rows of slots that are known by place, kind and period."""

    def __init__(
        self, scenario: Scenario, limits: Limits, places: Places, start: Ints, place: Ints,
        kind: Ints, period: Ints,
    ) -> None:  # fmt: skip
        self.scenario, self.limits, self.places = scenario, limits, places
        self.start, self.place, self.kind, self.period = start, place, kind, period

    def build(self) -> Slots:
        s, count = self.scenario.settings, len(self.place)
        standing = self.kind == STANDBY
        probability, waiting, money = np.ones(count), np.zeros(count), np.zeros(count)
        fallback = np.where(standing, s.bench_shortage_cost, 0.0)
        certain = np.full(count, s.risk == "ignore")
        placed = np.flatnonzero(self.kind == PLACEMENT)
        if s.backfill != "chain":
            probability[placed] = self._openings("probability")[self.place[placed]]
        self._placements(placed, probability, waiting, fallback, money)
        external, unfilled = self._openings("external_cost"), self._openings("unfilled_cost")
        must_fill = np.append(np.isnan(external) & np.isnan(unfilled), False)
        certain |= must_fill[np.minimum(self.place, self.places.openings)]
        moving = np.flatnonzero(~standing)
        constants, slopes, moves = _Uses(), _Uses(), _Uses()
        sign = np.where(self.kind[moving] == VACATED, -1.0, 1.0)
        constants.add(moving, self.places.row[self.place[moving], self.period[moving]], sign)
        bench = np.flatnonzero(standing)
        constants.add(bench, self._bench_rows()[self.place[bench]], 1.0)
        at, rows = self._charged(s.external_pool, placed)
        constants.add(at, rows, money[at])
        slopes.add(at, rows, -money[at])
        moves.add(*self._charged(s.move_pool, moving), 1.0)
        shape = (count, len(self.limits.rows))
        return Slots(
            self.start, self.place, self.kind, self.period, certain, probability, waiting,
            fallback, constants.matrix(shape), slopes.matrix(shape), moves.matrix(shape),
        )  # fmt: skip

    def _openings(self, name: str) -> Floats:
        """A column of Openings; nan for none."""
        values = [getattr(opening, name) for opening in self.scenario.openings]
        return np.array([np.nan if v is None else v for v in values], dtype=np.float64)

    def _placements(
        self, placed: Ints, probability: Floats, waiting: Floats, fallback: Floats, money: Floats
    ) -> None:
        """Fill in what placements cost (section 6); `money`: p·X where the seat falls back to a
        hire."""
        horizon = self.scenario.settings.periods
        place, t, p = self.place[placed], self.period[placed], probability[placed]
        needed, vacancy = self.places.first[place], self._openings("vacancy_cost")[place]
        external = self._openings("external_cost")[place]
        unfilled = self._openings("unfilled_cost")[place]
        lead = self._openings("external_lead")[place]
        hire = external + vacancy * np.minimum(t - needed + lead, horizon - needed + 1)
        cheaper = np.fmin(hire, unfilled)
        waiting[placed] = vacancy * (t - needed)
        fallback[placed] = np.where(np.isnan(cheaper), 0.0, cheaper)
        money[placed] = np.where(hire == cheaper, p * external, 0.0)

    def _bench_rows(self) -> Ints:
        openings, index = self.scenario.openings, self.limits.index
        return np.array([index.get((RuleId.BENCH, o.opening, 0), -1) for o in openings], np.int64)

    def _charged(self, pool: str | None, slots: Ints) -> tuple[Ints, Ints]:
        """(slot, row) for every Budgets row that the slots' money of a pool is charged to."""
        last, units = self.scenario.settings.periods + 2, self.places.unit_number
        lines = [self.limits.charged(pool, t, unit) for unit, t in product(units, range(last))]
        start = np.cumsum([0, *(len(line) for line in lines)])
        flat = np.array([row for line in lines for row in line], dtype=np.int64)
        line = (self.places.unit[self.place[slots]] + 1) * last + self.period[slots]
        count = start[line + 1] - start[line]
        offset = np.arange(count.sum()) - np.repeat(np.cumsum(count) - count, count)
        return np.repeat(slots, count), flat[np.repeat(start[line], count) + offset]


class _Uses:
    """Entries of a sparse matrix in the making; rows −1 and values 0 are left out."""

    def __init__(self) -> None:
        self._slots: list[Ints] = [np.zeros(0, np.int64)]
        self._rows: list[Ints] = [np.zeros(0, np.int64)]
        self._values: list[Floats] = [np.zeros(0)]

    def add(self, slots: Ints, rows: Ints, values: Floats | float) -> None:
        given = np.broadcast_to(np.asarray(values, dtype=np.float64), slots.shape)
        kept = (rows >= 0) & (given != 0)
        self._slots.append(slots[kept])
        self._rows.append(rows[kept])
        self._values.append(given[kept])

    def matrix(self, shape: tuple[int, int]) -> sparse.csr_matrix:
        data, at = np.concatenate(self._values), np.concatenate(self._slots)
        return sparse.csr_matrix((data, (at, np.concatenate(self._rows))), shape=shape)
