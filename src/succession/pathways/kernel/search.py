"""A* over dated labels: the best pathway to one target, or all of them below a value (compiled).

value = base + Σ prices + slope · Π pass rates (slope: already times the chance of staying). A label
is guided by price so far + completion bound + a line under slope · exp(Σ log pass): the
chord for slope < 0 (−exp is concave), the tangent at the least chance for slope > 0, so that pass
rates become a weight of each activity.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from succession.pathways.kernel.arrays import Bools, Floats, Ints, Labels, Plans
from succession.pathways.kernel.completion import (
    Completion,
    build_completion,
    completion_bound,
    held_bits,
    most_starts,
)
from succession.pathways.kernel.labels import (
    CHANCE,
    COST,
    DOMINATED,
    FLAGS,
    GOAL,
    GUIDED,
    KIND,
    LAST,
    OPEN,
    PARENT,
    STARTS,
    TIME,
    USE,
    WAIT,
    add_outcomes,
    is_dominated,
    mix,
    plan_of,
    pop_label,
    push_label,
    risky_flags,
    state_key,
)
from succession.pathways.kernel.view import View

__all__ = [
    "ALL", "BEST", "CUT", "EARNING", "EXACT", "FOUND", "NONE", "Guide", "append_plan",
    "build_guide",
    "final_log_chance", "first_redundant", "search",
]  # fmt: skip

BEST, EARNING, EXACT, ALL = range(4)
"""Best pathway with rule 8 left to be mended afterwards; with rule 8 in the state for starts that
earn; for all starts; every pathway below the threshold."""
FOUND, NONE, CUT = range(3)


class Guide(NamedTuple):
    """One target's objective and its lower bound. `line`: the line's value at chance 1.
    `earning` (use): leaving out a start of it, could it be left out, might cost something."""

    base: float
    slope: float
    line: float
    least_chance: float
    weight: Floats
    earning: Bools
    completion: Completion


@njit(cache=True, nogil=True)
def _least_log_chance(view: View) -> float:
    """The least Σ log pass of a legal pathway."""
    total = 0.0
    left = view.log_pass.copy()
    for _ in range(min(most_starts(view), len(left))):
        least = 0
        for u in range(len(left)):
            if left[u] < left[least]:
                least = u
        total += left[least]
        left[least] = 0.0
    return total


@njit(cache=True, nogil=True)
def build_guide(view: View, base: float, slope: float) -> Guide:
    """The objective of a target as the search needs it."""
    risky = 0.0
    for world in range(len(view.world_log)):
        risky += view.world_log[world]
    least_log = _least_log_chance(view) + risky
    line, factor = slope, 0.0
    if slope < 0 and least_log < 0:
        factor = slope * (1.0 - np.exp(least_log)) / -least_log
    elif slope > 0:
        factor = slope * np.exp(least_log)
        line = factor * (1.0 - least_log + risky)
    weight = np.empty(len(view.activity))
    earning = np.zeros(len(view.activity), dtype=np.bool_)
    for u in range(len(weight)):
        weight[u] = factor * view.log_pass[u]
        earning[u] = view.least[u] < max(0.0, slope) * (1.0 - np.exp(view.log_pass[u]))
    completion = build_completion(view, weight)
    return Guide(base, slope, line, np.exp(least_log), weight, earning, completion)


@njit(cache=True, nogil=True)
def _fits(
    prerequisite_start: Ints, prerequisite_fact: Ints, free_hours: Floats, free_lanes: Ints,
    masks: Ints, hours: Floats, lanes: Ints, use: int, use_hours: float, first: int, last: int,
) -> bool:  # fmt: skip
    """Whether prerequisites hold in `first`, and hours and lanes are free in first … last."""
    for k in range(prerequisite_start[use], prerequisite_start[use + 1]):
        if not (masks[0, prerequisite_fact[k]] >> first) & 1:
            return False
    for t in range(first, last + 1):
        if lanes[t] + 1 > free_lanes[t]:
            return False
        if use_hours > 0 and hours[t] + use_hours > free_hours[t] + 1e-9:
            return False
    return True


@njit(cache=True, nogil=True)
def _adds(
    outcome_start: Ints, outcome_fact: Ints, outcome_valid: Ints, lacks: Bools, wants: Bools,
    masks: Ints, use: int, end: int, deadline: int,
) -> bool:  # fmt: skip
    """Whether a start gives a missing fact in a period in which it can matter."""
    for k in range(outcome_start[use], outcome_start[use + 1]):
        fact = outcome_fact[k]
        last = deadline
        if outcome_valid[k] > 0:
            last = min(last, end + outcome_valid[k] - 1)
        if last < end:
            continue
        new = ((1 << (last + 1)) - (1 << end)) & ~masks[0, fact]
        if lacks[fact] and (new >> deadline) & 1:
            return True
        if wants[fact] and new & ((1 << deadline) - 1):
            return True
    return False


@njit(cache=True, nogil=True)
def _is_ready(lacks: Bools, masks: Ints, deadline: int) -> bool:
    ready = True
    for f in range(len(lacks)):
        ready = ready and (not lacks[f] or (masks[0, f] >> deadline) & 1 == 1)
    return ready


@njit(cache=True, nogil=True)
def final_log_chance(
    required: Bools, world_log: Floats, masks: Ints, deadline: int, flags: int, log_chance: float
) -> float:
    """log σ at the target: the activities' and the risky commitments' that are needed."""
    for world in range(1, masks.shape[0]):
        needed = (flags >> world) & 1 == 1
        for f in range(masks.shape[1]):
            if required[f] and not (masks[world, f] >> deadline) & 1:
                needed = True
        if needed:
            log_chance += world_log[world]
    return log_chance


@njit(cache=True, nogil=True)
def first_redundant(view: View, tracked: Bools, uses: Ints, starts: Ints, count: int) -> int:
    """The first `tracked` start that rule 8 (purpose) does not allow, or −1."""
    for left_out in range(count):
        if not tracked[uses[left_out]]:
            continue
        masks = view.masks[:1].copy()
        for k in range(count):
            if k != left_out:
                add_outcomes(
                    view.outcome_start, view.outcome_fact, view.outcome_valid, uses[k],
                    starts[k] + view.length[uses[k]], view.deadline, masks,
                )  # fmt: skip
        broken = not _is_ready(view.lacks, masks, view.deadline)
        for k in range(count):
            if k != left_out:
                first = view.prerequisite_start[uses[k]]
                for p in range(first, view.prerequisite_start[uses[k] + 1]):
                    if not (masks[0, view.prerequisite_fact[p]] >> starts[k]) & 1:
                        broken = True
        if not broken:
            return left_out
    return -1


@njit(cache=True, nogil=True)
def purpose_key(
    outcome_start: Ints, outcome_fact: Ints, outcome_valid: Ints, prerequisite_start: Ints,
    prerequisite_fact: Ints, length: Ints, static: Ints, masks: Ints, deadline: int, now: int,
    uses: Ints, starts: Ints, count: int, tracked: Bools, without: Ints,
) -> int:  # fmt: skip
    """What rule 8 still asks of a partial pathway, as a number; −1 where it cannot be met.

    A start is certified once another start's prerequisite hangs on it. For every other `tracked`
    one the holdings without it are part of the state; where they are the same as with it from `now`
    on, it can never be certified.
    """
    future = (1 << (deadline + 1)) - (1 << now)
    total = 0
    for left_out in range(count):
        if not tracked[uses[left_out]]:
            continue
        for f in range(static.shape[1]):
            without[0, f] = static[0, f]
        for k in range(count):
            if k != left_out:
                end = starts[k] + length[uses[k]]
                add_outcomes(
                    outcome_start, outcome_fact, outcome_valid, uses[k], end, deadline, without
                )
        certified = False
        for k in range(count):
            if k != left_out:
                for p in range(prerequisite_start[uses[k]], prerequisite_start[uses[k] + 1]):
                    if not (without[0, prerequisite_fact[p]] >> starts[k]) & 1:
                        certified = True
        if certified:
            continue
        same = True
        key = 0
        for f in range(static.shape[1]):
            key = mix(key, without[0, f] & future, 2545287914387371)
            same = same and without[0, f] & future == masks[0, f] & future
        if same:
            return -1
        total += key
    return total & 0x7FFFFFFFFFFFFFFF


@njit(cache=True, nogil=True)
def append_plan(
    view: View, target: int, value: float, log_chance: float, uses: Ints, starts: Ints,
    count: int, found: Plans,
) -> bool:  # fmt: skip
    """Append a pathway to `found`; False where there is no room."""
    number = found.filled[0]
    first = found.start[number]
    if number >= len(found.value) or first + count > len(found.activity):
        return False
    for k in range(count):
        found.activity[first + k] = view.activity[uses[k]]
        found.period[first + k] = starts[k]
    found.target[number] = target
    found.value[number] = value
    found.log_chance[number] = log_chance
    found.start[number + 1] = first + count
    found.filled[0] = number + 1
    return True


@njit(cache=True, nogil=True)
def _still_earned(
    outcome_start: Ints, outcome_fact: Ints, length: Ints, lacks: Bools, wants: Bools,
    earns: Floats, taken: Bools, masks: Ints, now: int, deadline: int,
) -> float:  # fmt: skip
    """What negative prices can still earn: of uses not taken that can still give a missing fact."""
    total = 0.0
    for u in range(len(earns)):
        if earns[u] == 0.0 or taken[u] or now + length[u] > deadline:
            continue
        before = (1 << deadline) - (1 << (now + length[u]))
        for k in range(outcome_start[u], outcome_start[u + 1]):
            mask = masks[0, outcome_fact[k]]
            late = lacks[outcome_fact[k]] and not (mask >> deadline) & 1
            if late or (wants[outcome_fact[k]] and before & ~mask):
                total += earns[u]
                break
    return total


@njit(cache=True, nogil=True)
def _rivals_class(outcome_start: Ints, outcome_fact: Ints, fills_class: Bools, use: int) -> bool:
    """Whether a use, started earlier, could make a start redundant that a class needs."""
    for other in range(len(fills_class)):
        if other == use or not fills_class[other]:
            continue
        for k in range(outcome_start[other], outcome_start[other + 1]):
            for own in range(outcome_start[use], outcome_start[use + 1]):
                if outcome_fact[k] == outcome_fact[own]:
                    return True
    return False


@njit(cache=True, nogil=True)
def search(
    view: View, guide: Guide, target: int, threshold: float, mode: int, most: int, w: Labels,
    found: Plans,
) -> tuple[int, float, int]:  # fmt: skip
    """The best pathway's (FOUND, value, label), or (NONE, lower bound, −1) where none is below the
    threshold (inf: there is none at all), or (CUT, lower bound, −1) where `most` labels did not do.
    With mode ALL, every legal pathway at or below the threshold goes to `found` (but those that a
    left shift covers) and the answer is NONE, or CUT where labels or places ran out."""
    deadline, length, use_hours, log_pass = view.deadline, view.length, view.hours, view.log_pass
    price, footprint, lacks, wants = view.price, view.footprint, view.lacks, view.wants
    out_start, out_fact, out_valid = view.outcome_start, view.outcome_fact, view.outcome_valid
    pre_start, pre_fact = view.prerequisite_start, view.prerequisite_fact
    free_hours, free_lanes = view.free_hours, view.free_lanes
    required, world_log, static = view.required, view.world_log, view.masks
    base, slope, weight, least_chance = guide.base, guide.slope, guide.weight, guide.least_chance
    completion = guide.completion
    bit, goal, first_bit, first_row = (
        completion.bit, completion.goal, completion.first_bit, completion.first_row
    )  # fmt: skip
    table, earns = completion.table, completion.earns
    number, value, key, slot = w.number, w.value, w.key, w.slot
    heap_value, heap_label = w.heap_value, w.heap_label
    w.counter[0] += 1
    stamp = w.counter[0]
    uses, horizon = len(length), len(free_hours)
    masks, child_masks = static.copy(), static.copy()
    hours, lanes = np.zeros(horizon), np.zeros(horizon, dtype=np.int64)
    taken = np.zeros(uses, dtype=np.bool_)
    can_expire = np.zeros(uses, dtype=np.bool_)
    for u in range(uses):
        for k in range(out_start[u], out_start[u + 1]):
            can_expire[u] |= out_valid[k] > 0
    plan_uses = np.zeros(uses + 1, dtype=np.int64)
    plan_starts = np.zeros(uses + 1, dtype=np.int64)
    all_tracked = True
    for f in range(len(bit)):
        all_tracked = all_tracked and (bit[f] >= 0 or not lacks[f])
    without = static[:1].copy()
    purpose = 0
    shifts = np.zeros(uses, dtype=np.bool_)
    tracked, earns_any = np.zeros(uses, dtype=np.bool_), False
    for u in range(uses):
        tracked[u] = mode in (EXACT, ALL) or guide.earning[u]
        earns_any = earns_any or earns[u] < 0
    if static.shape[0] == 1 and (mode == BEST or (mode == ALL and not guide.earning.any())):
        for u in range(uses):
            shifts[u] = not can_expire[u] and (
                mode != ALL or not _rivals_class(out_start, out_fact, view.fills_class, u)
            )
    number[0, PARENT], number[0, USE], number[0, TIME], number[0, LAST] = -1, WAIT, 1, -1
    number[0, STARTS], number[0, FLAGS], number[0, KIND] = 0, 0, OPEN
    value[0, GUIDED], value[0, COST] = base + guide.line, 0.0
    value[0, CHANCE] = 0.0
    if _is_ready(lacks, static, deadline):
        number[0, KIND] = GOAL
        value[0, CHANCE] = final_log_chance(required, world_log, static, deadline, 0, 0.0)
        bound = base + slope * np.exp(value[0, CHANCE])
    else:
        lanes_left = hours_left = 0.0
        for t in range(1, deadline):
            lanes_left += free_lanes[t]
            hours_left += free_hours[t]
        bits = held_bits(static, bit, lacks, deadline, 1)
        bound = value[0, GUIDED] + completion_bound(
            first_bit, first_row, table, bits, lanes_left, hours_left
        )
        bound += _still_earned(
            out_start, out_fact, length, lacks, wants, earns, taken, static, 1, deadline
        )
    labels, heap, least = 1, 0, np.inf
    if bound < threshold:
        heap = push_label(heap_value, heap_label, heap, bound, 0)
    else:
        least = bound
    while heap > 0:
        heap = pop_label(heap_value, heap_label, heap)
        label, bound = heap_label[heap], heap_value[heap]
        if number[label, KIND] == DOMINATED:
            continue
        if number[label, KIND] == GOAL:
            if mode != ALL:
                return FOUND, bound, label
            count = plan_of(number, label, plan_uses, plan_starts)
            chance = value[label, CHANCE]
            if not append_plan(view, target, bound, chance, plan_uses, plan_starts, count, found):
                return CUT, bound, -1
            continue
        if labels + uses + 1 > most:
            return CUT, bound, -1
        masks[:] = static
        hours[:] = 0.0
        lanes[:] = 0
        taken[:] = False
        node = label
        while node >= 0:
            u = number[node, USE]
            if u != WAIT:
                start = number[node, TIME]
                end = start + length[u]
                for t in range(start, end):
                    hours[t] += use_hours[u]
                    lanes[t] += 1
                taken[u] = True
                add_outcomes(out_start, out_fact, out_valid, u, end, deadline, masks)
            node = number[node, PARENT]
        now, last = number[label, TIME], number[label, LAST]
        held = held_bits(masks, bit, lacks, deadline, now)
        lanes_left = hours_left = 0.0
        for t in range(now, deadline):
            lanes_left += max(0, free_lanes[t] - lanes[t])
            hours_left += max(0.0, free_hours[t] - hours[t])
        for u in range(last + 1, uses):
            end = now + length[u]
            if taken[u] or end > deadline or price[u, now] == np.inf:
                continue
            if not _fits(
                pre_start, pre_fact, free_hours, free_lanes, masks, hours, lanes, u,
                use_hours[u], now, end - 1,
            ):  # fmt: skip
                continue
            if not _adds(out_start, out_fact, out_valid, lacks, wants, masks, u, end, deadline):
                continue
            # A start that could as well be a period earlier is covered by the label that does so.
            if (
                shifts[u]
                and now > 1
                and price[u, now - 1] <= price[u, now] + 1e-12
                and (mode != ALL or footprint[u, now - 1] == footprint[u, now])
                and _fits(
                    pre_start, pre_fact, free_hours, free_lanes, masks, hours, lanes, u,
                    use_hours[u], now - 1, now - 1,
                )
            ):  # fmt: skip
                continue
            bits = held
            for k in range(out_start[u], out_start[u + 1]):
                fact = out_fact[k]
                lasts = out_valid[k] == 0 or end + out_valid[k] - 1 >= deadline
                if bit[fact] >= 0 and (lasts or not lacks[fact]):
                    bits |= 1 << bit[fact]
            guided = value[label, GUIDED] + price[u, now] + weight[u]
            bound = guided + completion_bound(
                first_bit, first_row, table, bits, lanes_left - length[u],
                hours_left - length[u] * use_hours[u],
            )  # fmt: skip
            is_goal = bits & goal == goal
            if is_goal and not all_tracked:
                child_masks[:] = masks
                add_outcomes(out_start, out_fact, out_valid, u, end, deadline, child_masks)
                is_goal = _is_ready(lacks, child_masks, deadline)
            if not is_goal and not earns_any and not bound < threshold:
                least = min(least, bound)
                continue
            child_masks[:] = masks
            add_outcomes(out_start, out_fact, out_valid, u, end, deadline, child_masks)
            if not is_goal and earns_any:
                taken[u] = True
                bound += _still_earned(
                    out_start, out_fact, length, lacks, wants, earns, taken, child_masks, now,
                    deadline,
                )  # fmt: skip
                taken[u] = False
                if not bound < threshold:
                    least = min(least, bound)
                    continue
            new = labels
            number[new, PARENT], number[new, USE] = label, u
            number[new, TIME], number[new, LAST] = now, u
            number[new, STARTS] = number[label, STARTS] + now
            number[new, FLAGS] = risky_flags(
                pre_start, pre_fact, u, now, masks, number[label, FLAGS]
            )
            number[new, KIND] = GOAL if is_goal else OPEN
            value[new, GUIDED] = guided
            value[new, COST] = value[label, COST] + price[u, now]
            value[new, CHANCE] = value[label, CHANCE] + log_pass[u]
            if is_goal:
                value[new, CHANCE] = final_log_chance(
                    required, world_log, child_masks, deadline, number[new, FLAGS],
                    value[new, CHANCE],
                )  # fmt: skip
                bound = base + value[new, COST] + slope * np.exp(value[new, CHANCE])
                if not bound < threshold:
                    least = min(least, bound)
                    continue
                if mode != BEST:
                    count = plan_of(number, new, plan_uses, plan_starts)
                    if first_redundant(view, tracked, plan_uses, plan_starts, count) >= 0:
                        continue
            elif mode != BEST:
                count = plan_of(number, new, plan_uses, plan_starts)
                purpose = purpose_key(
                    out_start, out_fact, out_valid, pre_start, pre_fact, length, static,
                    child_masks, deadline, now, plan_uses, plan_starts, count, tracked, without,
                )  # fmt: skip
                if purpose < 0:
                    continue
            if not is_goal and mode != ALL:
                for t in range(now, end):
                    hours[t] += use_hours[u]
                    lanes[t] += 1
                taken[u] = True
                state_key(
                    child_masks, hours, lanes, taken, can_expire, deadline, now, u,
                    mix(purpose, number[new, FLAGS], 3935559000370003845), key, new,
                )  # fmt: skip
                for t in range(now, end):
                    hours[t] -= use_hours[u]
                    lanes[t] -= 1
                taken[u] = False
                if is_dominated(number, value, key, slot, stamp, new, slope, least_chance):
                    continue
            labels += 1
            heap = push_label(heap_value, heap_label, heap, bound, new)
        if now + 1 < deadline:
            bits = held_bits(masks, bit, lacks, deadline, now + 1)
            guided = value[label, GUIDED]
            bound = guided + completion_bound(
                first_bit, first_row, table, bits,
                lanes_left - max(0, free_lanes[now] - lanes[now]),
                hours_left - max(0.0, free_hours[now] - hours[now]),
            )  # fmt: skip
            if earns_any:
                bound += _still_earned(
                    out_start, out_fact, length, lacks, wants, earns, taken, masks, now + 1,
                    deadline,
                )  # fmt: skip
            if not bound < threshold:
                least = min(least, bound)
                continue
            new = labels
            number[new, PARENT], number[new, USE] = label, WAIT
            number[new, TIME], number[new, LAST] = now + 1, -1
            number[new, STARTS], number[new, FLAGS] = number[label, STARTS], number[label, FLAGS]
            number[new, KIND] = OPEN
            value[new, GUIDED], value[new, COST] = guided, value[label, COST]
            value[new, CHANCE] = value[label, CHANCE]
            if mode in (EXACT, EARNING):
                count = plan_of(number, label, plan_uses, plan_starts)
                purpose = purpose_key(
                    out_start, out_fact, out_valid, pre_start, pre_fact, length, static, masks,
                    deadline, now + 1, plan_uses, plan_starts, count, tracked, without,
                )  # fmt: skip
                if purpose < 0:
                    continue
            if mode != ALL:
                state_key(
                    masks, hours, lanes, taken, can_expire, deadline, now + 1, -1,
                    mix(purpose, number[new, FLAGS], 3935559000370003845), key, new,
                )  # fmt: skip
                if is_dominated(number, value, key, slot, stamp, new, slope, least_chance):
                    continue
            labels += 1
            heap = push_label(heap_value, heap_label, heap, bound, new)
    return NONE, least, -1
