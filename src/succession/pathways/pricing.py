"""Pricing: for each target, the pathway of least reduced cost at given duals.

    reduced cost = fixed − Σ y·constant − μ + Σ prices of the starts + σ (slope − Σ y·slope row)

y are the duals of the shared rows (≤ 0 on upper limits), μ that of the person's row. In phase one
(`cost_weight` 0) only the duals count.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse

from succession.instance import Instance
from succession.pathways.arrays import (
    Bools,
    Floats,
    Ints,
    Labels,
    Plans,
    Prices,
    build_data,
    build_labels,
    build_plans,
)
from succession.pathways.batch import price_targets
from succession.pathways.pathway import Pathway
from succession.pathways.search import CUT

__all__ = ["FEW_LABELS", "MOST_LABELS", "Duals", "Pricer", "PricingRound"]

FEW_LABELS = 1 << 8
MOST_LABELS = 1 << 20
BLOCK = 1024


@dataclass(frozen=True)
class Duals:
    """Duals of shared rows and of people, and whether costs count (1) or not (0: phase one).

    `links`: duals ≤ 0 of the rows that tie a person's start to its session being held, by
    (person, activity, period).
    """

    rows: Floats
    persons: Floats
    cost_weight: float = 1.0
    links: Mapping[tuple[int, int, int], float] = field(default_factory=dict)


@dataclass(frozen=True)
class PricingRound:
    """Improving pathways, with reduced costs. `bound` (target): a lower bound on the reduced
    cost of a target's pathways or the person's best, −inf where not priced. `complete`: no
    search was cut short."""

    pathways: list[Pathway]
    reduced_costs: list[float]
    bound: Floats
    complete: bool


class Pricer:
    """Exact pricing over an instance, with `threads` threads (the answer is the same)."""

    def __init__(self, instance: Instance, threads: int = 1) -> None:
        self.instance = instance
        self.data = build_data(instance)
        self.threads = threads
        targets = instance.targets
        self.deadline = np.array([t.period for t in targets], dtype=np.int64)
        self.fixed = np.array([t.fixed for t in targets], dtype=np.float64)
        self.slope = np.array([t.slope for t in targets], dtype=np.float64)
        self.chance = np.array([t.chance for t in targets], dtype=np.float64)
        self.certain = np.array([t.certain for t in targets], dtype=np.bool_)
        self._labels: dict[tuple[int, int], Labels] = {}
        self._keep = instance.scenario.settings.change_cost if instance.previous else 0.0

    def objective(self, duals: Duals) -> tuple[Floats, Floats]:
        """(base, slope) of every target at these duals: value without starts, and of chance 1."""
        weight, instance = duals.cost_weight, self.instance
        base = weight * self.fixed - instance.target_constant @ duals.rows
        base -= duals.persons[instance.target_person]
        slope = weight * self.slope - instance.target_slope @ duals.rows
        base += np.where(self.certain, slope, 0.0)
        return base, np.where(self.certain, 0.0, slope * self.chance)

    def prices(self, duals: Duals, active: Bools | None = None) -> Prices:
        """Start prices by unit class; footprints over the `active` rows (None: not needed)."""
        instance = self.instance
        shape = (len(instance.start_use), len(instance.duration), instance.horizon + 2)
        price, footprint = np.empty(shape), np.zeros(shape, dtype=np.int64)
        cost = duals.cost_weight * instance.cost[:, None]
        for k, (use, legal) in enumerate(zip(instance.start_use, instance.startable, strict=True)):
            value = cost - (use @ duals.rows).reshape(legal.shape)
            price[k] = np.where(legal, value, np.inf)
            if active is not None:
                footprint[k] = _footprints(use, active).reshape(legal.shape)
        extra = dict.fromkeys(sorted(instance.people.kept), -self._keep * duals.cost_weight)
        for start, dual in duals.links.items():
            extra[start] = extra.get(start, 0.0) - dual
        keys = sorted(extra)
        columns = np.array(keys, dtype=np.int64).reshape(-1, 3)
        by_activity = np.minimum(price.min(axis=2, initial=0.0), 0.0)
        earned = by_activity.sum(axis=1)[instance.people.unit_class]
        value = np.array([extra[key] for key in keys], dtype=np.float64)
        np.add.at(earned, columns[:, 0], np.minimum(value, 0.0))
        return Prices(
            price=price,
            footprint=footprint,
            extra_start=np.searchsorted(columns[:, 0], np.arange(instance.persons + 1)),
            extra_activity=np.ascontiguousarray(columns[:, 1]),
            extra_period=np.ascontiguousarray(columns[:, 2]),
            extra=value,
            earned=earned,
        )

    def price(
        self, duals: Duals, jobs: Ints, threshold: float, most: int = MOST_LABELS,
        expired: Callable[[], bool] = lambda: False,
    ) -> PricingRound:  # fmt: skip
        """The best pathways below the threshold of the people of the targets `jobs`, with at
        most so many labels a search."""
        base, slope = self.objective(duals)
        order = np.lexsort((
            jobs, base[jobs] + np.minimum(slope[jobs], 0.0), self.instance.target_person[jobs]
        ))  # fmt: skip
        bound = np.full(len(base), -np.inf)
        pathways: list[Pathway] = []
        reduced: list[float] = []
        complete = True
        limits = np.full(len(base), threshold)
        prices = self.prices(duals)
        blocks = self._blocks(jobs[order])
        for result in self._map(prices, blocks, base, slope, limits, 0, most, expired):
            bound[result.jobs] = result.bound
            complete = complete and not result.cut
            for n in range(result.found.filled[0]):
                pathways.append(self._pathway(result.found, n))
                reduced.append(float(result.found.value[n]))
        return PricingRound(pathways, reduced, bound, complete)

    def enumerate(
        self, duals: Duals, limits: Floats, active: Bools, most: int,
        expired: Callable[[], bool] = lambda: False,
    ) -> list[Pathway] | None:  # fmt: skip
        """Every pathway with reduced cost ≤ limits[target], up to what uses the same of the
        `active` rows at no lower price; None where they are more than `most`."""
        base, slope = self.objective(duals)
        jobs = np.flatnonzero(limits > -np.inf)
        pathways: list[Pathway] = []
        blocks = self._blocks(jobs)
        prices = self.prices(duals, active)
        for result in self._map(prices, blocks, base, slope, limits, most, MOST_LABELS, expired):
            if result.cut or len(pathways) > most:
                return None
            pathways += [self._pathway(result.found, n) for n in range(result.found.filled[0])]
        return pathways

    def _blocks(self, jobs: Ints) -> list[Ints]:
        """Runs of jobs of about `BLOCK`, cut between people."""
        person = self.instance.target_person[jobs]
        first = np.flatnonzero(np.diff(person, prepend=-1))
        cuts, last = [], 0
        for start in first:
            if start - last >= BLOCK:
                cuts.append(start)
                last = int(start)
        return [block for block in np.split(jobs, cuts) if len(block)]

    def _map(
        self, prices: Prices, blocks: list[Ints], base: Floats, slope: Floats, limits: Floats,
        room: int, most: int, expired: Callable[[], bool],
    ) -> Iterator[Block]:  # fmt: skip
        """Price block by block, in order, on all threads; stops early when time is up."""

        def work(number: int, jobs: Ints) -> Block:
            places = room + 64 if room else 4 * len(jobs)
            found = build_plans(places, len(self.data.use_activity) + 1)
            status = np.zeros(len(base), dtype=np.int64)
            bound = np.full(len(base), -np.inf)
            done = price_targets(
                self.data, prices, jobs, self.instance.target_person, self.instance.target_role,
                self.deadline, base, slope, limits, room > 0, most, self._labels[number, most],
                found, status, bound,
            )  # fmt: skip
            cut = done < len(jobs) or bool((status[jobs] == CUT).any())
            return Block(jobs, bound[jobs], found, cut)

        for number in range(self.threads):
            if (number, most) not in self._labels:
                self._labels[number, most] = build_labels(most)
        with ThreadPoolExecutor(self.threads) as pool:
            for start in range(0, len(blocks), self.threads):
                if expired():
                    yield Block(np.zeros(0, np.int64), np.zeros(0), build_plans(0, 1), True)
                    return
                yield from pool.map(work, range(self.threads), blocks[start : start + self.threads])

    def _pathway(self, found: Plans, number: int) -> Pathway:
        """The pathway of a search result, with its true cost and rows."""
        target = int(found.target[number])
        own = slice(found.start[number], found.start[number + 1])
        pairs = zip(found.activity[own], found.period[own], strict=True)
        starts = sorted((int(activity), int(period)) for activity, period in pairs)
        chance = 1.0
        if not self.certain[target]:
            chance = float(self.chance[target] * math.exp(found.log_chance[number]))
        return self._build(target, tuple(starts), chance)

    def _build(self, target: int, starts: tuple[tuple[int, int], ...], chance: float) -> Pathway:
        instance = self.instance
        person = int(instance.target_person[target])
        rows: dict[int, float] = {}
        for row, constant, slope in instance.targets[target].rows:
            rows[row] = rows.get(row, 0.0) + constant + chance * slope
        use = instance.start_use[instance.people.unit_class[person]]
        cost = [self.fixed[target], chance * self.slope[target]]
        for activity, period in starts:
            line = activity * (instance.horizon + 2) + period
            begin, end = use.indptr[line], use.indptr[line + 1]
            for row, value in zip(use.indices[begin:end], use.data[begin:end], strict=True):
                rows[int(row)] = rows.get(int(row), 0.0) + float(value)
            cost.append(instance.cost[activity])
            if (person, activity, period) in instance.people.kept:
                cost.append(-self._keep)
        used = tuple(sorted((row, value) for row, value in rows.items() if value))
        return Pathway(person, target, starts, chance, math.fsum(cost), used)


@dataclass(frozen=True)
class Block:
    """What pricing a run of jobs gave; `cut`: labels or room ran out."""

    jobs: Ints
    bound: Floats
    found: Plans
    cut: bool


def _footprints(use: sparse.csr_matrix, active: Bools) -> Ints:
    """A number for each start: equal where the starts use the same of the active rows."""
    seen: dict[tuple[tuple[int, float], ...], int] = {}
    indptr, indices, data = use.indptr, use.indices, use.data
    numbers = np.zeros(len(indptr) - 1, dtype=np.int64)
    for line in range(len(numbers)):
        own = slice(indptr[line], indptr[line + 1])
        pairs = zip(indices[own], data[own], strict=True)
        key = tuple((int(row), float(value)) for row, value in pairs if active[row])
        numbers[line] = seen.setdefault(key, len(seen))
    return numbers
