"""All legal person plans of every employee, each with its cost and its charges to budgets.

Model.md, sections 2, 3, 6 and 7, by full enumeration. A person plan without a target holds the
commitments alone; every other has a target and only activities that the target needs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tests.oracle.facts import Facts, Pair, Seat
from tests.oracle.learning import Learner, LearningSet

from succession.domain import Costs, Employee, Opening, Plan, Scenario

__all__ = ["Charge", "PersonPlan", "Target", "costed", "hire_wait", "person_plans", "targets"]


@dataclass(frozen=True, slots=True)
class Target:
    """A placement into an opening, a standby for one, or a placement into a vacated seat."""

    kind: Literal["placement", "standby", "vacated"]
    opening: str | None
    seat: Seat
    period: int


@dataclass(frozen=True, slots=True)
class Charge:
    """Money charged to a budget pool; `unit` is whose rows count it besides those of everyone."""

    pool: str
    unit: str | None
    period: int
    amount: float


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """What an employee does beyond the commitments; `kept` counts kept rows of the previous plan.

    `costs` leaves out commitments and `change`, which are settled for the plan as a whole.
    """

    employee: str
    target: Target | None
    learning: tuple[Pair, ...]
    costs: Costs
    kept: int
    charges: tuple[Charge, ...]
    sigma: float


def person_plans(scenario: Scenario, previous: Plan | None = None) -> list[PersonPlan]:
    """Every legal person plan of every employee."""
    facts = Facts(scenario, previous)
    return [plan for person in scenario.employees for plan in _plans_of(facts, person)]


def _plans_of(facts: Facts, person: Employee) -> Iterator[PersonPlan]:
    yield PersonPlan(person.employee, None, (), Costs(), 0, (), 1.0)
    learner = Learner(facts, person)
    sets: dict[tuple[str, int], list[LearningSet]] = {}
    for target in targets(facts, person):
        key = target.seat[0], target.period
        if key not in sets:
            sets[key] = list(learner.sets(*key))
        for learning in sets[key]:
            yield costed(facts, person, target, learning)


def targets(facts: Facts, person: Employee) -> Iterator[Target]:
    """What the person may aim at as far as section 3 and rule 6 go, ready or not."""
    for opening in facts.near(person):
        if not facts.eligible(person, opening):
            continue
        seat = opening.role, opening.unit
        last = min(opening.needed + opening.max_delay, facts.horizon)
        for period in range(opening.needed, last + 1):
            if _may_move(facts, person, period):
                yield Target("placement", opening.opening, seat, period)
        if person.available_from <= opening.needed <= person.available_to:
            yield Target("standby", opening.opening, seat, opening.needed)
    if facts.chains:
        for seat in facts.vacatable:
            if facts.may_follow(person, seat):
                for period in range(1, facts.horizon + 1):
                    if _may_move(facts, person, period):
                        yield Target("vacated", None, seat, period)


def _may_move(facts: Facts, person: Employee, period: int) -> bool:
    """Rule 6 for a placement."""
    stay = min(facts.horizon, period + facts.scenario.settings.min_stay - 1)
    return (
        person.available_from <= period <= person.available_to
        and period >= person.move_from
        and person.available_to >= stay
    )


def costed(facts: Facts, person: Employee, target: Target, learning: LearningSet) -> PersonPlan:
    """The person plan with its costs (section 6) and charges (section 5)."""
    opening = None if target.opening is None else facts.scenario.opening_by_id[target.opening]
    sigma = _sigma(facts, person, target.period, learning.pass_chance)
    if opening and opening.external_cost is None and opening.unfilled_cost is None:
        sigma = 1.0
    if opening is None:
        parts, charges = _vacated_cost(facts, person, target, sigma)
    elif target.kind == "standby":
        shortage = facts.scenario.settings.bench_shortage_cost
        parts, charges = {"bench": (1 - sigma) * shortage}, []
    else:
        parts, charges = _placement_cost(facts, person, opening, target.period, sigma)
    parts["interest"] = facts.scenario.settings.interest_cost * (
        3 - facts.interest(person.employee, target.seat[0])
    )
    parts["learning"] = 0.0
    for name, start in learning.new:
        row = facts.scenario.activity_by_id[name]
        parts["learning"] += row.cost
        if row.pool is not None:
            charges.append(Charge(row.pool, person.unit, start, row.cost))
    kept = sum((person.employee, *pair) in facts.previous_learning for pair in learning.new)
    if target.kind == "placement":
        kept += (target.opening, person.employee) in facts.previous_placements
    return PersonPlan(
        person.employee, target, learning.new, Costs(**parts), kept, tuple(charges), sigma
    )


def _sigma(facts: Facts, person: Employee, period: int, pass_chance: float) -> float:
    settings = facts.scenario.settings
    if settings.risk == "ignore":
        return 1.0
    years: float = (period - 1) / settings.calendar.periods_per_year
    stays: float = (1.0 - person.leaving_risk) ** years
    return stays * pass_chance


def _placement_cost(
    facts: Facts, person: Employee, opening: Opening, period: int, sigma: float
) -> tuple[dict[str, float], list[Charge]]:
    """Section 6 for a placement into an opening, the fallback of a failed one included."""
    settings = facts.scenario.settings
    p, v, late = facts.probability(opening), opening.vacancy_cost, period - opening.needed
    hire, unfilled = opening.external_cost, opening.unfilled_cost
    move = p * sigma * facts.move_cost(person, opening)
    parts = {"moves": move, "vacancy": p * sigma * v * late}
    charges = _move_charges(facts, opening.unit, period, move)
    wait = min(late + opening.external_lead, facts.horizon - opening.needed + 1)
    if hire is not None and (unfilled is None or hire + v * wait <= unfilled):
        parts["external"] = p * (1 - sigma) * hire
        parts["vacancy"] += p * (1 - sigma) * v * wait
        if settings.external_pool is not None:
            charges.append(Charge(settings.external_pool, opening.unit, period, parts["external"]))
    elif unfilled is not None:
        parts["unfilled"] = p * (1 - sigma) * unfilled
    role = facts.scenario.role_by_id[person.role]
    if settings.backfill == "cost" and person.employee not in facts.incumbents:
        parts["backfill"] = p * sigma * role.backfill_cost
    if facts.interest(person.employee, opening.role) >= 2:
        years = facts.horizon / settings.calendar.periods_per_year
        leaves = 1.0 - (1.0 - person.leaving_risk) ** years
        parts["retention"] = -p * settings.retention_effect * leaves * role.replacement_cost
    return parts, charges


def _vacated_cost(
    facts: Facts, person: Employee, target: Target, sigma: float
) -> tuple[dict[str, float], list[Charge]]:
    """Section 7; the vacancy of the seat is counted where it waits, not here."""
    move = sigma * facts.move_cost_of_path[person.role, target.seat[0]]
    charges = _move_charges(facts, target.seat[1], target.period, move)
    return {"moves": move}, charges


def _move_charges(facts: Facts, unit: str | None, period: int, amount: float) -> list[Charge]:
    pool = facts.scenario.settings.move_pool
    return [] if pool is None else [Charge(pool, unit, period, amount)]


def hire_wait(lead: int, needed: int, horizon: int) -> int:
    """Periods that a seat stays vacant until a hire, searched from period 1 on, arrives."""
    return min(max(0, 1 + lead - needed), horizon - needed + 1)
