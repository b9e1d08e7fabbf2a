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
USUAL = 0.4
"""Chance of a usual pathway: where slope > 0, φ is so much of the highest."""


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
        steepest = highest = 0.0
        while last < len(jobs):
            k = jobs[last]
            other = slot[k]
            if place[other] != place[s] or role[other] != role[s] or deadline[other] != deadline[s]:
                break
            steepest, highest = min(steepest, slope[k]), max(highest, slope[k])
            last += 1
        tables = _tables(d, prices, role[s], place[s], deadline[s], steepest, highest)
        _screen_alike(
            d, tables, jobs[first:last], aims.person, prices.earned_person, base, slope, threshold,
            bound,
        )  # fmt: skip
        first = last


class Tables(NamedTuple):
    """What anyone's learning costs at least, with φ times its weight: `low` and `high` for slopes
    < 0, `less` for others, where −φ counts. `factors`: φ, and `earned`: what negative prices earn
    beyond the tables, of each; `alone`: without weights. `competency` and `level` are those of the
    facts whose `bit` the tables go by; `none`: no block has to wait."""

    deadline: int
    blocks: Blocks
    needs: Floats
    factors: tuple[float, float, float]
    low: LeastPrices
    high: LeastPrices
    less: LeastPrices
    earned: tuple[float, float, float]
    alone: float
    bit: Ints
    competency: Ints
    level: Ints
    none: Ints


@njit(cache=True, nogil=True)
def _tables(
    d: Data, prices: Prices, role: int, place: int, deadline: int, steepest: float, highest: float
) -> Tables:
    """The tables of a place, role and deadline, for slopes from the steepest to the highest."""
    anyone = len(d.unit_class) - 1
    masks, world_log = static_masks(d, anyone, role)
    view = view_person(d, prices, -1, anyone, role, place, deadline, masks, world_log)
    blocks = build_blocks(view)
    factors = (-SHARES[0] * steepest, -SHARES[1] * steepest, USUAL * highest)
    low = fill_prices(view, blocks, -factors[0] * view.log_pass)
    high = fill_prices(view, blocks, -factors[1] * view.log_pass)
    less = low
    if highest > 0:
        less = fill_prices(view, blocks, factors[2] * view.log_pass)
    tracked = np.flatnonzero(blocks.bit >= 0)
    fact = d.fact_start[role] + view.fact[tracked]
    return Tables(
        deadline, blocks, least_needs(view, blocks), factors, low, high, less,
        (low.earns[:, 1].sum(), high.earns[:, 1].sum(), less.earns[:, 1].sum()),
        low.alone[:, 1].sum(), blocks.bit[tracked], d.fact_competency[fact], d.fact_level[fact],
        np.zeros(len(low.width), dtype=np.int64),
    )  # fmt: skip


@njit(cache=True, nogil=True)
def _screen_alike(
    d: Data, tables: Tables, jobs: Narrow, person: Narrow, earned: Floats, base: Floats,
    slope: Floats, threshold: Floats, bound: Floats,
) -> None:  # fmt: skip
    """Screen targets of the same tables, by person."""
    turn = np.zeros(len(jobs), dtype=np.int64)
    for n in range(1, len(jobs)):
        turn[n] = turn[n - 1] + (person[jobs[n]] != person[jobs[n - 1]])
    lacking = _lacking(d, tables, person[jobs], turn)
    flat, steep, rise = tables.factors
    for n in range(len(jobs)):
        k = jobs[n]
        low, high, less, least, weight, chance = lacking[turn[n]]
        paid = base[k] + earned[person[k]]
        if slope[k] > 0:
            most = max(weight, np.log(slope[k] * chance / rise))
            value = paid + less + slope[k] * chance * np.exp(-most) + rise * most
        elif slope[k] == 0:
            value = paid + least
        else:
            value = value_bound(
                slope[k], slope[k], flat, np.inf, threshold[k], paid, 0.0, low, least, weight
            )
            if value < threshold[k]:
                value = max(value, value_bound(
                    slope[k], slope[k], steep, np.inf, threshold[k], paid, 0.0, high, least, weight
                ))  # fmt: skip
        bound[k] = max(bound[k], value)


@njit(cache=True, nogil=True)
def _lacking(d: Data, tables: Tables, person: Narrow, turn: Ints) -> Floats:
    """Of each person in turn, what is lacking costs at least: price with the weights of each table,
    price alone, and weight, inf where there is no room for it; and the least chance that
    commitments leave."""
    deadline, blocks, needs, none = tables.deadline, tables.blocks, tables.needs, tables.none
    first_bit, first_row = blocks.first_bit, blocks.first_row
    bit, competency, level = tables.bit, tables.competency, tables.level
    starts = (tables.low.first, tables.high.first, tables.less.first)
    prices = (tables.low.price, tables.high.price, tables.less.price)
    width, earned, alone = tables.low.width, tables.earned, tables.alone
    holding_start, holding, free_lanes = d.holding_start, d.holding, d.free_lanes
    free_hours, risky_start, risky_log_pass = d.free_hours, d.risky_start, d.risky_log_pass
    asked = 3 if tables.factors[2] > 0 else 2
    found = np.zeros((turn[-1] + 1, 6))
    for n in range(len(turn)):
        if n > 0 and turn[n] == turn[n - 1]:
            continue
        who, own = person[n], found[turn[n]]
        bits = _held(holding_start, holding, who, deadline, competency, level, bit)
        lanes, hours, risky = 0.0, 0.0, 0.0
        for t in range(1, deadline):
            lanes += free_lanes[who, t]
            hours += free_hours[who, t]
        for row in range(risky_start[who], risky_start[who + 1]):
            risky += risky_log_pass[row]
        for k in range(asked):
            guided, least, weight = completion_bound(
                first_bit, first_row, needs, starts[k], width, prices[k], bits, 1, none, -1, 0,
                lanes, hours,
            )  # fmt: skip
            own[k], own[3], own[4] = guided + earned[k], least + alone, weight
        own[5] = np.exp(risky)
    return found


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
