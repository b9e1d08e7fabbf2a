"""Facts tied together by activities, as blocks of bits: what the completion bound adds up over.

Components too large for a table are cut into blocks that share each activity's price (cost
partitioning), which keeps the sum a lower bound.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from succession.pathways.kernel.arrays import Bools, Ints
from succession.pathways.kernel.view import View

__all__ = ["Blocks", "build_blocks", "held_bits"]

LARGEST_TABLE = 12
BLOCK = 9
MOST_BITS = 60
"""A state is one number; facts beyond are left out of the relaxation."""


class Blocks(NamedTuple):
    """`bit` of a fact (−1: not tracked); bits of block b are those from `first_bit[b]`, and its
    states number from `first_row[b]`. `goal`: bits that must be set; `held`: those that always
    are. `gives` and `needs` (use): bits. `chain` (use): its block where that is a chain, else −1.

    In a *chain*, of any two uses one gives all that the other does, for ever. What a start needs,
    and what the deadline asks for, is then given by the largest of the starts that have ended: by
    rule 8 a pathway takes one path through a chain, each start after the end of the one before.
    """

    bit: Ints
    goal: int
    held: int
    first_bit: Ints
    first_row: Ints
    gives: Ints
    needs: Ints
    chain: Ints


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
def _number_bits(bit: Ints, gives: Ints, needs: Ints) -> Ints:
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
def _is_chain(view: View, gives: Ints, needs: Ints, mask: int) -> bool:
    """Whether of any two uses that give bits in `mask` one gives all that the other does."""
    for u in range(len(gives)):
        if gives[u] & mask == 0:
            continue
        if (gives[u] | needs[u]) & ~mask != 0:
            return False
        for v in range(u):
            both = gives[u] & gives[v]
            if gives[v] & mask != 0 and both != gives[u] and both != gives[v]:
                return False
        for k in range(view.outcome_start[u], view.outcome_start[u + 1]):
            if view.outcome_valid[k] > 0:
                return False
    return True


@njit(cache=True, nogil=True)
def build_blocks(view: View) -> Blocks:
    """The blocks of a view."""
    facts, uses = len(view.lacks), len(view.activity)
    bit = np.full(facts, -1, dtype=np.int64)
    bits = 0
    for f in range(facts):
        if (view.lacks[f] or view.wants[f]) and bits < MOST_BITS:
            bit[f] = bits
            bits += 1
    gives, needs = np.zeros(uses, dtype=np.int64), np.zeros(uses, dtype=np.int64)
    _ties(view, bit, gives, needs)
    first_bit = _number_bits(bit, gives, needs)
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
    chain = np.full(uses, -1, dtype=np.int64)
    for b in range(blocks):
        first_row[b + 1] = first_row[b] + (1 << (first_bit[b + 1] - first_bit[b]))
        mask = ((1 << (first_bit[b + 1] - first_bit[b])) - 1) << first_bit[b]
        if bits < MOST_BITS and _is_chain(view, gives, needs, mask):
            for u in range(uses):
                if gives[u] & mask != 0:
                    chain[u] = b
    return Blocks(bit, goal, held, first_bit, first_row, gives, needs, chain)
