"""Labels of the search: the state behind a label, its key, and dominance between labels.

A label is a node of a tree of decisions in time order: start a use in the current period (in
index order), or wait for the next period. Its state is rebuilt from its ancestors, so that a label
costs a few numbers and not a copy of everything.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit
from numpy.typing import NDArray

from succession.pathways.arrays import Data, Floats, Ints, Workspace
from succession.pathways.person_view import View

__all__ = [
    "State", "add_outcomes", "allocate_state", "apply_start", "is_dominated", "load_state",
    "pop_label", "push_label", "risky_flags", "state_key",
]  # fmt: skip

WAIT = -1


class State(NamedTuple):
    """Holdings by world and fact, hours and lanes in use by period, uses taken."""

    masks: Ints
    hours: Floats
    lanes: Ints
    taken: NDArray[np.bool_]


@njit(cache=True, nogil=True)
def allocate_state(d: Data, view: View) -> State:
    """An empty state of the right shape."""
    return State(
        view.masks.copy(),
        np.zeros(d.horizon + 2),
        np.zeros(d.horizon + 2, dtype=np.int64),
        np.zeros(len(view.uses), dtype=np.bool_),
    )


@njit(cache=True, nogil=True)
def add_outcomes(d: Data, view: View, use: int, start: int, masks: Ints) -> None:
    """Mark the periods in which the outcomes of a start are held, in every world."""
    end = start + d.duration[d.use_activity[use]]
    for k in range(d.outcome_start[use], d.outcome_start[use + 1]):
        last = view.deadline
        if d.outcome_valid[k] > 0:
            last = min(last, end + d.outcome_valid[k] - 1)
        if last >= end:
            bits = (1 << (last + 1)) - (1 << end)
            for world in range(masks.shape[0]):
                masks[world, d.outcome_fact[k]] |= bits


@njit(cache=True, nogil=True)
def apply_start(d: Data, view: View, u: int, start: int, state: State) -> None:
    """Start use `u` of the view in a period."""
    activity = d.use_activity[view.uses[u]]
    state.taken[u] = True
    for t in range(start, start + d.duration[activity]):
        state.hours[t] += d.hours[activity]
        state.lanes[t] += 1
    add_outcomes(d, view, view.uses[u], start, state.masks)


@njit(cache=True, nogil=True)
def load_state(d: Data, view: View, w: Workspace, node: int, state: State) -> None:
    """Rebuild the state of a label."""
    state.masks[:] = view.masks
    state.hours[:] = 0.0
    state.lanes[:] = 0
    state.taken[:] = False
    while node >= 0:
        if w.use[node] != WAIT:
            apply_start(d, view, w.use[node], w.time[node], state)
        node = w.parent[node]


@njit(cache=True, nogil=True)
def risky_flags(d: Data, use: int, start: int, masks: Ints, flags: int) -> int:
    """Worlds (risky commitments) without which this start's prerequisites would not hold."""
    for k in range(d.prerequisite_start[use], d.prerequisite_start[use + 1]):
        fact = d.prerequisite_fact[k]
        for world in range(1, masks.shape[0]):
            if not (masks[world, fact] >> start) & 1:
                flags |= 1 << world
    return flags


@njit(cache=True, nogil=True)
def _mix(key: int, value: int, factor: int) -> int:
    key = (key ^ value) * factor
    return key ^ ((key >> 29) & 0x7FFFFFFFF)


@njit(cache=True, nogil=True)
def state_key(
    d: Data, view: View, state: State, time: int, last: int, flags: int, key: Ints
) -> None:
    """A 128-bit key of all that the future depends on: equal keys are equal states."""
    first = _mix(time * 1024 + last + 1, flags, -7046029254386353131)
    second = _mix(flags, time * 1024 + last + 1, -4417276706812531889)
    future = (1 << (view.deadline + 1)) - (1 << time)
    for f in range(len(view.lacks)):
        if not (view.lacks[f] or view.wants[f]):
            continue
        for world in range(state.masks.shape[0]):
            first = _mix(first, state.masks[world, f] & future, -7046029254386353131)
            second = _mix(second, state.masks[world, f] & future, -4417276706812531889)
    for t in range(time, view.deadline):
        used = np.int64(state.hours[t] * 4096.0) * 64 + state.lanes[t]
        first = _mix(first, used, -7046029254386353131)
        second = _mix(second, used, -4417276706812531889)
    for u in range(len(view.uses)):
        if state.taken[u] and _can_expire(d, view.uses[u]):
            first = _mix(first, u, -7046029254386353131)
            second = _mix(second, u, -4417276706812531889)
    key[0] = first
    key[1] = second


