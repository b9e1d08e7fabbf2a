"""What was due and what became of it, side by side, for every table of the next scenario."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from succession.domain import (
    Actuals,
    Due,
    LearningDue,
    LearningResult,
    Scenario,
    SeatDue,
    SeatResult,
)

__all__ = ["Outcome", "SeatOutcome"]


@dataclass(frozen=True, slots=True)
class SeatOutcome:
    """A seat that was due, what became of it, and the role and unit that it has."""

    due: SeatDue
    result: SeatResult
    role: str
    unit: str | None

    @property
    def closes(self) -> bool:
        """Whether the seat is no longer to be filled."""
        return self.result.mark in ("done", "dropped")

    @property
    def is_move(self) -> bool:
        """Whether an employee really took the seat."""
        return self.due.answer == "placement" and self.result.mark == "done"

    def put_off(self, over: int) -> int | None:
        """The new period from which a seat without a placement is needed, where it was moved."""
        if self.result.mark != "moved" or self.due.answer == "placement":
            return None
        return self._later(over)

    def agreed_for(self, over: int) -> int | None:
        """The new period of the placement, where that was moved."""
        if self.result.mark != "moved" or self.due.answer != "placement":
            return None
        return self._later(over)

    def _later(self, over: int) -> int | None:
        return None if self.result.period is None else self.result.period - over


@dataclass(frozen=True)
class Outcome:
    """The periods that are over: the scenario that was in force, what was due, what was told."""

    scenario: Scenario
    due: Due
    actuals: Actuals

    @property
    def over(self) -> int:
        """How many periods are over."""
        return self.actuals.periods

    def require_marks(self) -> None:
        """Raises ValueError where a line that was due has no mark, or a moved one no period."""
        results: list[LearningResult | SeatResult] = [*self.actuals.learning, *self.actuals.seats]
        told = {_key(row): row for row in results}
        lines: list[LearningDue | SeatDue] = [*self.due.learning, *self.due.seats]
        for due in lines:
            result = told.get(_key(due))
            if result is None:
                raise ValueError(f"no mark for {due}")
            if result.mark == "moved" and (result.period is None or result.period <= self.over):
                raise ValueError(f"{due} is moved, but to no period that is to come")

    @cached_property
    def learning(self) -> tuple[tuple[LearningDue, LearningResult], ...]:
        """Every activity that was due with its result."""
        told = {_key(row): row for row in self.actuals.learning}
        return tuple((due, told[_key(due)]) for due in self.due.learning)

    @cached_property
    def seats(self) -> tuple[SeatOutcome, ...]:
        """Every seat that was due with its result."""
        told = {_key(row): row for row in self.actuals.seats}
        return tuple(self._seat(due, told[_key(due)]) for due in self.due.seats)

    @cached_property
    def seat_left_by(self) -> Mapping[str, SeatOutcome]:
        """What became of the seats that movers left, by mover."""
        return {seat.due.vacated_by: seat for seat in self.seats if seat.due.vacated_by is not None}

    @cached_property
    def came_to_nothing(self) -> frozenset[tuple[str, str]]:
        """Placements (opening, employee) that failed."""
        return frozenset(
            (seat.due.opening, seat.due.employee)
            for seat in self.seats
            if seat.due.opening and seat.due.employee and seat.result.mark == "failed"
        )

    @cached_property
    def moved_to(self) -> Mapping[str, tuple[str, str | None]]:
        """Role and unit of everybody who moved; a seat without a unit leaves the unit alone."""
        found = {
            seat.due.employee: (seat.role, seat.unit or self._unit(seat.due.employee))
            for seat in self.seats
            if seat.is_move and seat.due.employee is not None
        }
        for move in self.actuals.moves:
            found[move.employee] = (move.role, move.unit or self._unit(move.employee))
        return found

    @cached_property
    def gone(self) -> frozenset[str]:
        """Who has left by now: those who were told of, and whose last period is over."""
        told = {row.employee for row in self.actuals.leavers if (row.period or 0) <= self.over}
        horizon = self.scenario.settings.periods
        expected = {
            row.employee
            for row in self.scenario.employees
            if row.available_to <= self.over and row.available_to != horizon
        }
        return frozenset(told | expected)

    @cached_property
    def leaving(self) -> Mapping[str, int]:
        """The last period of those who are still here and will leave."""
        return {
            row.employee: row.period
            for row in self.actuals.leavers
            if row.period is not None and row.period > self.over
        }

    @cached_property
    def seats_of(self) -> Mapping[str, tuple[SeatOutcome, ...]]:
        """What became of the seats of openings, by opening."""
        found: dict[str, list[SeatOutcome]] = {}
        for seat in self.seats:
            if seat.due.opening is not None:
                found.setdefault(seat.due.opening, []).append(seat)
        return {opening: tuple(seats) for opening, seats in found.items()}

    def _seat(self, due: SeatDue, result: SeatResult) -> SeatOutcome:
        if due.opening is not None:
            opening = self.scenario.opening_by_id[due.opening]
            return SeatOutcome(due, result, opening.role, opening.unit)
        leaver = self.scenario.employee_by_id[due.vacated_by or ""]
        return SeatOutcome(due, result, leaver.role, leaver.unit)

    def _unit(self, employee: str) -> str | None:
        return self.scenario.employee_by_id[employee].unit


def _key(row: LearningDue | LearningResult | SeatDue | SeatResult) -> object:
    """What a line and its result have in common."""
    if isinstance(row, LearningDue | LearningResult):
        return (row.employee, row.activity, row.start)
    return ("seat", row.opening, row.vacated_by, row.seat)
