"""The oracle's person plans as columns over an instance's rows, built apart from pricing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from tests.oracle.enumerate import PersonPlan, person_plans

from succession.domain import Plan, RuleId, Scenario
from succession.instance import Instance
from succession.instance.targets.places import SeatType
from succession.pathways.half_cuts import HalfCut
from succession.pathways.link import Link
from succession.pathways.prices import Cover, Duals

__all__ = [
    "WITH_PURSES",
    "Column",
    "all_starts",
    "half_of",
    "legal_columns",
    "random_duals",
    "random_halves",
    "reduced_cost",
    "startable",
]

Starts = tuple[tuple[int, int], ...]

WITH_PURSES = (69, 71, 75, 82, 151, 153, 157, 206, 210, 260, 263, 297)
"""Seeds of tiny scenarios in which people learn on a budget of their unit."""


@dataclass(frozen=True)
class Column:
    """A legal person plan with a target: its cost as a column and its use of rows; `place` is the
    opening of a placement, −1 for other targets; `spent`: what its learning takes of the budgets
    of the person's unit, by row."""

    person: int
    place: int
    target: int
    starts: Starts
    cost: float
    rows: tuple[tuple[int, float], ...]
    spent: tuple[tuple[int, float], ...]


def legal_columns(
    scenario: Scenario, instance: Instance, previous: Plan | None = None
) -> list[Column]:
    """Every legal person plan that the instance has a target for, whose starts have room and which
    is not more often away at once than the unit may be."""
    numbers: dict[tuple[str, str, str, int], int] = {
        (t.employee, t.kind, t.seat, t.period): k for k, t in enumerate(instance.targets)
    }
    columns = []
    for plan in person_plans(scenario, previous):
        number = None if plan.target is None else numbers.get(_key(plan))
        if number is None:
            continue
        column = _column(scenario, instance, plan, number)
        if column is not None:
            columns.append(column)
    return columns


def _key(plan: PersonPlan) -> tuple[str, str, str, int]:
    target = plan.target
    assert target is not None
    seat = SeatType(*target.seat).key if target.opening is None else target.opening
    return plan.employee, target.kind, seat, target.period


def _column(scenario: Scenario, instance: Instance, plan: PersonPlan, target: int) -> Column | None:
    person = int(instance.targets.person[target])
    unit = int(instance.people.unit_class[person])
    activities = {row.activity: k for k, row in enumerate(scenario.activities)}
    starts = tuple(sorted((activities[name], start) for name, start in plan.learning))
    legal = startable(instance, unit)
    if not all(legal[pair] for pair in starts):
        return None
    rows: dict[int, float] = defaultdict(float)
    record = instance.targets[target]
    for row, constant, slope in record.rows:
        rows[row] += constant + plan.sigma * slope
    for activity, start in starts:
        for row, value in instance.starts.uses(unit, activity, start):
            rows[row] += value
    for row, value in rows.items():
        limit = instance.limits.rows[row]
        if limit.rule is RuleId.AWAY and value > limit.upper:
            return None
    settings = scenario.settings
    cost = plan.costs.total - settings.change_cost * plan.kept
    if record.kind == "standby":
        cost -= settings.bench_shortage_cost
    used = tuple(sorted((row, value) for row, value in rows.items() if value))
    place = int(instance.targets.place[target]) if record.kind == "placement" else -1
    spent: dict[int, float] = defaultdict(float)
    for activity, start in starts:
        offered = scenario.activities[activity]
        own = offered.pool or "", scenario.employees[person].unit
        for first, last, row in instance.limits.budgets.get(own, ()):
            if first <= start <= last:
                spent[row] += offered.cost
    return Column(person, place, target, starts, cost, used, tuple(spent.items()))


def startable(instance: Instance, unit: int) -> NDArray[np.bool_]:
    """(activity, period): whether a start by someone of a unit class can be legal."""
    starts = instance.starts
    legal: NDArray[np.bool_] = starts.open & (
        starts.cost[:, None] <= starts.most[unit][starts.pool]
    )
    for activity in np.flatnonzero(starts.away):
        for t in range(instance.horizon + 2):
            last = min(t + int(starts.duration[activity]), instance.horizon + 2)
            legal[activity, t] &= (starts.away_room[unit, t:last] > 0).all()
    return legal


def all_starts(instance: Instance) -> list[Link]:
    """Every link that may have a dual: of each person, and of each opening."""
    own = [
        Link(person, -1, int(activity), int(period))
        for person in range(instance.persons)
        for activity, period in np.argwhere(
            startable(instance, int(instance.people.unit_class[person]))
        )
    ]
    of_openings = [
        Link(-1, place, int(activity), int(period))
        for place in range(instance.targets.places.openings)
        for activity, period in np.argwhere(instance.starts.open)
    ]
    return own + of_openings


