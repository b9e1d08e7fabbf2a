"""Random scenarios for round trips: awkward texts, amounts with many digits, blanks everywhere."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from hypothesis import strategies as st

from succession.domain import (
    Activity,
    Budget,
    Candidate,
    CareerPath,
    Commitment,
    Competency,
    Employee,
    Group,
    Interest,
    Opening,
    Outcome,
    Profile,
    Requirement,
    Resource,
    Role,
    Scenario,
    Session,
    Settings,
    Unit,
)

__all__ = ["awkward_scenarios"]

_MARKS = st.one_of(
    st.sampled_from("=+-@'\"<>&,;|/\\%_x0041 aZ9.éß😀لא漢"),
    st.characters(categories=["Lu", "Ll", "Lo", "Nd", "Po", "Sc"]),
)
_TEXTS = st.text(_MARKS, min_size=1, max_size=8).map(str.strip).filter(lambda text: text != "")
_AMOUNTS = st.one_of(
    st.sampled_from([0.0, 12.125, 1.001, 0.1 + 0.2, 999.999, 1234.567]),
    st.floats(0, 1e8, allow_nan=False).map(abs),
)
_SHARES = st.floats(0, 1, allow_nan=False).map(abs)
_COUNTS = st.integers(0, 9)


def _maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | strategy


def _fold(text: str) -> str:
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return folded.lstrip("0") if text.isdecimal() else folded


def _ids(fewest: int = 1) -> st.SearchStrategy[list[str]]:
    return st.lists(_TEXTS, min_size=fewest, max_size=3, unique_by=_fold)


@st.composite
def awkward_scenarios(draw: st.DrawFn) -> Scenario:
    """A scenario that must survive being written and read; its plan does not matter."""
    roles, people, units, skills = (draw(_ids()) for _ in range(4))
    activities, openings, pools = (draw(_ids()) for _ in range(3))
    some = st.sampled_from
    periods = draw(st.integers(1, 12))
    inside = st.integers(1, periods)
    tables: dict[str, Any] = {
        "competencies": [Competency(c, draw(_TEXTS), "skill", 9) for c in skills],
        "roles": [_role(draw, role) for role in roles],
        "requirements": [Requirement(r, draw(some(skills)), draw(inside) % 9 + 1) for r in roles],
        "units": [Unit(u, "", draw(_maybe(_COUNTS)), draw(_maybe(_COUNTS))) for u in units],
        "employees": [_employee(draw, e, roles, units) for e in people],
        "profiles": [
            Profile(e, draw(some(skills)), 1, draw(_maybe(_COUNTS)), draw(_maybe(st.just(9))))
            for e in people
        ],
        "career_paths": [
            CareerPath(r, draw(some(roles)), "lattice", draw(_AMOUNTS)) for r in roles
        ],
        "openings": [_opening(draw, o, roles, units, inside) for o in openings],
        "candidates": [
            Candidate(
                o, draw(some(people)), "nominate", draw(_maybe(inside)), draw(_maybe(_AMOUNTS))
            )
            for o in openings
        ],
        "interests": [Interest(e, draw(some(roles)), draw(st.integers(0, 3))) for e in people],
        "activities": [_activity(draw, a, pools) for a in activities],
        "sessions": [Session(a, draw(inside), draw(_COUNTS)) for a in activities],
        "outcomes": [Outcome(a, draw(some(skills)), 1, draw(_maybe(inside))) for a in activities],
        "resources": [Resource("room", draw(_maybe(inside)), draw(_COUNTS))],
        "budgets": [
            Budget(p, draw(_maybe(some(units))), draw(st.integers(-9, 3)), 3, draw(_AMOUNTS))
            for p in pools
        ],
        "commitments": [
            Commitment(draw(some(people)), a, draw(st.integers(-9, periods))) for a in activities
        ],
        "groups": [Group(e, draw(_TEXTS), draw(_TEXTS)) for e in people],
    }
    sorted_tables: dict[str, Any] = {
        name: tuple(sorted(rows, key=_key)) for name, rows in tables.items()
    }
    return Scenario(_settings(draw, periods, pools), **sorted_tables)


def _settings(draw: st.DrawFn, periods: int, pools: list[str]) -> Settings:
    usable = [pool for pool in pools if pool.casefold() != "none"] or None
    pool = None if usable is None else draw(_maybe(st.sampled_from(usable)))
    month = draw(st.integers(1, 12))
    return Settings(
        draw(_TEXTS),
        date(2027, month, 1),
        periods=periods,
        hours_per_period=draw(_AMOUNTS),
        interest_cost=draw(_AMOUNTS),
        retention_effect=draw(_SHARES),
        external_pool=pool,
    )


def _role(draw: st.DrawFn, role: str) -> Role:
    costs = [draw(_maybe(_AMOUNTS)), draw(_AMOUNTS), draw(_maybe(_AMOUNTS))]
    grade = draw(_maybe(st.integers(-5, 20)))
    return Role(
        *(role, draw(_TEXTS), "", grade),
        *(costs[0], draw(_COUNTS), costs[1], costs[2]),
        *(draw(_AMOUNTS), draw(_AMOUNTS)),
    )


def _employee(draw: st.DrawFn, name: str, roles: list[str], units: list[str]) -> Employee:
    role, unit = draw(st.sampled_from(roles)), draw(_maybe(st.sampled_from(units)))
    return Employee(name, draw(_TEXTS), role, unit, draw(_AMOUNTS), draw(_SHARES), 0, 40, -3)


def _opening(
    draw: st.DrawFn, name: str, roles: list[str], units: list[str], inside: Any
) -> Opening:
    role, unit = draw(st.sampled_from(roles)), draw(_maybe(st.sampled_from(units)))
    return Opening(
        *(name, role, unit, draw(inside), 2, draw(_SHARES), draw(_COUNTS), draw(_COUNTS)),
        *(None, draw(st.booleans()), draw(_maybe(_AMOUNTS)), draw(_COUNTS)),
        *(draw(_AMOUNTS), draw(_AMOUNTS)),
    )


def _activity(draw: st.DrawFn, name: str, pools: list[str]) -> Activity:
    seats = draw(_maybe(st.integers(3, 9)))
    held = seats is not None
    return Activity(
        *(name, draw(_TEXTS), "e-learning", 1, draw(_AMOUNTS), draw(_AMOUNTS)),
        *(draw(_maybe(st.sampled_from(pools))), seats, 2 if held else 0),
        *(draw(_AMOUNTS) if held else 0.0, draw(_maybe(st.just("room")))),
        *(draw(st.booleans()), draw(_SHARES)),
    )


def _key(record: Any) -> tuple[Any, ...]:
    values = [getattr(record, name) for name in record.__slots__]
    return tuple((value is not None, value) for value in values)
