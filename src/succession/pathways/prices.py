"""Duals of the master, and what activity starts cost at them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from scipy import sparse

from succession.instance import Instance
from succession.pathways.half_cuts import HalfCut, HalfPricing
from succession.pathways.kernel.arrays import Bools, Floats, Ints, Prices
from succession.pathways.link import Link

__all__ = ["Cover", "Duals", "start_prices"]


class Cover(NamedTuple):
    """People of a unit whose learning its budget `row` cannot all pay for: at most one fewer than
    the people in `least` spend as much of it as stands there, or `others` if it is anyone else."""

    row: int
    others: float
    least: tuple[tuple[int, float], ...]

    @property
    def most(self) -> int:
        """How many can spend that much."""
        return len(self.least) - 1


@dataclass(frozen=True)
class Duals:
    """Duals of shared rows and of people, and whether costs count (1) or not (0: phase one).

    `links`, `covers`, `halves`: duals ≤ 0 of the rows that tie starts to their session being held,
    of those that say how many people can spend much of a unit's budget, and of zero-half cuts.
    """

    rows: Floats
    persons: Floats
    cost_weight: float = 1.0
    links: Mapping[Link, float] = field(default_factory=dict)
    covers: Mapping[Cover, float] = field(default_factory=dict)
    halves: Mapping[HalfCut, float] = field(default_factory=dict)


def start_prices(
    instance: Instance, halves: HalfPricing, duals: Duals, keep: float, active: Bools | None
) -> Prices:
    """Prices at duals; `keep`: what a kept start saves (currency). Footprints are over the
    `active` rows (None: not needed)."""
    starts = instance.starts
    shape = starts.open.shape
    price = duals.cost_weight * starts.cost[:, None]
    price = price - (starts.common @ duals.rows).reshape(shape)
    price = np.where(starts.open, price, np.inf)
    half_prices = halves.prices(duals.halves, price)
    own = _own_extra(instance, duals, keep)
    by_place = {link: -dual for link, dual in duals.links.items() if link.place >= 0 and dual}
    persons, activities, periods, extra = _columns(own, 0)
    places, place_activities, place_periods, place_extra = _columns(by_place, 1)
    earned_person = np.zeros(instance.persons)
    np.add.at(earned_person, persons, np.minimum(extra, 0.0))
    footprint, away_mark, money_mark = _footprints(instance, active)
    cover_start, cover_purse, cover_least, cover_price = _covers(instance, duals.covers)
    return Prices(
        price=price,
        away=_away(instance, duals.rows),
        money=_money(instance, duals.rows),
        footprint=footprint,
        away_mark=away_mark,
        money_mark=money_mark,
        extra_start=np.searchsorted(persons, np.arange(instance.persons + 2)),
        extra_activity=activities,
        extra_period=periods,
        extra=extra,
        place_extra_start=np.searchsorted(places, np.arange(len(instance.targets.places) + 1)),
        place_extra_activity=place_activities,
        place_extra_period=place_periods,
        place_extra=place_extra,
        earned_role=_earned(instance, price),
        earned_person=earned_person,
        toll=np.zeros(shape),
        cover_start=cover_start,
        cover_purse=cover_purse,
        cover_least=cover_least,
        cover_price=cover_price,
        halves=half_prices,
    )


def _own_extra(instance: Instance, duals: Duals, keep: float) -> dict[Link, float]:
    """What starts of one person cost on top: links, less what a kept start saves."""
    own = {
        Link(person, -1, activity, period): -keep * duals.cost_weight
        for person, activity, period in sorted(instance.people.kept)
    }
    for link, dual in duals.links.items():
        if link.person >= 0 and dual:
            own[link] = own.get(link, 0.0) - dual
    return own


def _columns(extra: Mapping[Link, float], which: int) -> tuple[Ints, Ints, Ints, Floats]:
    """(person or place, activity, period, value), sorted."""
    keys = sorted(extra)
    table = np.array(keys, dtype=np.int64).reshape(-1, 4)
    values = np.array([extra[key] for key in keys], dtype=np.float64)
    column = (np.ascontiguousarray(table[:, k]) for k in (which, 2, 3))
    return (*column, values)  # type: ignore[return-value]


def _covers(instance: Instance, covers: Mapping[Cover, float]) -> tuple[Ints, Ints, Floats, Floats]:
    """(start by person, purse, spending that counts, price), those of a purse together."""
    purse = {row: k for k, row in enumerate(instance.starts.purses[:, 4].tolist())}
    who: list[Ints] = [np.zeros(0, dtype=np.int64)]
    own: list[tuple[int, float]] = []
    least: list[Floats] = [np.zeros(0)]
    for cover, dual in sorted(covers.items()):
        if dual:
            people = instance.people.of_unit(instance.starts.purses[purse[cover.row], 0])
            counts = np.full(len(people), cover.others)
            named = np.array(cover.least)
            counts[np.searchsorted(people, named[:, 0])] = named[:, 1]
            who.append(people)
            least.append(counts)
            own.append((purse[cover.row], -dual))
    persons, times = np.concatenate(who), [len(people) for people in who[1:]]
    purses, prices = (np.repeat([pair[k] for pair in own], times) for k in (0, 1))
    order = np.lexsort((purses, persons))
    return (
        np.searchsorted(persons[order], np.arange(instance.persons + 2)),
        purses[order].astype(np.int64), np.concatenate(least)[order],
        prices[order].astype(np.float64),
    )  # fmt: skip


def _away(instance: Instance, rows: Floats) -> Floats:
    """Price of a period away, by unit class and period."""
    price: Floats = np.append(-rows, 0.0)[instance.starts.away_row]
    return np.maximum(price, 0.0)


def _money(instance: Instance, rows: Floats) -> Floats:
    """Price of money that unit budgets ask on top, by unit class, pool and period."""
    money = np.zeros_like(instance.starts.most)
    for unit, pool, first, last, row in instance.starts.purses.tolist():
        if rows[row]:
            money[unit, pool, first : last + 1] -= rows[row]
    return money


def _earned(instance: Instance, price: Floats) -> Floats:
    """By role of the graphs: the least that all starts with negative prices can come to."""
    graphs = instance.graphs
    least = np.minimum(price.min(axis=1, initial=0.0), 0.0)[graphs.use_activity]
    total = np.concatenate([[0.0], np.cumsum(least)])
    earned: Floats = total[graphs.use_start[1:]] - total[graphs.use_start[:-1]]
    return np.where(least.any(), earned - 1e-9 * (1.0 - total[-1]), 0.0)


def _footprints(instance: Instance, active: Bools | None) -> tuple[Ints, Ints, Ints]:
    """Numbers of the rows that matter, for starts, away periods and unit budgets."""
    starts = instance.starts
    away = np.zeros(starts.away_row.shape, dtype=np.int64)
    money = np.zeros(starts.most.shape, dtype=np.int64)
    if active is None:
        return np.zeros((0, 0), dtype=np.int64), away, money
    footprint = _alike(starts.common, active).reshape(starts.open.shape)
    away[:] = np.append(active, False)[starts.away_row]
    seen: dict[tuple[int, int, int], list[int]] = {}
    for unit, pool, first, last, row in starts.purses.tolist():
        for period in range(first, last + 1) if active[row] else ():
            seen.setdefault((unit, pool, period), []).append(row)
    numbers: dict[tuple[int, ...], int] = {}
    for place, rows in sorted(seen.items()):
        money[place] = numbers.setdefault((*place[:2], *rows), len(numbers) + 1)
    return footprint, away, money


def _alike(use: sparse.csr_matrix, active: Bools) -> Ints:
    """A number for each start: equal where the starts use the same of the active rows."""
    kept = active[use.indices]
    rows, values = use.indices[kept], use.data[kept]
    ends = np.concatenate([[0], np.cumsum(kept)])[use.indptr].tolist()
    seen: dict[tuple[bytes, bytes], int] = {}
    keys = ((rows[a:b].tobytes(), values[a:b].tobytes()) for a, b in pairwise(ends))
    return np.array([seen.setdefault(key, len(seen)) for key in keys], dtype=np.int64)