def random_duals(
    rng: Random, instance: Instance, cost_weight: float = 1.0, starts: Sequence[Link] = (), *,
    cuts: bool = False,
) -> Duals:  # fmt: skip
    """Duals of the right signs: many of them 0, the rest of the size of the costs.

    Some of `starts` have a link dual, none of them or hardly any at times. `cuts`: there are covers
    of any people, which no budget says, and zero-half cuts of any rows and `starts`.
    """
    share = rng.choice((0.0, 0.05, 0.5))
    links = {start: -rng.uniform(1.0, 4000.0) for start in starts if rng.random() < share}
    rows = np.zeros(len(instance.limits.rows))
    for number, row in enumerate(instance.limits.rows):
        size = 2.0 if row.rule is RuleId.BUDGETS else 4000.0
        if rng.random() < 0.5:
            rows[number] = -rng.uniform(0.0, size)
            if row.lower == row.upper and rng.random() < 0.7:
                rows[number] *= -3.0
    persons = np.array([-rng.choice((0.0, rng.uniform(0, 9000))) for _ in range(instance.persons)])
    if not cuts:
        return Duals(rows, persons, cost_weight, links)
    covers, halves = random_covers(rng, instance), random_halves(rng, instance, starts)
    return Duals(rows, persons, cost_weight, links, covers, halves)


def random_covers(rng: Random, instance: Instance) -> dict[Cover, float]:
    """Covers of any people and amounts, with duals."""
    covers = {}
    for unit, *_, row in instance.starts.purses.tolist():
        people = instance.people.of_unit(unit).tolist()
        for _ in range(rng.randrange(3) if people else 0):
            some = sorted(rng.sample(people, rng.randint(1, min(3, len(people)))))
            least = tuple((person, rng.uniform(1.0, 2500.0)) for person in some)
            cover = Cover(row, max(amount for _, amount in least), least)
            covers[cover] = -rng.uniform(1.0, 4000.0)
    return covers


WHOLE = {
    RuleId.SEATS, RuleId.MIN_SEATS, RuleId.RESOURCES, RuleId.AWAY, RuleId.MOVES_OUT,
    RuleId.OPENINGS, RuleId.BENCH,
}  # fmt: skip
"""Rules whose rows have whole coefficients."""


def random_halves(
    rng: Random, instance: Instance, starts: Sequence[Link], count: int | None = None
) -> dict[HalfCut, float]:
    """So many zero-half cuts of any rows, people and starts, with duals; a few."""
    whole = [k for k, row in enumerate(instance.limits.rows) if row.rule in WHOLE]
    halves = {}
    for _ in range(rng.randrange(5) if count is None else count):
        rows = rng.sample(whole, min(len(whole), rng.randint(0, 6)))
        persons = rng.sample(range(instance.persons), min(instance.persons, rng.randrange(3)))
        links = rng.sample(list(starts), min(len(starts), rng.choice((0, 3, 20))))
        cut = HalfCut(tuple(sorted(rows)), tuple(sorted(persons)), tuple(sorted(links)), 1)
        halves[cut] = -rng.uniform(1.0, 4000.0)
    return halves


def half_of(cut: HalfCut, column: Column) -> int:
    """A column's coefficient in a zero-half cut."""
    rows = dict(column.rows)
    weight = sum(round(rows.get(row, 0.0)) for row in cut.rows) + (column.person in cut.persons)
    for link in cut.links:
        mine = link.person == column.person or (link.place >= 0 and link.place == column.place)
        weight += mine and (link.activity, link.period) in column.starts
    return weight // 2


def reduced_cost(column: Column, duals: Duals) -> float:
    """cost − Σ y·use − Σ duals of links, covers and halves − μ."""
    used = sum(value * duals.rows[row] for row, value in column.rows)
    for start in column.starts:
        used += duals.links.get(Link(column.person, -1, *start), 0.0)
        if column.place >= 0:
            used += duals.links.get(Link(-1, column.place, *start), 0.0)
    spent = dict(column.spent)
    for cover, dual in duals.covers.items():
        if spent.get(cover.row, 0.0) >= dict(cover.least).get(column.person, cover.others):
            used += dual * (cover.row in spent)
    used += sum(dual * half_of(cut, column) for cut, dual in duals.halves.items())
    return float(duals.cost_weight * column.cost - used - duals.persons[column.person])
