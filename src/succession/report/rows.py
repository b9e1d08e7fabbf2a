"""The rows of every report table."""

from __future__ import annotations

from dataclasses import dataclass, field

from succession.report.columns import column

__all__ = [
    "ActivityRow",
    "BudgetRow",
    "CostRow",
    "HireRow",
    "LearningRow",
    "LimitRow",
    "OpeningRow",
    "PlacementRow",
    "StandbyRow",
    "UnfilledRow",
    "VacatedRow",
    "WarningRow",
]


@dataclass(frozen=True, slots=True)
class CostRow:
    """A part of the plan's cost (model.md, section 6)."""

    part: str = field(metadata=column("Part"))
    meaning: str = field(metadata=column("What it is"))
    amount: float = field(metadata=column("Amount", "amount", total=True))


@dataclass(frozen=True, slots=True)
class OpeningRow:
    """An opening and how its seats are filled."""

    opening: str = field(metadata=column("Opening", "id"))
    role: str = field(metadata=column("Role"))
    unit: str = field(metadata=column("Unit"))
    needed: str = field(metadata=column("Needed", "period"))
    probability: float = field(metadata=column("Probability", "share"))
    seats: int = field(metadata=column("Seats", "count", total=True))
    placed: int = field(metadata=column("From within", "count", total=True))
    hired: int = field(metadata=column("Hired", "count", total=True))
    unfilled: int = field(metadata=column("Unfilled", "count", total=True))
    bench: int = field(metadata=column("Bench wanted", "count", total=True))
    standbys: int = field(metadata=column("Standing by", "count", total=True))


@dataclass(frozen=True, slots=True)
class PlacementRow:
    """A person who takes a seat, with what that costs against hiring for the seat."""

    opening: str = field(metadata=column("Seat", "id"))
    role: str = field(metadata=column("Role"))
    unit: str = field(metadata=column("Unit"))
    employee: str = field(metadata=column("Employee", "id"))
    name: str = field(metadata=column("Name"))
    from_role: str = field(metadata=column("From role"))
    needed: str = field(metadata=column("Needed", "period"))
    ready: str = field(metadata=column("Ready", "period"))
    moves: str = field(metadata=column("Moves", "period"))
    activities: int = field(metadata=column("Activities", "count"))
    chance: float = field(metadata=column("Chance", "share"))
    leaving_risk: float = field(metadata=column("Leaving risk", "share"))
    learning: float = field(metadata=column("Learning", "amount", total=True))
    cost: float = field(metadata=column("Expected cost", "amount", total=True))
    hiring: float | None = field(metadata=column("Hiring instead", "amount", total=True))
    saving: float | None = field(metadata=column("Saving", "amount", total=True))


@dataclass(frozen=True, slots=True)
class StandbyRow:
    """A person on the bench of an opening, or a place on it that stays empty."""

    opening: str = field(metadata=column("Opening", "id"))
    role: str = field(metadata=column("Role"))
    unit: str = field(metadata=column("Unit"))
    needed: str = field(metadata=column("Needed", "period"))
    employee: str = field(metadata=column("Employee", "id"))
    name: str = field(metadata=column("Name"))
    from_role: str = field(metadata=column("From role"))
    ready: str = field(metadata=column("Ready", "period"))
    activities: int = field(metadata=column("Activities", "count"))
    chance: float | None = field(metadata=column("Chance", "share"))
    learning: float = field(metadata=column("Learning", "amount", total=True))


@dataclass(frozen=True, slots=True)
class LearningRow:
    """An activity that a person starts."""

    employee: str = field(metadata=column("Employee", "id"))
    name: str = field(metadata=column("Name"))
    purpose: str = field(metadata=column("For"))
    activity: str = field(metadata=column("Activity", "id"))
    title: str = field(metadata=column("Title"))
    kind: str = field(metadata=column("Kind"))
    start: str = field(metadata=column("Starts", "period"))
    finished: str = field(metadata=column("Finished", "period"))
    hours: float = field(metadata=column("Hours", "hours", total=True))
    cost: float = field(metadata=column("Cost", "amount", total=True))


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """The starts of an activity in a period, with the sessions held for them."""

    activity: str = field(metadata=column("Activity", "id"))
    title: str = field(metadata=column("Title"))
    kind: str = field(metadata=column("Kind"))
    period: str = field(metadata=column("Period", "period"))
    sessions: int | None = field(metadata=column("Sessions", "count", total=True))
    seats: int | None = field(metadata=column("Seats held", "count", total=True))
    starts: int = field(metadata=column("Seats used", "count", total=True))
    share: float | None = field(metadata=column("Used", "share"))
    session_cost: float = field(metadata=column("Session cost", "amount", total=True))
    cost: float = field(metadata=column("Learner cost", "amount", total=True))


@dataclass(frozen=True, slots=True)
class HireRow:
    """Seats that are hired for."""

    opening: str = field(metadata=column("Seat", "id"))
    role: str = field(metadata=column("Role"))
    unit: str = field(metadata=column("Unit"))
    needed: str = field(metadata=column("Needed", "period"))
    seats: int = field(metadata=column("Seats", "count", total=True))
    probability: float = field(metadata=column("Probability", "share"))
    waiting: int = field(metadata=column("Periods vacant", "count"))
    external: float = field(metadata=column("Hiring", "amount", total=True))
    vacancy: float = field(metadata=column("Vacancy", "amount", total=True))


@dataclass(frozen=True, slots=True)
class UnfilledRow:
    """Seats that stay unfilled."""

    opening: str = field(metadata=column("Seat", "id"))
    role: str = field(metadata=column("Role"))
    unit: str = field(metadata=column("Unit"))
    needed: str = field(metadata=column("Needed", "period"))
    seats: int = field(metadata=column("Seats", "count", total=True))
    cost: float = field(metadata=column("Cost", "amount", total=True))


@dataclass(frozen=True, slots=True)
class VacatedRow:
    """A seat that somebody leaves, and what becomes of it."""

    employee: str = field(metadata=column("Left by", "id"))
    name: str = field(metadata=column("Name"))
    role: str = field(metadata=column("Role"))
    unit: str = field(metadata=column("Unit"))
    vacant: str = field(metadata=column("Vacant from", "period"))
    outcome: str = field(metadata=column("Filled by"))
    filled: str = field(metadata=column("Filled in", "period"))


@dataclass(frozen=True, slots=True)
class BudgetRow:
    """A budget and what the plan charges to it."""

    pool: str = field(metadata=column("Pool", "id"))
    unit: str = field(metadata=column("Unit"))
    start: str = field(metadata=column("From", "period"))
    end: str = field(metadata=column("To", "period"))
    amount: float = field(metadata=column("Budget", "amount"))
    used: float = field(metadata=column("Used", "amount"))
    left: float = field(metadata=column("Left", "amount"))
    share: float | None = field(metadata=column("Used share", "share"))


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A resource or unit limit in a period in which the plan uses it."""

    limit: str = field(metadata=column("Limit"))
    name: str = field(metadata=column("Of", "id"))
    period: str = field(metadata=column("Period", "period"))
    used: int = field(metadata=column("Used", "count"))
    allowed: int = field(metadata=column("Allowed", "count"))
    share: float | None = field(metadata=column("Used share", "share"))


@dataclass(frozen=True, slots=True)
class WarningRow:
    """Something that a reader of the plan should know."""

    warning: str = field(metadata=column("Warning"))
