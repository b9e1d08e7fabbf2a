"""The instance as the named tuples of arrays that the compiled kernel reads.

Masks are 64-bit integers with bit t set for period t (T ≤ 60), so that a fact's holdings over the
whole horizon are one number.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from succession.instance import Instance

__all__ = ["Data", "Floats", "Ints", "Prices", "Workspace", "build_data", "build_workspace"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Data(NamedTuple):
    """What never changes during a solve; see `RoleGraphs` and `People` for the slices."""

    horizon: int
    duration: Ints
    hours: Floats
    log_pass: Floats
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
    kept_start: Ints
    kept_activity: Ints
    kept_period: Ints


class Prices(NamedTuple):
    """What a start costs at today's duals: (unit class, activity, period), inf: not startable.

    `footprint` (unit class, activity, period) is equal where two starts of an activity use the
    same rows that matter; `keep` is the change cost that a kept start saves.
    """

    price: Floats
    footprint: Ints
    keep: float


class Workspace(NamedTuple):
    """Scratch arrays of one search, by node; reused from search to search."""

    parent: Ints
    use: Ints
    time: Ints
    last: Ints
    guided: Floats
    cost: Floats
    log_chance: Floats
    starts: Ints
    flags: Ints
    goal: NDArray[np.bool_]
    dead: NDArray[np.bool_]
    key: Ints
    chain: Ints
    heap_value: Floats
    heap_node: Ints
    slot: Ints
    slot_stamp: Ints
    counter: Ints


def build_data(instance: Instance) -> Data:
    """Flatten an instance for the kernel."""
    graphs, people = instance.graphs, instance.people
    return Data(
        horizon=instance.horizon,
        duration=instance.duration,
        hours=instance.hours,
        log_pass=instance.log_pass,
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
        unit_class=people.unit_class,
        available_from=people.available_from,
        available_to=people.available_to,
        free_hours=people.hours,
        free_lanes=people.lanes,
        holding_start=people.holding_start,
        holding=people.holding,
        risky_start=people.risky_start,
        risky_log_pass=people.risky_log_pass,
        committed_start=people.committed_start,
        committed_activity=people.committed_activity,
        kept_start=people.kept_start,
        kept_activity=people.kept_activity,
        kept_period=people.kept_period,
    )


def build_workspace(nodes: int) -> Workspace:
    """Scratch for searches of up to `nodes` labels (rounded up to a power of two)."""
    size = 1 << max(8, (nodes - 1).bit_length())

    def ints(count: int = size) -> Ints:
        return np.zeros(count, dtype=np.int64)

    return Workspace(
        parent=ints(),
        use=ints(),
        time=ints(),
        last=ints(),
        guided=np.zeros(size),
        cost=np.zeros(size),
        log_chance=np.zeros(size),
        starts=ints(),
        flags=ints(),
        goal=np.zeros(size, dtype=np.bool_),
        dead=np.zeros(size, dtype=np.bool_),
        key=np.zeros((size, 2), dtype=np.int64),
        chain=ints(),
        heap_value=np.zeros(size),
        heap_node=ints(),
        slot=ints(2 * size),
        slot_stamp=ints(2 * size),
        counter=ints(1),
    )
