"""Labels of the search: the state behind a label, its key, dominance, and the heap.

A label is a node of a tree of decisions in time order: start a use in the current period (in
index order), or wait for the next period. Its state is rebuilt from its ancestors, so that a label
costs a few numbers and not a copy of everything. Functions here take plain arrays: fields of
named tuples are counted references, which a hot loop should not touch.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from succession.pathways.kernel.arrays import Bools, Floats, Ints

__all__ = [
    "CHANCE", "COST", "DOMINATED", "FLAGS", "GOAL", "KIND", "LAST", "NEXT", "ODD", "OPEN",
    "PARENT", "STARTS", "TIME", "TOLL", "USE", "WAIT", "add_outcomes", "add_spending", "charge",
    "half_charge", "is_dominated", "mix", "plan_of", "pop_label", "push_label", "risky_flags",
    "spending_key", "state_key",
]  # fmt: skip

WAIT = -1
PARENT, USE, TIME, LAST, STARTS, FLAGS, KIND, NEXT, ODD = range(9)
COST, CHANCE, TOLL = range(3)
OPEN, GOAL, DOMINATED = range(3)


@njit(cache=True, nogil=True)
def add_outcomes(
    outcome_start: Ints, outcome_fact: Ints, outcome_valid: Ints, use: int, end: int,
    deadline: int, masks: Ints,
) -> None:  # fmt: skip
    """Mark the periods in which the outcomes of a use finished in `end` are held, everywhere."""
    for k in range(outcome_start[use], outcome_start[use + 1]):
        last = deadline
        if outcome_valid[k] > 0:
            last = min(last, end + outcome_valid[k] - 1)
        if last >= end:
            bits = (1 << (last + 1)) - (1 << end)
            for world in range(masks.shape[0]):
                masks[world, outcome_fact[k]] |= bits


@njit(cache=True, nogil=True)
def risky_flags(
    prerequisite_start: Ints, prerequisite_fact: Ints, use: int, start: int, masks: Ints,
    flags: int,
) -> int:  # fmt: skip
    """Worlds (risky commitments) without which this start's prerequisites would not hold."""
    for k in range(prerequisite_start[use], prerequisite_start[use + 1]):
        for world in range(1, masks.shape[0]):
            if not (masks[world, prerequisite_fact[k]] >> start) & 1:
                flags |= 1 << world
    return flags


@njit(cache=True, nogil=True)
def plan_of(number: Ints, label: int, uses: Ints, starts: Ints) -> int:
    """Write a label's starts into `uses`, `starts`; returns how many."""
    count = 0
    while label >= 0:
        if number[label, USE] != WAIT:
            uses[count] = number[label, USE]
            starts[count] = number[label, TIME]
            count += 1
        label = number[label, PARENT]
    return count


@njit(cache=True, nogil=True)
def add_spending(spends: Floats, uses: Ints, starts: Ints, count: int, spent: Floats) -> None:
    """Add what starts spend of each purse."""
    for k in range(count):
        for purse in range(len(spent)):
            spent[purse] += spends[purse, uses[k], starts[k]]


@njit(cache=True, nogil=True)
def charge(cover_purse: Ints, cover_least: Floats, cover_price: Floats, spent: Floats) -> float:
    """What spending so much of each purse costs on top."""
    total = 0.0
    for k in range(len(cover_purse)):
        if spent[cover_purse[k]] >= cover_least[k]:
            total += cover_price[k]
    return total


@njit(cache=True, nogil=True)
def half_charge(half_price: Floats, twice: int) -> float:
    """What it costs to make the weights in some cuts (bits) even."""
    total, k = 0.0, 0
    while twice:
        if twice & 1:
            total += half_price[k]
        twice >>= 1
        k += 1
    return total


@njit(cache=True, nogil=True)
def spending_key(spent: Floats) -> int:
    """What is spent of each purse, as a number."""
    key = 0
    for amount in spent:
        key = mix(key, round(amount * 100.0), 4768777513237032717)
    return key


@njit(cache=True, nogil=True)
def mix(key: int, value: int, factor: int) -> int:
    """One step of a multiplicative hash."""
    key = (key ^ value) * factor
    return key ^ ((key >> 29) & 0x7FFFFFFFF)


