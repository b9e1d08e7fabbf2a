"""What one person lacks for one role by one deadline, and which starts can help (compiled)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from succession.pathways.arrays import Data, Floats, Ints, Prices

__all__ = ["View", "static_masks", "view_person"]


class View(NamedTuple):
    """A person's problem. `masks` (world, fact): world 0 is the truth, world w the person without
    their w-th risky commitment, `world_log` its log pass rate. `lacks` / `wants`: facts missing at
    the deadline / at some period before it. `uses` index the role graph; `price` (use, period)."""

    deadline: int
    masks: Ints
    world_log: Floats
    lacks: NDArray[np.bool_]
    wants: NDArray[np.bool_]
    uses: Ints
    price: Floats
    footprint: Ints
    least: Floats


@njit(cache=True, nogil=True)
def static_masks(d: Data, person: int, role: int) -> tuple[Ints, Floats]:
    """Periods in which each fact is held without new learning, by world; (world, fact)."""
    first_fact = d.fact_start[role]
    facts = d.fact_start[role + 1] - first_fact
    risky = d.risky_start[person + 1] - d.risky_start[person]
    masks = np.zeros((risky + 1, facts), dtype=np.int64)
    for row in range(d.holding_start[person], d.holding_start[person + 1]):
        bits = (1 << (d.holding[row, 3] + 1)) - (1 << d.holding[row, 2])
        for f in range(facts):
            if d.fact_competency[first_fact + f] != d.holding[row, 0]:
                continue
            if d.fact_level[first_fact + f] > d.holding[row, 1]:
                continue
            for world in range(risky + 1):
                if world == 0 or world != d.holding[row, 4]:
                    masks[world, f] |= bits
    world_log = np.zeros(risky + 1)
    worlds = 1
    for world in range(1, risky + 1):
        differs = False
        for f in range(facts):
            differs = differs or masks[world, f] != masks[0, f]
        if differs:
            masks[worlds] = masks[world]
            world_log[worlds] = d.risky_log_pass[d.risky_start[person] + world - 1]
            worlds += 1
    return masks[:worlds].copy(), world_log[:worlds].copy()


@njit(cache=True, nogil=True)
def _price_starts(
    d: Data, prices: Prices, person: int, activity: int, deadline: int, row: Floats
) -> float:
    """Fill `row` with the price of each start (inf: illegal) and return the least."""
    unit = d.unit_class[person]
    row[:] = np.inf
    for k in range(d.committed_start[person], d.committed_start[person + 1]):
        if d.committed_activity[k] == activity:
            return np.inf
    length = d.duration[activity]
    earliest = max(1, d.available_from[person])
    latest = min(deadline - length, d.available_to[person] - length + 1)
    least = np.inf
    for start in range(earliest, latest + 1):
        fits = prices.price[unit, activity, start] < np.inf
        for t in range(start, start + length):
            if d.free_lanes[person, t] < 1:
                fits = False
            if d.hours[activity] > 0 and d.hours[activity] > d.free_hours[person, t] + 1e-9:
                fits = False
        if not fits:
            continue
        value = prices.price[unit, activity, start]
        for k in range(d.kept_start[person], d.kept_start[person + 1]):
            if d.kept_activity[k] == activity and d.kept_period[k] == start:
                value -= prices.keep
        row[start] = value
        least = min(least, value)
    return least


@njit(cache=True, nogil=True)
def _helps(
    d: Data, use: int, row: Floats, deadline: int, lacks: NDArray[np.bool_],
    wants: NDArray[np.bool_],
) -> bool:  # fmt: skip
    length = d.duration[d.use_activity[use]]
    for k in range(d.outcome_start[use], d.outcome_start[use + 1]):
        fact, valid = d.outcome_fact[k], d.outcome_valid[k]
        if wants[fact]:
            return True
        if not lacks[fact]:
            continue
        for start in range(1, deadline):
            lasts = valid == 0 or start + length + valid - 1 >= deadline
            if row[start] < np.inf and lasts:
                return True
    return False


@njit(cache=True, nogil=True)
def view_person(
    d: Data, prices: Prices, person: int, role: int, deadline: int, masks: Ints, world_log: Floats
) -> View:
    """Backward closure from what the person lacks at the deadline."""
    first_fact, first_use = d.fact_start[role], d.use_start[role]
    facts = d.fact_start[role + 1] - first_fact
    count = d.use_start[role + 1] - first_use
    lacks = np.zeros(facts, dtype=np.bool_)
    wants = np.zeros(facts, dtype=np.bool_)
    price = np.empty((count, d.horizon + 2))
    least = np.full(count, np.inf)
    chosen = np.zeros(count, dtype=np.bool_)
    uses = np.zeros(count, dtype=np.int64)
    changed = False
    for f in range(facts):
        if d.fact_required[first_fact + f] and not (masks[0, f] >> deadline) & 1:
            lacks[f] = True
            changed = True
    if changed:
        for u in range(count):
            activity = d.use_activity[first_use + u]
            least[u] = _price_starts(d, prices, person, activity, deadline, price[u])
    before = (1 << deadline) - 2
    while changed:
        changed = False
        for u in range(count):
            if chosen[u] or least[u] == np.inf:
                continue
            if not _helps(d, first_use + u, price[u], deadline, lacks, wants):
                continue
            chosen[u] = True
            changed = True
            start, end = (
                d.prerequisite_start[first_use + u],
                d.prerequisite_start[first_use + u + 1],
            )
            for k in range(start, end):
                fact = d.prerequisite_fact[k]
                if masks[0, fact] & before != before:
                    wants[fact] = True
    number = 0
    footprint = np.zeros((count, d.horizon + 2), dtype=np.int64)
    for u in range(count):
        if chosen[u]:
            uses[number] = first_use + u
            price[number] = price[u]
            least[number] = least[u]
            activity = d.use_activity[first_use + u]
            footprint[number] = prices.footprint[d.unit_class[person], activity]
            number += 1
    return View(
        deadline, masks, world_log, lacks, wants, uses[:number], price[:number],
        footprint[:number], least[:number],
    )  # fmt: skip
