"""The completion bound: the least price of the learning still missing.

For each block of facts, tables over subsets of facts held give the least to reach the goal, hours
and at-once limit left aside: lane periods, hours, price and weight (−log of the pass rates), and,
by period, price with φ times the weight. A chain's steps wait for each other; elsewhere a start
counts as finished at once. The lane periods and hours must fit into what is left.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from succession.pathways.kernel.arrays import Floats, Ints
from succession.pathways.kernel.blocks import Blocks
from succession.pathways.kernel.view import View

__all__ = [
    "PRICE", "WEIGHT", "LeastPrices", "completion_bound", "fill_prices", "least_needs",
    "most_starts",
]  # fmt: skip

LARGEST_DATED = 2048
LANES, HOURS, PRICE, WEIGHT = range(4)


class LeastPrices(NamedTuple):
    """The least price of state s of block b from period t on is price[first[b] + s·width[b] + t],
    where width[b] is 1 where the table would be too large by period. `earns` (use, period): the
    negative part of the least price with weight from a period on, which the tables leave out but
    for chains: a path starts a use once. `alone`: that of the price without its weight."""

    first: Ints
    width: Ints
    price: Floats
    earns: Floats
    alone: Floats


@njit(cache=True, nogil=True)
def most_starts(view: View) -> int:
    """The most starts that rule 8 allows: each must give a missing fact that no other does, for
    ever, or, where its outcome expires, for a while."""
    starts = len(view.lacks)
    for u in range(len(view.activity)):
        expires = False
        for k in range(view.outcome_start[u], view.outcome_start[u + 1]):
            expires = expires or view.outcome_valid[k] > 0
        starts += expires
    return starts


@njit(cache=True, nogil=True)
def _parts(blocks: Blocks, gives: int) -> int:
    """Blocks that a use gives something in: its price is shared between them."""
    parts = 0
    for b in range(len(blocks.first_bit) - 1):
        wide = blocks.first_bit[b + 1] - blocks.first_bit[b]
        parts += (gives >> blocks.first_bit[b]) & ((1 << wide) - 1) != 0
    return parts


@njit(cache=True, nogil=True)
def _uses_of(blocks: Blocks, b: int) -> tuple[Ints, Ints, Ints]:
    """(uses that give something in a block, what they give there, what they need there)."""
    low, mask = blocks.first_bit[b], blocks.first_row[b + 1] - blocks.first_row[b] - 1
    own = np.flatnonzero((blocks.gives >> low) & mask)
    return own, (blocks.gives[own] >> low) & mask, (blocks.needs[own] >> low) & mask


@njit(cache=True, nogil=True)
def least_needs(view: View, blocks: Blocks) -> Floats:
    """(row of a state, kind): the least lane periods, hours, price and weight to the goal."""
    table = np.empty((blocks.first_row[-1], 4))
    share = np.empty((len(view.activity), 4))
    for u in range(len(view.activity)):
        parts = max(1, _parts(blocks, blocks.gives[u]))
        share[u, LANES] = view.length[u] / parts
        share[u, HOURS] = view.length[u] * view.hours[u] / parts
        least = view.least[u] if blocks.chain[u] >= 0 else max(0.0, view.least[u])
        share[u, PRICE] = least / parts
        share[u, WEIGHT] = -view.log_pass[u] / parts
    for b in range(len(blocks.first_bit) - 1):
        low, row = blocks.first_bit[b], blocks.first_row[b]
        mask = blocks.first_row[b + 1] - row - 1
        goal, held = (blocks.goal >> low) & mask, (blocks.held >> low) & mask
        own, gives, needs = _uses_of(blocks, b)
        for state in range(mask, -1, -1):
            done = state & goal == goal
            for kind in range(4):
                table[row + state, kind] = 0.0 if done else np.inf
            if done or state & held != held:
                continue
            for k in range(len(own)):
                if gives[k] & ~state == 0 or needs[k] & ~state != 0:
                    continue
                for kind in range(4):
                    value = share[own[k], kind] + table[row + (state | gives[k]), kind]
                    if value < table[row + state, kind]:
                        table[row + state, kind] = value
    return table


@njit(cache=True, nogil=True)
def fill_prices(view: View, blocks: Blocks, weight: Floats) -> LeastPrices:
    """The least prices, `weight` (use) on top of each."""
    uses, count = len(view.activity), len(blocks.first_bit) - 1
    first = np.zeros(count + 1, dtype=np.int64)
    width = np.ones(count, dtype=np.int64)
    for b in range(count):
        states = blocks.first_row[b + 1] - blocks.first_row[b]
        if states * (view.deadline + 1) <= LARGEST_DATED:
            width[b] = view.deadline + 1
        first[b + 1] = first[b] + states * width[b]
    price = np.empty(first[count])
    earns = np.zeros((uses, view.deadline + 2))
    alone = np.zeros((uses, view.deadline + 2))
    cost = np.empty((uses, view.deadline + 1))
    for u in range(uses):
        if blocks.chain[u] >= 0:
            cost[u, 0] = view.least[u] + weight[u]
            for t in range(1, view.deadline + 1):
                cost[u, t] = view.price[u, t] + weight[u]
            continue
        parts = max(1, _parts(blocks, blocks.gives[u]))
        for t in range(view.deadline, 0, -1):
            earns[u, t] = min(earns[u, t + 1], view.price[u, t] + weight[u])
            alone[u, t] = min(alone[u, t + 1], view.price[u, t])
        cost[u, 0] = max(0.0, view.least[u] + weight[u]) / parts
        for t in range(1, view.deadline + 1):
            cost[u, t] = max(0.0, view.price[u, t] + weight[u]) / parts
    for b in range(count):
        _fill_block(view.length, blocks, cost, b, first[b], width[b], price)
    return LeastPrices(first, width, price, earns, alone)


@njit(cache=True, nogil=True)
def _fill_block(
    length: Ints, blocks: Blocks, cost: Floats, b: int, first: int, width: int, price: Floats
) -> None:
    low, mask = blocks.first_bit[b], blocks.first_row[b + 1] - blocks.first_row[b] - 1
    goal, held = (blocks.goal >> low) & mask, (blocks.held >> low) & mask
    own, gives, needs = _uses_of(blocks, b)
    for state in range(mask, -1, -1):
        row = first + state * width
        done = state & goal == goal
        for t in range(width):
            price[row + t] = 0.0 if done else np.inf
        if done or state & held != held:
            continue
        for k in range(len(own)):
            u = own[k]
            if gives[k] & ~state == 0 or needs[k] & ~state != 0:
                continue
            after = first + (state | gives[k]) * width
            if width == 1:
                price[row] = min(price[row], cost[u, 0] + price[after])
                continue
            wait = length[u] if blocks.chain[u] == b else 0
            for t in range(1, width - length[u]):
                value = cost[u, t] + price[after + t + wait]
                if value < price[row + t]:
                    price[row + t] = value
        for t in range(width - 2, -1, -1):
            price[row + t] = min(price[row + t], price[row + t + 1])


@njit(cache=True, nogil=True)
def completion_bound(
    first_bit: Ints, first_row: Ints, needs: Floats, first: Ints, width: Ints, price: Floats,
    bits: int, now: int, ready: Ints, own: int, end: int, lanes: float, hours: float,
) -> tuple[float, float, float]:  # fmt: skip
    """(price with weight from period `now` on, price alone, weight alone) of what is missing, at
    least, when the facts in `bits` are held; inf where it does not fit into the lane periods or
    hours left.

    `ready` (block): when the last step of a chain ends; that of block `own` ends in `end`."""
    total = least = weight = need_lanes = need_hours = 0.0
    for b in range(len(width)):
        state = (bits >> first_bit[b]) & (first_row[b + 1] - first_row[b] - 1)
        t = 0
        if width[b] > 1:
            t = max(now, ready[b])
            if b == own:
                t = max(t, end)
        total += price[first[b] + state * width[b] + t]
        row = first_row[b] + state
        need_lanes += needs[row, LANES]
        need_hours += needs[row, HOURS]
        least += needs[row, PRICE]
        weight += needs[row, WEIGHT]
    if need_lanes > lanes + 1e-6 or need_hours > hours + 1e-6:
        return np.inf, np.inf, np.inf
    return total, least, weight
