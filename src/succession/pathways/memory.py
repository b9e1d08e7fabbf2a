"""What earlier rounds of pricing proved, carried over to new duals.

Let all pathways of a target have been at least f at the old duals (base, slope, prices p), and take
any ρ in [0, 1]. A pathway starts an activity once at most, so that its prices p' at the new duals
are together at least ρ times the old ones less D(ρ) = Σ over activities of max over starts of
(ρ p − p')⁺. With its chance anywhere in [0, 1]:

    new reduced cost ≥ base' + ρ (f − base) + min(0, slope' − ρ slope) − D(ρ).

Where the best of a few ρ is not below the threshold, the target need not be searched again.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from succession.instance import Instance
from succession.pathways.kernel.arrays import Floats, Ints, Prices

__all__ = ["Memory"]

RATIOS = (1.0, 0.97, 0.9, 0.7)
Own = dict[tuple[int, int, int], float]
"""(person or place, activity, period) → what the start costs on top."""


class Memory:
    """Bounds by target of the last round that priced everybody, and the prices they hold at."""

    def __init__(self, instance: Instance) -> None:
        self._instance = instance
        self._prices: Prices | None = None
        self._base = self._slope = self._bound = np.zeros(0)

    def keep(self, prices: Prices, base: Floats, slope: Floats, bound: Floats) -> None:
        """Remember bounds (−inf where not known)."""
        self._prices, self._base, self._slope, self._bound = prices, base, slope, bound

    def bounds(self, prices: Prices, base: Floats, slope: Floats) -> Floats:
        """Lower bounds at new prices; −inf where nothing is known."""
        if self._prices is None:
            return np.full(len(base), -np.inf)
        known = self._bound > -np.inf
        never = self._bound == np.inf
        gained = np.where(known & ~never, self._bound, 0.0) - self._base
        best = np.full(len(base), -np.inf)
        people = _of_people(self._prices), _of_people(prices)
        places = _of_places(self._prices), _of_places(prices)
        targets = self._instance.targets
        for ratio in RATIOS:
            fallen = _fallen(self._instance, self._prices, prices, ratio)
            fallen += _own_drop(*people, ratio, self._instance.persons)[targets.person]
            fallen += _own_drop(*places, ratio, len(targets.places))[targets.place]
            bound = base + ratio * gained + np.minimum(0.0, slope - ratio * self._slope) - fallen
            best = np.maximum(best, bound)
        return np.where(known, np.where(never, np.inf, best), -np.inf)


def _fallen(instance: Instance, old: Prices, new: Prices, ratio: float) -> Floats:
    """D(ρ) by target, of what everybody or a unit pays: the most that a pathway's prices can have
    fallen below ρ times the old."""
    graphs, starts, targets = instance.graphs, instance.starts, instance.targets
    drop = _drop(old.price, new.price, ratio).max(axis=1, initial=0.0)
    total = np.concatenate([[0.0], np.cumsum(drop[graphs.use_activity])])
    by_role = total[graphs.use_start[1:]] - total[graphs.use_start[:-1]]
    cost = np.concatenate([[0.0], np.cumsum(starts.cost[graphs.use_activity])])
    cost_by_role = cost[graphs.use_start[1:]] - cost[graphs.use_start[:-1]]
    away = _drop(old.away, new.away, ratio).sum(axis=1)
    away *= instance.scenario.settings.max_at_once
    money = _drop(old.money, new.money, ratio).max(axis=(1, 2), initial=0.0)
    unit = instance.people.unit_class[targets.person]
    role = instance.target_role
    fallen: Floats = (
        by_role[role] + 1e-9 * total[-1] + away[unit] + money[unit] * cost_by_role[role]
    )
    return fallen


def _of_people(prices: Prices) -> Own:
    return _own(prices.extra_start, prices.extra_activity, prices.extra_period, prices.extra)


def _of_places(prices: Prices) -> Own:
    return _own(
        prices.place_extra_start, prices.place_extra_activity, prices.place_extra_period,
        prices.place_extra,
    )  # fmt: skip


def _own(start: Ints, activity: Ints, period: Ints, value: Floats) -> Own:
    who = np.repeat(np.arange(len(start) - 1), np.diff(start))
    keys = zip(who.tolist(), activity.tolist(), period.tolist(), strict=True)
    return dict(zip(keys, value.tolist(), strict=True))


def _own_drop(old: Own, new: Own, ratio: float, count: int) -> Floats:
    """D(ρ) of what starts cost on top for one person or place, by person or place."""
    by_activity: dict[tuple[int, int], float] = defaultdict(float)
    for key in old.keys() | new.keys():
        drop = ratio * old.get(key, 0.0) - new.get(key, 0.0)
        by_activity[key[:2]] = max(by_activity[key[:2]], drop)
    total = np.zeros(count)
    for (who, _), drop in sorted(by_activity.items()):
        total[who] += drop
    return total


def _drop(old: Floats, new: Floats, ratio: float) -> Floats:
    """(ρ p − p')⁺, 0 where a start is not legal."""
    legal = np.isfinite(old)
    return np.where(legal, np.maximum(0.0, ratio * np.where(legal, old, 0.0) - new), 0.0)
