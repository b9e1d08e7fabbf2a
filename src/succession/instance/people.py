"""People as arrays: what they hold and when, what is left of their hours, what they keep."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from succession.domain import Plan, Scenario
from succession.instance.commitments import CommittedUse
from succession.instance.starts import Starts

__all__ = ["People", "build_people"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class People:
    """Arrays by person; `*_start` slice the flat ones.

    A *holding* is (competency, level, first period, last period), of a profile row (risk 0) or of
    a commitment; holdings of a commitment that may still fail carry its number ≥ 1 among the
    person's risky commitments, whose log pass rates are in `risky_log_pass`. `hours` (hours) and
    `lanes` (activities) are what commitments leave in each period. `kept`: (person, activity,
    period) of the previous plan's starts: starting there again saves the change cost.
    """

    unit_class: Ints
    available_from: Ints
    available_to: Ints
    hours: Floats
    lanes: Ints
    holding_start: Ints
    holding: Ints
    risky_start: Ints
    risky_log_pass: Floats
    committed_start: Ints
    committed_activity: Ints
    kept: frozenset[tuple[int, int, int]]

    def of_unit(self, unit: int) -> Ints:
        """The people of a unit class, in order."""
        order, units = self._by_unit
        return order[slice(*np.searchsorted(units, [unit, unit + 1]))]

    @cached_property
    def _by_unit(self) -> tuple[Ints, Ints]:
        """People by unit class, and their classes."""
        order = np.argsort(self.unit_class, kind="stable")
        return order, self.unit_class[order]


def build_people(
    scenario: Scenario,
    use: CommittedUse,
    competency_index: dict[str, int],
    activity_index: dict[str, int],
    person_index: dict[str, int],
    starts: Starts,
    previous: Plan | None,
) -> People:
    """Arrays of all employees in the scenario's order."""
    employees, horizon = scenario.employees, scenario.settings.periods
    hours = np.zeros((len(employees), horizon + 2))
    lanes = np.full((len(employees), horizon + 2), scenario.settings.max_at_once, dtype=np.int64)
    hours += np.array([[e.hours] for e in employees]).reshape(-1, 1)
    for employee, by_period in use.hours.items():
        for period, value in by_period.items():
            hours[person_index[employee], period] -= value
            lanes[person_index[employee], period] -= use.at_once[employee][period]
    given, risky = _given(scenario, competency_index, person_index)
    held = np.concatenate([_profiles(scenario, competency_index, person_index), given])
    held = held[np.argsort(held[:, 0], kind="stable")]
    committed: list[list[int]] = [[] for _ in employees]
    for row in scenario.commitments:
        committed[person_index[row.employee]].append(activity_index[row.activity])
    kept = {
        (person_index[row.employee], activity_index[row.activity], row.start)
        for row in (previous.learning if previous else ())
    }
    return People(
        unit_class=np.array(
            [starts.unit_class.get(e.unit or "", 0) for e in employees], dtype=np.int64
        ),
        available_from=np.array([e.available_from for e in employees], dtype=np.int64),
        available_to=np.array([e.available_to for e in employees], dtype=np.int64),
        hours=np.maximum(hours, 0.0),
        lanes=np.maximum(lanes, 0),
        holding_start=np.searchsorted(held[:, 0], np.arange(len(employees) + 1)),
        holding=np.ascontiguousarray(held[:, 1:]),
        risky_start=_offsets(risky),
        risky_log_pass=np.array([r for own in risky for r in own], dtype=np.float64),
        committed_start=_offsets(committed),
        committed_activity=np.array([a for own in committed for a in own], dtype=np.int64),
        kept=frozenset(kept),
    )


def _offsets(lists: Sequence[Sequence[object]]) -> Ints:
    return np.cumsum([0, *(len(own) for own in lists)], dtype=np.int64)


def _profiles(
    scenario: Scenario, competency_index: dict[str, int], person_index: dict[str, int]
) -> Ints:
    """(person, competency, level, first, last, risk 0) of every profile row in the horizon."""
    rows, horizon = scenario.profiles, scenario.settings.periods

    def column(values: Iterable[int]) -> Ints:
        return np.fromiter(values, dtype=np.int64, count=len(rows))

    first = column(row.valid_from or 1 for row in rows)
    last = column(horizon if row.valid_to is None else row.valid_to for row in rows)
    table = np.column_stack([
        column(person_index[row.employee] for row in rows),
        column(competency_index[row.competency] for row in rows),
        column(row.level for row in rows),
        np.maximum(first, 1),
        np.minimum(last, horizon),
        np.zeros(len(rows), dtype=np.int64),
    ])  # fmt: skip
    return table[table[:, 3] <= table[:, 4]]


def _given(
    scenario: Scenario, competency_index: dict[str, int], person_index: dict[str, int]
) -> tuple[Ints, list[list[float]]]:
    """Rows like those of `_profiles` that commitments give, and the log pass rates by person of
    those that may still fail."""
    horizon = scenario.settings.periods
    given: list[tuple[int, ...]] = []
    risky: list[list[float]] = [[] for _ in scenario.employees]
    outcomes = defaultdict(list)
    for outcome in scenario.outcomes:
        outcomes[outcome.activity].append(outcome)
    for commitment in scenario.commitments:
        activity = scenario.activity_by_id[commitment.activity]
        person = person_index[commitment.employee]
        end = commitment.start + activity.duration
        number = 0
        if activity.pass_rate < 1 and end > 1 and scenario.settings.risk == "expected":
            risky[person].append(float(np.log(max(activity.pass_rate, 1e-300))))
            number = len(risky[person])
        for gift in outcomes[commitment.activity]:
            last = horizon if gift.valid_periods is None else end + gift.valid_periods - 1
            first, last = max(1, end), min(horizon, last)
            if first <= last:
                competency = competency_index[gift.competency]
                given.append((person, competency, gift.level, first, last, number))
    return np.array(given, dtype=np.int64).reshape(-1, 6), risky
