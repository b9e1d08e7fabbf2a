"""Random activities, openings and limits of test scenarios; `tests.draws` has the rest."""

from __future__ import annotations

from collections.abc import Sequence

from tests.draws import Draw, People, Structure

from succession.domain import (
    Activity,
    Budget,
    Candidate,
    Commitment,
    Opening,
    Outcome,
    Prerequisite,
    Requirement,
    Resource,
    Scenario,
    Session,
)

__all__ = [
    "draw_activity",
    "draw_budgets",
    "draw_candidates",
    "draw_commitments",
    "draw_opening",
    "draw_resources",
    "draw_sessions",
    "draw_teaching",
]


def draw_activity(draw: Draw, name: str) -> Activity:
    seats = (
        draw.whole(1, 3) * max(1, draw.shape.employees // 15) if draw.has("seats", 0.7) else None
    )
    classroom = seats is not None
    return Activity(
        activity=name,
        name="",
        kind="course",
        duration=draw.pick((1, 1, 1, 2, 2, 3) if draw.shape.periods > 4 else (1, 1, 2)),
        hours=float(draw.pick((0, 5, 10, 10, 15))) if draw.has("hours") else 5.0,
        cost=draw.money(0, 800),
        pool=draw.pick(("P1", "P1", "P2", None)) if "budgets" in draw.on else None,
        seats=seats,
        min_seats=draw.whole(min(2, seats), seats) if seats and draw.has("min_seats", 0.7) else 0,
        session_cost=draw.money(0, 900) if classroom and draw.has("session_cost", 0.8) else 0.0,
        resource=draw.pick(("H1", "H2")) if draw.has("resources", 0.5) else None,
        away=draw.has("away", 0.8),
        pass_rate=draw.pick((0.5, 0.8, 0.9)) if draw.has("pass_rate", 0.6) else 1.0,
    )


def draw_teaching(
    draw: Draw, structure: Structure, name: str, wanted: Requirement
) -> tuple[Prerequisite | None, list[Outcome]]:
    """What an activity gives and asks for: often the level below, at times something else."""
    steep = draw.shape.levels > 2
    level = draw.whole(1, wanted.level) if steep else wanted.level
    gives = {wanted.competency: level}
    if draw.chance(0.15):
        gives = {}
    if not gives or draw.chance(0.25):
        row = draw.pick(structure.competencies)
        gives[row.competency] = draw.whole(1, row.levels)
    outcomes = [
        Outcome(
            name,
            competency,
            level,
            draw.whole(1, draw.pick((2, draw.shape.periods))) if draw.has("expiry", 0.7) else None,
        )
        for competency, level in gives.items()
    ]
    outcomes.sort(key=lambda row: row.competency)
    first = outcomes[0]
    if steep and first.level > 1 and draw.chance(0.7):
        below = first.level - draw.pick((1, 1, 2))
        return Prerequisite(name, first.competency, below) if below else None, outcomes
    if not draw.has("prerequisites", 0.5):
        return None, outcomes
    if first.level > 1 and draw.chance(0.7):
        return Prerequisite(name, first.competency, first.level - 1), outcomes
    other = draw.pick(structure.competencies)
    return Prerequisite(name, other.competency, draw.whole(1, other.levels)), outcomes


def draw_opening(draw: Draw, structure: Structure, name: str) -> Opening:
    horizon = draw.shape.periods
    top = draw.chains and draw.chance(0.8)
    role = structure.roles[-1] if top else draw.pick(structure.roles[1:])
    own = draw.chance(0.8 if draw.chains else 0.3)
    low, high = (7000, 12000) if draw.chains else (2000, 8000)
    incumbent = draw.pick(draw.employee_ids) if draw.has("incumbents", 0.6) else None
    return Opening(
        opening=name,
        role=role.role,
        unit=None if draw.chance(0.15) else draw.pick(draw.unit_ids),
        needed=draw.whole(1 if draw.chance(0.1) else 3, horizon),
        seats=draw.pick((1, 1, 1, 2)),
        probability=draw.pick((0.2, 0.5, 0.8)) if draw.has("probability", 0.6) else 1.0,
        max_delay=draw.whole(1, 3) if draw.has("delay", 0.7) else 0,
        bench=draw.whole(1, 2) if draw.has("bench", 0.6) else 0,
        incumbent=incumbent,
        nominated_only=draw.has("nominated_only", 0.25),
        external_cost=draw.pick((None, draw.money(low, high))) if own else role.external_cost,
        external_lead=draw.whole(0, 2) if own else role.external_lead,
        vacancy_cost=draw.money(0, 600) if own else role.vacancy_cost,
        unfilled_cost=draw.pick((None, draw.money(low, high))) if own else role.unfilled_cost,
    )


def draw_sessions(draw: Draw, activities: tuple[Activity, ...]) -> tuple[Session, ...]:
    found = [
        Session(row.activity, period, draw.pick((0, 1, 1, 2)))
        for row in activities
        if draw.has("sessions", 0.6)
        for period in range(1, draw.shape.periods + 1)
        for _ in range(draw.pick((0, 0, 1, 1, 2)))
    ]
    return tuple(sorted(found, key=lambda row: (row.activity, row.period, row.sessions)))


def draw_candidates(draw: Draw, scenario: Scenario, people: People) -> tuple[Candidate, ...]:
    share = 0.3 if draw.shape.employees <= 6 else 4 / draw.shape.employees
    return tuple(
        Candidate(
            opening.opening,
            person.employee,
            draw.pick(("nominate", "nominate", "exclude")),
            None,
            draw.money(0, 500) if draw.chance(0.5) else None,
        )
        for opening in scenario.openings
        for person in people.employees
        if draw.has("candidates", share) or (opening.nominated_only and draw.chance(2 * share))
    )


def draw_commitments(draw: Draw, activities: Sequence[str]) -> tuple[Commitment, ...]:
    found = {
        Commitment(name, draw.pick(activities), draw.whole(-2, draw.shape.periods))
        for name in draw.employee_ids
        for share in (0.5, 0.15)
        if draw.has("commitments", share)
    }
    return tuple(sorted(found, key=lambda row: (row.employee, row.activity, row.start)))


def draw_resources(draw: Draw) -> tuple[Resource, ...]:
    found: list[Resource] = []
    scale = max(1, draw.shape.employees // 6)
    for name in ("H1", "H2"):
        if draw.chance(0.8):
            found.append(Resource(name, None, draw.pick((0, 1, 1, 2)) * scale))
        periods = range(1, draw.shape.periods + 1)
        rows = [p for p in periods if draw.chance(0.3)] or [draw.whole(1, draw.shape.periods)]
        found += [Resource(name, period, draw.whole(0, 2) * scale) for period in rows]
    return tuple(found)


def draw_budgets(draw: Draw, pools: Sequence[str], need: float) -> tuple[Budget, ...]:
    """Rows that bind often: amounts are a share of what everybody's learning would cost."""
    found: dict[tuple[str, str, int, int], Budget] = {}
    for pool in pools:
        for _ in range(draw.whole(1, 2)):
            unit = draw.pick(draw.unit_ids) if draw.has("unit_budgets", 0.7) else None
            first = draw.whole(-1, draw.shape.periods) if draw.chance(0.4) else 1
            last = draw.whole(first, draw.shape.periods + 2) if draw.chance(0.4) else None
            horizon = max(first, draw.shape.periods if last is None else last)
            share = draw.pick((0.0, 0.2, 0.4, 0.7, 1.0, 1.5) if pool != "PX" else (1.0, 2.0, 3.0))
            share *= 0.6 if unit else 1.0
            amount = float(round(need * share / 100) * 100)
            found[pool, unit or "", first, horizon] = Budget(pool, unit, first, horizon, amount)
    return tuple(found[key] for key in sorted(found))