@njit(cache=True, nogil=True)
def state_key(
    masks: Ints, hours: Floats, lanes: Ints, aways: Ints, taken: Bools, can_expire: Bools,
    deadline: int, time: int, last: int, flags: int, key: Ints, label: int,
) -> None:  # fmt: skip
    """A 128-bit key of all that the future depends on: equal keys are equal states."""
    one, two = -7046029254386353131, -4417276706812531889
    first = mix((time << 24) + last + 1, flags, one)
    second = mix(flags, (time << 24) + last + 1, two)
    future = (1 << (deadline + 1)) - (1 << time)
    for f in range(masks.shape[1]):
        for world in range(masks.shape[0]):
            first = mix(first, masks[world, f] & future, one)
            second = mix(second, masks[world, f] & future, two)
    for t in range(time, deadline):
        used = (np.int64(hours[t] * 4096.0) * 64 + lanes[t]) * 64 + aways[t]
        first = mix(first, used, one)
        second = mix(second, used, two)
    for u in range(len(taken)):
        if taken[u] and can_expire[u]:
            first = mix(first, u, one)
            second = mix(second, u, two)
    key[label, 0] = first
    key[label, 1] = second


@njit(cache=True, nogil=True)
def _as_good(
    number: Ints, value: Floats, half_price: Floats, a: int, b: int, slope: float,
    least_chance: float,
) -> bool:  # fmt: skip
    chance = np.exp(value[a, CHANCE]) - np.exp(value[b, CHANCE])
    cost = value[a, COST] - value[b, COST]
    cost += half_charge(half_price, number[a, ODD] & ~number[b, ODD])
    tiny = 1e-9 * (1.0 + abs(value[b, COST]))
    most, least = cost + slope * chance, cost + slope * least_chance * chance
    if most > tiny or least > tiny:
        return False
    if most < -tiny or least < -tiny:
        return True
    return bool(number[a, STARTS] <= number[b, STARTS])


@njit(cache=True, nogil=True)
def is_dominated(
    number: Ints, value: Floats, half_price: Floats, key: Ints, slot: Ints, search: int,
    label: int, slope: float, least_chance: float,
) -> bool:  # fmt: skip
    """Register a label under its key; True where a known label of equal state is as good.

    The target's value cost + slope·chance is linear in the chance still to come, so a label is as
    good as another when it is so for the least and the greatest such chance (1), and what it may
    have to pay sooner in zero-half cuts counted. Ties go to the label with earlier starts.
    """
    size = len(slot)
    place = (key[label, 0] ^ (key[label, 1] << 1)) & (size - 1)
    while slot[place, 1] == search:
        head = slot[place, 0]
        if key[head, 0] == key[label, 0] and key[head, 1] == key[label, 1]:
            break
        place = (place + 1) & (size - 1)
    number[label, NEXT] = -1
    if slot[place, 1] == search:
        other = slot[place, 0]
        while other >= 0:
            if number[other, KIND] != DOMINATED:
                if _as_good(number, value, half_price, other, label, slope, least_chance):
                    return True
                if _as_good(number, value, half_price, label, other, slope, least_chance):
                    number[other, KIND] = DOMINATED
            other = number[other, NEXT]
        number[label, NEXT] = slot[place, 0]
    slot[place, 0] = label
    slot[place, 1] = search
    return False


@njit(cache=True, nogil=True)
def push_label(heap_value: Floats, heap_label: Ints, size: int, value: float, label: int) -> int:
    """Put a label on the heap of `size` labels; returns the new size."""
    k = size
    while k > 0:
        up = (k - 1) >> 1
        if heap_value[up] < value or (heap_value[up] == value and heap_label[up] > label):
            break
        heap_value[k] = heap_value[up]
        heap_label[k] = heap_label[up]
        k = up
    heap_value[k] = value
    heap_label[k] = label
    return size + 1


@njit(cache=True, nogil=True)
def pop_label(heap_value: Floats, heap_label: Ints, size: int) -> int:
    """Take the label of least value off the heap into place `size − 1`; returns the new size."""
    top_value, top_label = heap_value[0], heap_label[0]
    size -= 1
    value, label = heap_value[size], heap_label[size]
    k = 0
    while True:
        child = 2 * k + 1
        if child >= size:
            break
        right = child + 1
        if right < size and (
            heap_value[right] < heap_value[child]
            or (heap_value[right] == heap_value[child] and heap_label[right] > heap_label[child])
        ):
            child = right
        if value < heap_value[child] or (value == heap_value[child] and label > heap_label[child]):
            break
        heap_value[k] = heap_value[child]
        heap_label[k] = heap_label[child]
        k = child
    heap_value[k] = value
    heap_label[k] = label
    heap_value[size] = top_value
    heap_label[size] = top_label
    return size
