"""The shape of a plan file for pydantic (plan.md); kept apart because pydantic loads slowly."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from succession.domain import (
    ConflictRow,
    Costs,
    Hires,
    Learning,
    PeriodLength,
    Placement,
    Plan,
    SessionsHeld,
    Standby,
    Status,
    Unfilled,
    Vacated,
    VacatedHire,
    VacatedUnfilled,
)

__all__ = ["PlanFile"]


def _day(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError("no date such as 2027-01-01") from None


def _number(value: object) -> object:
    return float(value) if type(value) is int and abs(value) < 2**53 else value


Id = Annotated[str, Field(min_length=1)]
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
Number = Annotated[float, BeforeValidator(_number), Field(allow_inf_nan=False)]
Count = Annotated[int, Field(ge=1, le=1_000_000_000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class _Placement(_Strict):
    opening: Id
    employee: Id
    period: Count


class _Vacated(_Strict):
    vacated_by: Id
    employee: Id
    period: Count


class _Standby(_Strict):
    opening: Id
    employee: Id


class _Learning(_Strict):
    employee: Id
    activity: Id
    start: Count


class _Sessions(_Strict):
    activity: Id
    period: Count
    sessions: Count


class _Seats(_Strict):
    opening: Id
    seats: Count


class _VacatedBy(_Strict):
    vacated_by: Id


class _Conflict(_Strict):
    sheet: str
    row: int | None
    text: str


class _Costs(_Strict):
    learning: Number
    sessions: Number
    moves: Number
    external: Number
    vacancy: Number
    unfilled: Number
    backfill: Number
    bench: Number
    interest: Number
    change: Number
    retention: Number


class PlanFile(_Strict):
    """A plan file; every key of plan.md must be there and no other."""

    format: Literal["succession-plan/1"]
    scenario: str
    scenario_sha256: Sha256
    start: Annotated[date, BeforeValidator(_day)]
    period: PeriodLength
    periods: Annotated[int, Field(ge=1, le=60)]
    previous_sha256: Sha256 | None
    status: Status
    cost: Number | None
    bound: Number | None
    gap: Number | None
    currency: Id
    costs: _Costs
    placements: list[_Placement]
    vacated: list[_Vacated]
    standbys: list[_Standby]
    learning: list[_Learning]
    sessions: list[_Sessions]
    hires: list[_Seats]
    vacated_hires: list[_VacatedBy]
    unfilled: list[_Seats]
    vacated_unfilled: list[_VacatedBy]
    conflict: list[_Conflict] = []

    @model_validator(mode="after")
    def _numbers_fit_status(self) -> PlanFile:
        missing = [name for name in ("cost", "bound", "gap") if getattr(self, name) is None]
        if self.status in ("optimal", "feasible") and missing:
            raise ValueError(f"a plan that is {self.status} needs {', '.join(missing)}")
        return self

    def to_plan(self) -> Plan:
        """The plan as the domain's record."""
        content: dict[str, Any] = {
            name: tuple(record(**item.model_dump()) for item in getattr(self, name))
            for name, record in _RECORDS.items()
        }
        content |= {
            name: getattr(self, name)
            for name in type(self).model_fields
            if name not in _RECORDS and name not in ("format", "costs")
        }
        return Plan(**content, costs=Costs(**self.costs.model_dump()))


_RECORDS: dict[str, type[Any]] = {
    "placements": Placement,
    "vacated": Vacated,
    "standbys": Standby,
    "learning": Learning,
    "sessions": SessionsHeld,
    "hires": Hires,
    "vacated_hires": VacatedHire,
    "unfilled": Unfilled,
    "vacated_unfilled": VacatedUnfilled,
    "conflict": ConflictRow,
}
