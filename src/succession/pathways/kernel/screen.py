"""Screening: lower bounds for many targets of one place and deadline at once (compiled).

Tables are built for *anyone*, who holds nothing, belongs to no unit with limits of its own and has
all the time there is. Looked up at what a person holds, they are below everything that the
person's own tables would say.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from succession.pathways.kernel.arrays import Aims, Data, Floats, Ints, Narrow, Prices
from succession.pathways.kernel.blocks import Blocks, build_blocks
from succession.pathways.kernel.completion import (
    LeastPrices,
    completion_bound,
    fill_prices,
    least_needs,
)
from succession.pathways.kernel.guide import value_bound
from succession.pathways.kernel.view import static_masks, view_person

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
        tables = _tables(d, prices, role[s], place[s], deadline[s], steepest)
        _screen_alike(
            d, tables, jobs[first:last], steepest, aims.person, prices.earned_person, base, slope,
            threshold, bound,
        )  # fmt: skip
        first = last


class Tables(NamedTuple):
    """What anyone's learning costs at least: with `one` share of the steepest slope on the
    weights, with the `other`; `*_earned` is what the tables leave out. `competency` and `level`
    of the facts whose `bit` they go by."""

    deadline: int
    blocks: Blocks
    needs: Floats
    one: LeastPrices
    other: LeastPrices
    one_earned: float
    other_earned: float
    alone_earned: float
    bit: Ints
    competency: Ints
    level: Ints


@njit(cache=True, nogil=True)
def _tables(
    d: Data, prices: Prices, role: int, place: int, deadline: int, steepest: float
) -> Tables:
    """The tables of a place, role and deadline, for slopes down to `steepest`."""
    anyone = len(d.unit_class) - 1
    masks, world_log = static_masks(d, anyone, role)
    view = view_person(d, prices, anyone, role, place, deadline, masks, world_log)
    blocks = build_blocks(view)
    one = fill_prices(view, blocks, SHARES[0] * steepest * view.log_pass)
    other = fill_prices(view, blocks, SHARES[1] * steepest * view.log_pass)
    tracked = np.flatnonzero(blocks.bit >= 0)
    fact = d.fact_start[role] + view.fact[tracked]
    return Tables(
        deadline, blocks, least_needs(view, blocks), one, other, one.earns[:, 1].sum(),
        other.earns[:, 1].sum(), one.alone[:, 1].sum(), blocks.bit[tracked],
        d.fact_competency[fact], d.fact_level[fact],
    )  # fmt: skip


@njit(cache=True, nogil=True)
def _screen_alike(
    d: Data, tables: Tables, jobs: Narrow, steepest: float, person: Narrow, earned: Floats,
    base: Floats, slope: Floats, threshold: Floats, bound: Floats,
) -> None:  # fmt: skip
    """Screen targets of the same tables, by person."""
    one, other, needs, deadline = tables.one, tables.other, tables.needs, tables.deadline
    none = np.zeros(len(one.width), dtype=np.int64)
    bit, competency, level = tables.bit, tables.competency, tables.level
    holding_start, holding = d.holding_start, d.holding
    free_lanes, free_hours = d.free_lanes, d.free_hours
    first_bit, first_row = tables.blocks.first_bit, tables.blocks.first_row
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
            low, high = low + tables.one_earned, high + tables.other_earned
            least += tables.alone_earned
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
