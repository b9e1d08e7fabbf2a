"""The openings of the next scenario: seats still to be filled, put off, or left behind."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import replace

from succession.domain import Opening
from succession.planning.rolling.outcome import Outcome, SeatOutcome

__all__ = ["next_openings", "seats_left_behind"]


def next_openings(outcome: Outcome, staying: Container[str]) -> tuple[Opening, ...]:
    """Openings with the seats that are still to be filled, and seats that movers left behind.

    The seats of an opening share their period: the earliest in which one of them is still needed.
    """
    withdrawn = {row.opening for row in outcome.actuals.withdrawn}
    found = [
        _moved_on(outcome, row, staying)
        for row in outcome.scenario.openings
        if row.opening not in withdrawn and _seats_left(outcome, row) > 0
    ]
    behind = seats_left_behind(outcome)
    found += [_left_behind(outcome, mover, name) for mover, name in behind.items()]
    return tuple(sorted(found, key=lambda row: row.opening))


def seats_left_behind(outcome: Outcome) -> Mapping[str, str]:
    """With chains: movers whose seat nobody has taken, and the openings that these seats become."""
    if outcome.scenario.settings.backfill != "chain":
        return {}
    told = outcome.seat_left_by
    incumbents = {row.incumbent for row in outcome.scenario.openings}
    movers = sorted(seat.due.employee or "" for seat in outcome.seats if seat.is_move)
    taken = {row.opening.casefold() for row in outcome.scenario.openings}
    names = {}
    for mover in movers:
        seat = told.get(mover)
        if mover in incumbents or (seat is not None and seat.closes):
            continue
        name, number = f"left by {mover}", 1
        while name.casefold() in taken:
            number += 1
            name = f"left by {mover} ({number})"
        taken.add(name.casefold())
        names[mover] = name
    return names


def _seats_left(outcome: Outcome, row: Opening) -> int:
    closed = sum(seat.closes for seat in _outcomes(outcome, row))
    return row.seats - closed - sum(move.opening == row.opening for move in outcome.actuals.moves)


def _outcomes(outcome: Outcome, row: Opening) -> tuple[SeatOutcome, ...]:
    return outcome.seats_of.get(row.opening, ())


def _moved_on(outcome: Outcome, row: Opening, staying: Container[str]) -> Opening:
    """An opening as it stands now; once it is needed it is certain and wants no bench."""
    open_seats = [seat for seat in _outcomes(outcome, row) if not seat.closes]
    others = _seats_left(outcome, row) - len(open_seats)
    now = max(1, row.needed - outcome.over)
    later = [period for seat in open_seats if (period := seat.put_off(outcome.over)) is not None]
    waits = bool(later) and len(later) == len(open_seats) and others <= 0
    needed = min(later) if waits else now
    delay, bench, probability = row.max_delay, row.bench, row.probability
    if not waits and row.needed <= outcome.over:
        delay, bench = max(0, row.needed + delay - outcome.over - 1), 0
        if any(seat.result.mark in ("done", "failed") for seat in _outcomes(outcome, row)):
            probability = 1.0
    agreed = [period for seat in open_seats if (period := seat.agreed_for(outcome.over))]
    sits = row.incumbent in staying and row.incumbent not in outcome.moved_to
    return replace(
        row,
        needed=needed,
        seats=_seats_left(outcome, row),
        probability=probability,
        max_delay=max([delay, *(period - needed for period in agreed)]),
        bench=bench,
        incumbent=row.incumbent if sits else None,
    )


def _left_behind(outcome: Outcome, mover: str, name: str) -> Opening:
    """The opening that a vacated seat becomes, with its role's costs and no end of waiting."""
    employee = outcome.scenario.employee_by_id[mover]
    role = outcome.scenario.role_by_id[employee.role]
    seat = outcome.seat_left_by.get(mover)
    put_off = None if seat is None else seat.put_off(outcome.over)
    return Opening(
        opening=name,
        role=employee.role,
        unit=employee.unit,
        needed=put_off or 1,
        seats=1,
        probability=1.0,
        max_delay=outcome.scenario.settings.periods,
        bench=0,
        incumbent=None,
        nominated_only=False,
        external_cost=role.external_cost,
        external_lead=role.external_lead,
        vacancy_cost=role.vacancy_cost,
        unfilled_cost=role.unfilled_cost,
    )
