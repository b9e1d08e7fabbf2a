"""The people of the next scenario: who is there, what they hold, what they are committed to."""

from __future__ import annotations

from collections.abc import Container, Iterator
from dataclasses import replace

from succession.domain import Commitment, Employee, Profile
from succession.planning.rolling.outcome import Outcome

__all__ = ["next_commitments", "next_employees", "next_profiles"]


def next_employees(outcome: Outcome) -> tuple[Employee, ...]:
    """Everybody who is still here, in the role and unit that they have now."""
    return tuple(
        _employee(outcome, row)
        for row in outcome.scenario.employees
        if row.employee not in outcome.gone
    )


def next_profiles(outcome: Outcome, staying: Container[str]) -> tuple[Profile, ...]:
    """What people hold: what is still valid of before, and what finished activities gave them."""
    held: dict[tuple[str, str, int, bool, int], Profile] = {}
    for row in (*outcome.scenario.profiles, *_gained(outcome)):
        if row.employee not in staying:
            continue
        moved = replace(
            row,
            valid_from=_earlier(row.valid_from, outcome.over),
            valid_to=_earlier(row.valid_to, outcome.over),
        )
        if moved.valid_to is not None and moved.valid_to < 1:
            continue
        first = moved.valid_from
        key = (row.employee, row.competency, row.level, first is not None, first or 0)
        held[key] = _longer(held.get(key), moved)
    return tuple(held[key] for key in sorted(held))


def next_commitments(outcome: Outcome, staying: Container[str]) -> tuple[Commitment, ...]:
    """What is underway or promised: starts of before that go on, were moved or are to come."""
    starts = {
        (row.employee, row.activity, row.start)
        for row in outcome.scenario.commitments
        if row.start > outcome.over
    }
    starts |= {
        (row.employee, row.activity, row.period)
        for row in outcome.actuals.agreed
        if row.activity is not None
    }
    for due, result in outcome.learning:
        start = due.start if result.period is None else result.period
        finished = start + outcome.scenario.activity_by_id[due.activity].duration
        underway = result.mark == "done" and finished > outcome.over + 1
        if underway or result.mark == "moved":
            starts.add((due.employee, due.activity, start))
    return tuple(
        Commitment(employee, activity, start - outcome.over)
        for employee, activity, start in sorted(starts)
        if employee in staying
    )


def _employee(outcome: Outcome, row: Employee) -> Employee:
    horizon, over = outcome.scenario.settings.periods, outcome.over
    role, unit = outcome.moved_to.get(row.employee, (row.role, row.unit))
    # The horizon's last period is what a blank cell means: nobody knows of an end.
    last = horizon if row.available_to == horizon else row.available_to - over
    if row.employee in outcome.leaving:
        last = outcome.leaving[row.employee] - over
    first = min(last, max(1, row.available_from - over))
    return replace(
        row,
        role=role,
        unit=unit,
        available_from=first,
        available_to=last,
        move_from=max(1, row.move_from - over),
    )


def _gained(outcome: Outcome) -> Iterator[Profile]:
    """Outcomes of what is finished, by old period numbers."""
    finished = [
        (row.employee, row.activity, row.start)
        for row in outcome.scenario.commitments
        if row.start + outcome.scenario.activity_by_id[row.activity].duration <= 1
    ]
    finished += [
        (due.employee, due.activity, due.start if result.period is None else result.period)
        for due, result in outcome.learning
        if result.mark == "done"
    ]
    outcomes: dict[str, list[tuple[str, int, int | None]]] = {}
    for item in outcome.scenario.outcomes:
        given = (item.competency, item.level, item.valid_periods)
        outcomes.setdefault(item.activity, []).append(given)
    for employee, activity, start in finished:
        end = start + outcome.scenario.activity_by_id[activity].duration
        if end > outcome.over + 1:
            continue
        for competency, level, periods in outcomes.get(activity, ()):
            last = None if periods is None else end + periods - 1
            yield Profile(employee, competency, level, end, last)


def _earlier(period: int | None, over: int) -> int | None:
    return None if period is None else period - over


def _longer(one: Profile | None, other: Profile) -> Profile:
    if one is None or (
        one.valid_to is not None and (other.valid_to is None or other.valid_to > one.valid_to)
    ):
        return other
    return one
