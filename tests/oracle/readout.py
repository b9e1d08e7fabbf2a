"""From the chosen person plans to a plan file's content with its exact costs (plan.md)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from math import fsum

from tests.oracle.enumerate import PersonPlan, hire_wait
from tests.oracle.facts import Facts, Seat

from succession.domain import (
    Costs,
    Hires,
    Learning,
    Placement,
    Plan,
    SessionsHeld,
    Standby,
    Unfilled,
    Vacated,
    VacatedHire,
    VacatedUnfilled,
)

__all__ = ["Answer", "read_plan"]

Vacancy = tuple[str, int]
"""Who leaves a seat, and when."""


@dataclass(frozen=True)
class Answer:
    """The chosen person plans and the values of the program's other variables."""

    facts: Facts
    chosen: list[PersonPlan]
    values: Mapping[Hashable, int]

    @cached_property
    def learning(self) -> list[Learning]:
        new = [Learning(p.employee, name, start) for p in self.chosen for name, start in p.learning]
        old = [
            Learning(row.employee, row.activity, row.start)
            for row in self.facts.scenario.commitments
            if row.start >= 1
        ]
        return sorted(new + old)

    @cached_property
    def placements(self) -> list[Placement]:
        return sorted(
            Placement(str(plan.target.opening), plan.employee, plan.target.period)
            for plan in self.chosen
            if plan.target and plan.target.kind == "placement"
        )

    @cached_property
    def sessions(self) -> list[SessionsHeld]:
        held = [
            SessionsHeld(row.activity, period, self.values.get(("held", row.activity, period), 0))
            for row in self.facts.scenario.activities
            for period in range(1, self.facts.horizon + 1)
        ]
        return sorted(row for row in held if row.sessions > 0)

    def seats(self, outcome: str) -> list[tuple[str, int]]:
        """Seats of openings that are hired for ("hire") or stay unfilled ("unfilled")."""
        counts = [
            (row.opening, self.values[outcome, row.opening]) for row in self.facts.scenario.openings
        ]
        return sorted((opening, seats) for opening, seats in counts if seats)


@dataclass
class Chain:
    """What becomes of vacated seats: of equal seats, who left first is followed first."""

    followed: list[Vacated]
    hired: list[Vacancy]
    unfilled: list[Vacancy]
    vacancy: float = 0.0
    external: float = 0.0
    unfilled_cost: float = 0.0


def read_plan(answer: Answer, previous_sha256: str | None = None) -> Plan:
    """The plan with all its lists and costs; proven optimal by enumeration."""
    scenario, chain = answer.facts.scenario, _chain(answer)
    settings, costs = scenario.settings, _costs(answer, chain)
    return Plan(
        scenario=settings.name,
        scenario_sha256=scenario.sha256,
        start=settings.start,
        period=settings.period,
        periods=settings.periods,
        currency=settings.currency,
        status="optimal",
        cost=costs.total,
        bound=costs.total,
        gap=0.0,
        costs=costs,
        previous_sha256=previous_sha256,
        placements=tuple(answer.placements),
        vacated=tuple(sorted(chain.followed)),
        standbys=tuple(
            sorted(
                Standby(str(plan.target.opening), plan.employee)
                for plan in answer.chosen
                if plan.target and plan.target.kind == "standby"
            )
        ),
        learning=tuple(answer.learning),
        sessions=tuple(answer.sessions),
        hires=tuple(Hires(*row) for row in answer.seats("hire")),
        vacated_hires=tuple(sorted(VacatedHire(who) for who, _ in chain.hired)),
        unfilled=tuple(Unfilled(*row) for row in answer.seats("unfilled")),
        vacated_unfilled=tuple(sorted(VacatedUnfilled(who) for who, _ in chain.unfilled)),
    )


def _chain(answer: Answer) -> Chain:
    """Hires and unfilled seats are of those vacated in that very period; the rest is FIFO."""
    chain = Chain([], [], [])
    if not answer.facts.chains:
        return chain
    for seat in answer.facts.vacatable:
        role = answer.facts.scenario.role_by_id[seat[0]]
        left, entered = _left(answer, seat), _entered(answer, seat)
        waiting: list[Vacancy] = []
        for period in range(1, answer.facts.horizon + 1):
            free = [row for row in left if row[1] == period]
            for _ in range(answer.values["vacated_hire", *seat, period]):
                chain.hired.append(free.pop())
                chain.external += role.external_cost or 0.0
                wait = hire_wait(role.external_lead, period, answer.facts.horizon)
                chain.vacancy += role.vacancy_cost * wait
            for _ in range(answer.values["vacated_unfilled", *seat, period]):
                chain.unfilled.append(free.pop())
                chain.unfilled_cost += role.unfilled_cost or 0.0
            waiting += free
            for follower in [who for who, when in entered if when == period]:
                who, since = waiting.pop(0)
                chain.followed.append(Vacated(who, follower, period))
                chain.vacancy += role.vacancy_cost * (period - since)
    return chain


def _left(answer: Answer, seat: Seat) -> list[Vacancy]:
    people = answer.facts.scenario.employee_by_id
    return [
        (plan.employee, plan.target.period)
        for plan in answer.chosen
        if plan.target
        and plan.target.kind != "standby"
        and (people[plan.employee].role, people[plan.employee].unit) == seat
        and plan.employee not in answer.facts.incumbents
    ]


def _entered(answer: Answer, seat: Seat) -> list[Vacancy]:
    return [
        (plan.employee, plan.target.period)
        for plan in answer.chosen
        if plan.target and plan.target.kind == "vacated" and plan.target.seat == seat
    ]


def _costs(answer: Answer, chain: Chain) -> Costs:
    scenario, settings = answer.facts.scenario, answer.facts.scenario.settings
    parts: dict[str, list[float]] = defaultdict(list)
    for plan in answer.chosen:
        for item in fields(plan.costs):
            parts[item.name].append(getattr(plan.costs, item.name))
    for row in scenario.commitments:
        if row.start >= 1:
            parts["learning"].append(scenario.activity_by_id[row.activity].cost)
    for held in answer.sessions:
        parts["sessions"].append(
            scenario.activity_by_id[held.activity].session_cost * held.sessions
        )
    for name, seats in answer.seats("hire"):
        opening = scenario.opening_by_id[name]
        p = answer.facts.probability(opening) * seats
        wait = hire_wait(opening.external_lead, opening.needed, settings.periods)
        parts["external"].append(p * (opening.external_cost or 0.0))
        parts["vacancy"].append(p * opening.vacancy_cost * wait)
    for name, seats in answer.seats("unfilled"):
        opening = scenario.opening_by_id[name]
        p = answer.facts.probability(opening) * seats
        parts["unfilled"].append(p * (opening.unfilled_cost or 0.0))
    short = sum(answer.values["short", row.opening] for row in scenario.openings)
    parts["bench"].append(short * settings.bench_shortage_cost)
    parts["change"].append(settings.change_cost * _changes(answer))
    parts["external"].append(chain.external)
    parts["vacancy"].append(chain.vacancy)
    parts["unfilled"].append(chain.unfilled_cost)
    return Costs(**{name: fsum(amounts) for name, amounts in parts.items()})


def _changes(answer: Answer) -> int:
    learning = {(row.employee, row.activity, row.start) for row in answer.learning}
    placements = {(row.opening, row.employee) for row in answer.placements}
    return len(answer.facts.previous_learning - learning) + len(
        answer.facts.previous_placements - placements
    )
