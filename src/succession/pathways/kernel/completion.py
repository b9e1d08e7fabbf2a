"""The completion bound: the least price of the learning still missing, timing left aside.

For each component of facts that activities tie together, a table over subsets of facts held gives
the exact least price to reach the requirements (a relaxation: no dates, hours, at-once limit or
expiry). Two more tables give the least lane periods (durations) and hours, which must fit into
what is left before the deadline. Components too large for a table are cut into blocks that share
each activity's price (cost partitioning), which keeps the sum a lower bound.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from succession.pathways.kernel.arrays import Bools, Floats, Ints
from succession.pathways.kernel.view import View

__all__ = ["Completion", "build_completion", "completion_bound", "held_bits", "most_starts"]

LARGEST_TABLE = 12
BLOCK = 9
MOST_BITS = 60
"""A state is one number; facts beyond are left out of the relaxation."""


class Completion(NamedTuple):
    """Tables by block. `bit` of a fact (−1: not tracked); bits of block b are those from
    `first_bit[b]`, its tables (price, lane periods, hours) start at row `first_row[b]`. `goal`:
    bits that must be set. `earns` (use): the negative part of a price, which the table leaves
    out."""

    bit: Ints
    goal: int
    first_bit: Ints
    first_row: Ints
    table: Floats
    earns: Floats


@njit(cache=True, nogil=True)
def held_bits(masks: Ints, bit: Ints, lacks: Bools, deadline: int, now: int) -> int:
    """Tracked facts held: at the deadline where required, else at some period from `now` on."""
    from_now = (1 << (deadline + 1)) - (1 << now)
    bits = 0
    for f in range(len(bit)):
        if bit[f] < 0:
            continue
        if lacks[f]:
            bits |= ((masks[0, f] >> deadline) & 1) << bit[f]
        elif masks[0, f] & from_now:
            bits |= 1 << bit[f]
    return bits


@njit(cache=True, nogil=True)
def _find(root: Ints, k: int) -> int:
    while root[k] != k:
        root[k] = root[root[k]]
        k = root[k]
    return k


@njit(cache=True, nogil=True)
def _ties(view: View, bit: Ints, gives: Ints, needs: Ints) -> None:
    """Bits that each use gives and needs in the relaxation."""
    expires = np.zeros(len(bit), dtype=np.bool_)
    for k in range(len(view.outcome_fact)):
        if view.outcome_valid[k] > 0:
            expires[view.outcome_fact[k]] = True
    for u in range(len(view.activity)):
        gives[u] = needs[u] = 0
        for k in range(view.outcome_start[u], view.outcome_start[u + 1]):
            if bit[view.outcome_fact[k]] >= 0:
                gives[u] |= 1 << bit[view.outcome_fact[k]]
        for k in range(view.prerequisite_start[u], view.prerequisite_start[u + 1]):
            fact = view.prerequisite_fact[k]
            sometimes = view.lacks[fact] and (expires[fact] or view.masks[0, fact] != 0)
            if bit[fact] >= 0 and not sometimes:
                needs[u] |= 1 << bit[fact]


@njit(cache=True, nogil=True)
def _number_bits(view: View, bit: Ints, gives: Ints, needs: Ints) -> Ints:
    """Renumber bits so that each component, or block of one, is a run; returns the runs."""
    bits = 0
    for f in range(len(bit)):
        if bit[f] >= 0:
            bits += 1
    root = np.zeros(bits, dtype=np.int64)
    size = np.zeros(bits, dtype=np.int64)
    for b in range(bits):
        root[b] = b
    for u in range(len(gives)):
        touched = gives[u] | needs[u]
        first = -1
        for b in range(bits):
            if (touched >> b) & 1:
                if first < 0:
                    first = _find(root, b)
                else:
                    root[_find(root, b)] = first
    for b in range(bits):
        size[_find(root, b)] += 1
    new = np.zeros(bits, dtype=np.int64)
    first_bit = np.zeros(bits + 1, dtype=np.int64)
    blocks = number = 0
    for top in range(bits):
        if size[top] == 0:
            continue
        limit = BLOCK if size[top] > LARGEST_TABLE else LARGEST_TABLE
        inside = 0
        for b in range(bits):
            if _find(root, b) != top:
                continue
            if inside == limit:
                blocks += 1
                first_bit[blocks] = number
                inside = 0
            new[b] = number
            number += 1
            inside += 1
        blocks += 1
        first_bit[blocks] = number
    for f in range(len(bit)):
        if bit[f] >= 0:
            bit[f] = new[bit[f]]
    return first_bit[: blocks + 1]


@njit(cache=True, nogil=True)
def _fill_table(
    table: Floats, row: int, states: int, gives: Ints, needs: Ints, share: Floats, count: int,
    goal: int, held: int,
) -> None:  # fmt: skip
    for state in range(states - 1, -1, -1):
        for kind in range(3):
            table[row + state, kind] = 0.0 if state & goal == goal else np.inf
        if state & held != held or state & goal == goal:
            continue
        for u in range(count):
            if needs[u] & ~state == 0 and gives[u] & ~state != 0:
                after = row + (state | gives[u])
                for kind in range(3):
                    value = share[u, kind] + table[after, kind]
                    if value < table[row + state, kind]:
                        table[row + state, kind] = value


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
def build_completion(view: View, weight: Floats) -> Completion:
    """Tables for a person's view; `weight` is added to the price of each use (σ's part)."""
    facts, uses = len(view.lacks), len(view.activity)
    bit = np.full(facts, -1, dtype=np.int64)
    bits = 0
    for f in range(facts):
        if (view.lacks[f] or view.wants[f]) and bits < MOST_BITS:
            bit[f] = bits
            bits += 1
    gives, needs = np.zeros(uses, dtype=np.int64), np.zeros(uses, dtype=np.int64)
    _ties(view, bit, gives, needs)
    first_bit = _number_bits(view, bit, gives, needs)
    _ties(view, bit, gives, needs)
    goal = held = 0
    for f in range(facts):
        if bit[f] >= 0:
            if view.lacks[f]:
                goal |= 1 << bit[f]
            elif (view.masks[0, f] >> (view.deadline - 1)) & 3:
                held |= 1 << bit[f]
    blocks = len(first_bit) - 1
    first_row = np.zeros(blocks + 1, dtype=np.int64)
    for b in range(blocks):
        first_row[b + 1] = first_row[b] + (1 << (first_bit[b + 1] - first_bit[b]))
    table = np.empty((first_row[blocks], 3))
    earns = np.zeros(uses)
    for u in range(uses):
        earns[u] = min(0.0, view.least[u] + weight[u])
    own_gives, own_needs = np.zeros(uses, dtype=np.int64), np.zeros(uses, dtype=np.int64)
    share = np.zeros((uses, 3))
    for b in range(blocks):
        low, mask = first_bit[b], (1 << (first_bit[b + 1] - first_bit[b])) - 1
        count = 0
        for u in range(uses):
            if (gives[u] >> low) & mask == 0:
                continue
            parts = 0
            for other in range(blocks):
                width = first_bit[other + 1] - first_bit[other]
                parts += (gives[u] >> first_bit[other]) & ((1 << width) - 1) != 0
            own_gives[count], own_needs[count] = (gives[u] >> low) & mask, (needs[u] >> low) & mask
            share[count, 0] = max(0.0, view.least[u] + weight[u]) / parts
            share[count, 1] = view.length[u] / parts
            share[count, 2] = view.length[u] * view.hours[u] / parts
            count += 1
        _fill_table(
            table, first_row[b], mask + 1, own_gives, own_needs, share, count,
            (goal >> low) & mask, (held >> low) & mask,
        )  # fmt: skip
    return Completion(bit, goal, first_bit, first_row, table, earns)


@njit(cache=True, nogil=True)
def completion_bound(
    first_bit: Ints, first_row: Ints, table: Floats, bits: int, lanes: float, hours: float
) -> float:
    """The least price of what is missing when the facts in `bits` are held; inf where it does
    not fit into the lane periods or hours left."""
    total = need_lanes = need_hours = 0.0
    for b in range(len(first_row) - 1):
        mask = (1 << (first_bit[b + 1] - first_bit[b])) - 1
        row = first_row[b] + ((bits >> first_bit[b]) & mask)
        total += table[row, 0]
        need_lanes += table[row, 1]
        need_hours += table[row, 2]
    if need_lanes > lanes + 1e-6 or need_hours > hours + 1e-6:
        return np.inf
    return total
