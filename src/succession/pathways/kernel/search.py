"""A* over dated labels: the best pathway to one target, or all of them below a value (compiled).

value = base + Σ prices + slope · Π pass rates (slope: already times the chance of staying). A label
is guided by the bound of `guide.value_bound`.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from succession.pathways.kernel.arrays import Bools, Floats, Ints, Labels, Plans
from succession.pathways.kernel.blocks import held_bits
from succession.pathways.kernel.completion import completion_bound
from succession.pathways.kernel.guide import (
    Guide,
    final_log_chance,
    is_ready,
    root_bound,
    still_earned,
    value_bound,
)
from succession.pathways.kernel.labels import (
    CHANCE,
    COST,
    DOMINATED,
    FLAGS,
    GOAL,
    KIND,
    LAST,
    ODD,
    OPEN,
    PARENT,
    STARTS,
    TIME,
    TOLL,
    USE,
    WAIT,
    add_outcomes,
    charge,
    half_charge,
    is_dominated,
    mix,
    plan_of,
    pop_label,
    push_label,
    risky_flags,
    spending_key,
    state_key,
)
from succession.pathways.kernel.view import View

__all__ = [
    "ALL", "BEST", "CUT", "EARNING", "EXACT", "FOUND", "NONE", "append_plan", "first_redundant",
    "search",
]  # fmt: skip

BEST, EARNING, EXACT, ALL = range(4)
"""Best pathway with rule 8 left to be mended afterwards; with rule 8 in the state for starts that
earn; for all starts; every pathway below the threshold."""
FOUND, NONE, CUT = range(3)


@njit(cache=True, nogil=True)
def _fits(
    prerequisite_start: Ints, prerequisite_fact: Ints, free_hours: Floats, free_lanes: Ints,
    free_away: Ints, masks: Ints, hours: Floats, lanes: Ints, aways: Ints, use: int,
    use_hours: float, away: bool, first: int, last: int,
) -> bool:  # fmt: skip
    """Whether prerequisites hold in `first`, and hours, lanes and places away are free in
    first … last."""
    for k in range(prerequisite_start[use], prerequisite_start[use + 1]):
        if not (masks[0, prerequisite_fact[k]] >> first) & 1:
            return False
    for t in range(first, last + 1):
        if lanes[t] + 1 > free_lanes[t]:
            return False
        if away and aways[t] + 1 > free_away[t]:
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
        broken = not is_ready(view.lacks, masks, view.deadline)
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
def _path_key(before: Ints, ladder: int, last_step: int) -> int:
    """What the chains' paths had given before their last steps, as a number; that of `ladder` takes
    a further step."""
    key = 0
    for b in range(len(before)):
        given = before[b] | last_step if b == ladder else before[b]
        key = mix(key, given, 3202034522624059733)
    return key


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
def _follows(
    prerequisite_start: Ints, prerequisite_fact: Ints, static: Ints, bit: Ints, before: int,
    use: int, now: int,
) -> bool:  # fmt: skip
    """Whether a start asks for something that only the last step of its chain can have given."""
    for k in range(prerequisite_start[use], prerequisite_start[use + 1]):
        fact = prerequisite_fact[k]
        if bit[fact] >= 0 and not (static[0, fact] >> now) & 1 and not (before >> bit[fact]) & 1:
            return True
    return False


@njit(cache=True, nogil=True)
def _spends_alike(spends: Floats, use: int, now: int) -> bool:
    """Whether a start a period earlier would spend the same of each purse."""
    for purse in range(len(spends)):
        if spends[purse, use, now - 1] != spends[purse, use, now]:
            return False
    return True


@njit(cache=True, nogil=True)
def _suffixes(static: Ints, deadline: int) -> bool:
    """Whether all that is held stays held up to the deadline."""
    whole = (1 << (deadline + 1)) - 2
    for f in range(static.shape[1]):
        held = static[0, f] & whole
        if held != 0 and held + (held & -held) != 1 << (deadline + 1):
            return False
    return True


@njit(cache=True, nogil=True)
def search(
    view: View, guide: Guide, target: int, threshold: float, mode: int, most: int, w: Labels,
    found: Plans,
) -> tuple[int, float, int]:  # fmt: skip
    """The best pathway's (FOUND, value, label), or (NONE, lower bound, −1) where none is below the
    threshold (inf: there is none at all), or (CUT, lower bound, −1) where `most` labels did not do.
    With mode ALL, every legal pathway below the threshold, with its dearest toll, goes to
    `found` (but those that a left shift covers) and the answer is NONE, or CUT where labels or
    places ran out."""
    deadline, length, use_hours, log_pass = view.deadline, view.length, view.hours, view.log_pass
    price, footprint, lacks, wants = view.price, view.footprint, view.lacks, view.wants
    out_start, out_fact, out_valid = view.outcome_start, view.outcome_fact, view.outcome_valid
    pre_start, pre_fact = view.prerequisite_start, view.prerequisite_fact
    free_hours, free_lanes, tolls = view.free_hours, view.free_lanes, view.toll
    required, world_log, static = view.required, view.world_log, view.masks
    base, slope, line, factor = guide.base, guide.slope, guide.line, guide.factor
    least_chance, most_weight = guide.least_chance, guide.most_weight
    bit, goal, chain = guide.blocks.bit, guide.blocks.goal, guide.blocks.chain
    first_bit, first_row, needs = guide.blocks.first_bit, guide.blocks.first_row, guide.needs
    first_price, width, least_price = (
        guide.prices.first, guide.prices.width, guide.prices.price
    )  # fmt: skip
    earns, alone = guide.prices.earns, guide.prices.alone
    gives = guide.blocks.gives
    ready, before = np.zeros(len(width), dtype=np.int64), np.zeros(len(width), dtype=np.int64)
    step = np.full(len(width), -1, dtype=np.int64)
    cover_purse, cover_least, cover_price = view.cover_purse, view.cover_least, view.cover_price
    spends, spent = view.spends, np.zeros(len(view.spends))
    half_price, odd = view.half_price, view.half_odd
    away, free_away, aways = view.away, view.free_away, np.zeros(len(view.free_away), np.int64)
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
    purpose = taken_paths = 0
    shifts = np.zeros(uses, dtype=np.bool_)
    tracked, earns_any, path = np.zeros(uses, dtype=np.bool_), False, False
    for u in range(uses):
        tracked[u] = mode in (EXACT, ALL) or (guide.earning[u] and chain[u] < 0)
        earns_any = earns_any or earns[u, 1] < 0 or alone[u, 1] < 0
        path = path or guide.earning[u]
    covered = mode == BEST and (not path or _suffixes(static, deadline))
    if static.shape[0] == 1 and (covered or (mode == ALL and not path)):
        for u in range(uses):
            shifts[u] = not can_expire[u] and (
                mode != ALL or not _rivals_class(out_start, out_fact, view.fills_class, u)
            )
    number[0, PARENT], number[0, USE], number[0, TIME], number[0, LAST] = -1, WAIT, 1, -1
    number[0, STARTS], number[0, FLAGS], number[0, KIND] = 0, 0, OPEN
    number[0, ODD] = view.half_first
    value[0, COST] = value[0, CHANCE] = value[0, TOLL] = 0.0
    if is_ready(lacks, static, deadline):
        number[0, KIND] = GOAL
        value[0, CHANCE] = final_log_chance(required, world_log, static, deadline, 0, 0.0)
    bound = root_bound(view, guide, threshold)
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
        if labels + uses + 1 > most or w.stop[0] != 0:
            return CUT, bound, -1
        masks[:] = static
        hours[:] = 0.0
        lanes[:] = 0
        aways[:] = 0
        taken[:] = False
        ready[:] = before[:] = 0
        step[:] = -1
        spent[:] = 0.0
        node = label
        while node >= 0:
            u = number[node, USE]
            if u != WAIT:
                start = number[node, TIME]
                end = start + length[u]
                for t in range(start, end):
                    hours[t] += use_hours[u]
                    lanes[t] += 1
                    aways[t] += away[u]
                for purse in range(len(spent)):
                    spent[purse] += spends[purse, u, start]
                taken[u] = True
                if chain[u] >= 0 and step[chain[u]] < 0:
                    step[chain[u]], ready[chain[u]] = u, end
                elif chain[u] >= 0:
                    before[chain[u]] |= gives[u]
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
            ladder = chain[u]
            if ladder >= 0 and step[ladder] >= 0 and (
                ready[ladder] > now
                or not _follows(pre_start, pre_fact, static, bit, before[ladder], u, now)
            ):  # fmt: skip
                continue
            if not _fits(
                pre_start, pre_fact, free_hours, free_lanes, free_away, masks, hours, lanes, aways,
                u, use_hours[u], away[u], now, end - 1,
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
                and odd[u, now - 1] == odd[u, now]
                and _spends_alike(spends, u, now)
                and _fits(
                    pre_start, pre_fact, free_hours, free_lanes, free_away, masks, hours, lanes,
                    aways, u, use_hours[u], away[u], now - 1, now - 1,
                )
            ):  # fmt: skip
                continue
            bits = held
            for k in range(out_start[u], out_start[u + 1]):
                fact = out_fact[k]
                lasts = out_valid[k] == 0 or end + out_valid[k] - 1 >= deadline
                if bit[fact] >= 0 and (lasts or not lacks[fact]):
                    bits |= 1 << bit[fact]
            guided, least_left, weight_left = completion_bound(
                first_bit, first_row, needs, first_price, width, least_price, bits, now, ready,
                chain[u], end, lanes_left - length[u], hours_left - length[u] * use_hours[u],
            )  # fmt: skip
            for purse in range(len(spent)):
                spent[purse] += spends[purse, u, now]
            charged = charge(cover_purse, cover_least, cover_price, spent)
            spending = spending_key(spent)
            for purse in range(len(spent)):
                spent[purse] -= spends[purse, u, now]
            cost = value[label, COST] + price[u, now]
            cost += half_charge(half_price, number[label, ODD] & odd[u, now])
            paid, log_chance = base + charged + cost, log_pass[u]
            log_chance += value[label, CHANCE]
            toll = max(value[label, TOLL], tolls[view.activity[u], now])
            is_goal = bits & goal == goal
            if is_goal and not all_tracked:
                child_masks[:] = masks
                add_outcomes(out_start, out_fact, out_valid, u, end, deadline, child_masks)
                is_goal = is_ready(lacks, child_masks, deadline)
            child_masks[:] = masks
            add_outcomes(out_start, out_fact, out_valid, u, end, deadline, child_masks)
            if not is_goal:
                if earns_any:
                    taken[u] = True
                    guided += still_earned(
                        out_start, out_fact, length, lacks, wants, earns, taken, child_masks, now,
                        u, deadline,
                    )  # fmt: skip
                    least_left += still_earned(
                        out_start, out_fact, length, lacks, wants, alone, taken, child_masks, now,
                        u, deadline,
                    )  # fmt: skip
                    taken[u] = False
                bound = value_bound(
                    slope, line, factor, most_weight, threshold, paid, log_chance, guided,
                    least_left, weight_left,
                )  # fmt: skip
                if not bound < threshold:
                    least = min(least, bound)
                    continue
                if mode == ALL and not bound + toll < threshold:
                    continue
            new = labels
            number[new, PARENT], number[new, USE] = label, u
            number[new, TIME], number[new, LAST] = now, u
            number[new, STARTS] = number[label, STARTS] + now
            number[new, FLAGS] = risky_flags(
                pre_start, pre_fact, u, now, masks, number[label, FLAGS]
            )
            number[new, KIND] = GOAL if is_goal else OPEN
            number[new, ODD] = number[label, ODD] ^ odd[u, now]
            value[new, COST] = cost
            value[new, CHANCE], value[new, TOLL] = log_chance, toll
            if is_goal:
                value[new, CHANCE] = final_log_chance(
                    required, world_log, child_masks, deadline, number[new, FLAGS],
                    value[new, CHANCE],
                )  # fmt: skip
                bound = paid + slope * np.exp(value[new, CHANCE])
                if not bound < threshold:
                    least = min(least, bound)
                    continue
                if mode == ALL and not bound + toll < threshold:
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
                    aways[t] += away[u]
                taken[u] = True
                if path:
                    last_step = gives[step[ladder]] if ladder >= 0 and step[ladder] >= 0 else 0
                    taken_paths = _path_key(before, ladder, last_step)
                state_key(
                    child_masks, hours, lanes, aways, taken, can_expire, deadline, now, u,
                    mix(purpose ^ taken_paths ^ spending, number[new, FLAGS], 3935559000370003845),
                    key, new,
                )  # fmt: skip
                for t in range(now, end):
                    hours[t] -= use_hours[u]
                    lanes[t] -= 1
                    aways[t] -= away[u]
                taken[u] = False
                if is_dominated(
                    number, value, half_price, key, slot, stamp, new, slope, least_chance
                ):
                    continue
            labels += 1
            heap = push_label(heap_value, heap_label, heap, bound, new)
        if now + 1 < deadline:
            bits = held_bits(masks, bit, lacks, deadline, now + 1)
            guided, least_left, weight_left = completion_bound(
                first_bit, first_row, needs, first_price, width, least_price, bits, now + 1, ready,
                -1, 0, lanes_left - max(0, free_lanes[now] - lanes[now]),
                hours_left - max(0.0, free_hours[now] - hours[now]),
            )  # fmt: skip
            paid = base + value[label, COST]
            paid += charge(cover_purse, cover_least, cover_price, spent)
            if earns_any:
                guided += still_earned(
                    out_start, out_fact, length, lacks, wants, earns, taken, masks, now + 1,
                    -1, deadline,
                )  # fmt: skip
                least_left += still_earned(
                    out_start, out_fact, length, lacks, wants, alone, taken, masks, now + 1,
                    -1, deadline,
                )  # fmt: skip
            bound = value_bound(
                slope, line, factor, most_weight, threshold, paid, value[label, CHANCE], guided,
                least_left, weight_left,
            )  # fmt: skip
            if not bound < threshold:
                least = min(least, bound)
                continue
            new = labels
            number[new, PARENT], number[new, USE] = label, WAIT
            number[new, TIME], number[new, LAST] = now + 1, -1
            number[new, STARTS], number[new, FLAGS] = number[label, STARTS], number[label, FLAGS]
            number[new, KIND], number[new, ODD] = OPEN, number[label, ODD]
            value[new, COST] = value[label, COST]
            value[new, CHANCE], value[new, TOLL] = value[label, CHANCE], value[label, TOLL]
            if mode == ALL and not bound + value[new, TOLL] < threshold:
                continue
            if mode in (EXACT, EARNING):
                count = plan_of(number, label, plan_uses, plan_starts)
                purpose = purpose_key(
                    out_start, out_fact, out_valid, pre_start, pre_fact, length, static, masks,
                    deadline, now + 1, plan_uses, plan_starts, count, tracked, without,
                )  # fmt: skip
                if purpose < 0:
                    continue
            if mode != ALL:
                if path:
                    taken_paths = _path_key(before, -1, 0)
                state_key(
                    masks, hours, lanes, aways, taken, can_expire, deadline, now + 1, -1,
                    mix(
                        purpose ^ taken_paths ^ spending_key(spent), number[new, FLAGS],
                        3935559000370003845,
                    ),
                    key, new,
                )  # fmt: skip
                if is_dominated(
                    number, value, half_price, key, slot, stamp, new, slope, least_chance
                ):
                    continue
            labels += 1
            heap = push_label(heap_value, heap_label, heap, bound, new)
    return NONE, least, -1
