"""Tables about seats: openings, hires, unfilled and vacated seats."""

from __future__ import annotations

from collections import Counter

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
    rows = []
    for opening, seats in sorted(reading.ledger.hires.items()):
        seat = reading.facts.seat_of(reading.scenario.opening_by_id[opening])
        rows.append(_hire(reading, seat, opening, seats))
    for leaver in sorted(reading.ledger.vacated_hires):
        seat = reading.ledger.vacated[leaver]
        rows.append(_hire(reading, seat, f"left by {leaver}", 1))
    return Table(
        "Hires",
        "Hires",
        "Seats that are hired for. Amounts are weighted with the opening's probability.",
        HireRow,
        rows,
    )


def unfilled_table(reading: Reading) -> Table[UnfilledRow]:
    """Seats that stay unfilled, vacated ones included."""
    rows = []
    for opening, seats in sorted(reading.ledger.unfilled.items()):
        seat = reading.facts.seat_of(reading.scenario.opening_by_id[opening])
        rows.append(_unfilled(reading, seat, opening, seats))
    for leaver in sorted(reading.ledger.vacated_unfilled):
        seat = reading.ledger.vacated[leaver]
        rows.append(_unfilled(reading, seat, f"left by {leaver}", 1))
    return Table("Unfilled", "Unfilled", "Seats that stay unfilled.", UnfilledRow, rows)


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
