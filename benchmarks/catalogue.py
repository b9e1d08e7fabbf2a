"""Activities of a large scenario: two to six ways to reach each level of each skill."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil
from typing import Literal

import numpy as np
from benchmarks.world import World

from succession.domain import Activity, Competency, Outcome, Prerequisite, Resource, Session

__all__ = ["Catalogue", "draw_catalogue"]

Kind = Literal["coaching", "e-learning", "certification", "mentoring", "programme", "project"]

COURSE_PERIODS = 3
PROGRAMMES = 0.3
TIGHT = 0.4
"""Seats and mentors of a tight scenario, as a share of what is needed where there is no limit."""

# Measured on plans found where nothing is limited.
COURSE_SHARE = 0.45
MENTOR_PERIODS = 0.5
"""Of all starts: those in courses, and periods with a mentor for each start."""


@dataclass
class Catalogue:
    """Skills by number and all that is offered for them."""

    skill_ids: list[str]
    competencies: tuple[Competency, ...] = ()
    activities: tuple[Activity, ...] = ()
    sessions: tuple[Session, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    resources: tuple[Resource, ...] = ()
    ways: dict[tuple[int, int], list[str]] = field(default_factory=dict)


@dataclass
class _Offer:
    """Rows in the making, of one skill after the other."""

    world: World
    rng: np.random.Generator
    activities: list[Activity] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    prerequisites: list[Prerequisite] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def whole(self, low: int, high: int) -> int:
        return int(self.rng.integers(low, high + 1))

    def near(self, amount: float) -> int:
        """A whole number that is the amount on average."""
        return int(amount + self.rng.random())

    def add(self, row: Activity, skill: str, level: int, steps: int) -> None:
        certificate = row.kind == "certification"
        valid = self.whole(4, 6) if certificate else None
        self.activities.append(row)
        self.outcomes.append(
            Outcome(row.activity, skill, level, valid if self.world.rich else None)
        )
        if level - steps > 0:
            self.prerequisites.append(Prerequisite(row.activity, skill, level - steps))


def draw_catalogue(world: World, variants: float, demand: Sequence[Sequence[float]]) -> Catalogue:
    """`demand[skill][level − 1]`: activity starts to expect where nothing is limited."""
    skill_ids = [f"S{number:03d}" for number in range(world.skills)]
    offer = _Offer(world, world.rng("catalogue"))
    catalogue, resources, top = Catalogue(skill_ids), [], world.top.tolist()
    for number, skill in enumerate(skill_ids):
        for level in range(1, top[number] + 1):
            before = len(offer.activities)
            need = demand[number][level - 1]
            _ways(offer, skill, level, certificate=top[number] == 1, variants=variants, need=need)
            catalogue.ways[number, level] = [a.activity for a in offer.activities[before:]]
        resources += _mentors(offer, skill, sum(demand[number]))
    catalogue.competencies = tuple(
        Competency(skill, "", "certification" if top[n] == 1 else "skill", top[n])
        for n, skill in enumerate(skill_ids)
    )
    # Sorted by key, as a scenario's tables are.
    catalogue.activities = tuple(sorted(offer.activities, key=lambda row: row.activity))
    catalogue.sessions = tuple(offer.sessions)
    catalogue.prerequisites = tuple(sorted(offer.prerequisites, key=lambda row: row.activity))
    catalogue.outcomes = tuple(sorted(offer.outcomes, key=lambda row: row.activity))
    catalogue.resources = tuple(resources)
    return catalogue


def _ways(
    offer: _Offer, skill: str, level: int, *, certificate: bool, variants: float, need: float
) -> None:
    """A course and an e-learning, up to four more, at times a programme of two levels."""
    name = f"{skill}.{level}"
    course = _course(offer, f"{name}c", level, certificate=certificate, need=need)
    rows = [course, _e_learning(offer, f"{name}e", certificate=certificate)]
    rows.append(_mentoring(offer, f"{name}m", skill, level))
    rows.append(_project(offer, f"{name}o"))
    rows.append(_coaching(offer, f"{name}k"))
    rows.append(_e_learning(offer, f"{name}f", certificate=certificate))
    for row in rows[: max(2, offer.near(variants))]:
        offer.add(row, skill, level, 1)
    programme = _programme(offer, f"{name}p", level)
    if offer.rng.random() < PROGRAMMES and level >= 2:
        offer.add(programme, skill, level, 2)


def _course(offer: _Offer, name: str, level: int, *, certificate: bool, need: float) -> Activity:
    rich = offer.world.rich
    minimum = offer.whole(1, 3)
    classes = offer.world.classes
    seats = _classes(offer, name, COURSE_SHARE * need)
    away, rate = offer.rng.random() < 0.4, offer.whole(17, 20) / 20
    return Activity(
        activity=name,
        name="",
        kind="certification" if certificate else "course",
        duration=1,
        hours=float(offer.whole(3, 6) * 5),
        cost=100.0 * offer.whole(2, 5),
        pool="Learning",
        seats=seats,
        min_seats=min(seats, minimum) if rich and classes else 0,
        session_cost=100.0 * offer.whole(4, 16) * classes,
        resource=None,
        away=rich and away,
        pass_rate=rate if rich and level > 1 else 1.0,
    )


def _classes(offer: _Offer, name: str, need: float) -> int:
    """Adds the calendar, up to three periods; seats a session, twice the need or 40 % of it."""
    room = (TIGHT if offer.world.tight else 2.0) * need
    periods = (offer.rng.permutation(offer.world.periods)[:COURSE_PERIODS] + 1).tolist()
    at_once = max(1, ceil(need / COURSE_PERIODS / 16))
    if not offer.world.tight:
        offer.sessions += [Session(name, period, at_once) for period in sorted(periods)]
        return max(4, ceil(room / COURSE_PERIODS / at_once))
    seats = max(2, offer.near(room / COURSE_PERIODS / at_once))
    held = offer.near(room / seats)
    counts = [held // len(periods) + (k < held % len(periods)) for k in range(len(periods))]
    offer.sessions += [
        Session(name, period, count) for period, count in sorted(zip(periods, counts, strict=True))
    ]
    return seats


def _e_learning(offer: _Offer, name: str, *, certificate: bool) -> Activity:
    return _simple(
        offer,
        name,
        kind="certification" if certificate else "e-learning",
        duration=2,
        hours=float(offer.whole(1, 3) * 5),
        cost=100.0 * offer.whole(6, 14),
    )


def _mentoring(offer: _Offer, name: str, skill: str, level: int) -> Activity:
    return _simple(
        offer,
        name,
        kind="mentoring",
        duration=2 if level < 4 else 3,
        hours=float(offer.whole(1, 4) * 5),
        cost=100.0 * offer.whole(1, 6),
        resource=f"Mentors-{skill}",
    )


def _project(offer: _Offer, name: str) -> Activity:
    return _simple(
        offer,
        name,
        kind="project",
        duration=2,
        hours=float(offer.whole(3, 5) * 5),
        cost=100.0 * offer.whole(4, 9),
        risk=1.5,
    )


def _coaching(offer: _Offer, name: str) -> Activity:
    return _simple(
        offer,
        name,
        kind="coaching",
        duration=1,
        hours=float(offer.whole(2, 4) * 5),
        cost=100.0 * offer.whole(10, 18),
        risk=0.5,
    )


def _programme(offer: _Offer, name: str, level: int) -> Activity:
    return _simple(
        offer,
        name,
        kind="programme",
        duration=3,
        hours=20.0,
        cost=100.0 * offer.whole(12, 25),
        away=offer.world.rich and level > 3,
    )


def _simple(
    offer: _Offer,
    name: str,
    *,
    kind: Kind,
    duration: int,
    hours: float,
    cost: float,
    resource: str | None = None,
    away: bool = False,
    risk: float = 1.0,
) -> Activity:
    """An activity without seats; one in ten fails, times `risk`."""
    failed = risk * offer.whole(0, 4) / 20
    rate = round(1.0 - failed, 4) if offer.world.rich else 1.0
    return Activity(
        name, "", kind, duration, hours, cost, "Learning", None, 0, 0.0, resource, away, rate
    )


def _mentors(offer: _Offer, skill: str, starts: float) -> list[Resource]:
    """Mentors at once: twice the need, fewer in one period; or 40 % of it, by period."""
    name, last = f"Mentors-{skill}", offer.world.periods
    busy = MENTOR_PERIODS * starts / last
    if offer.world.tight:
        capacities = [offer.near(TIGHT * busy) for _ in range(last)]
        return [Resource(name, period, some) for period, some in enumerate(capacities, start=1)]
    usual, absent = max(1, ceil(2 * busy)), offer.whole(1, last)
    rows = [Resource(name, None, usual)]
    return [*rows, Resource(name, absent, usual // 2)] if offer.world.rich else rows
