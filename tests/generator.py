"""Random scenarios, small enough to enumerate (`tiny`) or to stress the solver (`small`).

The same seed is the same scenario. `tests.coverage_report` counts how often each feature is in
them and how often it decides the optimum.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from functools import cache
from itertools import cycle
from random import Random

from tests.draw_limits import (
    draw_activity,
    draw_budgets,
    draw_candidates,
    draw_commitments,
    draw_opening,
    draw_resources,
    draw_sessions,
    draw_teaching,
)
from tests.draws import (
    Draw,
    Shape,
    draw_people,
    draw_settings,
    draw_structure,
)
from tests.oracle.enumerate import PersonPlan, person_plans
from tests.oracle.exact import solve_exactly
from tests.oracle.facts import Facts

from succession.domain import (
    Candidate,
    Learning,
    Placement,
    Plan,
    Scenario,
)

__all__ = ["MOST_PLANS", "drawn_scenario", "small_scenario", "tiny_previous", "tiny_scenario"]

MOST_PLANS = 6000
"""A tiny scenario with more person plans is drawn again."""


@cache
def tiny_scenario(seed: int) -> Scenario:
    """2-6 people, 1-4 openings, 2-6 activities, 3-6 periods: full enumeration is quick."""
    for attempt in range(100):
        rng = Random(f"tiny/{seed}/{attempt}")
        shape = _tiny_shape(rng, f"tiny-{seed}")
        draw = Draw(rng, shape)
        scenario = _scenario(draw)
        plans = person_plans(scenario)
        if len(plans) <= MOST_PLANS:
            scenario = _with_locks(draw, scenario, plans)
            if _worthwhile(draw, scenario, plans):
                return scenario
    raise AssertionError(f"seed {seed}: every draw is too large")


def drawn_scenario(rng: Random, on: Collection[str] = ()) -> Scenario:
    """Any draw of the tiny shape, whether it has a plan or not, with some features on for sure.

    What is random is asked of `rng` alone, which may be one of Hypothesis, so that it can shrink.
    """
    draw = Draw(rng, _tiny_shape(rng, "drawn"))
    draw.on |= set(on)
    return _with_locks(draw, _scenario(draw), [])


def _tiny_shape(rng: Random, name: str) -> Shape:
    return Shape(
        name=name,
        employees=rng.choice((2, 3, 4, 5, 6, 6, 6, 6)),
        openings=rng.choice((1, 2, 3, 4, 4)),
        activities=rng.choice((2, 4, 5, 6, 6, 6, 6)),
        periods=rng.choice((3, 4, 5, 6, 6, 6)),
        competencies=rng.choice((2, 3, 3, 4)),
        levels=2,
        roles=rng.choice((2, 3, 3, 3)),
        units=rng.randint(1, 2),
        requirements=3,
    )


def _worthwhile(draw: Draw, scenario: Scenario, plans: list[PersonPlan]) -> bool:
    """Most of those that are infeasible or ask nothing of the solver are drawn again."""
    if len(plans) < 25 and draw.chance(0.8):
        return False
    if all(len(plan.learning) < 2 for plan in plans) and draw.chance(0.6):
        return False
    return draw.chance(0.4) or solve_exactly(scenario).status == "optimal"


def small_scenario(
    seed: int,
    *,
    employees: int = 30,
    openings: int | None = None,
    activities: int = 30,
    periods: int = 8,
    competencies: int = 6,
    levels: int = 5,
    rate: float = 0.45,
) -> Scenario:
    """10-60 people with multi-step prerequisites and tight limits, too large to enumerate."""
    shape = Shape(
        name=f"small-{seed}",
        employees=employees,
        openings=max(2, employees // 3) if openings is None else openings,
        activities=activities,
        periods=periods,
        competencies=competencies,
        levels=levels,
        roles=max(3, employees // 6),
        units=max(2, employees // 12),
        requirements=min(4, competencies),
        rate=rate,
    )
    return _scenario(Draw(Random(f"small/{seed}/{employees}"), shape))


def tiny_previous(seed: int) -> Plan | None:
    """For a fifth of the seeds a previous plan: good for other prices, with a shifted start."""
    rng = Random(f"previous/{seed}")
    if rng.random() >= 0.2:
        return None
    scenario = tiny_scenario(seed)
    settings = scenario.settings
    rows = [replace(row, cost=float(rng.randrange(0, 1500, 50))) for row in scenario.activities]
    openings = [replace(row, max_delay=row.max_delay + 1) for row in scenario.openings]
    other = replace(scenario, activities=tuple(rows), openings=tuple(openings), budgets=())
    plan = solve_exactly(other).plan
    shift = rng.choice((0, 1, 1, 2))
    start = settings.calendar.first_day(1 - shift)
    if settings.period == "quarter" and rng.random() < 0.3:
        start = start.replace(month=start.month % 12 + 1)
    noise = _noise(rng, scenario)
    learning = [replace(row, start=row.start + shift) for row in plan.learning] if plan else []
    placed = [replace(row, period=row.period + shift) for row in plan.placements] if plan else []
    return replace(
        Plan.blank(scenario),
        scenario="previous",
        scenario_sha256="",
        start=start,
        learning=tuple(sorted({*learning, *noise[0]})),
        placements=tuple(sorted({row.employee: row for row in [*noise[1], *placed]}.values())),
    )


def _noise(rng: Random, scenario: Scenario) -> tuple[list[Learning], list[Placement]]:
    """Rows nobody can keep: of people and openings that are gone, and arbitrary ones."""
    people = [*scenario.employee_by_id, "gone"]
    last = scenario.settings.periods
    learning = [
        Learning(rng.choice(people), rng.choice([*scenario.activity_by_id, "gone"]), start)
        for start in (rng.randint(1, last), rng.randint(1, last))
        if rng.random() < 0.5
    ]
    placements = [
        Placement(rng.choice([*scenario.opening_by_id, "gone"]), rng.choice(people), 1)
        for _ in range(2)
        if rng.random() < 0.4
    ]
    return learning, placements


def _scenario(draw: Draw) -> Scenario:
    structure = draw_structure(draw)
    people = draw_people(draw, structure)
    names = draw.ids("A", draw.shape.activities)
    wanted = [row for row in structure.requirements if row.role != structure.roles[0].role]
    draw.rng.shuffle(wanted)
    taught = [draw_teaching(draw, structure, *pair) for pair in zip(names, cycle(wanted))]
    activities = tuple(draw_activity(draw, name) for name in names)
    need = sum(row.cost for row in activities) * draw.shape.employees / 6
    settings = draw_settings(draw)
    pools = sorted(
        {row.pool for row in activities if row.pool}
        | {pool for pool in (settings.external_pool, settings.move_pool) if pool}
    )
    scenario = Scenario(
        settings=settings,
        competencies=structure.competencies,
        roles=structure.roles,
        requirements=structure.requirements,
        units=structure.units,
        employees=people.employees,
        profiles=people.profiles,
        career_paths=structure.career_paths,
        openings=tuple(
            draw_opening(draw, structure, name) for name in draw.ids("O", draw.shape.openings)
        ),
        interests=people.interests,
        activities=activities,
        sessions=draw_sessions(draw, activities),
        prerequisites=tuple(row for row, _ in taught if row is not None),
        outcomes=tuple(row for _, rows in taught for row in rows),
        resources=draw_resources(draw) if "resources" in draw.on else (),
        budgets=draw_budgets(draw, pools, need) if "budgets" in draw.on else (),
        commitments=draw_commitments(draw, names),
        groups=people.groups,
    )
    return _fillable(replace(scenario, candidates=draw_candidates(draw, scenario, people)))


def _fillable(scenario: Scenario) -> Scenario:
    """An opening that can be filled in no way is an input error: let it stay unfilled.

    So may those that allow no delay: openings for insiders alone are seldom met otherwise.
    """
    facts = Facts(scenario)
    openings = [
        row
        if row.external_cost is not None
        or row.unfilled_cost is not None
        or (row.max_delay > 0 and any(facts.eligible(who, row) for who in scenario.employees))
        else replace(row, unfilled_cost=5000.0)
        for row in scenario.openings
    ]
    return replace(scenario, openings=tuple(openings))


def _with_locks(draw: Draw, scenario: Scenario, plans: list[PersonPlan]) -> Scenario:
    """Required placements and named standbys, mostly of people who can make it alone."""
    if "locks" not in draw.on:
        return scenario
    rows = {(row.opening, row.employee): row for row in scenario.candidates}
    free = {(row.opening, "require"): row.seats for row in scenario.openings}
    free |= {(row.opening, "standby"): row.bench for row in scenario.openings}
    aims = [(p.employee, p.target) for p in plans if p.target and p.target.kind != "vacated"]
    for person in scenario.employees:
        if not draw.chance(0.15):
            continue
        own = [target for name, target in aims if name == person.employee]
        if own and draw.chance(0.96):
            target = draw.pick(own)
            opening, period = str(target.opening), target.period
            status = "standby" if target.kind == "standby" else "require"
        else:
            opening, period = draw.pick(scenario.openings).opening, None
            status = draw.pick(("require", "standby"))
        if free[opening, status] == 0:
            continue
        free[opening, status] -= 1
        old = rows.get((opening, person.employee))
        rows[opening, person.employee] = Candidate(
            opening,
            person.employee,
            "standby" if status == "standby" else "require",
            period if status == "require" and draw.chance(0.4) else None,
            old.move_cost if old else None,
        )
    return replace(scenario, candidates=tuple(rows[key] for key in sorted(rows)))
