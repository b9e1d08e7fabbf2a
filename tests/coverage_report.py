"""How often each rule is in the tiny scenarios, and how often it decides the optimum.

Run as `python -m tests.coverage_report 200`; a rule is taken out and the oracle asked again.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

from tests.generator import tiny_previous, tiny_scenario
from tests.oracle.exact import OracleResult, solve_exactly

from succession.domain import Plan, Scenario

__all__ = ["REMOVALS", "Presence", "coverage"]

Removal = Callable[[Scenario], Scenario]


@dataclass
class Presence:
    """Of how many scenarios a rule is part, and whose optimum changes without it."""

    present: int = 0
    binding: int = 0


def _setting(**changes: Any) -> Removal:
    return lambda row: replace(row, settings=replace(row.settings, **changes))


def _empty(table: str) -> Removal:
    tables: dict[str, Any] = {table: ()}
    return lambda row: replace(row, **tables)


def _each(table: str, **changes: Any) -> Removal:
    def removed(scenario: Scenario) -> Scenario:
        rows = tuple(replace(row, **changes) for row in getattr(scenario, table))
        tables: dict[str, Any] = {table: rows}
        return replace(scenario, **tables)

    return removed


def _without_locks(scenario: Scenario) -> Scenario:
    rows = [row for row in scenario.candidates if row.status in ("nominate", "exclude")]
    return replace(scenario, candidates=tuple(rows))


def _nominated_alone(scenario: Scenario) -> Scenario:
    rows = [row for row in scenario.candidates if row.status != "exclude"]
    return replace(scenario, candidates=tuple(rows))


REMOVALS: dict[str, Removal] = {
    "max_at_once": _setting(max_at_once=9),
    "risk": _setting(risk="ignore"),
    "leaving_risk": _each("employees", leaving_risk=0.0),
    "pass_rate": _each("activities", pass_rate=1.0),
    "interest_cost": _setting(interest_cost=0.0),
    "interests": _empty("interests"),
    "change_cost": _setting(change_cost=0.0),
    "bench": _each("openings", bench=0),
    "bench_shortage_cost": _setting(bench_shortage_cost=0.0),
    "retention": _setting(retention_effect=0.0),
    "min_stay": _setting(min_stay=0),
    "backfill cost or chain": _setting(backfill="none"),
    "external_pool": _setting(external_pool=None),
    "move_pool": _setting(move_pool=None),
    "validity": _each("profiles", valid_from=None, valid_to=None),
    "expiry": _each("outcomes", valid_periods=None),
    "prerequisites": _empty("prerequisites"),
    "requirements": _empty("requirements"),
    "available_from": _each("employees", available_from=-9),
    "available_to": _each("employees", available_to=99),
    "move_from": _each("employees", move_from=-9),
    "hours": _each("employees", hours=999.0),
    "commitments": _empty("commitments"),
    "seats": _each("activities", seats=None, min_seats=0, session_cost=0.0),
    "sessions": _empty("sessions"),
    "min_seats": _each("activities", min_seats=0),
    "session_cost": _each("activities", session_cost=0.0),
    "resources": _each("activities", resource=None),
    "away": _each("units", max_away=None),
    "moves_out": _each("units", max_moves_out=None),
    "budgets": _empty("budgets"),
    "unit budgets": _each("budgets", unit=None),
    "candidates": _empty("candidates"),
    "exclude": _nominated_alone,
    "locks": _without_locks,
    "nominated_only": _each("openings", nominated_only=False),
    "incumbents": _each("openings", incumbent=None),
    "probability": _each("openings", probability=1.0),
    "max_delay": _each("openings", max_delay=0),
    "vacancy_cost": _each("openings", vacancy_cost=0.0),
    "external_lead": _each("openings", external_lead=0),
    "external_cost": _each("openings", external_cost=None),
    "unfilled_cost": _each("openings", unfilled_cost=None),
}
"""Rule → the scenario without it."""


def coverage(seeds: Iterable[int]) -> dict[str, Presence]:
    """Presence of every rule, and of some outcomes, over the seeds."""
    found = {name: Presence() for name in (*REMOVALS, "previous plan")}
    for seed in seeds:
        scenario, previous = tiny_scenario(seed), tiny_previous(seed)
        truth = solve_exactly(scenario, previous)
        _outcome(found, truth)
        for name, removal in REMOVALS.items():
            other = removal(scenario)
            if other != scenario:
                _count(found[name], truth, solve_exactly(other, previous))
        if previous is not None:
            _count(found["previous plan"], truth, solve_exactly(scenario))
    return found


def _count(presence: Presence, truth: OracleResult, other: OracleResult) -> None:
    presence.present += 1
    same = truth.cost == other.cost or (
        truth.cost is not None
        and other.cost is not None
        and abs(truth.cost - other.cost) < 1e-6 * max(1.0, abs(truth.cost))
    )
    presence.binding += not same


def _outcome(found: dict[str, Presence], truth: OracleResult) -> None:
    """Outcomes count as present and binding at once."""
    plan: Plan | None = truth.plan
    lists = ("placements", "standbys", "vacated", "vacated_hires", "vacated_unfilled", "learning")
    seen = [truth.status, *(name for name in lists if plan and getattr(plan, name))]
    for name in seen:
        presence = found.setdefault(f"= {name}", Presence())
        presence.present += 1
        presence.binding += 1


def main() -> None:
    """Prints the report."""
    seeds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    for name, presence in coverage(range(seeds)).items():
        print(f"{name:24} in {presence.present:4}, decides {presence.binding:4} of {seeds}")


if __name__ == "__main__":
    main()
