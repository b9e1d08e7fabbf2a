"""Pricing: for each target, the pathway of least reduced cost at given duals.

    reduced cost = fixed − Σ y·constant − μ + Σ prices of the starts + σ (slope − Σ y·slope row)

y are the duals of the shared rows (≤ 0 on upper limits), μ that of the person's row. In phase one
(`cost_weight` 0) only the duals count.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from dataclasses import dataclass
from functools import cache, lru_cache
from queue import SimpleQueue
from types import MappingProxyType
from typing import NamedTuple

import numpy as np

from succession.instance import Instance
from succession.pathways.half_cuts import HalfPricing
from succession.pathways.kernel.arrays import (
    Bools,
    Floats,
    Ints,
    Labels,
    Narrow,
    Plans,
    Prices,
    build_aims,
    build_data,
    build_labels,
    build_plans,
)
from succession.pathways.kernel.batch import price_targets
from succession.pathways.kernel.screen import screen_targets
from succession.pathways.kernel.search import CUT, NONE
from succession.pathways.ordering import runs, stable_order
from succession.pathways.pathway import Pathway
from succession.pathways.prices import Duals, start_prices

__all__ = ["FEW_LABELS", "MOST_LABELS", "Duals", "Pricer", "PricingRound", "Sketch"]

FEW_LABELS, MOST_LABELS = 1 << 12, 1 << 20
BLOCK, SMALL_BLOCK = 1024, 4
"""Jobs in a run at most when pricing, and when enumerating, which may take long."""
KEPT, LOOK = 1 << 12, 0.05
"""Targets whose uses of rows are kept, and seconds between two looks at the clock."""


@dataclass(frozen=True)
class PricingRound:
    """Improving pathways, with reduced costs (of chains: none). `bound` (target): a lower bound on
    the reduced cost of a target's pathways, −inf where not priced. `settled` (target): its best
    pathway was found, or its search cut short; `complete`: none was cut short."""

    pathways: list[Pathway]
    reduced_costs: list[float]
    bound: Floats
    settled: Bools
    complete: bool


class Sketch(NamedTuple):
    """A pathway that a search has found, and its reduced cost at the search's duals."""

    person: int
    target: int
    starts: tuple[tuple[int, int], ...]
    chance: float
    reduced_cost: float


