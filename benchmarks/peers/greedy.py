"""The planner with a spreadsheet: opening by opening, whoever comes cheapest, money permitting."""

from __future__ import annotations

from time import perf_counter

from benchmarks.peers.draft import Answer, Draft, checked
from benchmarks.peers.propose import Proposer
from tests.oracle.enumerate import PersonPlan, Target
from tests.oracle.facts import Facts

from succession.domain import Opening, Scenario

__all__ = ["solve_greedily"]

INTERVIEWS = 12
"""Candidates looked at closely for an opening: those who lack least."""


def solve_greedily(scenario: Scenario) -> Answer:
    """Openings by need; the cheapest of the closest candidates, if cheaper than a hire."""
    began = perf_counter()
    facts = Facts(scenario)
    draft, proposer = Draft(facts), Proposer(facts)
    aims = _aims(facts, proposer)
    for opening in sorted(scenario.openings, key=lambda row: (row.needed, row.opening)):
        for _ in range(opening.seats):
            best = _best(draft, proposer, opening, aims.get(opening.opening, []))
            if best is None:
                break
            draft.add(best)
    draft.drop_unviable()
    plan = checked(facts, draft.plan())
    return Answer(plan.cost, None, plan, perf_counter() - began)


def _aims(facts: Facts, proposer: Proposer) -> dict[str, list[tuple[str, Target]]]:
    """Who may be placed in which opening, and when, those who lack least first."""
    found: dict[str, list[tuple[int, int, str, Target]]] = {}
    for person in facts.scenario.employees:
        for target in proposer.targets(person):
            if target.kind == "placement":
                gap = len(proposer.missing(person, target))
                key = gap, target.period, person.employee, target
                found.setdefault(str(target.opening), []).append(key)
    return {
        name: [row[2:] for row in sorted(rows, key=lambda row: row[:3])]
        for name, rows in found.items()
    }


def _best(
    draft: Draft, proposer: Proposer, opening: Opening, aims: list[tuple[str, Target]]
) -> PersonPlan | None:
    best, price, seen = None, draft.price_of_seat(opening), 0
    for name, target in aims:
        if name in draft.chosen:
            continue
        person = draft.scenario.employee_by_id[name]
        plan = proposer.plan(person, target, draft.shared.places_of(person.unit))
        seen += 1
        if plan is not None and draft.fits(plan):
            cost = draft.price(plan)
            if cost < price:
                best, price = plan, cost
        if seen >= INTERVIEWS:
            break
    return best
