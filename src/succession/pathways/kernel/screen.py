"""Screening: lower bounds for many targets of one place and deadline at once (compiled).

Tables are built for *anyone*, who holds nothing, belongs to no unit with limits of its own and has
all the time there is. Looked up at what a person holds, they are below everything that the
person's own tables would say.
"""

from __future__ import annotations

import numpy as np
from numba import njit

from succession.pathways.kernel.arrays import Data, Floats, Ints, Prices
from succession.pathways.kernel.blocks import Blocks, build_blocks
from succession.pathways.kernel.completion import (
    LeastPrices,
    completion_bound,
    fill_prices,
    least_needs,
)
from succession.pathways.kernel.guide import value_bound
from succession.pathways.kernel.starts import linked_place
from succession.pathways.kernel.view import View, static_masks, view_person

__all__ = ["screen_targets"]

SHARES = (0.9, 0.65)
"""φ as shares of the greatest slope: chords for chances of 0.8 and of 0.4 and more."""
USUAL = 0.4
"""Chance of a usual pathway: where slope > 0, φ is so much of the highest."""


@njit(cache=True, nogil=True)
def screen_targets(
    d: Data, prices: Prices, jobs: Ints, person: Ints, role: Ints, place: Ints, deadline: Ints,
    base: Floats, slope: Floats, threshold: Floats, bound: Floats,
) -> None:  # fmt: skip
    """Raise `bound` (target) to a lower bound on the reduced costs of the target's pathways, for
    the targets `jobs`; those of one place, role and deadline stand together."""
    first = 0
    while first < len(jobs):
        j = jobs[first]
        last, steepest, highest = _run(jobs, first, role, place, deadline, slope)
        view = _anyone(d, prices, role[j], linked_place(prices, place[j]), deadline[j])
        blocks = build_blocks(view)
        needs = least_needs(view, blocks)
        one = fill_prices(view, blocks, SHARES[0] * steepest * view.log_pass)
        other = fill_prices(view, blocks, SHARES[1] * steepest * view.log_pass)
        saving = one
        if highest > 0:
            saving = fill_prices(view, blocks, USUAL * highest * view.log_pass)
        none = np.zeros(len(one.width), dtype=np.int64)
        for k in jobs[first:last]:
            own = prices.earned_person[person[k]]
            bits, lanes, hours, risky = _state(d, view, blocks, person[k], role[k])
            if slope[k] > 0:
                least = _least_kept(
                    blocks, needs, saving, bits, lanes, hours, slope[k] * np.exp(risky),
                    USUAL * highest,
                )  # fmt: skip
                bound[k] = max(bound[k], base[k] + own + least)
                continue
            for share, table in ((SHARES[0], one), (SHARES[1], other)):
                guided, least, weight = completion_bound(
                    blocks.first_bit, blocks.first_row, needs, table.first, table.width,
                    table.price, bits, 1, none, -1, 0, lanes, hours,
                )  # fmt: skip
                least += table.alone[:, 1].sum()
                if slope[k] < 0:
                    value = value_bound(
                        slope[k], slope[k], -share * steepest, np.inf, threshold[k],
                        base[k] + own, 0.0, guided + table.earns[:, 1].sum(), least, weight,
                    )  # fmt: skip
                else:
                    value = base[k] + own + least
                bound[k] = max(bound[k], value)
        first = last


@njit(cache=True, nogil=True)
def _run(
    jobs: Ints, first: int, role: Ints, place: Ints, deadline: Ints, slope: Floats
) -> tuple[int, float, float]:
    """(end of the run of jobs of one place, role and deadline; its least slope, if < 0, and its
    greatest, if > 0)."""
    j, last = jobs[first], first
    steepest = highest = 0.0
    while last < len(jobs):
        k = jobs[last]
        if place[k] != place[j] or role[k] != role[j] or deadline[k] != deadline[j]:
            break
        steepest, highest = min(steepest, slope[k]), max(highest, slope[k])
        last += 1
    return last, steepest, highest


@njit(cache=True, nogil=True)
def _least_kept(
    blocks: Blocks, needs: Floats, table: LeastPrices, bits: int, lanes: float, hours: float,
    slope: float, factor: float,
) -> float:  # fmt: skip
    """The least of prices and slope · exp(−W) for slope > 0: the `table` holds prices − factor · W,
    to which the least of slope · exp(−W) + factor · W comes."""
    none = np.zeros(len(table.width), dtype=np.int64)
    guided, _, weight = completion_bound(
        blocks.first_bit, blocks.first_row, needs, table.first, table.width, table.price, bits, 1,
        none, -1, 0, lanes, hours,
    )  # fmt: skip
    if guided == np.inf:
        return np.inf
    least = max(weight, np.log(slope / factor))
    guided += table.earns[:, 1].sum()
    return float(guided + slope * np.exp(-least) + factor * least)


@njit(cache=True, nogil=True)
def _anyone(d: Data, prices: Prices, role: int, place: int, deadline: int) -> View:
    """The view of the person behind the last, who holds nothing."""
    masks, world_log = static_masks(d, len(d.unit_class) - 1, role)
    return view_person(d, prices, len(d.unit_class) - 1, role, place, deadline, masks, world_log)


@njit(cache=True, nogil=True)
def _state(
    d: Data, view: View, blocks: Blocks, person: int, role: int
) -> tuple[int, float, float, float]:
    """(bits of facts held at any time up to the deadline, lane periods and hours left before, log
    of the chance that no commitment fails)."""
    masks, world_log = static_masks(d, person, role)
    sometime = (1 << (view.deadline + 1)) - 2
    bits, lanes, hours = 0, 0.0, 0.0
    for f in range(len(view.fact)):
        if blocks.bit[f] >= 0 and masks[0, view.fact[f]] & sometime:
            bits |= 1 << blocks.bit[f]
    for t in range(1, view.deadline):
        lanes += d.free_lanes[person, t]
        hours += d.free_hours[person, t]
    return bits, lanes, hours, world_log.sum()
