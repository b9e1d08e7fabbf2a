"""The previous plan by the periods of the new horizon, and what the new plan makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from succession.domain import (
    Fate,
    Learning,
    Placement,
    Plan,
    PreviousDecision,
    Scenario,
    Standby,
    Vacated,
)

__all__ = ["Carried", "fates"]


@dataclass(frozen=True)
class Carried:
    """Previous rows that lie in the new horizon, by its numbers; `previous` has the old ones."""

    scenario: Scenario
    previous: Plan

    @cached_property
    def learning(self) -> tuple[Learning, ...]:
        """Starts, commitments of then included."""
        rows = {
            Learning(row.employee, row.activity, start)
            for row in self.previous.learning
            if (start := self._inside(row.start)) is not None
        }
        return tuple(sorted(rows))

    @cached_property
    def placements(self) -> tuple[Placement, ...]:
        """Placements."""
        rows = {
            Placement(row.opening, row.employee, period)
            for row in self.previous.placements
            if (period := self._inside(row.period)) is not None
        }
        return tuple(sorted(rows))

    @cached_property
    def vacated(self) -> tuple[Vacated, ...]:
        """Fills of vacated seats; they are not compared, but learning may serve them."""
        return tuple(
            Vacated(row.vacated_by, row.employee, period)
            for row in self.previous.vacated
            if (period := self._inside(row.period)) is not None
        )

    @cached_property
    def standbys(self) -> tuple[Standby, ...]:
        """Standbys of openings that are still there."""
        return tuple(
            row
            for row in self.previous.standbys
            if row.opening in self.scenario.opening_by_id
            and row.employee in self.scenario.employee_by_id
        )

    def _inside(self, period: int) -> int | None:
        calendar = self.scenario.settings.calendar
        here = calendar.period_of(self.previous.calendar.first_day(period))
        return here if 1 <= here <= calendar.periods else None


def fates(carried: Carried, plan: Plan) -> Iterator[PreviousDecision]:
    """What the new plan makes of every start and placement; causes are still to be found."""
    starts: dict[tuple[str, str], list[int]] = {}
    for row in plan.learning:
        starts.setdefault((row.employee, row.activity), []).append(row.start)
    placed: dict[str, list[str]] = {}
    for placement in plan.placements:
        placed.setdefault(placement.opening, []).append(placement.employee)
    for row in carried.learning:
        yield _start(carried.scenario, row, starts.get((row.employee, row.activity), []))
    for placement in carried.placements:
        yield _placement(carried.scenario, plan, placement, placed)


def _start(scenario: Scenario, row: Learning, now: list[int]) -> PreviousDecision:
    label = scenario.settings.calendar.label
    fate: Fate = "dropped"
    text, why = "dropped", ""
    if row.employee not in scenario.employee_by_id:
        fate, text, why = "gone", "", f"{row.employee} is no longer here"
    elif row.activity not in scenario.activity_by_id:
        fate, text, why = "gone", "", f"activity {row.activity} is no longer there"
    elif row.start in now:
        fate, text = "kept", ""
    elif now:
        fate, text = "moved", f"moved to {', '.join(map(label, sorted(now)))}"
    return PreviousDecision("start", row.employee, row.activity, row.start, fate, text, "", why)


def _placement(
    scenario: Scenario, plan: Plan, row: Placement, placed: Mapping[str, list[str]]
) -> PreviousDecision:
    others = placed.get(row.opening, [])
    fate: Fate = "given away" if others else "dropped"
    text = f"goes to {', '.join(sorted(others))}" if others else _instead(plan, row.opening)
    why = ""
    if row.opening not in scenario.opening_by_id:
        fate, text, why = "gone", "", f"opening {row.opening} is no longer there"
    elif row.employee not in scenario.employee_by_id:
        fate, why = "gone", f"{row.employee} is no longer here"
    elif row.employee in others:
        fate, text = "kept", ""
    return PreviousDecision("placement", row.employee, row.opening, row.period, fate, text, "", why)


def _instead(plan: Plan, opening: str) -> str:
    if any(row.opening == opening for row in plan.hires):
        return "hired for"
    if any(row.opening == opening for row in plan.unfilled):
        return "left unfilled"
    return "dropped"
