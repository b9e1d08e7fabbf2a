"""What became of the plan: a mark for every line that was due, and periods that can be."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from succession.domain import (
    Actuals,
    Agreed,
    Due,
    LearningDue,
    LearningResult,
    Leaver,
    Move,
    Scenario,
    SeatDue,
    SeatResult,
    SessionsResult,
    Spent,
    Withdrawn,
)
from succession.io.actuals.lines import Lines, Row
from succession.io.check.sheet import Report, Sheet

__all__ = ["read_results"]


def read_results(
    scenario: Scenario, due: Due, sheets: Mapping[str, Sheet], report: Report
) -> Actuals:
    """What the sheets say, by the period numbers of the scenario that is left.

    A line that is missing, bad or without a mark is an error and counts as dropped.
    """
    lines = Lines(scenario, due, sheets, report)
    leavers = tuple(
        Leaver(row["employee"], row["period"])
        for position, row in lines.rows("Leavers")
        if lines.known("Leavers", position, "employee", scenario.employee_by_id)
    )
    gone = {row.employee for row in leavers if (row.period or 0) <= due.periods}
    seats = _seats(lines, gone)
    return Actuals(
        periods=due.periods,
        learning=_learning(lines, gone),
        seats=seats,
        sessions=_sessions(lines),
        leavers=leavers,
        moves=_moves(lines, gone, seats),
        agreed=_agreed(lines, gone),
        spent=_spent(lines),
        withdrawn=tuple(
            Withdrawn(row["opening"])
            for position, row in lines.rows("Withdrawn")
            if lines.known("Withdrawn", position, "opening", scenario.opening_by_id)
        ),
    )


def _learning(lines: Lines, gone: Collection[str]) -> tuple[LearningResult, ...]:
    due = {(row.employee, row.activity, row.start): row for row in lines.due.learning}
    found = {
        line: LearningResult(line[0], line[1], line[2], row["mark"], row["period"])
        for line, position, row in lines.of_due("Learning", due)
        if _learning_holds(lines, due[line], position, row, gone)
    }
    return tuple(found.get(line, LearningResult(*line, "dropped")) for line in due)


def _learning_holds(
    lines: Lines, due: LearningDue, position: int, row: Row, gone: Collection[str]
) -> bool:
    mark, period = row["mark"], row["period"]
    problem = hint = ""
    if mark == "moved" and due.start < 1:
        problem, hint = "it was underway already", "Mark it done, failed or dropped."
    elif mark == "moved" and due.employee in gone:
        problem, hint = f"{due.employee} is among the Leavers", "Mark it done, failed or dropped."
    elif mark == "moved":
        return lines.to_come("Learning", position, period)
    elif period is not None and (mark == "dropped" or due.start < 1):
        problem, hint = f"{mark} has no period here", "Leave the period blank."
    elif period is not None and not 1 <= period <= lines.due.periods:
        problem, hint = f"{mark}, but in a period that is not over", "Mark it moved, or correct it."
    if not problem:
        return True
    column = "mark" if period is None else "period"
    return lines.say("Learning", position, column, "E_MARK", problem, hint)


def _seats(lines: Lines, gone: Collection[str]) -> tuple[SeatResult, ...]:
    due = {(row.opening, row.vacated_by, row.seat): row for row in lines.due.seats}
    found = {
        line: SeatResult(line[0], line[1], line[2], row["mark"], row["period"])
        for line, position, row in lines.of_due("Seats", due)
        if _seat_holds(lines, due[line], position, row, gone)
    }
    return tuple(found.get(line, SeatResult(*line, "dropped")) for line in due)


def _seat_holds(lines: Lines, due: SeatDue, position: int, row: Row, gone: Collection[str]) -> bool:
    mark, period = row["mark"], row["period"]
    if mark in ("done", "moved") and due.employee in gone:
        message, hint = f"{due.employee} is among the Leavers", "Mark it failed or dropped."
        return lines.say("Seats", position, "mark", "E_MARK", message, hint)
    if mark == "moved":
        return lines.to_come("Seats", position, period)
    if period is None:
        return True
    hint = "Leave the period blank, or mark it moved."
    return lines.say("Seats", position, "period", "E_MARK", f"{mark} has no period", hint)


def _sessions(lines: Lines) -> tuple[SessionsResult, ...]:
    due = {(activity, period): held for activity, period, held in lines.due.sessions}
    found = lines.of_due("Sessions held", due)
    return tuple(SessionsResult(line[0], line[1], row["held"]) for line, _, row in found)


def _moves(lines: Lines, gone: Collection[str], seats: tuple[SeatResult, ...]) -> tuple[Move, ...]:
    """Moves that the plan did not have; nobody moved twice."""
    scenario = lines.scenario
    done = {(row.opening, row.vacated_by, row.seat) for row in seats if row.mark == "done"}
    planned = {
        row.employee for row in lines.due.seats if (row.opening, row.vacated_by, row.seat) in done
    }
    ids: Mapping[str, Collection[str]] = {
        "employee": scenario.employee_by_id,
        "role": scenario.role_by_id,
        "unit": [row.unit for row in scenario.units],
        "opening": scenario.opening_by_id,
    }
    found = []
    for position, row in lines.rows("Moves"):
        holds = [lines.known("Moves", position, column, known) for column, known in ids.items()]
        holds.append(lines.here("Moves", position, row["employee"], gone))
        if row["employee"] in planned:
            message = f"{row['employee']} has moved already, in the sheet Seats"
            code, hint = "E_MOVED_TWICE", "Keep one of the two moves."
            holds.append(lines.say("Moves", position, "employee", code, message, hint))
        if all(holds):
            found.append(Move(row["employee"], row["role"], row["unit"], row["opening"]))
    return tuple(found)


def _agreed(lines: Lines, gone: Collection[str]) -> tuple[Agreed, ...]:
    to_come = {
        (row.employee, row.activity, row.opening, row.period): row for row in lines.due.upcoming
    }
    found = []
    for position, row in lines.rows("Agreed"):
        if not row["agreed"]:
            continue
        line = (row["employee"], row["activity"], row["opening"], row["period"])
        if line not in to_come:
            message = "the plan has nothing of the kind in that period"
            hint = "Promise what the plan has; what else is agreed goes into Commitments."
            lines.say("Agreed", position, "employee", "E_NOT_PLANNED", message, hint)
        elif lines.here("Agreed", position, row["employee"], gone):
            found.append(to_come[line])
    return tuple(found)


def _spent(lines: Lines) -> tuple[Spent, ...]:
    rows = {(r.pool, r.unit, r.from_period, r.to_period) for r in lines.scenario.budgets}
    found = []
    for position, row in lines.rows("Spent"):
        line = (row["pool"], row["unit"], row["from"], row["to"])
        if row["spent"] is None:
            continue
        if line in rows:
            found.append(Spent(*line, row["spent"]))
        else:
            hint = "Leave pool, unit, from and to as the template has them."
            lines.say("Spent", position, "pool", "E_REF", "no row of Budgets is like this", hint)
    return tuple(found)
