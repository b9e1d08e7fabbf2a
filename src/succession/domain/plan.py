"""The plan: what is done about every opening and every person (plan.md)."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields
from datetime import date
from typing import Literal

from succession.domain.calendar import Calendar, PeriodLength
from succession.domain.scenario import Scenario

__all__ = [
    "ConflictRow",
    "Costs",
    "Hires",
    "Learning",
    "Placement",
    "Plan",
    "SessionsHeld",
    "Standby",
    "Status",
    "Unfilled",
    "Vacated",
    "VacatedHire",
    "VacatedUnfilled",
]

Status = Literal["optimal", "feasible", "infeasible", "unknown"]


@dataclass(frozen=True, slots=True, order=True)
class Placement:
    """An employee takes a seat of an opening in a period."""

    opening: str
    employee: str
    period: int


@dataclass(frozen=True, slots=True, order=True)
class Vacated:
    """The seat that `vacated_by` leaves goes to `employee` in a period (chains)."""

    vacated_by: str
    employee: str
    period: int


@dataclass(frozen=True, slots=True, order=True)
class Standby:
    """An employee stands by for an opening, in its needed period."""

    opening: str
    employee: str


@dataclass(frozen=True, slots=True, order=True)
class Learning:
    """An employee starts an activity in a period ≥ 1 (commitments included)."""

    employee: str
    activity: str
    start: int


@dataclass(frozen=True, slots=True, order=True)
class SessionsHeld:
    """Sessions of an activity with seats that are held in a period (> 0)."""

    activity: str
    period: int
    sessions: int


@dataclass(frozen=True, slots=True, order=True)
class Hires:
    """Seats of an opening that are hired for."""

    opening: str
    seats: int


@dataclass(frozen=True, slots=True, order=True)
class VacatedHire:
    """The seat that `vacated_by` leaves is hired for."""

    vacated_by: str


@dataclass(frozen=True, slots=True, order=True)
class Unfilled:
    """Seats of an opening that stay unfilled."""

    opening: str
    seats: int


@dataclass(frozen=True, slots=True, order=True)
class VacatedUnfilled:
    """The seat that `vacated_by` leaves stays unfilled."""

    vacated_by: str


@dataclass(frozen=True, slots=True)
class Costs:
    """The cost parts of model.md, section 6, in the scenario's currency."""

    learning: float = 0.0
    sessions: float = 0.0
    moves: float = 0.0
    external: float = 0.0
    vacancy: float = 0.0
    unfilled: float = 0.0
    backfill: float = 0.0
    bench: float = 0.0
    interest: float = 0.0
    change: float = 0.0
    retention: float = 0.0

    @property
    def total(self) -> float:
        """The plan's cost."""
        return math.fsum(getattr(self, item.name) for item in fields(self))


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A row of the scenario that takes part in a conflict; `text` says what it asks for."""

    sheet: str
    row: int | None
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan file's content; lists are sorted. Without a plan, cost and gap are None."""

    scenario: str
    scenario_sha256: str
    start: date
    period: PeriodLength
    periods: int
    currency: str
    status: Status
    cost: float | None
    bound: float | None
    gap: float | None
    costs: Costs = Costs()
    previous_sha256: str | None = None
    placements: tuple[Placement, ...] = ()
    vacated: tuple[Vacated, ...] = ()
    standbys: tuple[Standby, ...] = ()
    learning: tuple[Learning, ...] = ()
    sessions: tuple[SessionsHeld, ...] = ()
    hires: tuple[Hires, ...] = ()
    vacated_hires: tuple[VacatedHire, ...] = ()
    unfilled: tuple[Unfilled, ...] = ()
    vacated_unfilled: tuple[VacatedUnfilled, ...] = ()
    conflict: tuple[ConflictRow, ...] = ()

    @classmethod
    def blank(cls, scenario: Scenario) -> Plan:
        """A plan of that scenario with nothing in it yet, which claims to cost nothing."""
        settings = scenario.settings
        return cls(
            scenario=settings.name,
            scenario_sha256=scenario.sha256,
            start=settings.start,
            period=settings.period,
            periods=settings.periods,
            currency=settings.currency,
            status="feasible",
            cost=0.0,
            bound=0.0,
            gap=0.0,
        )

    @property
    def calendar(self) -> Calendar:
        """The calendar that the plan's period numbers belong to."""
        return Calendar(self.start, self.period, self.periods)

    @property
    def has_plan(self) -> bool:
        """Whether there is a plan in it at all (optimal or feasible)."""
        return self.status in ("optimal", "feasible")
