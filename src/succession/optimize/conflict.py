"""Why no plan exists: a smallest set of rows that cannot hold together.

QuickXplain (Junker 2004) over the rows that can forbid a plan: each is either kept or relaxed, and
a set of rows conflicts when the scenario with all others relaxed has no plan.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from succession.domain import SHEETS, ConflictRow, Plan, Scenario
from succession.instance import build_instance
from succession.optimize.branch_and_price import TreeSearch
from succession.optimize.stopping import Clock
from succession.pathways.pricing import Pricer

__all__ = ["find_conflict"]


@dataclass(frozen=True)
class Culprit:
    """A row that can be relaxed: its sheet, its number in the table, what it asks for."""

    sheet: str
    number: int
    text: str


def find_conflict(
    scenario: Scenario, previous: Plan | None, clock: Clock
) -> tuple[ConflictRow, ...]:
    """The conflicting rows of a scenario without a plan; all candidates when time runs out."""
    culprits = _culprits(scenario)

    def conflicts(kept: Sequence[Culprit]) -> bool:
        relaxed = _relax(scenario, [c for c in culprits if c not in kept])
        return clock.left > 0 and _has_no_plan(relaxed, previous, clock)

    smallest = _quick_explain([], False, culprits, conflicts)
    return tuple(_conflict_row(scenario, c) for c in smallest)


def _quick_explain(
    background: list[Culprit],
    added: bool,
    rows: list[Culprit],
    conflicts: Callable[[Sequence[Culprit]], bool],
) -> list[Culprit]:
    if added and conflicts(background):
        return []
    if len(rows) <= 1:
        return rows
    half = len(rows) // 2
    first, second = rows[:half], rows[half:]
    below = _quick_explain(background + first, bool(first), second, conflicts)
    above = _quick_explain(background + below, bool(below), first, conflicts)
    return above + below


def _has_no_plan(scenario: Scenario, previous: Plan | None, clock: Clock) -> bool:
    instance = build_instance(scenario, previous)
    search = TreeSearch(instance, Pricer(instance), math.inf, clock, lambda line: None)
    return search.run().bound == math.inf


def _culprits(scenario: Scenario) -> list[Culprit]:
    """Rows that can forbid a plan, the least telling first, so that they are dropped first."""
    calendar = scenario.settings.calendar
    rows = [
        Culprit("Units", k, f"unit {u.unit} limits learners away or moves out")
        for k, u in enumerate(scenario.units)
        if u.max_away is not None or u.max_moves_out is not None
    ]
    rows += [
        Culprit("Resources", k, f"resource {r.resource} has {r.capacity} places")
        for k, r in enumerate(scenario.resources)
    ]
    rows += [
        Culprit("Sessions", k, f"{s.activity}: {s.sessions} sessions in {calendar.label(s.period)}")
        for k, s in enumerate(scenario.sessions)
    ]
    rows += [
        Culprit("Activities", k, f"activity {a.activity} has {a.seats} seats a session")
        for k, a in enumerate(scenario.activities)
        if a.seats is not None
    ]
    rows += [
        Culprit("Budgets", k, f"pool {b.pool} may spend {b.amount:,.2f}")
        for k, b in enumerate(scenario.budgets)
    ]
    if scenario.settings.backfill == "chain":
        rows += [
            Culprit("Roles", k, f"vacated seats of role {r.role} may not stay unfilled")
            for k, r in enumerate(scenario.roles)
            if r.unfilled_cost is None
        ]
    rows += [
        Culprit("Openings", k, f"opening {o.opening} may not stay unfilled")
        for k, o in enumerate(scenario.openings)
        if o.unfilled_cost is None
    ]
    rows += [
        Culprit("Candidates", k, f"{c.employee} {_LOCKS[c.status]} {c.opening}")
        for k, c in enumerate(scenario.candidates)
        if c.status in _LOCKS
    ]
    return rows


_LOCKS = {"require": "must be placed in", "standby": "must stand by for"}


def _relax(scenario: Scenario, culprits: Sequence[Culprit]) -> Scenario:
    """The scenario with some rows relaxed: limits lifted, locks dropped, seats left unfilled."""
    numbers: dict[str, set[int]] = {}
    for culprit in culprits:
        numbers.setdefault(culprit.sheet, set()).add(culprit.number)
    changed: dict[str, tuple[object, ...]] = {}
    for sheet, chosen in numbers.items():
        table = getattr(scenario, SHEETS[sheet])
        rows = (_RELAXED[sheet](row) if k in chosen else row for k, row in enumerate(table))
        changed[SHEETS[sheet]] = tuple(row for row in rows if row is not None)
    return replace(scenario, **changed)  # type: ignore[arg-type]


_RELAXED: dict[str, Callable[..., object]] = {
    "Units": lambda row: replace(row, max_away=None, max_moves_out=None),
    "Resources": lambda row: replace(row, capacity=10**6),
    "Sessions": lambda row: replace(row, sessions=10**6),
    "Activities": lambda row: replace(row, seats=None, min_seats=0, session_cost=0.0),
    "Budgets": lambda row: None,
    "Roles": lambda row: replace(row, unfilled_cost=0.0),
    "Openings": lambda row: replace(row, unfilled_cost=0.0),
    "Candidates": lambda row: replace(row, status="nominate"),
}


def _conflict_row(scenario: Scenario, culprit: Culprit) -> ConflictRow:
    rows = scenario.source_rows.get(culprit.sheet)
    return ConflictRow(culprit.sheet, rows[culprit.number] if rows else None, culprit.text)
