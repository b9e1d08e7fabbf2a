"""A* over dated labels: the best pathway to one target, or all of them below a value (compiled).

value = base + Σ prices + slope · Π pass rates (slope: already times the chance of staying). A label
is guided by price so far + completion bound + a line under slope · exp(Σ log pass): the
chord for slope < 0 (−exp is concave), the tangent at 1 for slope > 0, so that pass rates become a
weight of each activity.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numba import njit

from succession.pathways.arrays import Data, Floats, Ints, Workspace
from succession.pathways.completion import (
    Completion,
    build_completion,
    completion_bound,
    held_bits,
)
from succession.pathways.labels import (
    State,
    add_outcomes,
    allocate_state,
    is_dominated,
    load_state,
    pop_label,
    push_label,
    risky_flags,
    state_key,
)
from succession.pathways.person_view import View

__all__ = [
    "ALL",
    "BEST",
    "CUT",
    "EXACT",
    "FOUND",
    "NONE",
    "Guide",
    "Plans",
    "build_guide",
    "search",
]

BEST, EXACT, ALL = 0, 1, 2
FOUND, NONE, CUT = 0, 1, 2
WAIT = -1


class Guide(NamedTuple):
    """One target's objective and its lower bound. `line`: the line's value at chance 1."""

    base: float
    slope: float
    line: float
    least_chance: float
    weight: Floats
    completion: Completion


class Plans(NamedTuple):
    """Pathways found: `start` slices `activity` and `period`; `filled[0]` pathways so far."""

    value: Floats
    log_chance: Floats
    start: Ints
    activity: Ints
    period: Ints
    filled: Ints


@njit(cache=True, nogil=True)
def build_guide(d: Data, view: View, base: float, slope: float) -> Guide:
    """The objective of a target as the search needs it."""
    uses = len(view.uses)
    logs = np.zeros(uses)
    for u in range(uses):
        logs[u] = d.log_pass[d.use_activity[view.uses[u]]]
    facts = view.lacks.sum() + view.wants.sum()
    least_log = np.sort(logs)[:facts].sum() + view.world_log.sum()
    line, factor = slope, 0.0
    if slope < 0 and least_log < 0:
        factor = slope * (1.0 - np.exp(least_log)) / -least_log
    elif slope > 0:
        factor = slope
        line += slope * view.world_log.sum()
    weight = factor * logs
    return Guide(base, slope, line, np.exp(least_log), weight, build_completion(d, view, weight))


@njit(cache=True, nogil=True)
def _fits(d: Data, view: View, person: int, state: State, u: int, start: int) -> bool:
    """Whether a start is legal in this state: price, prerequisites, hours, at once."""
    if view.price[u, start] == np.inf:
        return False
    use = view.uses[u]
    activity = d.use_activity[use]
    for k in range(d.prerequisite_start[use], d.prerequisite_start[use + 1]):
        if not (state.masks[0, d.prerequisite_fact[k]] >> start) & 1:
            return False
    for t in range(start, start + d.duration[activity]):
        if state.lanes[t] + 1 > d.free_lanes[person, t]:
            return False
        hours = d.hours[activity]
        if hours > 0 and state.hours[t] + hours > d.free_hours[person, t] + 1e-9:
            return False
    return True


@njit(cache=True, nogil=True)
def _adds(d: Data, view: View, state: State, use: int, start: int) -> bool:
    """Whether a start gives a missing fact in a period in which it can matter."""
    end = start + d.duration[d.use_activity[use]]
    for k in range(d.outcome_start[use], d.outcome_start[use + 1]):
        fact = d.outcome_fact[k]
        last = view.deadline
        if d.outcome_valid[k] > 0:
            last = min(last, end + d.outcome_valid[k] - 1)
        if last < end:
            continue
        new = ((1 << (last + 1)) - (1 << end)) & ~state.masks[0, fact]
        if view.lacks[fact] and (new >> view.deadline) & 1:
            return True
        if view.wants[fact] and new & ((1 << view.deadline) - 1):
            return True
    return False


@njit(cache=True, nogil=True)
def _shifts_left(
    d: Data, view: View, person: int, state: State, u: int, start: int, all_rows: bool
) -> bool:
    """Whether this start could as well be one period earlier: then that label covers it."""
    if view.price[u, start - 1] > view.price[u, start] + 1e-12:
        return False
    if all_rows and view.footprint[u, start - 1] != view.footprint[u, start]:
        return False
    use = view.uses[u]
    for k in range(d.outcome_start[use], d.outcome_start[use + 1]):
        if d.outcome_valid[k] > 0:
            return False
    for k in range(d.prerequisite_start[use], d.prerequisite_start[use + 1]):
        if not (state.masks[0, d.prerequisite_fact[k]] >> (start - 1)) & 1:
            return False
    if state.lanes[start - 1] + 1 > d.free_lanes[person, start - 1]:
        return False
    hours = d.hours[d.use_activity[use]]
    room = d.free_hours[person, start - 1] + 1e-9
    return bool(hours == 0 or state.hours[start - 1] + hours <= room)


@njit(cache=True, nogil=True)
def _is_ready(view: View, masks: Ints) -> bool:
    for f in range(len(view.lacks)):
        if view.lacks[f] and not (masks[f] >> view.deadline) & 1:
            return False
    return True


@njit(cache=True, nogil=True)
def final_log_chance(
    d: Data, role: int, view: View, masks: Ints, flags: int, log_chance: float
) -> float:
    """log σ at the target: the activities' and the risky commitments' that are needed."""
    first = d.fact_start[role]
    for world in range(1, masks.shape[0]):
        needed = (flags >> world) & 1 == 1
        for f in range(masks.shape[1]):
            if d.fact_required[first + f] and not (masks[world, f] >> view.deadline) & 1:
                needed = True
        if needed:
            log_chance += view.world_log[world]
    return log_chance


@njit(cache=True, nogil=True)
def plan_of(w: Workspace, node: int, uses: Ints, starts: Ints) -> int:
    """Write a label's starts into `uses`, `starts`; returns how many."""
    count = 0
    while node >= 0:
        if w.use[node] != WAIT:
            uses[count] = w.use[node]
            starts[count] = w.time[node]
            count += 1
        node = w.parent[node]
    return count


