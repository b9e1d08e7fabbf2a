"""What is left of a plan after some periods in which everything went as planned."""

from __future__ import annotations

from dataclasses import replace

from succession.domain import (
    Hires,
    Learning,
    Placement,
    Plan,
    Scenario,
    SessionsHeld,
    Standby,
    Unfilled,
)

__all__ = ["rest_of"]


def rest_of(plan: Plan, before: Scenario, after: Scenario, over: int) -> Plan:
    """The old plan's decisions of the periods to come, by the numbers of the next scenario.

    Openings that are needed by then, or whose hire was due, have no bench any more.
    """
    seats = {row.opening: row for row in after.openings}
    calendar = before.settings.calendar
    placements = tuple(
        Placement(row.opening, row.employee, row.period - over)
        for row in plan.placements
        if row.period > over
    )
    fills = {row.vacated_by: row for row in plan.vacated}
    placements += tuple(
        Placement(f"left by {leaver}", row.employee, row.period - over)
        for leaver, row in fills.items()
        if row.period > over and f"left by {leaver}" in seats
    )
    open_hires = {
        row.opening: row.seats
        for row in plan.hires
        if max(1, _needed(before, row.opening) - _lead(before, row.opening)) > over
    }
    learning = {
        Learning(row.employee, row.activity, row.start - over)
        for row in plan.learning
        if row.start > over
    } | {
        Learning(row.employee, row.activity, row.start)
        for row in after.commitments
        if row.start > 0
    }
    moves = [(row.employee, row.period) for row in plan.placements]
    moves += [(row.employee, row.period) for row in plan.vacated]
    to_move = {employee for employee, period in moves if period > over}
    return replace(
        plan,
        scenario_sha256=after.sha256,
        start=calendar.first_day(over + 1),
        previous_sha256=None,
        placements=tuple(sorted(placements)),
        standbys=tuple(
            Standby(row.opening, row.employee)
            for row in plan.standbys
            if _needed(before, row.opening) > over and row.opening in seats
        ),
        learning=tuple(sorted(learning)),
        sessions=tuple(
            SessionsHeld(row.activity, row.period - over, row.sessions)
            for row in plan.sessions
            if row.period > over
        ),
        hires=tuple(Hires(name, number) for name, number in sorted(open_hires.items())),
        unfilled=tuple(
            Unfilled(row.opening, row.seats)
            for row in plan.unfilled
            if _needed(before, row.opening) > over
        ),
        vacated=tuple(
            replace(row, period=row.period - over)
            for row in plan.vacated
            if row.vacated_by in to_move
        ),
        vacated_hires=tuple(row for row in plan.vacated_hires if row.vacated_by in to_move),
        vacated_unfilled=tuple(row for row in plan.vacated_unfilled if row.vacated_by in to_move),
    )


def _needed(scenario: Scenario, opening: str) -> int:
    return scenario.opening_by_id[opening].needed


def _lead(scenario: Scenario, opening: str) -> int:
    return scenario.opening_by_id[opening].external_lead
