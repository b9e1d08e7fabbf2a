"""Pricing: for each target, the pathway of least reduced cost at given duals.

    reduced cost = fixed − Σ y·constant − μ + Σ prices of the starts + σ (slope − Σ y·slope row)

y are the duals of the shared rows (≤ 0 on upper limits), μ that of the person's row. In phase one
(`cost_weight` 0) only the duals count.
"""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from succession.instance import Instance
from succession.pathways.arrays import (
    Floats,
    Ints,
    Prices,
    build_data,
    build_workspace,
)
from succession.pathways.batch import price_batch
from succession.pathways.pathway import Pathway
from succession.pathways.search import CUT, FOUND, Plans

__all__ = ["Duals", "Enumeration", "Pricer", "PricingRound"]

LABELS = 1 << 15
MOST_LABELS = 1 << 21


@dataclass(frozen=True)
class Duals:
    """Duals of shared rows and of people, and whether costs count (1) or not (0: phase one)."""

    rows: Floats
    persons: Floats
    cost_weight: float = 1.0


@dataclass(frozen=True)
class PricingRound:
    """Improving pathways with their reduced costs, and a bound for each target priced."""

    pathways: list[Pathway]
    reduced_costs: list[float]
    bound: Floats


@dataclass(frozen=True)
class Enumeration:
    """All pathways at or below a threshold, or None where there are too many."""

    pathways: list[Pathway] | None


