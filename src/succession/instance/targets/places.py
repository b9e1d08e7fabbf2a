"""Places that a person can be moved into: openings, then the seat types of vacancy chains."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from succession.domain import RuleId, Scenario
from succession.instance.limits import Limits, Row, Variable, hire_vacancy

__all__ = ["Places", "SeatType", "build_places"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class SeatType:
    """Vacated seats of one role and unit are interchangeable (section 7)."""

    role: str
    unit: str | None

    @property
    def key(self) -> str:
        """A key for rows and variables; the unit separator keeps it unambiguous."""
        return f"{self.role}\x1f{self.unit if self.unit is not None else ''}"

    @property
    def waiting_key(self) -> str:
        """The key of the rows that count seats waiting to be filled from within."""
        return f"{self.key}\x1fwaiting"


@dataclass(frozen=True)
class Places:
    """Arrays by place: the first `openings` are openings, the others seat types.

    `role` and `unit` (−1: none) are numbers in `role_number` and `unit_number`; `first` and `last`
    are the periods that a placement may be in. `row` (place, period): the row that a placement
    into the place counts in, −1 where there is none. `vacates` (place of an employee's own seat
    type, by (role, unit)) is empty without chains.
    """

    openings: int
    keys: tuple[str, ...]
    role_number: dict[str, int]
    unit_number: dict[str | None, int]
    role: Ints
    unit: Ints
    first: Ints
    last: Ints
    row: Ints
    vacates: dict[tuple[str, str | None], int]

    def __len__(self) -> int:
        """Number of places."""
        return len(self.keys)


def build_places(scenario: Scenario, limits: Limits) -> Places:
    """Places of a scenario; adds the rows and variables of vacancy chains to `limits`."""
    horizon = scenario.settings.periods
    seats = _seat_types(scenario) if scenario.settings.backfill == "chain" else []
    for seat in seats:
        _add_seat_rows(scenario, limits, seat)
    openings = scenario.openings
    spots = [(o.role, o.unit, o.needed, min(o.needed + o.max_delay, horizon)) for o in openings]
    spots += [(seat.role, seat.unit, 1, horizon) for seat in seats]
    rows = [[limits.index[RuleId.OPENINGS, o.opening, 0]] * (horizon + 2) for o in openings]
    for seat in seats:
        index = [(RuleId.VACATED, seat.waiting_key, t) for t in range(horizon + 2)]
        rows.append([limits.index.get(key, -1) for key in index])
    role_number = {role.role: k for k, role in enumerate(scenario.roles)}
    unit_number = _unit_numbers(scenario)
    return Places(
        openings=len(openings),
        keys=(*(o.opening for o in openings), *(seat.key for seat in seats)),
        role_number=role_number,
        unit_number=unit_number,
        role=_ints([role_number[role] for role, _, _, _ in spots]),
        unit=_ints([unit_number[unit] for _, unit, _, _ in spots]),
        first=_ints([first for _, _, first, _ in spots]),
        last=_ints([last for _, _, _, last in spots]),
        row=np.array(rows, dtype=np.int64).reshape(len(spots), horizon + 2),
        vacates={(s.role, s.unit): len(openings) + k for k, s in enumerate(seats)},
    )


def _ints(values: Sequence[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _unit_numbers(scenario: Scenario) -> dict[str | None, int]:
    named = {e.unit for e in scenario.employees} | {o.unit for o in scenario.openings}
    named |= {u.unit for u in scenario.units} | {b.unit for b in scenario.budgets}
    units = sorted(unit for unit in named if unit is not None)
    return {None: -1, **{unit: k for k, unit in enumerate(units)}}


def _seat_types(scenario: Scenario) -> list[SeatType]:
    """Seat types that someone can vacate, in the order of employees; incumbents vacate none."""
    incumbents = {o.incumbent for o in scenario.openings}
    staying = [e for e in scenario.employees if e.employee not in incumbents]
    return list(dict.fromkeys(SeatType(e.role, e.unit) for e in staying))


def _add_seat_rows(scenario: Scenario, limits: Limits, seat: SeatType) -> None:
    """Rows of a vacated seat type by period t.

    Vacated in t: hired + left unfilled + opened to people = vacated; waiting: those waiting
    from t−1 + opened in t = filled in t + waiting on to t+1.
    """
    periods = range(1, scenario.settings.periods + 1)
    vacated, waiting = (
        [limits.add(Row(RuleId.VACATED, key, t, 0.0, 0.0)) for t in periods]
        for key in (seat.key, seat.waiting_key)
    )
    for t in periods:
        _add_seat_variables(scenario, limits, seat, t, vacated[t - 1], waiting[t - 1 : t + 1])


def _add_seat_variables(
    scenario: Scenario, limits: Limits, seat: SeatType, t: int, vacated: int, waiting: list[int]
) -> None:
    role, s = scenario.role_by_id[seat.role], scenario.settings
    most = float(len(scenario.employees))

    def add(kind: str, cost: float, *rows: tuple[int, float]) -> None:
        limits.variables.append(Variable(kind, seat.key, t, cost, most, rows))

    if role.external_cost is not None:
        vacancy = hire_vacancy(role.vacancy_cost, role.external_lead, t, s.periods)
        charged = limits.charged(s.external_pool, t, seat.unit)
        money = [(row, role.external_cost) for row in charged]
        add("vacated_hire", role.external_cost + vacancy, (vacated, -1.0), *money)
    if role.unfilled_cost is not None:
        add("vacated_unfilled", role.unfilled_cost, (vacated, -1.0))
    add("vacated_opened", 0.0, (vacated, -1.0), (waiting[0], 1.0))
    if t < s.periods:
        add("vacated_waiting", role.vacancy_cost, (waiting[0], -1.0), (waiting[1], 1.0))
