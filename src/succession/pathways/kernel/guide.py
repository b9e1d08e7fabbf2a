"""One target's objective and lower bounds on what its pathways are worth (compiled).

value = base + Σ prices + slope · exp(Σ log pass): not additive in the pass rates. With slope < 0
let W be the weight (−Σ log pass) still to come and A = −slope · chance so far. What is missing
has a price of at least T(φ) − φ W, where T(φ) is the least price with φ times the weight. The
value's bound T(φ) − φ W − A exp(−W) is concave in W, and so least at an end of the range of W: the
least weight there is, and the greatest one that a pathway below the threshold can afford. φ is the
slope of the chord over that range at the root. With slope > 0 the tangent at the least chance does.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from succession.pathways.kernel.arrays import Bools, Floats, Ints
from succession.pathways.kernel.blocks import Blocks, build_blocks, held_bits
from succession.pathways.kernel.completion import (
    PRICE,
    WEIGHT,
    LeastPrices,
    completion_bound,
    fill_prices,
    least_needs,
    most_starts,
)
from succession.pathways.kernel.view import View

__all__ = [
    "Guide", "build_guide", "final_log_chance", "is_ready", "root_bound", "still_earned",
    "value_bound",
]  # fmt: skip

USUAL = 1.0
"""Weight of a pathway beyond the least: where slope > 0, the tangent touches there."""


class Guide(NamedTuple):
    """`factor`: φ, or the tangent's slope where slope > 0, whose value at chance 1 is `line`.
    `most_weight`: no legal pathway has more. `earning` (use): leaving out a start of it, could it
    be left out, might cost something."""

    base: float
    slope: float
    line: float
    factor: float
    least_chance: float
    most_weight: float
    earning: Bools
    blocks: Blocks
    needs: Floats
    prices: LeastPrices


@njit(cache=True, nogil=True)
def is_ready(lacks: Bools, masks: Ints, deadline: int) -> bool:
    """Whether nothing is lacking at the deadline."""
    ready = True
    for f in range(len(lacks)):
        ready = ready and (not lacks[f] or (masks[0, f] >> deadline) & 1 == 1)
    return ready


@njit(cache=True, nogil=True)
def final_log_chance(
    required: Bools, world_log: Floats, masks: Ints, deadline: int, flags: int, log_chance: float
) -> float:
    """log σ at the target: the activities' and the risky commitments' that are needed."""
    for world in range(1, masks.shape[0]):
        needed = (flags >> world) & 1 == 1
        for f in range(masks.shape[1]):
            if required[f] and not (masks[world, f] >> deadline) & 1:
                needed = True
        if needed:
            log_chance += world_log[world]
    return log_chance


@njit(cache=True, nogil=True)
def still_earned(
    outcome_start: Ints, outcome_fact: Ints, length: Ints, lacks: Bools, wants: Bools,
    earns: Floats, taken: Bools, masks: Ints, now: int, last: int, deadline: int,
) -> float:  # fmt: skip
    """What negative prices can still earn: of uses not taken that can still give a missing fact,
    those up to `last` from the period after `now` on."""
    total = 0.0
    for u in range(len(earns)):
        first = now if u > last else now + 1
        if earns[u, first] == 0.0 or taken[u] or first + length[u] > deadline:
            continue
        before = (1 << deadline) - (1 << (first + length[u]))
        for k in range(outcome_start[u], outcome_start[u + 1]):
            mask = masks[0, outcome_fact[k]]
            late = lacks[outcome_fact[k]] and not (mask >> deadline) & 1
            if late or (wants[outcome_fact[k]] and before & ~mask):
                total += earns[u, first]
                break
    return total


@njit(cache=True, nogil=True)
def _least_log_chance(view: View) -> float:
    """The least Σ log pass of a legal pathway."""
    total = 0.0
    left = view.log_pass.copy()
    for _ in range(min(most_starts(view), len(left))):
        least = 0
        for u in range(len(left)):
            if left[u] < left[least]:
                least = u
        total += left[least]
        left[least] = 0.0
    return total


@njit(cache=True, nogil=True)
def value_bound(
    slope: float, line: float, factor: float, most_weight: float, threshold: float, paid: float,
    log_chance: float, guided: float, least: float, weight: float,
) -> float:  # fmt: skip
    """A lower bound on values, or the threshold where all are above it. `paid`: base and prices so
    far; the last three as of `completion_bound`, with what may still be earned."""
    if guided == np.inf:
        return np.inf
    if slope >= 0:
        return float(paid + line + factor * log_chance + guided)
    scale = -slope * np.exp(log_chance)
    surest = paid + least - scale * np.exp(-weight)
    if surest >= threshold:
        return float(surest)
    most = max(weight, _affordable(scale, most_weight + log_chance, paid + least - threshold))
    ends = min(-scale * np.exp(-weight) - factor * weight, -scale * np.exp(-most) - factor * most)
    return float(max(surest, min(threshold, paid + guided + ends)))


@njit(cache=True, nogil=True)
def _affordable(scale: float, most: float, over: float) -> float:
    """The greatest weight up to `most` at which scale · exp(−weight) makes up for `over`."""
    return float(min(most, -np.log(over / scale))) if over > 0 else most


@njit(cache=True, nogil=True)
def build_guide(view: View, base: float, slope: float, threshold: float) -> Guide:
    """The objective of a target as the search needs it, for pathways below the threshold."""
    risky = 0.0
    for world in range(len(view.world_log)):
        risky += view.world_log[world]
    least_log = _least_log_chance(view)
    least_chance = np.exp(least_log + risky)
    blocks = build_blocks(view)
    needs = least_needs(view, blocks)
    line, factor = slope, 0.0
    if slope < 0 and least_log < 0:
        factor = _chord(view, blocks, needs, base, slope, threshold, -least_log)
    elif slope > 0:
        touch = max(least_log, -_least_at_root(view, blocks, needs)[1] - USUAL)
        factor = slope * np.exp(touch)
        line = factor * (1.0 - touch + risky)
    weight = np.empty(len(view.activity))
    earning = np.zeros(len(view.activity), dtype=np.bool_)
    for u in range(len(weight)):
        weight[u] = abs(factor * view.log_pass[u]) if slope < 0 else factor * view.log_pass[u]
        earning[u] = view.least[u] < max(0.0, slope) * (1.0 - np.exp(view.log_pass[u]))
    prices = fill_prices(view, blocks, weight)
    return Guide(
        base, slope, line, factor, least_chance, -least_log, earning, blocks, needs, prices
    )


@njit(cache=True, nogil=True)
def _least_at_root(view: View, blocks: Blocks, needs: Floats) -> tuple[float, float]:
    """(price, weight) of what is missing, at least, before any start."""
    bits = held_bits(view.masks, blocks.bit, view.lacks, view.deadline, 1)
    price = weight = 0.0
    for b in range(len(blocks.first_bit) - 1):
        row = blocks.first_row[b]
        row += (bits >> blocks.first_bit[b]) & (blocks.first_row[b + 1] - row - 1)
        price += needs[row, PRICE]
        weight += needs[row, WEIGHT]
    return price, weight


@njit(cache=True, nogil=True)
def _chord(
    view: View, blocks: Blocks, needs: Floats, base: float, slope: float, threshold: float,
    most: float,
) -> float:  # fmt: skip
    """φ: the slope of −slope · exp(−W) between the ends of the range of W, at the root."""
    price, low = _least_at_root(view, blocks, needs)
    paid = base + price
    if not paid < np.inf:
        return 0.0
    high = _affordable(-slope, most, paid - threshold)
    if high < low + 1e-6:
        return float(-slope * np.exp(-low))
    return float(-slope * (np.exp(-low) - np.exp(-high)) / (high - low))


@njit(cache=True, nogil=True)
def root_bound(view: View, guide: Guide, threshold: float) -> float:
    """A lower bound on the values of a target's pathways; its value where nothing is lacking."""
    blocks, prices, deadline = guide.blocks, guide.prices, view.deadline
    if is_ready(view.lacks, view.masks, deadline):
        log_chance = final_log_chance(view.required, view.world_log, view.masks, deadline, 0, 0.0)
        return float(guide.base + guide.slope * np.exp(log_chance))
    lanes_left = hours_left = 0.0
    for t in range(1, deadline):
        lanes_left += view.free_lanes[t]
        hours_left += view.free_hours[t]
    bits = held_bits(view.masks, blocks.bit, view.lacks, deadline, 1)
    guided, least, weight = completion_bound(
        blocks.first_bit, blocks.first_row, guide.needs, prices.first, prices.width, prices.price,
        bits, 1, np.zeros(len(prices.width), dtype=np.int64), -1, 0, lanes_left, hours_left,
    )  # fmt: skip
    none = np.zeros(len(view.length), dtype=np.bool_)
    guided += still_earned(
        view.outcome_start, view.outcome_fact, view.length, view.lacks, view.wants, prices.earns,
        none, view.masks, 1, -1, deadline,
    )  # fmt: skip
    least += still_earned(
        view.outcome_start, view.outcome_fact, view.length, view.lacks, view.wants, prices.alone,
        none, view.masks, 1, -1, deadline,
    )  # fmt: skip
    return value_bound(
        guide.slope, guide.line, guide.factor, guide.most_weight, threshold, guide.base, 0.0,
        guided, least, weight,
    )  # fmt: skip