class Pricer:
    """Exact pricing over an instance, with `threads` threads (the answer is the same)."""

    def __init__(self, instance: Instance, threads: int = 1) -> None:
        self.instance = instance
        self.data = build_data(instance)
        self.threads = threads
        self.order = np.lexsort((self._periods(), instance.target_role, instance.target_person))
        targets = instance.targets
        self.fixed = np.array([t.fixed for t in targets], dtype=np.float64)
        self.slope = np.array([t.slope for t in targets], dtype=np.float64)
        self.chance = np.array([t.chance for t in targets], dtype=np.float64)
        self.certain = np.array([t.certain for t in targets], dtype=np.bool_)
        self.deadline = self._periods()
        self._workspaces = [build_workspace(LABELS) for _ in range(threads)]
        self._keep = instance.scenario.settings.change_cost if instance.previous else 0.0

    def _periods(self) -> Ints:
        return np.array([t.period for t in self.instance.targets], dtype=np.int64)

    def objective(self, duals: Duals) -> tuple[Floats, Floats]:
        """(base, slope) of every target at these duals: value without starts, and of chance 1."""
        weight, instance = duals.cost_weight, self.instance
        base = weight * self.fixed - instance.target_constant @ duals.rows
        base -= duals.persons[instance.target_person]
        slope = weight * self.slope - instance.target_slope @ duals.rows
        base += np.where(self.certain, slope, 0.0)
        return base, np.where(self.certain, 0.0, slope * self.chance)

    def prices(self, duals: Duals, active: NDArray[np.bool_] | None = None) -> Prices:
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
        return Prices(price, footprint, self._keep * duals.cost_weight)

    def price(self, duals: Duals, jobs: Ints, threshold: float) -> PricingRound:
        """The best pathway below the threshold for each of the targets `jobs`."""
        base, slope = self.objective(duals)
        prices = self.prices(duals)
        limits = np.full(len(base), threshold)
        bound = np.full(len(base), np.inf)
        jobs = self.order[np.isin(self.order, jobs)] if len(jobs) < len(base) else self.order
        runs = self._run(prices, jobs, base, slope, limits, False, bound)
        pathways, reduced = [], []
        for status, plan, chunk, found in runs:
            for j in chunk:
                if status[j] == FOUND:
                    pathways.append(self.pathway(j, found, plan[j]))
                    reduced.append(float(found.value[plan[j]]))
        return PricingRound(pathways, reduced, bound)

    def enumerate(
        self, duals: Duals, limits: Floats, active: NDArray[np.bool_], most: int
    ) -> Enumeration:
        """Every pathway with reduced cost ≤ limits[target], up to what uses the same of the
        `active` rows at no lower price."""
        base, slope = self.objective(duals)
        bound = np.full(len(base), np.inf)
        pathways: list[Pathway] = []
        for start in range(0, len(self.order), 512):
            jobs = self.order[start : start + 512]
            runs = self._run(
                self.prices(duals, active), jobs, base, slope, limits, True, bound, most
            )
            for status, plan, chunk, found in runs:
                if any(status[j] == CUT for j in chunk):
                    return Enumeration(None)
                ends = [*(plan[j] for j in chunk[1:]), found.filled[0]] if len(chunk) else []
                for j, end in zip(chunk, ends, strict=True):
                    pathways += [self.pathway(j, found, n) for n in range(plan[j], end)]
            if len(pathways) > most:
                return Enumeration(None)
        return Enumeration(pathways)

    def _run(
        self, prices: Prices, jobs: Ints, base: Floats, slope: Floats, limits: Floats,
        enumerate_all: bool, bound: Floats, most: int = 0,
    ) -> list[tuple[Ints, Ints, Ints, Plans]]:  # fmt: skip
        chunks = [c for c in np.array_split(jobs, self.threads) if len(c)]

        def work(number: int) -> tuple[Ints, Ints, Ints, Plans]:
            chunk = chunks[number]
            status = np.zeros(len(base), dtype=np.int64)
            plan = np.zeros(len(base), dtype=np.int64)
            found = _build_plans(max(2 * len(chunk), most), self.instance.horizon)
            arguments = (
                self.instance.target_person, self.instance.target_role, self.deadline,
                base, slope, limits, enumerate_all,
            )  # fmt: skip
            todo = chunk
            while len(todo):
                workspace = self._workspaces[number]
                done = price_batch(
                    self.data, prices, todo, *arguments, workspace, found, status, bound, plan
                )
                if done < len(todo):
                    status[todo[done:]] = CUT
                    break
                todo = chunk[status[chunk] == CUT]
                if len(todo) == 0 or not self._grow(number):
                    break
                if enumerate_all:
                    found.filled[0], todo = 0, chunk
            return status, plan, chunk, found

        if len(chunks) <= 1:
            return [work(number) for number in range(len(chunks))]
        with ThreadPoolExecutor(len(chunks)) as pool:
            return list(pool.map(work, range(len(chunks))))

    def _grow(self, number: int) -> bool:
        """More labels for a thread's next try; False at the limit."""
        size = len(self._workspaces[number].parent)
        if size >= MOST_LABELS:
            return False
        self._workspaces[number] = build_workspace(size * 8)
        return True

    def pathway(self, target: int, found: Plans, number: int) -> Pathway:
        """The pathway of a search result, with its true cost and rows."""
        first, last = found.start[number], found.start[number + 1]
        starts = sorted(
            (int(a), int(t))
            for a, t in zip(found.activity[first:last], found.period[first:last], strict=True)
        )
        chance = 1.0
        if not self.certain[target]:
            chance = float(self.chance[target] * math.exp(found.log_chance[number]))
        return self.build(int(target), tuple(starts), chance)

    def build(self, target: int, starts: tuple[tuple[int, int], ...], chance: float) -> Pathway:
        """A pathway from its parts."""
        instance = self.instance
        person = int(instance.target_person[target])
        rows: dict[int, float] = {}
        for row, constant, slope in instance.targets[target].rows:
            rows[row] = rows.get(row, 0.0) + constant + chance * slope
        use = instance.start_use[instance.people.unit_class[person]]
        kept = self._kept(person)
        cost = [self.fixed[target], chance * self.slope[target]]
        for activity, period in starts:
            line = activity * (instance.horizon + 2) + period
            begin, end = use.indptr[line], use.indptr[line + 1]
            for row, value in zip(use.indices[begin:end], use.data[begin:end], strict=True):
                rows[int(row)] = rows.get(int(row), 0.0) + float(value)
            cost.append(instance.cost[activity])
            if (activity, period) in kept:
                cost.append(-self._keep)
        used = tuple(sorted((row, value) for row, value in rows.items() if value))
        return Pathway(person, target, starts, chance, math.fsum(cost), used)

    def _kept(self, person: int) -> set[tuple[int, int]]:
        people = self.instance.people
        own = slice(people.kept_start[person], people.kept_start[person + 1])
        pairs = zip(people.kept_activity[own], people.kept_period[own], strict=True)
        return {(int(a), int(t)) for a, t in pairs}


def _build_plans(count: int, horizon: int) -> Plans:
    places = count + 8
    return Plans(
        value=np.zeros(places),
        log_chance=np.zeros(places),
        start=np.zeros(places + 1, dtype=np.int64),
        activity=np.zeros(places * 8 + 128 * horizon, dtype=np.int64),
        period=np.zeros(places * 8 + 128 * horizon, dtype=np.int64),
        filled=np.zeros(1, dtype=np.int64),
    )


def _footprints(use: object, active: NDArray[np.bool_]) -> Ints:
    """A number for each start: equal where the starts use the same of the active rows."""
    seen: dict[tuple[tuple[int, float], ...], int] = {}
    indptr, indices, data = use.indptr, use.indices, use.data  # type: ignore[attr-defined]
    numbers = np.zeros(len(indptr) - 1, dtype=np.int64)
    for line in range(len(numbers)):
        own = slice(indptr[line], indptr[line + 1])
        pairs = zip(indices[own], data[own], strict=True)
        key = tuple((int(row), float(value)) for row, value in pairs if active[row])
        numbers[line] = seen.setdefault(key, len(seen))
    return numbers
