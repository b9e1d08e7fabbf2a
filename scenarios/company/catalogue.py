"""The learning catalogue. All of it is assumed: `data/offers.csv` says what is on offer.

Offers of scope `skills` and `knowledge` are made once for every O*NET element of that domain that
some role requires at the level they lead to, those of scope `certificate` once for every
certificate, and those of scope `company` as they stand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from scenarios.company.roles import CERTIFICATES, Roles
from scenarios.company.source import PERIODS, draw, label, read_rows, rounded
from scenarios.tables import Row

SEVERAL_SESSIONS = {"Sales and Marketing", "Speaking", "Biology", "Critical Thinking", "Science"}
RESOURCES = {
    "coaches": 14,
    "mentors": 18,
    "project sponsors": 16,
    "R&D hosts": 5,
    "plant hosts": 4,
    "sales hosts": 4,
    "staff office hosts": 2,
}
SUMMER, COACHES_IN_SUMMER = (3, 7), 9
NUMBERS = ("duration", "hours", "cost", "seats", "min_seats", "session_cost", "pass_rate")
Levels = dict[str, int]


@dataclass(frozen=True)
class Activity:
    """An activity: its own row, and what other tables say about it."""

    row: Row
    outcomes: Levels
    prerequisites: Levels
    valid_periods: int | None
    sessions: dict[int, int]


Catalogue = dict[str, Activity]


def build_catalogue(roles: Roles) -> Catalogue:
    offers = read_rows("offers.csv")
    made = [dict(offer, **subject) for subject in _subjects(roles) for offer in offers
            if offer["scope"] == subject["scope"]]  # fmt: skip
    needed = [offer for offer in map(_filled, made) if _is_needed(offer, roles)]
    return {f"A{n:03d}": _activity(f"A{n:03d}", offer) for n, offer in enumerate(needed, start=1)}


def _subjects(roles: Roles) -> Iterator[dict[str, str]]:
    for element, domain in roles.elements.items():
        yield {"scope": domain, "subject": element}
    for c in CERTIFICATES:
        term = str(c.valid_periods)
        yield {"scope": "certificate", "subject": c.name, "short": c.short, "term": term}
    yield {"scope": "company"}


def _filled(offer: dict[str, str]) -> dict[str, str]:
    return {column: text.format(**offer) for column, text in offer.items()}


def _is_needed(offer: dict[str, str], roles: Roles) -> bool:
    """Whether some role asks for the level; programmes and certificates are always on offer."""
    if offer["scope"] not in ("skills", "knowledge"):
        return True
    (element, level), *_ = _levels(offer["outcomes"]).items()
    return level <= max(levels.get(element, 0) for levels in roles.requirements.values())


def _activity(key: str, offer: dict[str, str]) -> Activity:
    numbers = {column: _number(offer[column]) for column in NUMBERS}
    if "subject" in offer:
        numbers["cost"] = _price(offer["name"], float(offer["cost"]))
    texts = {
        column: offer[column] or None for column in ("name", "kind", "pool", "resource", "away")
    }
    return Activity(
        row={"activity": key, **texts, **numbers},
        outcomes=_levels(offer["outcomes"]),
        prerequisites=_levels(offer["prerequisites"]),
        valid_periods=int(offer["valid_periods"]) if offer["valid_periods"] else None,
        sessions=_calendar(offer),
    )


def _levels(text: str) -> Levels:
    pairs = (part.rsplit("=", 1) for part in text.split(";") if part.strip())
    return {competency.strip(): int(level) for competency, level in pairs}


def _number(text: str) -> float | None:
    if not text:
        return None
    return float(text) if "." in text else int(text)


def _price(name: str, cost: float) -> int:
    """Within 15 % of the usual price, to the next ten."""
    return rounded(cost * (0.85 + 0.3 * draw("price", name)), 10)


def _calendar(offer: dict[str, str]) -> dict[int, int]:
    if offer["sessions"] != "alternate":
        return {int(period): 1 for period in offer["sessions"].split()}
    first = 1 + int(2 * draw("calendar", offer["name"]))
    sessions = 1 + (offer["subject"] in SEVERAL_SESSIONS)
    return dict.fromkeys(range(first, PERIODS, 2), sessions)


def activity_rows(catalogue: Catalogue) -> list[Row]:
    return [activity.row for activity in catalogue.values()]


def session_rows(catalogue: Catalogue) -> list[Row]:
    return [
        {"activity": key, "period": label(period), "sessions": sessions}
        for key, activity in catalogue.items()
        for period, sessions in activity.sessions.items()
    ]


def prerequisite_rows(catalogue: Catalogue) -> list[Row]:
    return [
        {"activity": key, "competency": competency, "level": level}
        for key, activity in catalogue.items()
        for competency, level in activity.prerequisites.items()
    ]


def outcome_rows(catalogue: Catalogue) -> list[Row]:
    return [
        {
            "activity": key,
            "competency": competency,
            "level": level,
            "valid_periods": a.valid_periods,
        }
        for key, a in catalogue.items()
        for competency, level in a.outcomes.items()
    ]


def resource_rows() -> list[Row]:
    rows: list[Row] = [{"resource": name, "capacity": n} for name, n in RESOURCES.items()]
    return rows + [
        {"resource": "coaches", "period": label(period), "capacity": COACHES_IN_SUMMER}
        for period in SUMMER
    ]
