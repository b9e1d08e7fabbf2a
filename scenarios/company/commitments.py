"""Learning that is agreed already: some underway on the first day, some still to come.

A commitment is given only to somebody whom it takes a level further, who has what it presupposes,
whose hours allow it and for whom a seat is left, as any learning administration would do.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import cast

from scenarios.company.catalogue import Activity, Catalogue
from scenarios.company.source import PERIODS, Person, draw, label
from scenarios.company.staff import Staff, hours_of
from scenarios.tables import Row

COMMITTED_SHARE = 0.05
SEATS_A_START = 6
RESOURCE_SHARE = 2


def commitment_rows(catalogue: Catalogue, staff: Staff) -> list[Row]:
    taken: Counter[tuple[str, int]] = Counter()
    rows: list[Row] = []
    for person in staff.people:
        if not person.leaver and draw("committed", person.employee) < COMMITTED_SHARE:
            chosen = next(_choices(person, catalogue, staff, taken), None)
            if chosen:
                key, start = chosen
                _take(catalogue[key], key, start, taken)
                rows.append({"employee": person.employee, "activity": key, "start": label(start)})
    return rows


def _choices(
    person: Person, catalogue: Catalogue, staff: Staff, taken: Counter[tuple[str, int]]
) -> Iterator[tuple[str, int]]:
    held = staff.levels[person.employee]
    suitable = [key for key, a in catalogue.items() if _suits(a, held, hours_of(person))]
    choices = [
        (key, start)
        for key in suitable
        for start in _starts(person, catalogue[key])
        if _has_room(catalogue[key], key, start, taken)
    ]
    # A class that somebody is in already is filled before another one is opened.
    return iter(
        sorted(choices, key=lambda c: (not taken[c], draw("choice", person.employee, c[0])))
    )


def _suits(activity: Activity, held: dict[str, int], hours: int) -> bool:
    """One level further in something that the person's career needs, and within their hours."""
    return (
        cast(int, activity.row["hours"]) <= hours
        and all(held.get(c, 0) >= level for c, level in activity.prerequisites.items())
        and all(c in held and level == held[c] + 1 for c, level in activity.outcomes.items())
        and not activity.row["away"]
    )


def _starts(person: Person, activity: Activity) -> list[int]:
    duration = cast(int, activity.row["duration"])
    offered = activity.sessions or range(1, PERIODS + 1)
    underway = range(2 - duration, 1)
    starts = [s for s in [*underway, *offered] if s + duration <= PERIODS + 1]
    starts.sort(key=lambda s: draw("start", person.employee, s) - 0.4 * (s < 1))
    return list(islice(starts, 3))


def _has_room(activity: Activity, key: str, start: int, taken: Counter[tuple[str, int]]) -> bool:
    resource, duration = activity.row["resource"], cast(int, activity.row["duration"])
    if activity.row["seats"] and taken[key, start] >= SEATS_A_START:
        return False
    return resource is None or all(
        taken[str(resource), t] < RESOURCE_SHARE for t in range(start, start + duration)
    )


def _take(activity: Activity, key: str, start: int, taken: Counter[tuple[str, int]]) -> None:
    taken[key, start] += 1
    if activity.row["resource"]:
        for t in range(start, start + cast(int, activity.row["duration"])):
            taken[str(activity.row["resource"]), t] += 1