@njit(cache=True, nogil=True)
def first_redundant(d: Data, view: View, uses: Ints, starts: Ints, count: int) -> int:
    """The first start that rule 8 (purpose) does not allow, or −1."""
    for left_out in range(count):
        masks = view.masks[:1].copy()
        for k in range(count):
            if k != left_out:
                add_outcomes(d, view, view.uses[uses[k]], starts[k], masks)
        broken = not _is_ready(view, masks[0])
        for k in range(count):
            if k != left_out:
                use = view.uses[uses[k]]
                for p in range(d.prerequisite_start[use], d.prerequisite_start[use + 1]):
                    if not (masks[0, d.prerequisite_fact[p]] >> starts[k]) & 1:
                        broken = True
        if not broken:
            return left_out
    return -1


@njit(cache=True, nogil=True)
def search(
    d: Data, view: View, guide: Guide, person: int, role: int, threshold: float, mode: int,
    w: Workspace, found: Plans,
) -> tuple[int, float, int]:  # fmt: skip
    """The best pathway's (FOUND, value, label), or (NONE, threshold, −1) where none is below the
    threshold, or (CUT, lower bound, −1) where the labels ran out. With mode ALL, every legal
    pathway at or below the threshold goes to `found` (but those that a left shift covers) and
    the answer is NONE, or CUT where labels or places ran out."""
    state, child = allocate_state(d, view), allocate_state(d, view)
    bit = guide.completion.bit
    shift = mode != EXACT and view.masks.shape[0] == 1 and guide.completion.spare == 0.0
    w.counter[0] += 1
    heap = nodes = 0
    w.parent[0], w.use[0], w.time[0], w.last[0] = -1, WAIT, 1, -1
    w.guided[0] = guide.base + guide.line + guide.completion.spare
    w.cost[0], w.log_chance[0], w.starts[0], w.flags[0] = 0.0, 0.0, 0, 0
    w.goal[0], w.dead[0] = False, False
    if not view.lacks.any():
        w.log_chance[0] = final_log_chance(d, role, view, view.masks, 0, 0.0)
        value = guide.base + guide.slope * np.exp(w.log_chance[0])
        w.goal[0] = True
    else:
        value = w.guided[0] + completion_bound(
            guide.completion, held_bits(view, view.masks[0], bit, 1)
        )
    nodes = 1
    if value < threshold:
        heap = push_label(w, heap, value, 0)
    plan_uses = np.zeros(d.horizon * 64, dtype=np.int64)
    plan_starts = np.zeros(d.horizon * 64, dtype=np.int64)
    while heap > 0:
        heap = pop_label(w, heap)
        node, value = w.heap_node[heap], w.heap_value[heap]
        if w.dead[node]:
            continue
        if w.goal[node]:
            if mode != ALL:
                return FOUND, value, node
            if not _store(d, view, w, node, value, plan_uses, plan_starts, found):
                return CUT, value, -1
            continue
        if nodes + len(view.uses) + 1 > len(w.parent):
            return CUT, value, -1
        load_state(d, view, w, node, state)
        now, last = w.time[node], w.last[node]
        for u in range(last + 1, len(view.uses)):
            use = view.uses[u]
            activity = d.use_activity[use]
            if state.taken[u] or now + d.duration[activity] > view.deadline:
                continue
            if not _fits(d, view, person, state, u, now) or not _adds(d, view, state, use, now):
                continue
            if shift and now > 1 and _shifts_left(d, view, person, state, u, now, mode == ALL):
                continue
            child.masks[:] = state.masks
            add_outcomes(d, view, use, now, child.masks)
            new = nodes
            w.parent[new], w.use[new], w.time[new], w.last[new] = node, u, now, u
            step = view.price[u, now] + guide.weight[u] - guide.completion.earns[u]
            w.guided[new] = w.guided[node] + step
            w.cost[new] = w.cost[node] + view.price[u, now]
            w.log_chance[new] = w.log_chance[node] + d.log_pass[activity]
            w.starts[new] = w.starts[node] + now
            w.flags[new] = risky_flags(d, use, now, state.masks, w.flags[node])
            w.goal[new] = _is_ready(view, child.masks[0])
            w.dead[new] = False
            if w.goal[new]:
                w.log_chance[new] = final_log_chance(
                    d, role, view, child.masks, w.flags[new], w.log_chance[new]
                )
                chance = np.exp(w.log_chance[new])
                value = guide.base + w.cost[new] + guide.slope * chance
            else:
                bits = held_bits(view, child.masks[0], bit, now)
                value = w.guided[new] + completion_bound(guide.completion, bits)
            if not value < threshold:
                continue
            if w.goal[new] and mode != BEST:
                count = plan_of(w, new, plan_uses, plan_starts)
                if first_redundant(d, view, plan_uses, plan_starts, count) >= 0:
                    continue
            if mode == BEST and not w.goal[new]:
                child.hours[:] = state.hours
                child.lanes[:] = state.lanes
                child.taken[:] = state.taken
                for t in range(now, now + d.duration[activity]):
                    child.hours[t] += d.hours[activity]
                    child.lanes[t] += 1
                child.taken[u] = True
                state_key(d, view, child, now, u, w.flags[new], w.key[new])
                if is_dominated(w, new, guide.slope, guide.least_chance):
                    continue
            nodes += 1
            heap = push_label(w, heap, value, new)
        if now + 1 < view.deadline:
            new = nodes
            w.parent[new], w.use[new], w.time[new], w.last[new] = node, WAIT, now + 1, -1
            w.guided[new], w.cost[new] = w.guided[node], w.cost[node]
            w.log_chance[new], w.starts[new] = w.log_chance[node], w.starts[node]
            w.flags[new] = w.flags[node]
            w.goal[new], w.dead[new] = False, False
            bits = held_bits(view, state.masks[0], bit, now + 1)
            value = w.guided[new] + completion_bound(guide.completion, bits)
            if value < threshold:
                keep = True
                if mode == BEST:
                    state_key(d, view, state, now + 1, -1, w.flags[new], w.key[new])
                    keep = not is_dominated(w, new, guide.slope, guide.least_chance)
                if keep:
                    nodes += 1
                    heap = push_label(w, heap, value, new)
    return NONE, threshold, -1


@njit(cache=True, nogil=True)
def _store(
    d: Data, view: View, w: Workspace, node: int, value: float, uses: Ints, starts: Ints,
    found: Plans,
) -> bool:  # fmt: skip
    """Append a label's pathway to `found`; False where there is no room."""
    number = found.filled[0]
    count = plan_of(w, node, uses, starts)
    first = found.start[number]
    if number + 2 > len(found.start) or first + count > len(found.activity):
        return False
    for k in range(count):
        found.activity[first + k] = d.use_activity[view.uses[uses[k]]]
        found.period[first + k] = starts[k]
    found.value[number] = value
    found.log_chance[number] = w.log_chance[node]
    found.start[number + 1] = first + count
    found.filled[0] = number + 1
    return True
