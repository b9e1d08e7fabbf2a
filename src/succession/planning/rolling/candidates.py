"""Who is named for the openings of the next scenario."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping
from dataclasses import replace

from succession.domain import Candidate, Opening
from succession.planning.rolling.outcome import Outcome
from succession.planning.rolling.seats import seats_left_behind

__all__ = ["next_candidates"]


def next_candidates(
    outcome: Outcome, openings: tuple[Opening, ...], staying: Container[str]
) -> tuple[Candidate, ...]:
    """Rows of openings and people that are still there, and the placements that are promised.

    A requirement that came to nothing and a standby whose period is over become nominations.
    """
    names = {row.opening for row in openings}
    found = {
        (row.opening, row.employee): _moved_on(outcome, row) for row in outcome.scenario.candidates
    }
    for opening, employee, period in _promised(outcome):
        key = (opening, employee)
        before = found.get(key, Candidate(opening, employee, "require", None, None))
        found[key] = replace(before, status="require", period=period - outcome.over)
    placed = _placed(outcome)
    return tuple(
        found[key]
        for key in sorted(found)
        if key[0] in names and key[1] in staying and key not in placed
    )


def _promised(outcome: Outcome) -> Iterator[tuple[str, str, int]]:
    behind: Mapping[str, str] = seats_left_behind(outcome)
    for row in outcome.actuals.agreed:
        if row.opening is not None:
            yield row.opening, row.employee, row.period
    for seat in outcome.seats:
        opening = seat.due.opening or behind.get(seat.due.vacated_by or "")
        if opening and seat.due.employee and seat.agreed_for(outcome.over) and seat.result.period:
            yield opening, seat.due.employee, seat.result.period


def _placed(outcome: Outcome) -> set[tuple[str, str]]:
    done = {(seat.due.opening, seat.due.employee) for seat in outcome.seats if seat.is_move}
    done |= {(move.opening, move.employee) for move in outcome.actuals.moves}
    return {(opening, who) for opening, who in done if opening and who}


def _moved_on(outcome: Outcome, row: Candidate) -> Candidate:
    opening = outcome.scenario.opening_by_id[row.opening]
    period = None
    if row.period is not None and row.period > outcome.over:
        period = row.period - outcome.over
    status = row.status
    came_to_nothing = (row.opening, row.employee) in outcome.came_to_nothing
    if status == "require" and came_to_nothing:
        status, period = "nominate", None
    if status == "standby" and opening.needed <= outcome.over:
        status = "nominate"
    return replace(row, status=status, period=period)
