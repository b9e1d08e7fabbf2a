"""Who may have which place, in which periods."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from succession.domain import Plan, Scenario
from succession.instance.limits import Limits
from succession.instance.targets.costs import TargetBuilder
from succession.instance.targets.eligibility import Pairs, Staff, build_staff, eligible_pairs
from succession.instance.targets.places import Places, build_places
from succession.instance.targets.records import Targets
from succession.instance.targets.slots import PLACEMENT, STANDBY, Slots, build_slots

__all__ = ["build_targets"]

Bools = NDArray[np.bool_]
Narrow = NDArray[np.int32]


def build_targets(scenario: Scenario, limits: Limits, previous: Plan | None) -> Targets:
    """Targets of all employees in order; adds chain rows and variables to `limits`.

    `previous` holds the placements that can be kept, already laid onto this calendar.
    """
    places = build_places(scenario, limits)
    staff = build_staff(scenario, places)
    slots = build_slots(scenario, limits, places)
    pairs = eligible_pairs(scenario, staff, places)
    pair, slot = _in_time(scenario, staff, places, slots, pairs)
    allowed = _locks_met(scenario, staff, slots, pairs.person[pair], slot)
    if not allowed.all():
        pair, slot = pair[allowed], slot[allowed]
    return TargetBuilder(scenario, limits, places, slots, staff, pairs, pair, slot).build(previous)


def _in_time(
    scenario: Scenario, staff: Staff, places: Places, slots: Slots, pairs: Pairs
) -> tuple[Narrow, Narrow]:
    """(pair, slot) of every target, in their order."""
    horizon, stay = scenario.settings.periods, scenario.settings.min_stay
    person, place = pairs.person, pairs.place
    needed, until = places.first[place], staff.available_to[person]
    first = np.maximum(needed, staff.available_from[person])
    first = np.maximum(first, staff.move_from[person])
    last = np.minimum(places.last[place], until)
    last = np.where(until < horizon, np.minimum(last, until - stay + 1), last)
    moves = np.maximum(last - first + 1, 0)
    begin, standby = slots.start[place], slots.start[place + 1] - 1
    stands = slots.kind[standby] == STANDBY
    stands &= (staff.available_from[person] <= needed) & (needed <= until)
    count = moves + stands
    pair = np.repeat(np.arange(len(person), dtype=np.int32), count)
    ends = np.cumsum(count)
    slot = np.arange(len(pair)) + np.repeat(begin + first - needed - ends + count, count)
    slot[ends[stands] - 1] = standby[stands]
    return pair, slot.astype(np.int32)


def _locks_met(
    scenario: Scenario, staff: Staff, slots: Slots, person: Narrow, slot: Narrow
) -> Bools:
    """Which targets are left once people required somewhere have only that."""
    opening = {o.opening: k for k, o in enumerate(scenario.openings)}
    allowed = np.ones(len(person), dtype=np.bool_)
    for lock in scenario.candidates:
        if lock.status not in ("require", "standby"):
            continue
        who = np.int32(staff.number[lock.employee])
        first, last = np.searchsorted(person, who), np.searchsorted(person, who, side="right")
        own = slot[first:last]
        met = slots.place[own] == opening[lock.opening]
        met &= slots.kind[own] == (PLACEMENT if lock.status == "require" else STANDBY)
        if lock.status == "require" and lock.period is not None:
            met &= slots.period[own] == lock.period
        allowed[first:last] &= met
    return allowed
