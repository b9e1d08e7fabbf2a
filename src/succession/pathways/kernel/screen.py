"""Screening: lower bounds for many targets of one place and deadline at once (compiled).

Tables are built for *anyone*, who holds nothing, belongs to no unit with limits of its own and has
all the time there is. Looked up at what a person holds, they are below everything that the
person's own tables would say.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from succession.pathways.kernel.arrays import Aims, Data, Floats, Ints, Narrow, Prices
from succession.pathways.kernel.blocks import build_blocks
from succession.pathways.kernel.completion import (
    completion_bound,
    fill_prices,
    least_needs,
)
from succession.pathways.kernel.guide import value_bound
from succession.pathways.kernel.view import View, static_masks, view_person

__all__ = ["screen_targets"]

SHARES = (0.9, 0.65)
"""φ as shares of the greatest slope: chords for chances of 0.8 and of 0.4 and more."""


@njit(cache=True, nogil=True)
def screen_targets(
    d: Data, prices: Prices, aims: Aims, place: Ints, jobs: Narrow, base: Floats, slope: Floats,
    threshold: Floats, bound: Floats,
) -> None:  # fmt: skip
    """Raise `bound` (target) to a lower bound on the reduced costs of the target's pathways, for
    the targets `jobs`; those of one `place` with links (slot; −1: without), role and deadline
    stand together, by person."""
    slot, role, deadline = aims.slot, aims.role, aims.deadline
    first = 0
    while first < len(jobs):
        s, last = slot[jobs[first]], first
        steepest = 0.0
        while last < len(jobs):
            k = jobs[last]
            other = slot[k]
            if place[other] != place[s] or role[other] != role[s] or deadline[other] != deadline[s]:
                break
            steepest = min(steepest, slope[k])
            last += 1
        view = _anyone(d, prices, role[s], place[s], deadline[s])
        _screen_alike(
            d, view, jobs[first:last], steepest, aims.person, prices.earned_person,
            d.fact_start[role[s]], base, slope, threshold, bound,
        )  # fmt: skip
        first = last


@njit(cache=True, nogil=True)
def _anyone(d: Data, prices: Prices, role: int, place: int, deadline: int) -> View:
    """The view of the person behind the last, who holds nothing."""
    masks, world_log = static_masks(d, len(d.unit_class) - 1, role)
    return view_person(d, prices, len(d.unit_class) - 1, role, place, deadline, masks, world_log)


@njit(cache=True, nogil=True)
def _screen_alike(
    d: Data, view: View, jobs: Narrow, steepest: float, person: Narrow, earned: Floats,
    first_fact: int, base: Floats, slope: Floats, threshold: Floats, bound: Floats,
) -> None:  # fmt: skip
    """Screen targets of one view, by person, whose slopes are at least `steepest`."""
    blocks = build_blocks(view)
    needs = least_needs(view, blocks)
    one = fill_prices(view, blocks, SHARES[0] * steepest * view.log_pass)
    other = fill_prices(view, blocks, SHARES[1] * steepest * view.log_pass)
    none = np.zeros(len(one.width), dtype=np.int64)
    alone, one_earns, other_earns = 0.0, 0.0, 0.0
    for u in range(len(view.activity)):
        alone += one.alone[u, 1]
        one_earns += one.earns[u, 1]
        other_earns += other.earns[u, 1]
    tracked = np.flatnonzero(blocks.bit >= 0)
    bit = blocks.bit[tracked]
    competency = d.fact_competency[first_fact + view.fact[tracked]]
    level = d.fact_level[first_fact + view.fact[tracked]]
    holding_start, holding = d.holding_start, d.holding
    free_lanes, free_hours, deadline = d.free_lanes, d.free_hours, view.deadline
    first_bit, first_row = blocks.first_bit, blocks.first_row
    who, own, low, high, least, weight = -1, 0.0, 0.0, 0.0, 0.0, 0.0
    for k in jobs:
        if person[k] != who:
            who, lanes, hours = person[k], 0.0, 0.0
            own = earned[who]
            bits = _held(holding_start, holding, who, deadline, competency, level, bit)
            for t in range(1, deadline):
                lanes += free_lanes[who, t]
                hours += free_hours[who, t]
            low, least, weight = completion_bound(
                first_bit, first_row, needs, one.first, one.width, one.price, bits, 1, none, -1,
                0, lanes, hours,
            )  # fmt: skip
            high, _, _ = completion_bound(
                first_bit, first_row, needs, other.first, other.width, other.price, bits, 1, none,
                -1, 0, lanes, hours,
            )  # fmt: skip
            low, high, least = low + one_earns, high + other_earns, least + alone
        if slope[k] >= 0:
            bound[k] = max(bound[k], base[k] + own + least)
            continue
        value = value_bound(
            slope[k], slope[k], -SHARES[0] * steepest, np.inf, threshold[k], base[k] + own, 0.0,
            low, least, weight,
        )  # fmt: skip
        if value < threshold[k]:
            value = max(value, value_bound(
                slope[k], slope[k], -SHARES[1] * steepest, np.inf, threshold[k], base[k] + own,
                0.0, high, least, weight,
            ))  # fmt: skip
        bound[k] = max(bound[k], value)


@njit(cache=True, nogil=True)
def _held(
    start: Ints, holding: Ints, person: int, deadline: int, competency: Ints, level: Ints,
    bit: Ints,
) -> int:  # fmt: skip
    """Bits of the facts that a person holds at any time up to the deadline."""
    bits = 0
    for row in range(start[person], start[person + 1]):
        if holding[row, 2] > deadline:
            continue
        for f in range(len(bit)):
            if competency[f] == holding[row, 0] and level[f] <= holding[row, 1]:
                bits |= 1 << bit[f]
    return bits