class Pricer:
    """Exact pricing over an instance, with `threads` threads (the answer is the same)."""

    def __init__(self, instance: Instance, threads: int = 1) -> None:
        self.instance = instance
        self.data = build_data(instance)
        self.threads = threads
        self._pool = ThreadPoolExecutor(threads)
        self.aims = build_aims(instance)
        slot = instance.targets.slot
        self._by_table = stable_order(
            (self.aims.role * (instance.horizon + 2) + self.aims.deadline).astype(np.int32)[slot]
        )
        self._labels: dict[tuple[int, int], Labels] = {}
        self._found: dict[tuple[int, int], Plans] = {}
        self._longest = len(self.data.use_activity) + 1
        self._stop = np.zeros(1, dtype=np.int64)
        self._uses = cache(lambda *start: tuple(instance.starts.uses(*start)))
        self._target_uses = lru_cache(KEPT)(instance.targets.uses)
        self._halves = HalfPricing(instance)
        self._seen: tuple[Duals, Floats, Floats] | None = None
        self._keep = instance.scenario.settings.change_cost if instance.previous else 0.0

    def objective(self, duals: Duals) -> tuple[Floats, Floats]:
        """(base, slope) of every target at these duals: value without starts, and of chance 1."""
        if self._seen is None or self._seen[0] is not duals:
            self._seen = None
            targets = self.instance.targets
            base, slope = targets.objective(duals.cost_weight, duals.rows)
            base -= duals.persons[targets.person]
            self._halves.base(duals.halves, base)
            self._seen = duals, base, slope
        return self._seen[1:]

    def prices(self, duals: Duals, active: Bools | None = None) -> Prices:
        """Start prices at these duals; footprints over the `active` rows (None: not needed)."""
        return start_prices(self.instance, self._halves, duals, self._keep, active)

    def compile(self) -> None:
        """Have the kernel compiled, or loaded, by pricing a single target, hopeless or not."""
        instance = self.instance
        nothing = Duals(np.zeros(len(instance.limits.rows)), np.zeros(instance.persons))
        one = np.arange(min(1, len(instance.targets)))
        any_value = np.full(len(instance.targets), math.inf)
        self.screen(nothing, one, math.inf)
        self.search(nothing, one, -any_value, any_value, instance.targets.group, FEW_LABELS)

    def price(
        self, duals: Duals, jobs: Ints, threshold: float, most: int = MOST_LABELS,
        expired: Callable[[], bool] = lambda: False, *, each: int = 1,
    ) -> PricingRound:  # fmt: skip
        """Pathways below the threshold for the targets `jobs`, with at most so many labels a
        search: of each group at least the `each` best, unless a search is cut short."""
        known = self.screen(duals, jobs, threshold)
        jobs, limits = jobs[known[jobs] < threshold], np.full(len(known), threshold)
        group = self.instance.targets.group
        return self.search(duals, jobs, known, limits, group, most, expired, each=each)

    def screen(self, duals: Duals, jobs: Ints, threshold: float) -> Floats:
        """Lower bounds on the reduced costs of the targets `jobs` (others: −inf), from what anyone
        of their role could do; sharp below the threshold only."""
        base, slope = self.objective(duals)
        limits = np.full(len(base), threshold)
        return self._screen(self.prices(duals), jobs, base, slope, limits)

    def _screen(
        self, prices: Prices, jobs: Ints, base: Floats, slope: Floats, limits: Floats
    ) -> Floats:
        bound, asked = np.full(len(base), -np.inf), np.zeros(len(base), dtype=np.bool_)
        asked[jobs] = True
        aims = self.aims
        linked = np.diff(prices.place_extra_start, append=0) > 0
        place = np.where(linked[aims.place], aims.place, -1)
        order = self._by_table[asked[self._by_table]]
        apart = place[aims.slot[order]]
        own = np.flatnonzero(apart >= 0)
        own = own[np.argsort(apart[own], kind="stable")]
        parts = [order[apart < 0], order[own]]

        def work(block: Narrow) -> None:
            screen_targets(self.data, prices, aims, place, block, base, slope, limits, bound)

        blocks = [run[k : k + BLOCK] for run in parts for k in range(0, len(run), BLOCK)]
        list(self._pool.map(work, blocks))
        return bound

    def search(
        self, duals: Duals, jobs: Ints, known: Floats, limits: Floats, group: Narrow, most: int,
        expired: Callable[[], bool] = lambda: False, *, each: int = 1,
    ) -> PricingRound:  # fmt: skip
        """As `price`, with lower bounds `known`, for pathways below limits[target]; whoever has
        the same `group` (target) competes."""
        base, slope = self.objective(duals)
        prices, bound = self.prices(duals), known.copy()
        settled = np.zeros(len(bound), dtype=np.bool_)
        order = jobs[stable_order(group[jobs])].astype(np.int32)
        blocks = runs(order, np.flatnonzero(np.diff(group[order], prepend=-1)), BLOCK)
        pathways: list[Pathway] = []
        reduced: list[float] = []
        complete = True
        for result in self._map(
            prices, blocks, base, slope, known, limits, each, 0, most, expired, group
        ):
            bound[result.jobs] = np.maximum(known[result.jobs], result.bound)
            settled[result.jobs] = result.settled
            complete = complete and not result.cut
            pathways += [self.pathway(sketch) for sketch in result.found]
            reduced += [sketch.reduced_cost for sketch in result.found]
        return PricingRound(pathways, reduced, bound, settled, complete)

    def enumerate(
        self, duals: Duals, limits: Floats, active: Bools, most: int,
        expired: Callable[[], bool] = lambda: False, *, labels: int = MOST_LABELS,
        tolls: Mapping[tuple[int, int], float] = MappingProxyType({}),
    ) -> list[Sketch] | None:  # fmt: skip
        """Every pathway whose reduced cost, with the dearest of its starts' `tolls` (inf: closed),
        is below limits[target], up to what uses the same of the `active` rows at no lower price;
        None where they are more than `most`, or a search takes more `labels`."""
        base, slope = self.objective(duals)
        sketches: list[Sketch] = []
        prices = self.prices(duals, active)
        for start, toll in tolls.items():
            prices.toll[start] = max(0.0, toll)
        prices.price[np.isinf(prices.toll)] = np.inf
        known = self._screen(prices, np.flatnonzero(limits > -np.inf), base, slope, limits)
        jobs = np.flatnonzero(known < limits).astype(np.int32)
        blocks = np.array_split(jobs, max(1, len(jobs) // SMALL_BLOCK))
        for result in self._map(
            prices, blocks, base, slope, known, limits, 1, most, labels, expired,
            self.instance.targets.group,
        ):  # fmt: skip
            if result.cut or len(sketches) > most:
                return None
            sketches += result.found
        return sketches

    def _map(
        self, prices: Prices, blocks: list[Narrow], base: Floats, slope: Floats, known: Floats,
        limits: Floats, each: int, room: int, most: int, expired: Callable[[], bool],
        group: Narrow,
    ) -> Iterator[Block]:  # fmt: skip
        """Price block by block, in order, on all threads; when time is up, searches are cut."""
        longest = max(map(len, blocks), default=0)
        scratch = self._scratch(most, room + 64 if room else 4 << longest.bit_length())

        def work(jobs: Narrow) -> Block:
            if expired():
                return Block(np.zeros(0, np.int32), np.zeros(0), np.zeros(0, np.bool_), [], True)
            status, bound = np.zeros(len(jobs), dtype=np.int64), np.full(len(jobs), -np.inf)
            labels, found = scratch.get()
            found.filled[0] = 0
            done = price_targets(
                self.data, prices, self.aims, jobs, group, base, slope, known, limits, each,
                room > 0, most, labels, found, status, bound,
            )  # fmt: skip
            sketches = [self._sketch(found, n) for n in range(found.filled[0])]
            scratch.put((labels, found))
            cut = done < len(jobs) or bool((status == CUT).any())
            return Block(jobs, bound, status != NONE, sketches, cut)

        self._stop[0] = 0
        futures = [self._pool.submit(work, jobs) for jobs in blocks]
        try:
            for future in futures:
                while wait([future], LOOK).not_done:
                    self._stop[0] = expired()
                yield future.result()
        finally:
            self._stop[0] = 1
            wait([future for future in futures if not future.cancel()])

    def _scratch(self, most: int, places: int) -> SimpleQueue[tuple[Labels, Plans]]:
        """Labels, and room for what is found, for as many searches at once as there are threads."""
        queue: SimpleQueue[tuple[Labels, Plans]] = SimpleQueue()
        for thread in range(self.threads):
            labels = self._labels.get((thread, most)) or build_labels(most, self._stop)
            found = self._found.get((thread, places)) or build_plans(places, self._longest)
            self._labels[thread, most], self._found[thread, places] = labels, found
            queue.put((labels, found))
        return queue

    def _sketch(self, found: Plans, number: int) -> Sketch:
        """A search result."""
        target = int(found.target[number])
        own = slice(found.start[number], found.start[number + 1])
        pairs = zip(found.activity[own].tolist(), found.period[own].tolist(), strict=True)
        targets = self.instance.targets
        person, slot = int(targets.person[target]), int(targets.slot[target])
        reduced_cost, chance = float(found.value[number]), 1.0
        if not targets.slots.certain[slot]:
            chance = float(targets.staying[person, targets.slots.period[slot]])
            chance *= math.exp(found.log_chance[number])
        return Sketch(person, target, tuple(sorted(pairs)), chance, reduced_cost)

    def pathway(self, sketch: Sketch) -> Pathway:
        """The pathway of a search result, with its true cost and rows."""
        return self._build(sketch.target, sketch.starts, sketch.chance)

    def _build(self, target: int, starts: tuple[tuple[int, int], ...], chance: float) -> Pathway:
        instance, targets = self.instance, self.instance.targets
        person = int(targets.person[target])
        rows: dict[int, float] = {}
        for row, constant, slope in self._target_uses(target):
            rows[row] = rows.get(row, 0.0) + constant + chance * slope
        unit = int(instance.people.unit_class[person])
        cost = [float(targets.fixed[target]), chance * float(targets.slope[target])]
        for activity, period in starts:
            for row, value in self._uses(unit, activity, period):
                rows[row] = rows.get(row, 0.0) + value
            cost.append(float(instance.starts.cost[activity]))
            if (person, activity, period) in instance.people.kept:
                cost.append(-self._keep)
        used = tuple(sorted((row, value) for row, value in rows.items() if value))
        return Pathway(person, target, starts, chance, math.fsum(cost), used)


@dataclass(frozen=True)
class Block:
    """What pricing a run of jobs gave; `cut`: labels or room ran out."""

    jobs: Narrow
    bound: Floats
    settled: Bools
    found: list[Sketch]
    cut: bool
