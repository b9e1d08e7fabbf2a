"""Pricing of many targets in one compiled loop."""

from __future__ import annotations

import numpy as np
from numba import njit

from succession.pathways.arrays import Data, Floats, Ints, Prices, Workspace
from succession.pathways.labels import add_outcomes, risky_flags
from succession.pathways.person_view import View, static_masks, view_person
from succession.pathways.search import (
    ALL,
    BEST,
    CUT,
    EXACT,
    FOUND,
    NONE,
    Guide,
    Plans,
    build_guide,
    final_log_chance,
    first_redundant,
    plan_of,
    search,
)

__all__ = ["price_batch"]


@njit(cache=True, nogil=True)
def _evaluate(
    d: Data, view: View, guide: Guide, role: int, uses: Ints, starts: Ints, count: int
) -> tuple[float, float]:
    """(value, log chance) of a set of starts."""
    masks = view.masks.copy()
    total, log_chance, flags = 0.0, 0.0, 0
    for k in range(count):
        add_outcomes(d, view, view.uses[uses[k]], starts[k], masks)
    for k in range(count):
        use = view.uses[uses[k]]
        total += view.price[uses[k], starts[k]]
        log_chance += d.log_pass[d.use_activity[use]]
        flags = risky_flags(d, use, starts[k], masks, flags)
    log_chance = final_log_chance(d, role, view, masks, flags, log_chance)
    return guide.base + total + guide.slope * np.exp(log_chance), log_chance


@njit(cache=True, nogil=True)
def _append(
    d: Data, view: View, value: float, log_chance: float, uses: Ints, starts: Ints, count: int,
    found: Plans,
) -> None:  # fmt: skip
    number = found.filled[0]
    first = found.start[number]
    for k in range(count):
        found.activity[first + k] = d.use_activity[view.uses[uses[k]]]
        found.period[first + k] = starts[k]
    found.value[number] = value
    found.log_chance[number] = log_chance
    found.start[number + 1] = first + count
    found.filled[0] = number + 1


@njit(cache=True, nogil=True)
def _best(
    d: Data, view: View, guide: Guide, person: int, role: int, threshold: float, w: Workspace,
    found: Plans,
) -> tuple[int, float]:  # fmt: skip
    """(status, bound) of one target; a pathway below the threshold goes to `found`.

    The label search may keep an activity that dominance or a negative price made look useful but
    that rule 8 forbids. Leaving it out is at least as good in the common case; where it is not,
    the search is repeated without dominance.
    """
    status, value, node = search(d, view, guide, person, role, threshold, BEST, w, found)
    if status != FOUND:
        return status, value
    uses = np.zeros(d.horizon * 64, dtype=np.int64)
    starts = np.zeros(d.horizon * 64, dtype=np.int64)
    count = plan_of(w, node, uses, starts)
    extra = first_redundant(d, view, uses, starts, count)
    if extra < 0:
        _append(d, view, value, w.log_chance[node], uses, starts, count, found)
        return FOUND, value
    while extra >= 0:
        for k in range(extra, count - 1):
            uses[k], starts[k] = uses[k + 1], starts[k + 1]
        count -= 1
        extra = first_redundant(d, view, uses, starts, count)
    legal, log_chance = _evaluate(d, view, guide, role, uses, starts, count)
    if legal > value + 1e-9 * (1.0 + abs(value)):
        limit = min(threshold, legal)
        status, exact, node = search(d, view, guide, person, role, limit, EXACT, w, found)
        if status == CUT:
            return CUT, exact
        if status == FOUND:
            count = plan_of(w, node, uses, starts)
            legal, log_chance = exact, w.log_chance[node]
    if legal < threshold:
        _append(d, view, legal, log_chance, uses, starts, count, found)
        return FOUND, legal
    return NONE, threshold


@njit(cache=True, nogil=True)
def price_batch(
    d: Data, prices: Prices, jobs: Ints, person: Ints, role: Ints, deadline: Ints, base: Floats,
    slope: Floats, threshold: Floats, enumerate_all: bool, w: Workspace, found: Plans,
    status: Ints, bound: Floats, plan: Ints,
) -> int:  # fmt: skip
    """Price the targets `jobs` in order; returns how many are done (fewer: `found` is full).

    For target j: status[j] FOUND (plan[j] is its pathway in `found`), NONE or CUT, and bound[j]
    a lower bound on the reduced cost of its pathways; with `enumerate_all` plan[j] is the first
    of its pathways, up to the next job's.
    """
    last_person, last_role, last_deadline = -1, -1, -1
    masks, world_log = static_masks(d, person[jobs[0]], role[jobs[0]])
    view = view_person(
        d, prices, person[jobs[0]], role[jobs[0]], deadline[jobs[0]], masks, world_log
    )
    for k in range(len(jobs)):
        j = jobs[k]
        if len(found.start) - found.filled[0] < 3:
            return k
        if len(found.activity) - found.start[found.filled[0]] < 64 * d.horizon:
            return k
        if person[j] != last_person or role[j] != last_role:
            masks, world_log = static_masks(d, person[j], role[j])
            last_deadline = -1
        if deadline[j] != last_deadline:
            view = view_person(d, prices, person[j], role[j], deadline[j], masks, world_log)
        last_person, last_role, last_deadline = person[j], role[j], deadline[j]
        guide = build_guide(d, view, base[j], slope[j])
        plan[j] = found.filled[0]
        if enumerate_all:
            outcome, value, _ = search(
                d, view, guide, person[j], role[j], threshold[j], ALL, w, found
            )
        else:
            outcome, value = _best(d, view, guide, person[j], role[j], threshold[j], w, found)
        status[j] = outcome
        bound[j] = value
    return len(jobs)
