"""What a plan had for the periods that are over: the lines that a planner must report on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from succession.domain import (
    Agreed,
    Answer,
    Due,
    LearningDue,
    Plan,
    Scenario,
    SeatDue,
)
from succession.verify.facts import Facts, Seat, index
from succession.verify.ledger import read

__all__ = ["due_lines"]

_Decision = tuple[Answer, str | None, int]
"""What the plan has for one seat: the answer, who, and when."""


def due_lines(scenario: Scenario, plan: Plan, periods: int) -> Due:
    """What was due in the first `periods` periods of a verified plan, sorted.

    Learning that was underway in them, placements that fall into them, hires whose search had to
    begin in them, seats needed in them that stay unfilled, and the sessions that cost something.
    """
    facts = index(scenario, plan)
    seats = [*_openings(facts, plan, periods), *_vacated(facts, plan, periods)]
    return Due(
        periods,
        tuple(sorted(_learning(scenario, plan, periods))),
        tuple(seats),
        tuple(
            (row.activity, row.period, row.sessions)
            for row in plan.sessions
            if row.period <= periods and scenario.activity_by_id[row.activity].session_cost > 0
        ),
        tuple(_upcoming(scenario, plan, periods)),
    )


def _learning(scenario: Scenario, plan: Plan, periods: int) -> Iterator[LearningDue]:
    planned = {(row.employee, row.activity, row.start) for row in plan.learning}
    before = {(row.employee, row.activity, row.start) for row in scenario.commitments}
    for employee, activity, start in planned | before:
        finished = start + scenario.activity_by_id[activity].duration
        if start <= periods and finished > 1:
            yield LearningDue(employee, activity, start, finished <= periods + 1)


def _openings(facts: Facts, plan: Plan, periods: int) -> Iterator[SeatDue]:
    """Seats of openings, numbered: placements, then hires, then those left unfilled."""
    hires = {row.opening: row.seats for row in plan.hires}
    unfilled = {row.opening: row.seats for row in plan.unfilled}
    for opening in facts.scenario.openings:
        name = opening.opening
        decisions: list[_Decision] = [
            ("placement", row.employee, row.period)
            for row in plan.placements
            if row.opening == name
        ]
        decisions += [("hire", None, opening.needed)] * hires.get(name, 0)
        decisions += [("unfilled", None, opening.needed)] * unfilled.get(name, 0)
        seat = facts.seat_of(opening)
        for number, decision in enumerate(decisions, start=1):
            if _is_due(decision, seat, periods):
                yield SeatDue(name, None, number, *decision)


def _vacated(facts: Facts, plan: Plan, periods: int) -> Iterator[SeatDue]:
    """The seats that movers have left by then (model.md, section 7)."""
    ledger, _ = read(facts, plan)
    fills = {row.vacated_by: row for row in plan.vacated}
    for leaver, seat in sorted(ledger.vacated.items()):
        if seat.needed > periods:
            continue
        decision: _Decision = ("unfilled", None, seat.needed)
        if leaver in fills:
            decision = ("placement", fills[leaver].employee, fills[leaver].period)
        elif leaver in ledger.vacated_hires:
            decision = ("hire", None, seat.needed)
        if _is_due(decision, seat, periods):
            yield SeatDue(None, leaver, 1, *decision)


def _is_due(decision: _Decision, seat: Seat, periods: int) -> bool:
    answer, _, period = decision
    if answer == "hire":
        return max(1, period - seat.external_lead) <= periods
    return period <= periods


def _upcoming(scenario: Scenario, plan: Plan, periods: int) -> Iterator[Agreed]:
    """New starts and placements after the periods that are over; commitments are promised."""
    committed = {(row.employee, row.activity, row.start) for row in scenario.commitments}
    required = {
        (row.employee, row.opening)
        for row in scenario.candidates
        if row.status == "require" and row.period is not None
    }
    starts = [
        Agreed(row.employee, row.activity, None, row.start)
        for row in plan.learning
        if row.start > periods and (row.employee, row.activity, row.start) not in committed
    ]
    moves = [
        Agreed(row.employee, None, row.opening, row.period)
        for row in plan.placements
        if row.period > periods and (row.employee, row.opening) not in required
    ]
    return iter(_in_order([*starts, *moves]))


def _in_order(rows: Sequence[Agreed]) -> list[Agreed]:
    return sorted(
        rows, key=lambda row: (row.employee, row.period, row.activity or "", row.opening or "")
    )
