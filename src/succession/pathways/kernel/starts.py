"""What the starts of one activity cost one person (compiled).

Functions of the closure's inner loop take plain arrays: fields of named tuples are counted
references.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from succession.pathways.kernel.arrays import Data, Floats, Ints, Prices

__all__ = ["add_extra", "is_committed", "linked_place", "price_starts", "purses_of"]


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
def linked_place(prices: Prices, place: int) -> int:
    """The place, where it has links of its own, else −1."""
    if place >= 0 and prices.place_extra_start[place] == prices.place_extra_start[place + 1]:
        return -1
    return place


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
