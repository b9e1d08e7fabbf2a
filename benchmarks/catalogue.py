"""Activities of a large scenario: two to three ways to reach each level of each skill."""

from __future__ import annotations

from dataclasses import dataclass, field
from math import ceil
from typing import Literal

from benchmarks.world import World

from succession.domain import (
    Activity,
    Competency,
    Outcome,
    Prerequisite,
    Resource,
    Session,
)

__all__ = ["Catalogue", "draw_catalogue"]

Kind = Literal["e-learning", "certification", "mentoring", "programme"]

TOP = 5
CERTIFICATES = 0.15
COURSE_PERIODS = 3
COURSE_SHARE = 0.5


@dataclass
class Catalogue:
    """Skills by number and all that is offered for them."""

    skill_ids: list[str]
    top: list[int]
    competencies: tuple[Competency, ...] = ()
    activities: tuple[Activity, ...] = ()
    sessions: tuple[Session, ...] = ()
    prerequisites: tuple[Prerequisite, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    resources: tuple[Resource, ...] = ()
    ways: dict[tuple[int, int], list[str]] = field(default_factory=dict)


@dataclass
class _Offer:
    """Rows in the making; `demand` is the starts to expect of each way to each level."""

    world: World
    demand: float
    activities: list[Activity] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)
    prerequisites: list[Prerequisite] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)

    def whole(self, low: int, high: int) -> int:
        return int(self.world.rng.integers(low, high + 1))

    def add(self, row: Activity, skill: str, level: int, steps: int) -> None:
        certificate = row.kind == "certification"
        valid = self.whole(4, 6) if certificate and self.world.rich else None
        self.activities.append(row)
        self.outcomes.append(Outcome(row.activity, skill, level, valid))
        if level - steps > 0:
            self.prerequisites.append(Prerequisite(row.activity, skill, level - steps))


def draw_catalogue(world: World, variants: float, starts: float) -> Catalogue:
    """`starts`: activity starts to expect over all openings and periods."""
    skill_ids = [f"S{number:03d}" for number in range(world.skills)]
    top = [1 if world.rng.random() < CERTIFICATES else TOP for _ in skill_ids]
    offer = _Offer(world, starts / sum(top))
    catalogue = Catalogue(skill_ids, top)
    for number, skill in enumerate(skill_ids):
        for level in range(1, top[number] + 1):
            before = len(offer.activities)
            _ways(offer, skill, level, certificate=top[number] == 1, variants=variants)
            catalogue.ways[number, level] = [a.activity for a in offer.activities[before:]]
    catalogue.competencies = tuple(
        Competency(skill, "", "certification" if top[n] == 1 else "skill", top[n])
        for n, skill in enumerate(skill_ids)
    )
    catalogue.activities = tuple(offer.activities)
    catalogue.sessions = tuple(offer.sessions)
    catalogue.prerequisites = tuple(offer.prerequisites)
    catalogue.outcomes = tuple(offer.outcomes)
    catalogue.resources = tuple(_mentors(world, skill, offer.demand) for skill in skill_ids)
    return catalogue


def _ways(offer: _Offer, skill: str, level: int, *, certificate: bool, variants: float) -> None:
    """A course and an e-learning; often a mentoring, at times a programme of two levels."""
    name = f"{skill}.{level}"
    offer.add(_course(offer, f"{name}c", level, certificate=certificate), skill, level, 1)
    offer.add(_e_learning(offer, f"{name}e", certificate=certificate), skill, level, 1)
    if offer.world.rng.random() < variants - 2.0:
        offer.add(_mentoring(offer, f"{name}m", skill, level), skill, level, 1)
    if level >= 2 and offer.world.rng.random() < (variants - 2.0) / 3:
        offer.add(_programme(offer, f"{name}p", level), skill, level, 2)


def _course(offer: _Offer, name: str, level: int, *, certificate: bool) -> Activity:
    rich = offer.world.rich
    need = COURSE_SHARE * offer.demand / COURSE_PERIODS
    sessions = ceil(need / 16)
    seats = ceil(2 * need / sessions) if offer.world.slack >= 1 else round(0.4 * need / sessions)
    seats = max(4 if offer.world.slack >= 1 else 1, seats)
    periods = offer.world.rng.permutation(offer.world.periods)[:COURSE_PERIODS] + 1
    offer.sessions += [Session(name, period, sessions) for period in sorted(periods.tolist())]
    return Activity(
        activity=name,
        name="",
        kind="certification" if certificate else "course",
        duration=1,
        hours=float(offer.whole(3, 6) * 5),
        cost=100.0 * offer.whole(2, 5),
        pool="Learning",
        seats=seats,
        min_seats=min(seats, offer.whole(1, 3)) if rich else 0,
        session_cost=100.0 * offer.whole(4, 16),
        resource=None,
        away=rich and offer.world.rng.random() < 0.4,
        pass_rate=offer.whole(17, 20) / 20 if rich and level > 1 else 1.0,
    )


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
) -> Activity:
    """An activity without seats."""
    rate = offer.whole(16, 20) / 20 if offer.world.rich else 1.0
    return Activity(
        name, "", kind, duration, hours, cost, "Learning", None, 0, 0.0, resource, away, rate
    )


def _mentors(world: World, skill: str, demand: float) -> Resource:
    """Mentors at once: what demand needs of the levels of a skill, or 40 % of it."""
    return Resource(f"Mentors-{skill}", None, max(1, round(world.slack * demand)))
