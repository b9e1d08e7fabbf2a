"""Tables about seats: openings, hires, unfilled and vacated seats."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping

from succession.report.columns import Table
from succession.report.reading import Reading
from succession.report.rows import HireRow, OpeningRow, UnfilledRow, VacatedRow
from succession.verify.facts import Seat

__all__ = ["hires_table", "openings_table", "unfilled_table", "vacated_table"]


def openings_table(reading: Reading) -> Table[OpeningRow]:
    """Every opening and how its seats are filled."""
    placed = Counter(row.opening for row in reading.plan.placements)
    standing = Counter(row.opening for row in reading.plan.standbys)
    rows = [
        OpeningRow(
            opening=row.opening,
            role=reading.role(row.role),
            unit=reading.unit(row.unit),
            needed=reading.label(row.needed),
            probability=reading.facts.seat_of(row).probability,
            seats=row.seats,
            placed=placed[row.opening],
            hired=reading.ledger.hires.get(row.opening, 0),
            unfilled=reading.ledger.unfilled.get(row.opening, 0),
            bench=row.bench,
            standbys=standing[row.opening],
        )
        for row in reading.scenario.openings
    ]
    return Table(
        "Openings", "Openings", "Every opening and how its seats are filled.", OpeningRow, rows
    )


def hires_table(reading: Reading) -> Table[HireRow]:
    """Seats that are hired for, vacated ones included."""
    ledger = reading.ledger
    return Table(
        "Hires",
        "Hires",
        "Seats that are hired for. Amounts are weighted with the opening's probability.",
        HireRow,
        [_hire(reading, *row) for row in _outside(reading, ledger.hires, ledger.vacated_hires)],
    )


def unfilled_table(reading: Reading) -> Table[UnfilledRow]:
    """Seats that stay unfilled, vacated ones included."""
    ledger = reading.ledger
    left = _outside(reading, ledger.unfilled, ledger.vacated_unfilled)
    return Table(
        "Unfilled",
        "Unfilled",
        "Seats that stay unfilled.",
        UnfilledRow,
        [_unfilled(reading, *row) for row in left],
    )


def vacated_table(reading: Reading) -> Table[VacatedRow]:
    """The seats that people leave, and what becomes of them (vacancy chains)."""
    fills = {row.vacated_by: row for row in reading.plan.vacated}
    rows = []
    for leaver, seat in sorted(reading.ledger.vacated.items()):
        outcome, filled = "stays unfilled", ""
        if leaver in fills:
            outcome = reading.facts.name(fills[leaver].employee)
            filled = reading.label(fills[leaver].period)
        elif leaver in reading.ledger.vacated_hires:
            outcome = "hire"
        rows.append(
            VacatedRow(
                employee=leaver,
                name=reading.scenario.employee_by_id[leaver].name,
                role=reading.role(seat.role),
                unit=reading.unit(seat.unit),
                vacant=reading.label(seat.needed),
                outcome=outcome,
                filled=filled,
            )
        )
    return Table(
        "Vacated seats",
        "Vacated seats",
        "The seats that people leave when they move, and what becomes of them.",
        VacatedRow,
        rows,
    )


def _outside(
    reading: Reading, openings: Mapping[str, int], leavers: Collection[str]
) -> Iterator[tuple[Seat, str, int]]:
    """Each kind of seat with its name and how many: of openings, then those that people leave."""
    for opening, seats in sorted(openings.items()):
        yield reading.facts.seat_of(reading.scenario.opening_by_id[opening]), opening, seats
    for leaver in sorted(leavers):
        yield reading.ledger.vacated[leaver], f"left by {leaver}", 1


def _hire(reading: Reading, seat: Seat, name: str, seats: int) -> HireRow:
    waiting = seat.wait(reading.facts.horizon)
    weight = seat.probability * seats
    return HireRow(
        opening=name,
        role=reading.role(seat.role),
        unit=reading.unit(seat.unit),
        needed=reading.label(seat.needed),
        seats=seats,
        probability=seat.probability,
        waiting=waiting,
        external=weight * (seat.external_cost or 0.0),
        vacancy=weight * seat.vacancy_cost * waiting,
    )


def _unfilled(reading: Reading, seat: Seat, name: str, seats: int) -> UnfilledRow:
    return UnfilledRow(
        opening=name,
        role=reading.role(seat.role),
        unit=reading.unit(seat.unit),
        needed=reading.label(seat.needed),
        seats=seats,
        cost=seat.probability * seats * (seat.unfilled_cost or 0.0),
    )
