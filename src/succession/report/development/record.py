"""What a person's development plan says, built once for the workbook and the page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from succession.domain import Requirement
from succession.report.columns import clean
from succession.report.contenders import held_level
from succession.report.development.reasons import reasons, risks
from succession.report.reading import Reading
from succession.verify.holdings import Demand, Holdings
from succession.verify.ledger import Enrolment, Person, Target

__all__ = ["DevelopmentPlan", "GapRow", "Milestone", "StepRow", "development_plans"]

_AIMS = {"placement": "moves to", "fill": "follows into", "standby": "stands by for"}


@dataclass(frozen=True, slots=True)
class GapRow:
    """A competency that the target role requires: the level asked for, today's, and what closes it.

    `closes` is the label of the first period from which it is held up to the target, or "held".
    """

    competency: str
    required: int
    today: int
    closes: str
    through: str


@dataclass(frozen=True, slots=True)
class StepRow:
    """An activity with its dates; hours are those of the whole activity, cost a learner's.

    `first` and `last` are the periods of the horizon in which it is underway.
    """

    start: str
    finished: str
    activity: str
    kind: str
    hours: float
    cost: float
    committed: bool
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Milestone:
    """What is reached in a period."""

    when: str
    what: str


@dataclass(frozen=True, slots=True)
class DevelopmentPlan:
    """One person's plan; what belongs to a target is empty for people who only keep commitments.

    `chance` is σ of the model: that the person is still there and has passed.
    """

    employee: str
    name: str
    role: str
    unit: str
    aim: str
    opening: str
    target_role: str
    when: str
    ready: str
    chance: float | None
    hours: float
    cost: float
    gaps: tuple[GapRow, ...]
    steps: tuple[StepRow, ...]
    milestones: tuple[Milestone, ...]
    reasons: tuple[str, ...]
    risks: tuple[str, ...]

    @property
    def label(self) -> str:
        """The name with the id, so that no two people are called alike."""
        return f"{self.name} ({self.employee})" if self.name else self.employee


def development_plans(reading: Reading) -> tuple[DevelopmentPlan, ...]:
    """The plan of everybody who has a target or learns in the horizon, by id."""
    return tuple(
        _plan(reading, person)
        for _, person in sorted(reading.ledger.people.items())
        if person.targets or any(item.start >= 1 for item in person.enrolments)
    )


def _plan(reading: Reading, person: Person) -> DevelopmentPlan:
    target = person.targets[0] if person.targets else None
    holdings = Holdings(reading.facts, person)
    steps = sorted(
        (item for item in person.enrolments if item.finished > 1),
        key=lambda item: (item.start, item.activity.activity),
    )
    gaps = tuple(_gap(reading, person, holdings, target, row) for row in _asked(reading, target))
    return DevelopmentPlan(
        employee=clean(person.employee.employee),
        name=clean(person.employee.name),
        role=clean(reading.role(person.employee.role)),
        unit=clean(reading.unit(person.employee.unit)),
        aim=_aim(reading, target),
        opening="" if target is None or target.kind == "fill" else clean(target.seat.name),
        target_role="" if target is None else clean(reading.role(target.seat.role)),
        when="" if target is None else reading.label(target.period),
        ready="" if target is None else reading.ready(target),
        chance=None if target is None else reading.chance(target),
        hours=sum(item.activity.hours * item.activity.duration for item in steps),
        cost=sum(item.activity.cost for item in steps if item.start >= 1),
        gaps=tuple(sorted(gaps, key=lambda row: row.closes == "held")),
        steps=tuple(_step(reading, item) for item in steps),
        milestones=tuple(_milestones(reading, person, target, steps)),
        reasons=tuple(map(clean, reasons(reading, target, gaps_closed(gaps)))),
        risks=tuple(map(clean, risks(reading, person, target))),
    )


def gaps_closed(gaps: tuple[GapRow, ...]) -> tuple[int, int, int]:
    """Requirements met today, all of them, and the levels missing today."""
    met = sum(row.today >= row.required for row in gaps)
    return met, len(gaps), sum(max(0, row.required - row.today) for row in gaps)


def _asked(reading: Reading, target: Target | None) -> tuple[Requirement, ...]:
    rows = () if target is None else reading.facts.requirements.get(target.seat.role, ())
    return tuple(rows)


def _aim(reading: Reading, target: Target | None) -> str:
    if target is None:
        return "keeps the learning that is agreed"
    unit = f", {reading.unit(target.seat.unit)}" if target.seat.unit else ""
    return clean(f"{_AIMS[target.kind]} {reading.role(target.seat.role)}{unit}")


def _gap(
    reading: Reading, person: Person, holdings: Holdings, target: Target | None, row: Requirement
) -> GapRow:
    period = 1 if target is None else target.period
    first = period
    while first > 1 and holdings.meets(Demand(row.competency, row.level, first - 1, None)):
        first -= 1
    top = max(row.level, reading.top_level(row.competency))
    return GapRow(
        competency=reading.competency(row.competency),
        required=row.level,
        today=held_level(holdings, row.competency, 1, top),
        closes="held" if first == 1 else reading.label(first),
        through="" if first == 1 else clean(", ".join(_sources(reading, person, row, first))),
    )


def _sources(reading: Reading, person: Person, row: Requirement, first: int) -> Iterator[str]:
    """What gives a competency in the period from which it is held."""
    for item in person.enrolments:
        outcomes = reading.facts.outcomes.get(item.activity.activity, ())
        gives = any(o.competency == row.competency and o.level >= row.level for o in outcomes)
        if gives and item.finished == first:
            yield reading.activity(item.activity)


def _step(reading: Reading, item: Enrolment) -> StepRow:
    underway = item.underway(reading.facts.horizon)
    return StepRow(
        start=reading.label(item.start),
        finished=reading.label(item.finished),
        activity=clean(reading.activity(item.activity)),
        kind=item.activity.kind,
        hours=item.activity.hours * item.activity.duration,
        cost=item.activity.cost if item.start >= 1 else 0.0,
        committed=item.committed,
        first=underway[0],
        last=underway[-1],
    )


def _milestones(
    reading: Reading, person: Person, target: Target | None, steps: list[Enrolment]
) -> Iterator[Milestone]:
    """What is finished, since when the person is ready, the move, and what must be renewed."""
    events: list[tuple[int, int, str]] = []
    for item in steps:
        gives = [
            f"{reading.competency(row.competency)} at level {row.level}"
            for row in reading.facts.outcomes.get(item.activity.activity, ())
        ]
        words = f": {', '.join(gives)}" if gives else ""
        events.append((item.finished, 0, f"{reading.activity(item.activity)} finished{words}"))
    if target is not None:
        since = reading.ready_period(target)
        events.append((since, 1, f"Ready for {reading.role(target.seat.role)}"))
        words = "Stands by for" if target.kind == "standby" else "Moves to"
        events.append((target.period, 2, f"{words} {reading.role(target.seat.role)}"))
    for period, group in groupby(sorted(events), key=lambda event: event[0]):
        yield Milestone(reading.label(period), clean("; ".join(text for _, _, text in group)))
