"""Who takes every seat, when, how sure that is, and what it costs against hiring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from succession.report.columns import Table, column
from succession.report.people import expected_cost, hiring_cost
from succession.report.reading import Reading
from succession.verify.facts import Seat
from succession.verify.holdings import Prospect

__all__ = ["FROM_WITHIN", "HIRE", "UNFILLED", "FillingRow", "filling_table"]

FROM_WITHIN, HIRE, UNFILLED = "from within", "hire", "unfilled"


@dataclass(frozen=True, slots=True)
class FillingRow:
    """A seat with the person who takes it, or the seats of an opening that nobody inside takes."""

    opening: str = field(metadata=column("Opening", "id"))
    role: str = field(metadata=column("Role"))
    unit: str = field(metadata=column("Unit"))
    needed: str = field(metadata=column("Needed", "period"))
    probability: float = field(metadata=column("Probability", "share"))
    seats: int = field(metadata=column("Seats", "count", total=True))
    how: str = field(metadata=column("Filled"))
    employee: str = field(metadata=column("Employee", "id"))
    name: str = field(metadata=column("Name"))
    from_role: str = field(metadata=column("From role"))
    ready: str = field(metadata=column("Ready", "period"))
    moves: str = field(metadata=column("Moves", "period"))
    chance: float | None = field(metadata=column("Chance", "share"))
    leaving_risk: float | None = field(metadata=column("Leaving risk", "share"))
    activities: int | None = field(metadata=column("Activities", "count", total=True))
    learning: float | None = field(metadata=column("Learning", "amount", total=True))
    cost: float = field(metadata=column("Expected cost", "amount", total=True))
    hiring: float | None = field(metadata=column("Hiring instead", "amount", total=True))
    saving: float | None = field(metadata=column("Saving", "amount", total=True))


def filling_table(reading: Reading) -> Table[FillingRow]:
    """Every seat of every opening, in the scenario's order; vacated seats below."""
    inside: dict[str, list[Prospect]] = {}
    fills: list[Prospect] = []
    for row in reading.prospects:
        if row.target.kind == "placement":
            inside.setdefault(row.target.seat.name, []).append(row)
        elif row.target.kind == "fill":
            fills.append(row)
    rows: list[FillingRow] = []
    for opening in reading.scenario.openings:
        placed = inside.get(opening.opening, [])
        rows += (_placed(reading, row, opening.opening) for row in sorted(placed, key=_when))
        rows += _outside(reading, reading.facts.seat_of(opening), opening.opening)
    rows += (_placed(reading, row, f"left by {row.target.seat.name}") for row in fills)
    return Table(
        "Openings",
        "Openings, seat by seat",
        "Expected cost counts the learning, the move, the wait and the fall-back if it fails; of "
        "hires and unfilled seats, what they cost with the opening's probability.",
        FillingRow,
        rows,
    )


def _when(row: Prospect) -> tuple[int, str]:
    return row.target.period, row.target.employee.employee


def _placed(reading: Reading, prospect: Prospect, name: str) -> FillingRow:
    target, seat = prospect.target, prospect.target.seat
    cost, hiring = expected_cost(reading, prospect), hiring_cost(reading, target)
    return FillingRow(
        opening=name,
        role=reading.role(seat.role),
        unit=reading.unit(seat.unit),
        needed=reading.label(seat.needed),
        probability=seat.probability,
        seats=1,
        how=FROM_WITHIN,
        employee=target.employee.employee,
        name=target.employee.name,
        from_role=reading.role(target.employee.role),
        ready=reading.ready(target),
        moves=reading.label(target.period),
        chance=reading.chance(target),
        leaving_risk=target.employee.leaving_risk,
        activities=len(reading.person(target).new),
        learning=reading.learning_cost(target),
        cost=cost,
        hiring=hiring,
        saving=None if hiring is None else hiring - cost,
    )


def _outside(reading: Reading, seat: Seat, name: str) -> Iterator[FillingRow]:
    wait = seat.wait(reading.facts.horizon)
    hire = (seat.external_cost or 0.0) + seat.vacancy_cost * wait
    hires = reading.ledger.hires.get(name, 0)
    if hires:
        yield _empty(reading, seat, name, hires, HIRE, hire)
    unfilled = reading.ledger.unfilled.get(name, 0)
    if unfilled:
        yield _empty(reading, seat, name, unfilled, UNFILLED, seat.unfilled_cost or 0.0)


def _empty(
    reading: Reading, seat: Seat, name: str, seats: int, how: str, each: float
) -> FillingRow:
    return FillingRow(
        opening=name,
        role=reading.role(seat.role),
        unit=reading.unit(seat.unit),
        needed=reading.label(seat.needed),
        probability=seat.probability,
        seats=seats,
        how=how,
        employee="",
        name="",
        from_role="",
        ready="",
        moves="",
        chance=None,
        leaving_risk=None,
        activities=None,
        learning=None,
        cost=seat.probability * seats * each,
        hiring=None,
        saving=None,
    )
