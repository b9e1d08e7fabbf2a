"""Pricing of many people in one compiled loop."""

from __future__ import annotations

import numpy as np
from numba import njit

from succession.pathways.kernel.arrays import Data, Floats, Ints, Labels, Plans, Prices
from succession.pathways.kernel.labels import add_outcomes, plan_of, risky_flags
from succession.pathways.kernel.search import (
    ALL,
    BEST,
    CUT,
    EARNING,
    EXACT,
    FOUND,
    NONE,
    Guide,
    append_plan,
    build_guide,
    final_log_chance,
    first_redundant,
    search,
)
from succession.pathways.kernel.view import View, static_masks, view_person

__all__ = ["count_lacking", "price_targets"]


@njit(cache=True, nogil=True)
def _evaluate(
    view: View, guide: Guide, uses: Ints, starts: Ints, count: int
) -> tuple[float, float]:
    """(value, log chance) of a set of starts."""
    masks = view.masks.copy()
    total, log_chance, flags = 0.0, 0.0, 0
    for k in range(count):
        end = starts[k] + view.length[uses[k]]
        add_outcomes(
            view.outcome_start, view.outcome_fact, view.outcome_valid, uses[k], end,
            view.deadline, masks,
        )  # fmt: skip
    for k in range(count):
        total += view.price[uses[k], starts[k]]
        log_chance += view.log_pass[uses[k]]
        flags = risky_flags(
            view.prerequisite_start, view.prerequisite_fact, uses[k], starts[k], masks, flags
        )
    log_chance = final_log_chance(
        view.required, view.world_log, masks, view.deadline, flags, log_chance
    )
    return guide.base + total + guide.slope * np.exp(log_chance), log_chance


@njit(cache=True, nogil=True)
def _strip(view: View, uses: Ints, starts: Ints, count: int) -> int:
    """Leave out what rule 8 forbids, one start at a time; returns how many starts are left."""
    every = np.ones(len(view.activity), dtype=np.bool_)
    extra = first_redundant(view, every, uses, starts, count)
    while extra >= 0:
        for k in range(extra, count - 1):
            uses[k], starts[k] = uses[k + 1], starts[k + 1]
        count -= 1
        extra = first_redundant(view, every, uses, starts, count)
    return count


@njit(cache=True, nogil=True)
def _price_target(
    view: View, guide: Guide, target: int, threshold: float, enumerate_all: bool, most: int,
    w: Labels, found: Plans,
) -> tuple[int, float]:  # fmt: skip
    """(status, bound) of one target; its pathways below the threshold go to `found`.

    The label search may keep an activity that dominance or a negative price made look useful but
    that rule 8 forbids. Leaving it out is at least as good in the common case; where it is not,
    the search is repeated without dominance.
    """
    uses = np.zeros(len(view.activity) + 1, dtype=np.int64)
    starts = np.zeros(len(view.activity) + 1, dtype=np.int64)
    mode = EARNING if guide.earning.any() else BEST
    if enumerate_all:
        mode = ALL
    limit = threshold
    legal, log_chance, count = np.inf, 0.0, 0
    while True:
        status, value, label = search(view, guide, target, limit, mode, most, w, found)
        if status == FOUND:
            count = plan_of(w.number, label, uses, starts)
            left = _strip(view, uses, starts, count)
            legal, log_chance = value, w.value[label, 2]
            if left < count:
                count = left
                legal, log_chance = _evaluate(view, guide, uses, starts, count)
            if mode != EXACT and legal > value + 1e-9 * (1.0 + abs(value)):
                mode, limit = EXACT, min(threshold, legal)
                continue
        elif status == CUT or legal == np.inf:
            return status, value
        break
    if legal >= threshold:
        return NONE, min(legal, value)
    append_plan(view, target, legal, log_chance, uses, starts, count, found)
    return FOUND, legal


@njit(cache=True, nogil=True)
def price_targets(
    d: Data, prices: Prices, jobs: Ints, person: Ints, role: Ints, place: Ints, deadline: Ints,
    base: Floats, slope: Floats, threshold: Floats, enumerate_all: bool, most: int, w: Labels,
    found: Plans, status: Ints, bound: Floats,
) -> int:  # fmt: skip
    """Price the targets `jobs` in order; returns how many are done (fewer: `found` is full).

    Jobs of one person stand together; `place`: whose links count, −1 none's. Without
    `enumerate_all` only pathways better than those the person has so far are looked for.
    For the k-th job, bound[k] is a lower bound on the reduced costs of its pathways, and
    status[k] is FOUND, NONE or CUT.
    """
    now_person, seen_person, seen_role, seen_place, seen_deadline = -1, -1, -1, -1, -1
    masks, world_log = static_masks(d, person[jobs[0]], role[jobs[0]])
    view = view_person(
        d, prices, person[jobs[0]], role[jobs[0]], -1, deadline[jobs[0]], masks, world_log
    )
    best = np.inf
    for k in range(len(jobs)):
        j = jobs[k]
        if person[j] != now_person:
            now_person, best = person[j], np.inf
        limit = threshold[j] if enumerate_all else min(best, threshold[j])
        optimistic = base[j] + min(slope[j], 0.0)
        optimistic += prices.earned_role[role[j]] + prices.earned_person[person[j]]
        if optimistic >= limit:
            status[k], bound[k] = NONE, optimistic
            continue
        if len(found.value) - found.filled[0] < 3:
            return k
        if len(found.activity) - found.start[found.filled[0]] < len(d.use_activity):
            return k
        if person[j] != seen_person or role[j] != seen_role:
            masks, world_log = static_masks(d, person[j], role[j])
            seen_deadline = -1
        linked, own = place[j], prices.place_extra_start
        if linked >= 0 and own[linked] == own[linked + 1]:
            linked = -1
        if deadline[j] != seen_deadline or linked != seen_place:
            view = view_person(d, prices, person[j], role[j], linked, deadline[j], masks, world_log)
        seen_person, seen_role, seen_deadline = person[j], role[j], deadline[j]
        seen_place = linked
        guide = build_guide(view, base[j], slope[j])
        outcome, value = _price_target(view, guide, j, limit, enumerate_all, most, w, found)
        status[k], bound[k] = outcome, value
        if outcome == FOUND:
            best = min(best, value)
    return len(jobs)


@njit(cache=True, nogil=True)
def count_lacking(d: Data, person: Ints, role: Ints, deadline: Ints) -> Ints:
    """By target: facts of the role's graph that the person does not hold at the deadline."""
    lacking = np.zeros(len(person), dtype=np.int64)
    masks, _ = static_masks(d, 0, 0)
    for j in range(len(person)):
        if j == 0 or person[j] != person[j - 1] or role[j] != role[j - 1]:
            masks, _ = static_masks(d, person[j], role[j])
        for f in range(masks.shape[1]):
            lacking[j] += not (masks[0, f] >> deadline[j]) & 1
    return lacking
