"""The planner with a spreadsheet: opening by opening, whoever comes cheapest, money permitting."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random
from time import perf_counter

from benchmarks.peers.draft import Answer, Draft, checked
from benchmarks.peers.propose import Proposer
from tests.oracle.enumerate import PersonPlan, Target
from tests.oracle.facts import Facts

from succession.domain import Employee, Opening, Scenario

__all__ = ["Reach", "aims", "fill_greedily", "solve_greedily"]

Reach = dict[str, list[tuple[str, Target]]]
"""Opening → who may aim at it, and how."""

INTERVIEWS = 40
"""Candidates looked at closely for an opening: those who lack least."""

WAYS = 6
"""Ways to get somebody ready that are tried where the first is closed."""


def solve_greedily(scenario: Scenario) -> Answer:
    """Openings by need; the cheapest of the closest candidates, if cheaper than a hire."""
    began = perf_counter()
    facts = Facts(scenario)
    draft, proposer = Draft(facts), Proposer(facts)
    fill_greedily(draft, proposer, aims(facts, proposer))
    plan = checked(facts, draft.plan())
    return Answer(plan.cost, None, plan, perf_counter() - began)


def fill_greedily(draft: Draft, proposer: Proposer, reach: Reach) -> None:
    """What is decided first, then opening by opening, by the period it is needed.

    Standbys are not planned but for those that are decided.
    """
    for person, wanted in proposer.decided:
        ways = [plan for target in wanted for plan in _ways(draft, proposer, person, target)]
        fitting = [plan for plan in ways if draft.fits(plan)]
        if fitting:
            draft.add(min(fitting, key=draft.price))
    for opening in sorted(draft.scenario.openings, key=lambda row: (row.needed, row.opening)):
        closest = [row for row in reach.get(opening.opening, []) if row[1].kind == "placement"]
        for _ in range(draft.seats[opening.opening]):
            best = _best(draft, proposer, opening, closest)
            if best is None:
                break
            draft.add(best)
    draft.drop_unviable()


def aims(facts: Facts, proposer: Proposer, kinds: Sequence[str] = ("placement",)) -> Reach:
    """Who may aim at which opening, and when, those who lack least first."""
    found: dict[str, list[tuple[int, int, str, str, Target]]] = {}
    for person in facts.scenario.employees:
        gaps: dict[tuple[str, int], int] = {}
        for target in proposer.targets(person):
            if target.kind in kinds:
                role = target.seat[0], target.period
                if role not in gaps:
                    gaps[role] = len(proposer.missing(person, target))
                gap = gaps[role]
                key = gap, target.period, person.employee, target.kind, target
                found.setdefault(str(target.opening), []).append(key)
    return {
        name: [(row[2], row[4]) for row in sorted(rows, key=lambda row: row[:4])]
        for name, rows in found.items()
    }


def _best(
    draft: Draft, proposer: Proposer, opening: Opening, closest: list[tuple[str, Target]]
) -> PersonPlan | None:
    best, price, seen = None, draft.price_of_seat(opening), 0
    for name, target in closest:
        if name in draft.chosen:
            continue
        person = draft.scenario.employee_by_id[name]
        seen += 1
        for plan in _ways(draft, proposer, person, target):
            cost = draft.price(plan)
            if cost < price and draft.fits(plan):
                best, price = plan, cost
        if seen >= INTERVIEWS:
            break
    return best


def _ways(
    draft: Draft, proposer: Proposer, person: Employee, target: Target
) -> Iterator[PersonPlan]:
    """The way by rule of thumb, and where that is closed a few others."""
    rng, free = Random(f"{person.employee}/{target.opening}"), draft.shared.places_of(person.unit)
    for attempt in range(WAYS):
        plan = proposer.plan(person, target, free, rng if attempt else None)
        if plan is not None:
            yield plan
            if attempt == 0:
                return
