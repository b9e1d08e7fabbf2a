"""Pricing of many people in one compiled loop."""

from __future__ import annotations

import numpy as np
from numba import njit

from succession.pathways.kernel.arrays import (
    Aims,
    Data,
    Floats,
    Ints,
    Labels,
    Narrow,
    Plans,
    Prices,
)
from succession.pathways.kernel.guide import Guide, build_guide, final_log_chance, root_bound
from succession.pathways.kernel.labels import (
    CHANCE,
    add_outcomes,
    add_spending,
    charge,
    half_charge,
    plan_of,
    risky_flags,
)
from succession.pathways.kernel.search import (
    ALL,
    BEST,
    CUT,
    EARNING,
    EXACT,
    FOUND,
    NONE,
    append_plan,
    first_redundant,
    search,
)
from succession.pathways.kernel.view import View, static_masks, view_person

__all__ = ["price_targets"]


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
    spent = np.zeros(len(view.spends))
    add_spending(view.spends, uses, starts, count, spent)
    total += charge(view.cover_purse, view.cover_least, view.cover_price, spent)
    odd = view.half_first
    for k in range(count):
        total += half_charge(view.half_price, odd & view.half_odd[uses[k], starts[k]])
        odd ^= view.half_odd[uses[k], starts[k]]
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
    mode = BEST
    for u in range(len(view.activity)):
        if guide.earning[u] and guide.blocks.chain[u] < 0:
            mode = EARNING
    if enumerate_all:
        mode = ALL
    limit = threshold
    legal, log_chance, count = np.inf, 0.0, 0
    while True:
        status, value, label = search(view, guide, target, limit, mode, most, w, found)
        if status == FOUND:
            count = plan_of(w.number, label, uses, starts)
            left = _strip(view, uses, starts, count)
            legal, log_chance = value, w.value[label, CHANCE]
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
    d: Data, prices: Prices, aims: Aims, jobs: Narrow, group: Narrow, base: Floats, slope: Floats,
    known: Floats, threshold: Floats, each: int, enumerate_all: bool, most: int, w: Labels,
    found: Plans, status: Ints, bound: Floats,
) -> int:  # fmt: skip
    """Price the targets `jobs`; returns how many are done (fewer: `found` is full).

    Jobs of one `group` (target) stand together, and are put in the order of `known`, lower bounds
    on their reduced costs. Without `enumerate_all` only pathways better than the `each` best so
    far of the group are looked for, the target of least bound first, its root bound being asked
    for only when its turn comes. For the k-th job, bound[k] is a lower bound on the reduced costs
    of its pathways, and status[k] is FOUND, NONE or CUT.
    """
    best, root = np.full(each, np.inf), np.full(len(jobs), np.inf)
    first = 0
    while first < len(jobs):
        last, rooted = first, first
        while last < len(jobs) and group[jobs[last]] == group[jobs[first]]:
            last += 1
        alike = jobs[first:last]
        jobs[first:last] = alike[np.argsort(known[alike], kind="mergesort")]
        bound[first:last] = known[jobs[first:last]]
        status[first:last] = NONE
        best[:] = np.inf
        while True:
            k = first + np.argmin(root[first:last])
            worst = np.inf if enumerate_all else best[each - 1]
            if rooted < last and known[jobs[rooted]] < min(worst, root[k]):
                j = jobs[rooted]
                bound[rooted] = _root(d, prices, aims, j, base[j], slope[j], known[j], threshold[j])
                if bound[rooted] < threshold[j]:
                    root[rooted] = bound[rooted]
                rooted += 1
                continue
            if root[k] >= worst:
                break
            places = len(found.activity) - found.start[found.filled[0]]
            if len(found.value) - found.filled[0] < 3 or places < len(d.use_activity):
                return first
            j = jobs[k]
            limit = min(worst, threshold[j])
            view, guide = _look(d, prices, aims, j, base[j], slope[j], limit)
            outcome, value = _price_target(view, guide, j, limit, enumerate_all, most, w, found)
            status[k], bound[k], root[k] = outcome, max(bound[k], value), np.inf
            if outcome == FOUND:
                _insert(best, value)
            if outcome == CUT and enumerate_all:
                return int(k)
        first = last
    return len(jobs)


@njit(cache=True, nogil=True)
def _root(
    d: Data, prices: Prices, aims: Aims, target: int, base: float, slope: float, known: float,
    threshold: float,
) -> float:  # fmt: skip
    """A lower bound of a target, before any label is made."""
    optimistic = base + min(slope, 0.0) + prices.earned_person[aims.person[target]]
    optimistic += prices.earned_role[aims.role[aims.slot[target]]]
    bound: float = max(known, optimistic)
    if bound < threshold:
        view, guide = _look(d, prices, aims, target, base, slope, threshold)
        bound = max(bound, root_bound(view, guide, threshold))
    return bound


@njit(cache=True, nogil=True)
def _look(
    d: Data, prices: Prices, aims: Aims, target: int, base: float, slope: float, threshold: float
) -> tuple[View, Guide]:
    """A target's view and guide."""
    person, slot = aims.person[target], aims.slot[target]
    place, role = aims.place[slot], aims.role[slot]
    masks, world_log = static_masks(d, person, role)
    view = view_person(
        d, prices, target, person, role, place, aims.deadline[slot], masks, world_log
    )
    return view, build_guide(view, base, slope, threshold)


@njit(cache=True, nogil=True)
def _insert(best: Floats, value: float) -> None:
    """Put a value among the best, in ascending order, in place of the last."""
    k = len(best) - 1
    while k > 0 and best[k - 1] > value:
        best[k] = best[k - 1]
        k -= 1
    best[k] = min(best[k], value)
