"""What is different between two plans, and for whom; periods are compared by calendar."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import zip_longest
from typing import Literal

from succession.domain.plan import Plan
from succession.metrics import Figures
from succession.report.columns import column

__all__ = [
    "BenchChangeRow",
    "Change",
    "LearningChangeRow",
    "SeatChangeRow",
    "Words",
    "bench_changes",
    "learning_changes",
    "seat_changes",
]

Change = Literal[
    "filled by someone else",
    "filled in another period",
    "hired instead",
    "left unfilled",
    "filled from within",
    "only in this plan",
    "only in the first plan",
]

_HIRED, _UNFILLED = "hired", "unfilled"


@dataclass(frozen=True, slots=True)
class Words:
    """What openings and people are called, as far as that is known."""

    openings: Mapping[str, str]
    people: Mapping[str, str]

    @staticmethod
    def of(figures: Sequence[Figures | None]) -> Words:
        """The words of all plans together; the first plan's where they differ."""
        openings: dict[str, str] = {}
        people: dict[str, str] = {}
        for item in figures:
            if item is not None:
                openings = {**item.openings, **openings}
                people = {**item.people, **people}
        return Words(openings, people)


@dataclass(frozen=True, slots=True)
class SeatChangeRow:
    """A seat that is dealt with otherwise than in the first plan."""

    plan: str = field(metadata=column("Plan"))
    seat: str = field(metadata=column("Opening", "id"))
    what: str = field(metadata=column("Role and unit"))
    change: Change = field(metadata=column("What is different"))
    before: str = field(metadata=column("In the first plan", "id"))
    before_name: str = field(metadata=column("Name then"))
    before_period: str = field(metadata=column("Then moves", "period"))
    after: str = field(metadata=column("In this plan", "id"))
    after_name: str = field(metadata=column("Name now"))
    after_period: str = field(metadata=column("Now moves", "period"))


@dataclass(frozen=True, slots=True)
class BenchChangeRow:
    """An opening for which other people stand by."""

    plan: str = field(metadata=column("Plan"))
    opening: str = field(metadata=column("Opening", "id"))
    what: str = field(metadata=column("Role and unit"))
    added: str = field(metadata=column("Stand by in addition"))
    dropped: str = field(metadata=column("No longer stand by"))


@dataclass(frozen=True, slots=True)
class LearningChangeRow:
    """A person who learns something else, or at another time."""

    plan: str = field(metadata=column("Plan"))
    employee: str = field(metadata=column("Employee", "id"))
    name: str = field(metadata=column("Name"))
    added: int = field(metadata=column("Added", "count", total=True))
    dropped: int = field(metadata=column("Dropped", "count", total=True))
    moved: int = field(metadata=column("Other period", "count", total=True))
    what_added: str = field(metadata=column("Activities added"))
    what_dropped: str = field(metadata=column("Activities dropped"))
    what_moved: str = field(metadata=column("Activities in another period"))


@dataclass(frozen=True, slots=True, order=True)
class _Filling:
    """How one seat is dealt with; hires and unfilled seats have no day."""

    day: date
    who: str
    label: str


def seat_changes(name: str, first: Plan, plan: Plan, words: Words) -> list[SeatChangeRow]:
    """Seat by seat, what is different; seats that are filled alike cancel out."""
    old, new = _fillings(first), _fillings(plan)
    rows = []
    for key in sorted(old.keys() | new.keys()):
        vacated, seat = key
        title = f"left by {seat}" if vacated else seat
        for before, after in _pairs(old.get(key, Counter()), new.get(key, Counter())):
            rows.append(
                SeatChangeRow(
                    plan=name,
                    seat=title,
                    what="" if vacated else words.openings.get(seat, ""),
                    change=_change(before, after),
                    before=before.who if before else "",
                    before_name=words.people.get(before.who, "") if before else "",
                    before_period=before.label if before else "",
                    after=after.who if after else "",
                    after_name=words.people.get(after.who, "") if after else "",
                    after_period=after.label if after else "",
                )
            )
    return rows


def bench_changes(name: str, first: Plan, plan: Plan, words: Words) -> list[BenchChangeRow]:
    """By opening, who stands by in one of the plans alone."""
    old = {(row.opening, row.employee) for row in first.standbys}
    new = {(row.opening, row.employee) for row in plan.standbys}
    return [
        BenchChangeRow(
            name,
            opening,
            words.openings.get(opening, ""),
            ", ".join(sorted(who for place, who in new - old if place == opening)),
            ", ".join(sorted(who for place, who in old - new if place == opening)),
        )
        for opening in sorted({opening for opening, _ in old ^ new})
    ]


