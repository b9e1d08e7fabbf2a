"""Who may have which place (model.md, section 3), as arrays of pairs."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from succession.domain import Scenario
from succession.instance.targets.places import Places

__all__ = ["Pairs", "Staff", "build_staff", "eligible_pairs"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Narrow = NDArray[np.int32]


@dataclass(frozen=True)
class Staff:
    """Employees as arrays, with role and unit numbers of `Places`."""

    number: dict[str, int]
    role: Ints
    unit: Ints
    available_from: Ints
    available_to: Ints
    move_from: Ints
    leaving_risk: Floats
    incumbent: NDArray[np.bool_]


@dataclass(frozen=True)
class Pairs:
    """(person, place) that section 3 allows, with the move cost and the interest in the role;
    sorted by person, then place."""

    person: Narrow
    place: Narrow
    move_cost: Floats
    interest: NDArray[np.int8]

    def take(self, chosen: NDArray[np.bool_] | Ints) -> Pairs:
        """Some of the pairs."""
        return Pairs(
            self.person[chosen], self.place[chosen], self.move_cost[chosen], self.interest[chosen]
        )


def build_staff(scenario: Scenario, places: Places) -> Staff:
    """The employees in the scenario's order."""
    employees = scenario.employees
    incumbents = {o.incumbent for o in scenario.openings if o.incumbent is not None}

    def ints(values: Iterable[int]) -> Ints:
        return np.fromiter(values, dtype=np.int64, count=len(employees))

    return Staff(
        number={e.employee: k for k, e in enumerate(employees)},
        role=ints(places.role_number[e.role] for e in employees),
        unit=ints(places.unit_number[e.unit] for e in employees),
        available_from=ints(e.available_from for e in employees),
        available_to=ints(e.available_to for e in employees),
        move_from=ints(e.move_from for e in employees),
        leaving_risk=np.array([e.leaving_risk for e in employees], dtype=np.float64),
        incumbent=np.array([e.employee in incumbents for e in employees], dtype=np.bool_),
    )


def eligible_pairs(scenario: Scenario, staff: Staff, places: Places) -> Pairs:
    """All pairs that section 3 allows."""
    person, place, cost = _by_career_path(scenario, staff, places)
    by_name = _Named(scenario, staff, places)
    paths = {(p.from_role, p.to_role): p.move_cost for p in scenario.career_paths}
    usual = [
        paths.get((scenario.employees[who].role, scenario.openings[where].role), 0.0)
        for who, where in zip(by_name.person.tolist(), by_name.place.tolist(), strict=True)
    ]
    key = np.concatenate([person * np.int64(len(places)) + place, by_name.key])
    key, first = np.unique(key, return_index=True)
    cost = np.concatenate([cost, np.array(usual, dtype=np.float64)])[first]
    person = (key // max(1, len(places))).astype(np.int32)
    place = (key % max(1, len(places))).astype(np.int32)
    named = np.searchsorted(key, by_name.key)
    cost, barred = by_name.apply(named, cost)
    interest = _interests(scenario, staff, places, person, place)
    nominated_only = np.zeros(len(places), dtype=np.bool_)
    own = np.full(len(places), -1, dtype=np.int64)
    for k, opening in enumerate(scenario.openings):
        nominated_only[k] = opening.nominated_only
        own[k] = staff.number.get(opening.incumbent or "", -1)
    shut = nominated_only[place]
    shut[named] = False
    stays = (staff.role[person] == places.role[place]) & (staff.unit[person] == places.unit[place])
    barred |= shut | (interest == 0) | (own[place] == person) | stays
    return Pairs(person, place, cost, interest).take(~barred)


class _Named:
    """Pairs that Candidates names, by key person × places + place."""

    def __init__(self, scenario: Scenario, staff: Staff, places: Places) -> None:
        opening = {o.opening: k for k, o in enumerate(scenario.openings)}
        rows = [
            (staff.number[c.employee] * len(places) + opening[c.opening], c)
            for c in scenario.candidates
        ]
        rows.sort(key=lambda row: row[0])
        self.key = np.array([key for key, _ in rows], dtype=np.int64)
        self.person, self.place = self.key // max(1, len(places)), self.key % max(1, len(places))
        self._excluded = np.array([c.status == "exclude" for _, c in rows], dtype=np.bool_)
        self._cost = np.array(
            [np.nan if c.move_cost is None else c.move_cost for _, c in rows], dtype=np.float64
        )

    def apply(self, where: Ints, cost: Floats) -> tuple[Floats, NDArray[np.bool_]]:
        """Move costs with those of Candidates, and who is excluded; `where` the named pairs are."""
        own = ~np.isnan(self._cost)
        cost = cost.copy()
        cost[where[own]] = self._cost[own]
        barred = np.zeros(len(cost), dtype=np.bool_)
        barred[where[self._excluded]] = True
        return cost, barred


def _by_career_path(
    scenario: Scenario, staff: Staff, places: Places
) -> tuple[Narrow, Narrow, Floats]:
    """(person, place, move cost) of every pair that a career path joins."""
    people, seats = _groups(staff.role), _groups(places.role)
    persons, spots, costs = [np.zeros(0, np.int32)], [np.zeros(0, np.int32)], [np.zeros(0)]
    for path in scenario.career_paths:
        who = people.get(places.role_number[path.from_role])
        where = seats.get(places.role_number[path.to_role])
        if who is not None and where is not None:
            persons.append(np.repeat(who, len(where)))
            spots.append(np.tile(where, len(who)))
            costs.append(np.full(len(who) * len(where), path.move_cost))
    return np.concatenate(persons), np.concatenate(spots), np.concatenate(costs)


def _groups(numbers: Ints) -> dict[int, Narrow]:
    """Positions by number."""
    order = np.argsort(numbers, kind="stable").astype(np.int32)
    values, starts = np.unique(numbers[order], return_index=True)
    return dict(zip(values.tolist(), np.split(order, starts)[1:], strict=True))


def _interests(
    scenario: Scenario, staff: Staff, places: Places, person: Narrow, place: Narrow
) -> NDArray[np.int8]:
    """Interest of each pair's person in the place's role; 1 where nothing is said."""
    roles = max(1, len(places.role_number))
    said: dict[int, int] = defaultdict(int)
    for row in scenario.interests:
        said[staff.number[row.employee] * roles + places.role_number[row.role]] = row.interest
    keys = np.array(sorted(said), dtype=np.int64)
    values = np.array([said[key] for key in keys.tolist()], dtype=np.int8)
    asked = person * np.int64(roles) + places.role[place]
    if not len(keys):
        return np.ones(len(asked), dtype=np.int8)
    where = np.minimum(np.searchsorted(keys, asked), len(keys) - 1)
    return np.where(keys[where] == asked, values[where], np.int8(1))
