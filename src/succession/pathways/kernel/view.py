"""What one person lacks for one role by one deadline, and which starts can help (compiled)."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from succession.pathways.kernel.arrays import Bools, Data, Floats, Ints, Prices
from succession.pathways.kernel.starts import (
    add_extra,
    add_halves,
    footprint_of,
    is_committed,
    price_starts,
    purses_of,
    target_halves,
)

__all__ = ["View", "static_masks", "view_person"]


class View(NamedTuple):
    """A person's problem, cut down to the facts and activities that matter.

    `masks` (world, fact): world 0 is the truth, world w the person without their w-th risky
    commitment, whose log pass rate is `world_log[w]`. `fact`: its number in the role's graph.
    `lacks`: required and missing at the deadline; `wants`: missing in some period before it and
    asked for by a use. A *use* is an activity that can help: `price` and `footprint` by (use,
    period), `toll` by (activity, period); its outcomes and prerequisites are the slices of
    `outcome_*` and `prerequisite_*`. Who spends `cover_least` or more of purse `cover_purse` pays
    `cover_price`; `spends` (purse, use, period): what a start spends of it. `away` (use): whether
    it counts among as many as `free_away` (period) at once, where the unit has fewer places away
    than the person has lanes. `half_odd` (use, period), `half_first`: bits of the zero-half cuts in
    which a start, or the target, weighs an odd number; every second one pays `half_price` (bit).
    """

    deadline: int
    masks: Ints
    world_log: Floats
    fact: Ints
    lacks: Bools
    wants: Bools
    required: Bools
    activity: Ints
    length: Ints
    hours: Floats
    log_pass: Floats
    fills_class: Bools
    price: Floats
    footprint: Ints
    toll: Floats
    least: Floats
    outcome_start: Ints
    outcome_fact: Ints
    outcome_valid: Ints
    prerequisite_start: Ints
    prerequisite_fact: Ints
    free_hours: Floats
    free_lanes: Ints
    cover_purse: Ints
    cover_least: Floats
    cover_price: Floats
    spends: Floats
    away: Bools
    free_away: Ints
    half_price: Floats
    half_odd: Ints
    half_first: int


@njit(cache=True, nogil=True)
def static_masks(d: Data, person: int, role: int) -> tuple[Ints, Floats]:
    """Periods in which each fact is held without new learning, by world; (world, fact)."""
    first_fact = d.fact_start[role]
    facts = d.fact_start[role + 1] - first_fact
    risky = d.risky_start[person + 1] - d.risky_start[person]
    masks = np.zeros((risky + 1, facts), dtype=np.int64)
    for row in range(d.holding_start[person], d.holding_start[person + 1]):
        bits = (1 << (d.holding[row, 3] + 1)) - (1 << d.holding[row, 2])
        for f in range(facts):
            if d.fact_competency[first_fact + f] != d.holding[row, 0]:
                continue
            if d.fact_level[first_fact + f] > d.holding[row, 1]:
                continue
            for world in range(risky + 1):
                if world == 0 or world != d.holding[row, 4]:
                    masks[world, f] |= bits
    world_log = np.zeros(risky + 1)
    worlds = 1
    for world in range(1, risky + 1):
        differs = False
        for f in range(facts):
            differs = differs or masks[world, f] != masks[0, f]
        if differs:
            for f in range(facts):
                masks[worlds, f] = masks[world, f]
            world_log[worlds] = d.risky_log_pass[d.risky_start[person] + world - 1]
            worlds += 1
    return masks[:worlds], world_log[:worlds]


@njit(cache=True, nogil=True)
def _gives(outcome_start: Ints, outcome_fact: Ints, use: int, lacks: Bools, wants: Bools) -> bool:
    """Whether a use gives anything that is lacking or wanted."""
    for k in range(outcome_start[use], outcome_start[use + 1]):
        if lacks[outcome_fact[k]] or wants[outcome_fact[k]]:
            return True
    return False


@njit(cache=True, nogil=True)
def _helps(
    outcome_start: Ints, outcome_fact: Ints, outcome_valid: Ints, length: int, use: int,
    price: Floats, deadline: int, lacks: Bools, wants: Bools,
) -> bool:  # fmt: skip
    """Whether a use gives something wanted, or something lacking that lasts to the deadline."""
    for k in range(outcome_start[use], outcome_start[use + 1]):
        fact, valid = outcome_fact[k], outcome_valid[k]
        if wants[fact]:
            return True
        if not lacks[fact]:
            continue
        for start in range(1, deadline):
            lasts = valid == 0 or start + length + valid - 1 >= deadline
            if price[start] < np.inf and lasts:
                return True
    return False


@njit(cache=True, nogil=True)
def view_person(
    d: Data, prices: Prices, target: int, person: int, role: int, place: int, deadline: int,
    masks: Ints, world_log: Floats,
) -> View:  # fmt: skip
    """Backward closure from what the person lacks at the deadline, then cut down to it.

    `place`: the opening whose links count in the prices, −1: none's. `target` −1: anyone's."""
    first_fact, first_use = d.fact_start[role], d.use_start[role]
    facts = d.fact_start[role + 1] - first_fact
    count = d.use_start[role + 1] - first_use
    lacks = np.zeros(facts, dtype=np.bool_)
    wants = np.zeros(facts, dtype=np.bool_)
    chosen = np.zeros(count, dtype=np.bool_)
    changed = False
    for f in range(facts):
        if d.fact_required[first_fact + f] and not (masks[0, f] >> deadline) & 1:
            lacks[f] = True
            changed = True
    price = np.empty((count if changed else 0, d.horizon + 2))
    least = np.full(count, np.nan)
    unit, own, theirs = d.unit_class[person], prices.extra_start, prices.place_extra_start
    linked = own[person] < own[person + 1], place >= 0 and theirs[place] < theirs[place + 1]
    out_start, out_fact, out_valid = d.outcome_start, d.outcome_fact, d.outcome_valid
    use_activity, duration = d.use_activity, d.duration
    common, away, away_room = prices.price, prices.away[unit], d.away_room[unit]
    money, most, pool, cost = prices.money[unit], d.most[unit], d.pool, d.cost
    free_lanes, free_hours = d.free_lanes[person], d.free_hours[person]
    hours, is_away = d.hours, d.away
    first, last = max(1, d.available_from[person]), min(deadline, d.available_to[person] + 1)
    before = (1 << deadline) - 2
    halves, none = prices.halves, np.zeros(0, dtype=np.int64)
    while changed:
        changed = False
        for u in range(count):
            use = first_use + u
            if chosen[u] or least[u] == np.inf:
                continue
            if not _gives(out_start, out_fact, use, lacks, wants):
                continue
            a = use_activity[use]
            if np.isnan(least[u]):
                least[u] = price_starts(
                    common[a], away, away_room, money[pool[a]], most[pool[a]], free_lanes,
                    free_hours, duration[a], hours[a], cost[a], is_away[a], first,
                    last - duration[a], price[u],
                )  # fmt: skip
                if linked[0]:
                    least[u] = add_extra(
                        own, prices.extra_activity, prices.extra_period, prices.extra, person, a,
                        price[u],
                    )  # fmt: skip
                if linked[1]:
                    least[u] = add_extra(
                        theirs, prices.place_extra_activity, prices.place_extra_period,
                        prices.place_extra, place, a, price[u],
                    )  # fmt: skip
                if len(halves.price):
                    least[u] = add_halves(halves, a, person, place, unit, none, price[u], none)
                if is_committed(d, person, a):
                    least[u] = np.inf
            if least[u] == np.inf or not _helps(
                out_start, out_fact, out_valid, duration[a], use, price[u], deadline, lacks, wants
            ):
                continue
            chosen[u] = True
            changed = True
            for k in range(d.prerequisite_start[use], d.prerequisite_start[use + 1]):
                fact = d.prerequisite_fact[k]
                if masks[0, fact] & before != before:
                    wants[fact] = True
    return _cut_down(
        d, prices, target, person, role, place, deadline, masks, world_log, lacks, wants, chosen,
        price, least,
    )  # fmt: skip


@njit(cache=True, nogil=True)
def _cut_down(
    d: Data, prices: Prices, target: int, person: int, role: int, place: int, deadline: int,
    masks: Ints, world_log: Floats, lacks: Bools, wants: Bools, chosen: Bools, price: Floats,
    least: Floats,
) -> View:  # fmt: skip
    """Only facts that are missing or hang on a risky commitment, and only chosen uses."""
    first_fact, first_use = d.fact_start[role], d.use_start[role]
    worlds, unit = masks.shape[0], d.unit_class[person]
    number = np.full(len(lacks), -1, dtype=np.int64)
    kept = 0
    for f in range(len(lacks)):
        matters = lacks[f] or wants[f]
        for world in range(1, worlds):
            matters = matters or masks[world, f] != masks[0, f]
        if matters:
            number[f] = kept
            kept += 1
    uses = outcomes = prerequisites = 0
    for u in range(len(chosen)):
        if chosen[u]:
            use = first_use + u
            uses += 1
            outcomes += d.outcome_start[use + 1] - d.outcome_start[use]
            prerequisites += d.prerequisite_start[use + 1] - d.prerequisite_start[use]
    periods = d.horizon + 2
    cover_purse, purses = purses_of(prices, person)
    halves, half_odd = prices.halves, np.zeros((uses, periods), dtype=np.int64)
    bit = np.full(len(halves.price) + 1, -1, dtype=np.int64)
    bit[-1] = 0
    for k, activity in enumerate(d.use_activity[first_use + np.flatnonzero(chosen)]):
        add_halves(halves, activity, person, place, unit, bit, np.zeros(periods), half_odd[k])
    half_price, half_first = target_halves(halves, bit, target)
    v = View(
        deadline, np.zeros((worlds, kept), dtype=np.int64), world_log,
        np.zeros(kept, dtype=np.int64),
        np.zeros(kept, dtype=np.bool_), np.zeros(kept, dtype=np.bool_),
        np.zeros(kept, dtype=np.bool_), np.zeros(uses, dtype=np.int64),
        np.zeros(uses, dtype=np.int64), np.zeros(uses), np.zeros(uses),
        np.zeros(uses, dtype=np.bool_),
        np.zeros((uses, periods)), np.zeros((uses, periods), dtype=np.int64), prices.toll,
        np.zeros(uses), np.zeros(uses + 1, dtype=np.int64), np.zeros(outcomes, dtype=np.int64),
        np.zeros(outcomes, dtype=np.int64), np.zeros(uses + 1, dtype=np.int64),
        np.zeros(prerequisites, dtype=np.int64), np.zeros(periods),
        np.zeros(periods, dtype=np.int64), cover_purse,
        prices.cover_least[prices.cover_start[person] : prices.cover_start[person + 1]],
        prices.cover_price[prices.cover_start[person] : prices.cover_start[person + 1]],
        np.zeros((len(purses), uses, periods)), np.zeros(uses, dtype=np.bool_), d.away_room[unit],
        half_price, half_odd, half_first,
    )  # fmt: skip
    scarce = False
    for t in range(periods):
        v.free_hours[t] = d.free_hours[person, t]
        v.free_lanes[t] = d.free_lanes[person, t]
        scarce = scarce or d.away_room[unit, t] < d.free_lanes[person, t]
    for f in range(len(lacks)):
        if number[f] >= 0:
            v.fact[number[f]] = f
            v.lacks[number[f]], v.wants[number[f]] = lacks[f], wants[f]
            v.required[number[f]] = d.fact_required[first_fact + f] != 0
            for world in range(worlds):
                v.masks[world, number[f]] = masks[world, f]
    n = outcomes = prerequisites = 0
    for u in range(len(chosen)):
        if not chosen[u]:
            continue
        use = first_use + u
        activity = d.use_activity[use]
        v.activity[n], v.length[n] = activity, d.duration[activity]
        v.hours[n], v.log_pass[n], v.least[n] = d.hours[activity], d.log_pass[activity], least[u]
        v.fills_class[n] = d.fills_class[activity]
        v.away[n] = scarce and d.away[activity]
        for t in range(periods):
            v.price[n, t] = price[u, t]
            if len(prices.footprint):
                v.footprint[n, t] = footprint_of(d, prices, unit, activity, t)
        for k in range(len(purses)):
            purse = d.purses[purses[k]]
            if d.pool[activity] == purse[1]:
                v.spends[k, n, purse[2] : purse[3] + 1] = d.cost[activity]
        for k in range(d.outcome_start[use], d.outcome_start[use + 1]):
            if number[d.outcome_fact[k]] >= 0:
                v.outcome_fact[outcomes] = number[d.outcome_fact[k]]
                v.outcome_valid[outcomes] = d.outcome_valid[k]
                outcomes += 1
        for k in range(d.prerequisite_start[use], d.prerequisite_start[use + 1]):
            if number[d.prerequisite_fact[k]] >= 0:
                v.prerequisite_fact[prerequisites] = number[d.prerequisite_fact[k]]
                prerequisites += 1
        n += 1
        v.outcome_start[n], v.prerequisite_start[n] = outcomes, prerequisites
    return v
