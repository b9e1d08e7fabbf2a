"""The learning timeline: person by person, what is underway when, and what it is for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from succession.report.columns import clean
from succession.report.reading import Reading
from succession.verify.ledger import Enrolment, Person, Target

__all__ = ["WAYS", "Bar", "Goal", "Row", "Timeline", "timeline"]

Way = Literal["course", "people", "job"]

WAYS: dict[str, Way] = {
    "course": "course",
    "workshop": "course",
    "e-learning": "course",
    "certification": "course",
    "programme": "course",
    "coaching": "people",
    "mentoring": "people",
    "project": "job",
    "rotation": "job",
}
"""How one learns: in courses, from people, on the job."""


@dataclass(frozen=True, slots=True)
class Bar:
    """An activity in columns `first` … `first + span − 1` of the chart; 1 is period 1."""

    title: str
    activity: str
    way: Way
    kind: str
    committed: bool
    first: int
    span: int
    lane: int
    when: str
    hours: float


@dataclass(frozen=True, slots=True)
class Goal:
    """What the learning is for: a move in a period, or standing by."""

    kind: Literal["move", "standby"]
    seat: str
    role: str
    period: int
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """A person; `lanes` is how many bars lie over each other."""

    employee: str
    name: str
    role: str
    unit: str
    goal: Goal | None
    lanes: int
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everybody who learns or has a target, by the period of the target."""

    periods: tuple[str, ...]
    rows: tuple[Row, ...]


def timeline(reading: Reading) -> Timeline:
    """The chart of a plan; activities that began before the horizon are cut at its start."""
    settings = reading.scenario.settings
    periods = tuple(reading.label(number) for number in range(1, settings.periods + 1))
    rows = [_row(reading, person) for person in reading.ledger.people.values()]
    shown = [row for row in rows if row.bars or row.goal is not None]
    shown.sort(key=lambda row: (_when(row, settings.periods), row.name, row.employee))
    return Timeline(periods, tuple(shown))


def _when(row: Row, horizon: int) -> int:
    return row.goal.period if row.goal is not None else horizon + 1


def _row(reading: Reading, person: Person) -> Row:
    employee = person.employee
    bars = _bars(reading, person)
    return Row(
        employee=clean(employee.employee),
        name=clean(employee.name),
        role=clean(reading.role(employee.role)),
        unit=clean(reading.unit(employee.unit)),
        goal=_goal(reading, person.targets[0]) if person.targets else None,
        lanes=max((bar.lane for bar in bars), default=1),
        bars=bars,
    )


def _goal(reading: Reading, target: Target) -> Goal:
    seat = target.seat.name if target.kind != "fill" else f"seat of {target.seat.name}"
    return Goal(
        kind="standby" if target.kind == "standby" else "move",
        seat=clean(seat),
        role=clean(reading.role(target.seat.role)),
        period=target.period,
        label=reading.label(target.period),
    )


def _bars(reading: Reading, person: Person) -> tuple[Bar, ...]:
    """Bars in as few lanes as do not overlap, in order of their start."""
    horizon = reading.facts.horizon
    free: list[int] = []
    bars = []
    for item in sorted(person.enrolments, key=lambda item: (item.start, item.activity.activity)):
        periods = item.underway(horizon)
        if not periods:
            continue
        lane = next((number for number, end in enumerate(free) if end < periods[0]), len(free))
        if lane == len(free):
            free.append(0)
        free[lane] = periods[-1]
        bars.append(_bar(reading, item, periods, lane + 1))
    return tuple(bars)


def _bar(reading: Reading, item: Enrolment, periods: range, lane: int) -> Bar:
    activity = item.activity
    first, last = reading.label(item.start), reading.label(item.finished - 1)
    return Bar(
        title=clean(activity.name or activity.activity),
        activity=clean(activity.activity),
        way=WAYS[activity.kind],
        kind=activity.kind,
        committed=item.committed,
        first=periods[0],
        span=len(periods),
        lane=lane,
        when=first if first == last else f"{first} to {last}",
        hours=activity.hours * activity.duration,
    )