def learning_changes(name: str, first: Plan, plan: Plan, words: Words) -> list[LearningChangeRow]:
    """By person, activities in one of the plans alone, or started in another period.

    Starts outside the periods that both horizons have are left out: they cannot be compared.
    """
    old, new = _starts(first, plan), _starts(plan, first)
    rows = []
    for employee in sorted(old.keys() | new.keys()):
        before, after = old.get(employee, {}), new.get(employee, {})
        added, dropped, moved = [], [], []
        for activity in sorted(before.keys() | after.keys()):
            then, now = before.get(activity, {}), after.get(activity, {})
            gone = sorted(then.keys() - now.keys())
            come = sorted(now.keys() - then.keys())
            for past, present in zip_longest(gone, come):
                if past is None:
                    added.append(f"{activity} {now[present]}")
                elif present is None:
                    dropped.append(f"{activity} {then[past]}")
                else:
                    moved.append(f"{activity} {then[past]} → {now[present]}")
        if added or dropped or moved:
            called = words.people.get(employee, "")
            counts = (len(added), len(dropped), len(moved))
            texts = (", ".join(added), ", ".join(dropped), ", ".join(moved))
            rows.append(LearningChangeRow(name, employee, called, *counts, *texts))
    return rows


def _fillings(plan: Plan) -> dict[tuple[bool, str], Counter[_Filling]]:
    """By seat (and whether it is one that somebody leaves), how it is dealt with."""
    found: dict[tuple[bool, str], Counter[_Filling]] = {}

    def add(key: tuple[bool, str], who: str, period: int | None, seats: int = 1) -> None:
        day = date.max if period is None else plan.calendar.first_day(period)
        label = "" if period is None else plan.calendar.label(period)
        found.setdefault(key, Counter())[_Filling(day, who, label)] += seats

    for placement in plan.placements:
        add((False, placement.opening), placement.employee, placement.period)
    for vacated in plan.vacated:
        add((True, vacated.vacated_by), vacated.employee, vacated.period)
    for hires in plan.hires:
        add((False, hires.opening), _HIRED, None, hires.seats)
    for hire in plan.vacated_hires:
        add((True, hire.vacated_by), _HIRED, None)
    for unfilled in plan.unfilled:
        add((False, unfilled.opening), _UNFILLED, None, unfilled.seats)
    for left in plan.vacated_unfilled:
        add((True, left.vacated_by), _UNFILLED, None)
    return found


def _pairs(
    old: Counter[_Filling], new: Counter[_Filling]
) -> Iterator[tuple[_Filling | None, _Filling | None]]:
    """What differs, the same person first, then people, then hires and unfilled seats."""
    gone, come = sorted((old - new).elements()), sorted((new - old).elements())
    for before in list(gone):
        twin = next((row for row in come if _placed(row) and row.who == before.who), None)
        if _placed(before) and twin is not None:
            gone.remove(before)
            come.remove(twin)
            yield before, twin
    yield from zip_longest(gone, come)


def _placed(filling: _Filling) -> bool:
    return filling.day != date.max


def _change(before: _Filling | None, after: _Filling | None) -> Change:
    if before is None:
        return "only in this plan"
    if after is None:
        return "only in the first plan"
    if not _placed(after):
        return "hired instead" if after.who == _HIRED else "left unfilled"
    if not _placed(before):
        return "filled from within"
    same = before.who == after.who
    return "filled in another period" if same else "filled by someone else"


def _starts(plan: Plan, other: Plan) -> dict[str, dict[str, dict[date, str]]]:
    """By person and activity, the days of its starts within both horizons, with their labels."""
    calendar = plan.calendar
    common = _days(plan) & _days(other)
    found: dict[str, dict[str, dict[date, str]]] = {}
    for row in plan.learning:
        day = calendar.first_day(row.start)
        if day in common:
            by_activity = found.setdefault(row.employee, {})
            by_activity.setdefault(row.activity, {})[day] = calendar.label(row.start)
    return found


def _days(plan: Plan) -> set[date]:
    periods: Iterable[int] = range(1, plan.periods + 1)
    return {plan.calendar.first_day(period) for period in periods}