@njit(cache=True, nogil=True)
def _can_expire(d: Data, use: int) -> bool:
    for k in range(d.outcome_start[use], d.outcome_start[use + 1]):
        if d.outcome_valid[k] > 0:
            return True
    return False


@njit(cache=True, nogil=True)
def is_dominated(w: Workspace, node: int, slope: float, least_chance: float) -> bool:
    """Register a label under its key; True where a known label of equal state is as good.

    The target's value cost + slope·chance is linear in the chance still to come, so a label is as
    good as another when it is so for the least and the greatest such chance (1). Ties go to
    the label with earlier starts.
    """
    size = len(w.slot)
    slot = (w.key[node, 0] ^ (w.key[node, 1] << 1)) & (size - 1)
    stamp = w.counter[0]
    while w.slot_stamp[slot] == stamp:
        head = w.slot[slot]
        if w.key[head, 0] == w.key[node, 0] and w.key[head, 1] == w.key[node, 1]:
            break
        slot = (slot + 1) & (size - 1)
    w.chain[node] = -1
    if w.slot_stamp[slot] == stamp:
        other = w.slot[slot]
        while other >= 0:
            if not w.dead[other]:
                if _as_good(w, other, node, slope, least_chance):
                    return True
                if _as_good(w, node, other, slope, least_chance):
                    w.dead[other] = True
            other = w.chain[other]
        w.chain[node] = w.slot[slot]
    w.slot[slot] = node
    w.slot_stamp[slot] = stamp
    return False


@njit(cache=True, nogil=True)
def _as_good(w: Workspace, a: int, b: int, slope: float, least_chance: float) -> bool:
    chance_a, chance_b = np.exp(w.log_chance[a]), np.exp(w.log_chance[b])
    most = (w.cost[a] - w.cost[b]) + slope * (chance_a - chance_b)
    least = (w.cost[a] - w.cost[b]) + slope * least_chance * (chance_a - chance_b)
    tiny = 1e-9 * (1.0 + abs(w.cost[b]))
    if most > tiny or least > tiny:
        return False
    if most < -tiny or least < -tiny:
        return True
    return bool(w.starts[a] <= w.starts[b])


@njit(cache=True, nogil=True)
def push_label(w: Workspace, size: int, value: float, node: int) -> int:
    """Put a label on the heap of `size` labels; returns the new size."""
    k = size
    while k > 0:
        up = (k - 1) >> 1
        if w.heap_value[up] < value or (w.heap_value[up] == value and w.heap_node[up] > node):
            break
        w.heap_value[k] = w.heap_value[up]
        w.heap_node[k] = w.heap_node[up]
        k = up
    w.heap_value[k] = value
    w.heap_node[k] = node
    return size + 1


@njit(cache=True, nogil=True)
def pop_label(w: Workspace, size: int) -> int:
    """Take the label of least value off the heap into place `size − 1`; returns the new size."""
    top_value, top_node = w.heap_value[0], w.heap_node[0]
    size -= 1
    value, node = w.heap_value[size], w.heap_node[size]
    k = 0
    while True:
        child = 2 * k + 1
        if child >= size:
            break
        right = child + 1
        if right < size and (
            w.heap_value[right] < w.heap_value[child]
            or (
                w.heap_value[right] == w.heap_value[child]
                and w.heap_node[right] > w.heap_node[child]
            )
        ):
            child = right
        if value < w.heap_value[child] or (
            value == w.heap_value[child] and node > w.heap_node[child]
        ):
            break
        w.heap_value[k] = w.heap_value[child]
        w.heap_node[k] = w.heap_node[child]
        k = child
    w.heap_value[k] = value
    w.heap_node[k] = node
    w.heap_value[size] = top_value
    w.heap_node[size] = top_node
    return size
