"""The completion bound: the least price of the learning still missing, timing left aside.

For each component of facts that activities tie together, a table over subsets of facts held gives
the exact least price to reach the requirements (a relaxation: no dates, hours, at-once limit or
expiry). Components too large for a table are cut into blocks that share each activity's price
(cost partitioning), which keeps the sum a lower bound.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from succession.pathways.arrays import Data, Floats, Ints
from succession.pathways.person_view import View

__all__ = ["Completion", "build_completion", "completion_bound", "held_bits"]

LARGEST_TABLE = 12
BLOCK = 9


class Completion(NamedTuple):
    """Tables by block. `bit` of a fact (−1: not tracked); `block`/`place` of a bit; `spare` is the
    most that activities with negative prices could still earn, by use in `earns`."""

    bit: Ints
    block: Ints
    place: Ints
    table_start: Ints
    table: Floats
    earns: Floats
    spare: float


@njit(cache=True, nogil=True)
def held_bits(view: View, masks: Ints, bit: Ints, now: int) -> int:
    """Tracked facts held: at the deadline where required, else at some period from `now` on."""
    from_now = (1 << (view.deadline + 1)) - (1 << now)
    bits = 0
    for f in range(len(bit)):
        if bit[f] < 0:
            continue
        if view.lacks[f]:
            bits |= ((masks[f] >> view.deadline) & 1) << bit[f]
        elif masks[f] & from_now:
            bits |= 1 << bit[f]
    return bits


@njit(cache=True, nogil=True)
def _find(root: Ints, k: int) -> int:
    while root[k] != k:
        root[k] = root[root[k]]
        k = root[k]
    return k


@njit(cache=True, nogil=True)
def _use_bits(d: Data, view: View, bit: Ints) -> tuple[Ints, Ints]:
    """Bits that each use gives and needs in the relaxation."""
    facts = len(bit)
    expires = np.zeros(facts, dtype=np.bool_)
    for use in view.uses:
        for k in range(d.outcome_start[use], d.outcome_start[use + 1]):
            expires[d.outcome_fact[k]] |= d.outcome_valid[k] > 0
    gives = np.zeros(len(view.uses), dtype=np.int64)
    needs = np.zeros(len(view.uses), dtype=np.int64)
    for u in range(len(view.uses)):
        use = view.uses[u]
        for k in range(d.outcome_start[use], d.outcome_start[use + 1]):
            if bit[d.outcome_fact[k]] >= 0:
                gives[u] |= 1 << bit[d.outcome_fact[k]]
        for k in range(d.prerequisite_start[use], d.prerequisite_start[use + 1]):
            fact = d.prerequisite_fact[k]
            sometimes = view.lacks[fact] and (expires[fact] or view.masks[0, fact] != 0)
            if bit[fact] >= 0 and not sometimes:
                needs[u] |= 1 << bit[fact]
    return gives, needs


@njit(cache=True, nogil=True)
def _blocks(gives: Ints, needs: Ints, bits: int) -> tuple[Ints, Ints, int]:
    """Block and place of each bit: components, the large ones cut."""
    root = np.arange(bits)
    for u in range(len(gives)):
        touched = gives[u] | needs[u]
        first = -1
        for b in range(bits):
            if (touched >> b) & 1:
                if first < 0:
                    first = _find(root, b)
                else:
                    root[_find(root, b)] = first
    size = np.zeros(bits, dtype=np.int64)
    for b in range(bits):
        size[_find(root, b)] += 1
    block = np.zeros(bits, dtype=np.int64)
    place = np.zeros(bits, dtype=np.int64)
    current = np.full(bits, -1, dtype=np.int64)
    filled = np.zeros(bits + 1, dtype=np.int64)
    blocks = 0
    for b in range(bits):
        top = _find(root, b)
        full = size[top] > LARGEST_TABLE and current[top] >= 0 and filled[current[top]] == BLOCK
        if current[top] < 0 or full:
            current[top] = blocks
            blocks += 1
        block[b] = current[top]
        place[b] = filled[block[b]]
        filled[block[b]] += 1
    return block, place, blocks


@njit(cache=True, nogil=True)
def _project(bits: int, own: int, block: Ints, place: Ints) -> int:
    result = 0
    for b in range(len(block)):
        if block[b] == own and (bits >> b) & 1:
            result |= 1 << place[b]
    return result


@njit(cache=True, nogil=True)
def _fill_table(
    table: Floats, gives: Ints, needs: Ints, share: Floats, goal: int, held: int
) -> None:
    for state in range(len(table) - 1, -1, -1):
        if state & held != held:
            continue
        if state & goal == goal:
            table[state] = 0.0
            continue
        best = np.inf
        for u in range(len(gives)):
            if needs[u] & ~state == 0 and gives[u] & ~state != 0:
                best = min(best, share[u] + table[state | gives[u]])
        table[state] = best


@njit(cache=True, nogil=True)
def build_completion(d: Data, view: View, weight: Floats) -> Completion:
    """Tables for a person's view; `weight` is added to the price of each use (σ's part)."""
    facts = len(view.lacks)
    bit = np.full(facts, -1, dtype=np.int64)
    bits = 0
    goal = 0
    for f in range(facts):
        if view.lacks[f] or view.wants[f]:
            bit[f] = bits
            if view.lacks[f]:
                goal |= 1 << bits
            bits += 1
    gives, needs = _use_bits(d, view, bit)
    block, place, blocks = _blocks(gives, needs, bits)
    held = 0
    for f in range(facts):
        lasts = (view.masks[0, f] >> (view.deadline - 1)) & 3
        if bit[f] >= 0 and not view.lacks[f] and lasts:
            held |= 1 << bit[f]
    uses = len(view.uses)
    earns = np.zeros(uses)
    price = np.zeros(uses)
    touched = np.zeros(uses, dtype=np.int64)
    spare = 0.0
    for u in range(uses):
        price[u] = max(0.0, view.least[u] + weight[u])
        earns[u] = min(0.0, view.least[u] + weight[u])
        spare += earns[u]
    filled = np.zeros(blocks + 1, dtype=np.int64)
    for b in range(bits):
        filled[block[b]] += 1
    table_start = np.zeros(blocks + 1, dtype=np.int64)
    for own in range(blocks):
        table_start[own + 1] = table_start[own] + (1 << filled[own])
        for u in range(uses):
            touched[u] += _project(gives[u], own, block, place) != 0
    table = np.full(table_start[blocks], np.inf)
    for own in range(blocks):
        own_gives = np.zeros(uses, dtype=np.int64)
        own_needs = np.zeros(uses, dtype=np.int64)
        share = np.zeros(uses)
        number = 0
        for u in range(uses):
            projected = _project(gives[u], own, block, place)
            if projected:
                own_gives[number] = projected
                own_needs[number] = _project(needs[u], own, block, place)
                share[number] = price[u] / touched[u]
                number += 1
        _fill_table(
            table[table_start[own] : table_start[own + 1]],
            own_gives[:number], own_needs[:number], share[:number],
            _project(goal, own, block, place), _project(held, own, block, place),
        )  # fmt: skip
    return Completion(bit, block, place, table_start, table, earns, spare)


@njit(cache=True, nogil=True)
def completion_bound(completion: Completion, bits: int) -> float:
    """The least price of what is missing when the facts in `bits` are held."""
    total = 0.0
    for own in range(len(completion.table_start) - 1):
        start = completion.table_start[own]
        if completion.table_start[own + 1] > start:
            state = _project(bits, own, completion.block, completion.place)
            total += completion.table[start + state]
    return total
