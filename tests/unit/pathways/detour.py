"""A plan that rule 8 allows only while an activity comes late, and that somebody else needs."""

from __future__ import annotations

from typing import Any

from tests import builders as build

from succession.domain import Scenario

__all__ = ["detour"]


def detour() -> Scenario:
    """V is held for two or not at all. E2 needs it to spare a hire at 10,000; E1 does not need it,
    but if U waits until W has begun, V is what W's prerequisite comes from."""
    insiders: dict[str, Any] = {"needed": 5, "external_cost": 10_000.0, "unfilled_cost": None}
    return build.scenario(
        build.settings(periods=6),
        competencies=[build.competency(name) for name in "FGH"],
        roles=[build.role(name) for name in ("junior", "senior", "clerk", "expert")],
        requirements=[
            build.requirement("senior", "F", 2),
            build.requirement("senior", "G"),
            build.requirement("expert", "H"),
        ],
        employees=[build.employee("E1", "junior"), build.employee("E2", "clerk")],
        career_paths=[build.path("junior", "senior"), build.path("clerk", "expert")],
        openings=[
            build.opening("O1", "senior", **insiders),
            build.opening("O2", "expert", **insiders),
        ],
        activities=[
            build.activity("U"),
            build.activity("W"),
            build.activity("V", cost=1.0, seats=2, min_seats=2),
        ],
        sessions=[build.session("V", 1)],
        prerequisites=[build.prerequisite("W", "F")],
        outcomes=[
            build.outcome("U", "F", 2),
            build.outcome("W", "G"),
            build.outcome("V", "F"),
            build.outcome("V", "H"),
        ],
    )
