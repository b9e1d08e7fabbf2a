"""The instance as the named tuples of arrays that the compiled kernel reads.

Masks are 64-bit integers with bit t set for period t (T ≤ 60), so that a fact's holdings over the
whole horizon are one number.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from succession.instance import Instance
from succession.instance.targets import PLACEMENT

__all__ = [
    "Aims",
    "Bools",
    "Data",
    "Floats",
    "HalfPrices",
    "Ints",
    "Labels",
    "Narrow",
    "Plans",
    "Prices",
    "build_aims",
    "build_data",
    "build_labels",
    "build_plans",
]

Ints = NDArray[np.int64]
Narrow = NDArray[np.int32]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


class Data(NamedTuple):
    """What never changes during a solve; see `RoleGraphs` and `People` for the slices.

    `fills_class` (activity): its starts count towards a class minimum. `away`, `pool`, `cost`,
    `away_room`, `most` and `purses` are those of `Starts`.
    """

    horizon: int
    duration: Ints
    hours: Floats
    log_pass: Floats
    fills_class: Bools
    away: Bools
    pool: Ints
    cost: Floats
    away_room: Ints
    most: Floats
    fact_start: Ints
    fact_competency: Ints
    fact_level: Ints
    fact_required: Ints
    use_start: Ints
    use_activity: Ints
    outcome_start: Ints
    outcome_fact: Ints
    outcome_valid: Ints
    prerequisite_start: Ints
    prerequisite_fact: Ints
    unit_class: Ints
    available_from: Ints
    available_to: Ints
    free_hours: Floats
    free_lanes: Ints
    holding_start: Ints
    holding: Ints
    risky_start: Ints
    risky_log_pass: Floats
    committed_start: Ints
    committed_activity: Ints
    purses: Ints


class HalfPrices(NamedTuple):
    """Zero-half cuts at today's duals: every second unit of weight costs `price` (cut).

    `entry` (cut, period, kind, who, weight ≥ 0), sliced by `start` (activity), those of a cut and
    period together; kind and who say whose starts they are: 0 everybody's, 1 a person's, 2 those
    for a place, 3 those of a unit class. `odd`: cuts in which a target weighs an odd number by
    itself, sliced by `odd_start` (target; empty where there is no cut).
    """

    start: Ints
    entry: Ints
    price: Floats
    odd_start: Ints
    odd: Ints


class Prices(NamedTuple):
    """What a start costs at today's duals.

    `price` (activity, period), inf: not startable; to it come, by unit class, `away` (class,
    period) for every period that an away activity is underway and `money` (class, pool, period) a
    unit of its cost. `footprint`, `away_mark` and `money_mark` of the same shapes are equal where
    two starts of an activity use the same rows that matter.

    Some starts cost more (the dual of a link) or less (a kept start saves the change cost): for
    one person in `extra`, for one place in `place_extra`, both sliced by `*_start`. `earned_role`
    (role of the graphs) and `earned_person` (≤ 0): the least that starts with negative prices
    together can come to. `toll` (activity, period): what a start asks of others, of which a
    pathway's dearest is added to its value when enumerating, without being paid. A person who
    spends `cover_least` or more of a `cover_purse` pays `cover_price` (≥ 0) on top, sliced by
    `cover_start` (person); those of a purse stand together.
    """

    price: Floats
    away: Floats
    money: Floats
    footprint: Ints
    away_mark: Ints
    money_mark: Ints
    extra_start: Ints
    extra_activity: Ints
    extra_period: Ints
    extra: Floats
    place_extra_start: Ints
    place_extra_activity: Ints
    place_extra_period: Ints
    place_extra: Floats
    earned_role: Floats
    earned_person: Floats
    toll: Floats
    cover_start: Ints
    cover_purse: Ints
    cover_least: Floats
    cover_price: Floats
    halves: HalfPrices


class Aims(NamedTuple):
    """What targets aim at: `person` and `slot` by target; by slot the `role` (of the graphs), the
    `place` whose links count (−1: none's), and the `deadline`."""

    person: Narrow
    slot: Narrow
    role: Ints
    place: Ints
    deadline: Ints


class Labels(NamedTuple):
    """Scratch of one search, reused from search to search; a row is a label.

    `number`: parent, use (−1: wait), period, last use in the period, Σ starts, risky worlds
    needed, kind (open, goal, dominated), next label of the same key, zero-half cuts in which its
    weight is odd (bits). `value`: prices so far, log
    chance so far, dearest toll so far. `slot`: hash table of (label, search). `stop`: not 0 where
    time is up.
    """

    number: Ints
    value: Floats
    key: Ints
    heap_value: Floats
    heap_label: Ints
    slot: Ints
    counter: Ints
    stop: Ints


class Plans(NamedTuple):
    """Pathways found: `start` slices `activity` and `period`; `filled[0]` pathways so far."""

    target: Ints
    value: Floats
    log_chance: Floats
    start: Ints
    activity: Ints
    period: Ints
    filled: Ints


def build_data(instance: Instance) -> Data:
    """Flatten an instance for the kernel. A person behind the last is *anyone*: without
    holdings, limits of a unit or other duties."""
    graphs, people = instance.graphs, instance.people
    last = instance.horizon + 1
    most_hours = people.hours.max(initial=0.0)
    most_lanes = people.lanes.max(initial=0)
    return Data(
        horizon=instance.horizon,
        duration=instance.starts.duration,
        hours=instance.hours,
        log_pass=instance.log_pass,
        fills_class=np.array([a.min_seats > 0 for a in instance.scenario.activities], np.bool_),
        away=instance.starts.away,
        pool=instance.starts.pool,
        cost=instance.starts.cost,
        away_room=instance.starts.away_room,
        most=instance.starts.most,
        fact_start=graphs.fact_start,
        fact_competency=graphs.fact_competency,
        fact_level=graphs.fact_level,
        fact_required=graphs.fact_required,
        use_start=graphs.use_start,
        use_activity=graphs.use_activity,
        outcome_start=graphs.outcome_start,
        outcome_fact=graphs.outcome_fact,
        outcome_valid=graphs.outcome_valid,
        prerequisite_start=graphs.prerequisite_start,
        prerequisite_fact=graphs.prerequisite_fact,
        unit_class=np.append(people.unit_class, 0),
        available_from=np.append(people.available_from, 1),
        available_to=np.append(people.available_to, last),
        free_hours=np.vstack([people.hours, np.full((1, last + 1), most_hours)]),
        free_lanes=np.vstack([people.lanes, np.full((1, last + 1), most_lanes)]),
        holding_start=np.append(people.holding_start, people.holding_start[-1]),
        holding=people.holding,
        risky_start=np.append(people.risky_start, people.risky_start[-1]),
        risky_log_pass=people.risky_log_pass,
        committed_start=np.append(people.committed_start, people.committed_start[-1]),
        committed_activity=people.committed_activity,
        purses=instance.starts.purses,
    )


def build_aims(instance: Instance) -> Aims:
    """The targets as the kernel reads them."""
    targets = instance.targets
    slots = targets.slots
    place = np.where(slots.kind == PLACEMENT, slots.place, -1)
    return Aims(targets.person, targets.slot, instance.slot_role, place, slots.period)


def build_labels(count: int, stop: Ints) -> Labels:
    """Scratch for searches of up to `count` labels (rounded up to a power of two)."""
    size = 1 << max(8, (count - 1).bit_length())
    return Labels(
        number=np.zeros((size, 9), dtype=np.int64),
        value=np.zeros((size, 3)),
        key=np.zeros((size, 2), dtype=np.int64),
        heap_value=np.zeros(size),
        heap_label=np.zeros(size, dtype=np.int64),
        slot=np.zeros((2 * size, 2), dtype=np.int64),
        counter=np.zeros(1, dtype=np.int64),
        stop=stop,
    )


def build_plans(count: int, longest: int) -> Plans:
    """Room for `count` pathways of usual length, and one of `longest` starts."""
    return Plans(
        target=np.zeros(count + 1, dtype=np.int64),
        value=np.zeros(count + 1),
        log_chance=np.zeros(count + 1),
        start=np.zeros(count + 2, dtype=np.int64),
        activity=np.zeros(count * 8 + longest, dtype=np.int64),
        period=np.zeros(count * 8 + longest, dtype=np.int64),
        filled=np.zeros(1, dtype=np.int64),
    )
