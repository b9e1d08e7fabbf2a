"""Who may have which place, in which periods."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from succession.domain import Plan, Scenario
from succession.instance.limits import Limits
from succession.instance.targets.costs import CostBuilder
from succession.instance.targets.eligibility import Pairs, Staff, build_staff, eligible_pairs
from succession.instance.targets.places import Places, build_places
from succession.instance.targets.records import PLACEMENT, STANDBY, VACATED, Targets

__all__ = ["build_targets"]

Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


def build_targets(scenario: Scenario, limits: Limits, previous: Plan | None) -> Targets:
    """Targets of all employees in order; adds chain rows and variables to `limits`.

    `previous` holds the placements that can be kept, already laid onto this calendar.
    """
    places = build_places(scenario, limits)
    staff = build_staff(scenario, places)
    pairs = eligible_pairs(scenario, staff, places)
    pair, kind, period = _times(scenario, staff, places, pairs)
    allowed = _locks_met(scenario, staff, pairs.person[pair], pairs.place[pair], kind, period)
    pair, kind, period = pair[allowed], kind[allowed], period[allowed]
    builder = CostBuilder(scenario, limits, places, staff, pairs.take(pair), kind, period)
    return builder.build(previous)


def _times(
    scenario: Scenario, staff: Staff, places: Places, pairs: Pairs
) -> tuple[Ints, Ints, Ints]:
    """(pair, kind, period) of every target, by person, place, kind and period."""
    horizon, stay = scenario.settings.periods, scenario.settings.min_stay
    person, place = pairs.person, pairs.place
    until = staff.available_to[person]
    first = np.maximum(places.first[place], staff.available_from[person])
    first = np.maximum(first, staff.move_from[person])
    last = np.minimum(places.last[place], until)
    last = np.where(until < horizon, np.minimum(last, until - stay + 1), last)
    count = np.maximum(last - first + 1, 0)
    pair = np.repeat(np.arange(len(person)), count)
    offset = np.arange(len(pair)) - np.repeat(np.cumsum(count) - count, count)
    period = first[pair] + offset
    kind = np.where(place[pair] < places.openings, PLACEMENT, VACATED)
    bench = np.zeros(len(places), dtype=np.bool_)
    bench[: places.openings] = [opening.bench > 0 for opening in scenario.openings]
    needed = places.first[place]
    stands = bench[place] & (staff.available_from[person] <= needed) & (needed <= until)
    standing = np.flatnonzero(stands)
    pair = np.concatenate([pair, standing])
    kind = np.concatenate([kind, np.full(len(standing), STANDBY)])
    period = np.concatenate([period, needed[standing]])
    order = np.lexsort((period, kind, pair))
    return pair[order], kind[order], period[order]


def _locks_met(
    scenario: Scenario, staff: Staff, person: Ints, place: Ints, kind: Ints, period: Ints
) -> Bools:
    """Which targets are left once people required somewhere have only that."""
    opening = {o.opening: k for k, o in enumerate(scenario.openings)}
    allowed = np.ones(len(person), dtype=np.bool_)
    for lock in scenario.candidates:
        if lock.status not in ("require", "standby"):
            continue
        who = staff.number[lock.employee]
        own = slice(*np.searchsorted(person, [who, who + 1]))
        met = place[own] == opening[lock.opening]
        met &= kind[own] == (PLACEMENT if lock.status == "require" else STANDBY)
        if lock.status == "require" and lock.period is not None:
            met &= period[own] == lock.period
        allowed[own] &= met
    return allowed
