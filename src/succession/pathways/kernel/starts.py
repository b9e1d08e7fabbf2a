"""What the starts of one activity cost one person (compiled).

Functions of the closure's inner loop take plain arrays: fields of named tuples are counted
references.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from succession.pathways.kernel.arrays import Data, Floats, HalfPrices, Ints, Prices

__all__ = [
    "add_extra", "add_halves", "footprint_of", "is_committed", "price_starts", "purses_of",
    "target_halves",
]  # fmt: skip

MOST_HALVES = 62
"""Zero-half cuts that a search counts, as bits of one number; what others cost is left out."""


@njit(cache=True, nogil=True)
def is_committed(d: Data, person: int, activity: int) -> bool:
    """Whether a person is committed to an activity, and so cannot start it anew."""
    for k in range(d.committed_start[person], d.committed_start[person + 1]):
        if d.committed_activity[k] == activity:
            return True
    return False


@njit(cache=True, nogil=True)
def price_starts(
    common: Floats, away: Floats, away_room: Ints, money: Floats, most: Floats,
    free_lanes: Ints, free_hours: Floats, length: int, hours: float, cost: float, is_away: bool,
    first: int, last: int, price: Floats,
) -> float:  # fmt: skip
    """Fill `price` (period) with what a start from `first` to `last` costs (inf: illegal) and
    return the least. Arrays by period: the `common` price; what a unit asks for a period `away`
    and for `money`, of which it has at most `most`; what the person has free."""
    least = np.inf
    for t in range(len(price)):
        price[t] = np.inf
    for start in range(first, last + 1):
        value = common[start]
        if cost > 0:
            value += cost * money[start]
            if cost > most[start]:
                continue
        for t in range(start, start + length):
            if free_lanes[t] < 1 or hours > free_hours[t] + 1e-9:
                value = np.inf
            if is_away:
                value += away[t] if away_room[t] > 0 else np.inf
        price[start] = value
        least = min(least, value)
    return least


@njit(cache=True, nogil=True)
def add_extra(
    start: Ints, activity: Ints, period: Ints, extra: Floats, who: int, one: int, price: Floats
) -> float:
    """Add what starts of activity `one` cost on top for a person or place; returns the least."""
    for k in range(start[who], start[who + 1]):
        if activity[k] == one:
            price[period[k]] += extra[k]
    least = np.inf
    for value in price:
        least = min(least, value)
    return least


@njit(cache=True, nogil=True)
def _weight(entry: Ints, first: int, last: int, person: int, place: int, unit: int) -> int:
    """What a start weighs in a cut: entries from `first` on that are about it, before `last`."""
    total = 0
    for k in range(first, last):
        kind, who = entry[k, 2], entry[k, 3]
        if (
            kind == 0
            or (kind == 1 and who == person)
            or (kind == 2 and who == place)
            or (kind == 3 and who == unit)
        ):
            total += entry[k, 4]
    return total


@njit(cache=True, nogil=True)
def add_halves(
    halves: HalfPrices, activity: int, person: int, place: int, unit: int, bit: Ints,
    price: Floats, odd: Ints,
) -> float:  # fmt: skip
    """Add what starts cost for even weights in zero-half cuts to `price` (period), and mark in
    `odd` (period) the cuts in which a start weighs an odd number; returns the least price.

    `bit` (cut): bits given so far, −1 where none is, their number behind; empty: none are asked."""
    entry, k, end = halves.entry, halves.start[activity], halves.start[activity + 1]
    while k < end:
        cut, period, last = entry[k, 0], entry[k, 1], k
        while last < end and entry[last, 0] == cut and entry[last, 1] == period:
            last += 1
        weight = _weight(entry, k, last, person, place, unit)
        price[period] += halves.price[cut] * (weight >> 1)
        if weight & 1 and len(bit):
            if bit[cut] < 0 and bit[-1] < MOST_HALVES:
                bit[cut] = bit[-1]
                bit[-1] += 1
            if bit[cut] >= 0:
                odd[period] |= 1 << bit[cut]
        k = last
    least = np.inf
    for value in price:
        least = min(least, value)
    return least


@njit(cache=True, nogil=True)
def target_halves(halves: HalfPrices, bit: Ints, target: int) -> tuple[Floats, int]:
    """(price by bit; bits of the cuts in which the target weighs an odd number by itself)."""
    price = np.zeros(bit[-1])
    first = 0
    for cut in range(len(halves.price)):
        if bit[cut] >= 0:
            price[bit[cut]] = halves.price[cut]
    if target >= 0 and len(price):
        for k in range(halves.odd_start[target], halves.odd_start[target + 1]):
            if bit[halves.odd[k]] >= 0:
                first |= 1 << bit[halves.odd[k]]
    return price, first


@njit(cache=True, nogil=True)
def footprint_of(d: Data, prices: Prices, unit: int, activity: int, start: int) -> int:
    """A number that is equal for starts of an activity that use the same rows that matter."""
    away = money = 0
    if d.away[activity]:
        for t in range(start, min(start + d.duration[activity], d.horizon + 2)):
            if prices.away_mark[unit, t]:
                away = start
    if d.cost[activity] > 0:
        money = prices.money_mark[unit, d.pool[activity], start]
    shared = prices.footprint[activity, start]
    return int((shared * (d.horizon + 2) + away) * 4096 + money)


@njit(cache=True, nogil=True)
def purses_of(prices: Prices, person: int) -> tuple[Ints, Ints]:
    """(purse of each of a person's covers, counted from 0; the purses)."""
    first, last = prices.cover_start[person], prices.cover_start[person + 1]
    number, purses = np.zeros(last - first, dtype=np.int64), np.zeros(last - first, dtype=np.int64)
    count = 0
    for k in range(first, last):
        if count == 0 or purses[count - 1] != prices.cover_purse[k]:
            purses[count] = prices.cover_purse[k]
            count += 1
        number[k - first] = count - 1
    return number, purses[:count]
