"""What a plan file says of itself: its header, its order, its costs, its proof (plan.md)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from typing import Any

from succession.domain import Costs, Plan, RuleId, Scenario, Violation
from succession.verify.facts import TOLERANCE, exceeds

__all__ = ["check_costs", "check_form", "check_proof"]

OPTIMAL_GAP = 1e-6
"""The largest gap of a plan called optimal (model.md, section 8)."""

_LISTS: dict[str, Callable[[Any], object]] = {
    "placements": lambda row: row,
    "vacated": lambda row: row,
    "standbys": lambda row: row,
    "learning": lambda row: row,
    "sessions": lambda row: (row.activity, row.period),
    "hires": lambda row: row.opening,
    "vacated_hires": lambda row: row,
    "unfilled": lambda row: row.opening,
    "vacated_unfilled": lambda row: row,
}
"""The lists of a plan, each with what may stand in it once."""


def check_form(scenario: Scenario, plan: Plan, previous: Plan | None) -> Iterator[Violation]:
    """Whether the plan belongs to the scenario, and its lists are sorted and without doubles."""
    yield from _header(scenario, plan)
    for name, key in _LISTS.items():
        yield from _list(name, getattr(plan, name), key)
    if scenario.settings.backfill != "chain":
        for name in ("vacated", "vacated_hires", "vacated_unfilled"):
            rows = len(getattr(plan, name))
            if rows:
                message = f"The list {name} has {rows} row(s), but no chains are planned."
                yield Violation(RuleId.FORMAT, name, "", "", float(rows), message)
    if previous is None and plan.previous_sha256 is not None and scenario.settings.change_cost > 0:
        message = "The plan counts changes against a previous plan, which was not given."
        yield Violation(RuleId.FORMAT, "previous_sha256", "", "", 0.0, message)


def check_costs(plan: Plan, costs: Costs) -> Iterator[Violation]:
    """Whether each cost part and the total are what they come to, within 1e-6 relatively."""
    claims: list[tuple[str, float | None, float]] = [
        (item.name, getattr(plan.costs, item.name), getattr(costs, item.name))
        for item in fields(Costs)
    ]
    claims.append(("total", plan.cost, costs.total))
    for part, claimed, amount in claims:
        if claimed is None:
            message = "The plan states no cost."
            yield Violation(RuleId.COST, part, "", "", 0.0, message)
        elif not abs(claimed - amount) <= TOLERANCE * max(1.0, abs(amount)):
            message = f"The {part} cost comes to {amount:,.6f}, but the plan says {claimed:,.6f}."
            yield Violation(RuleId.COST, part, "", "", _finite(abs(claimed - amount)), message)


def check_proof(plan: Plan) -> Iterator[Violation]:
    """Whether bound, gap and status agree with the plan's cost (model.md, section 8)."""
    if plan.cost is None:
        return
    if plan.bound is None or plan.gap is None:
        missing = "bound" if plan.bound is None else "gap"
        yield _proof(missing, 0.0, f"The plan states no {missing}.")
        return
    if exceeds(plan.bound, plan.cost):
        message = f"The bound {plan.bound:,.6f} is above the plan's cost {plan.cost:,.6f}."
        yield _proof("bound", plan.bound - plan.cost, message)
    gap = max(0.0, (plan.cost - plan.bound) / max(1.0, abs(plan.cost)))
    if not abs(plan.gap - gap) <= TOLERANCE:
        message = f"The gap comes to {gap:.9f}, but the plan says {plan.gap:.9f}."
        yield _proof("gap", abs(plan.gap - gap), message)
    # 1e-9: cost and bound are rounded in the file.
    if plan.status == "optimal" and not gap <= OPTIMAL_GAP + 1e-9:
        message = f"The plan is called optimal with a gap of {gap:.9f}."
        yield _proof("status", gap, message)


def _header(scenario: Scenario, plan: Plan) -> Iterator[Violation]:
    settings = scenario.settings
    claims: list[tuple[str, object, object]] = [
        ("scenario_sha256", plan.scenario_sha256, scenario.sha256),
        ("start", f"{plan.start:%Y-%m}", f"{settings.start:%Y-%m}"),
        ("period", plan.period, settings.period),
        ("periods", plan.periods, settings.periods),
        ("currency", plan.currency, settings.currency),
    ]
    for name, claimed, expected in claims:
        if claimed != expected:
            message = f"The plan's {name} is {claimed}, the scenario's is {expected}."
            yield Violation(RuleId.FORMAT, name, "", "", 0.0, message)


def _list(name: str, rows: Sequence[Any], key: Callable[[Any], object]) -> Iterator[Violation]:
    if list(rows) != sorted(rows):
        message = f"The list {name} is not sorted."
        yield Violation(RuleId.FORMAT, name, "", "", 0.0, message)
    for double, count in Counter(key(row) for row in rows).items():
        if count > 1:
            message = f"The list {name} has {count} rows for {double}."
            yield Violation(RuleId.FORMAT, name, str(double), "", float(count - 1), message)


def _proof(what: str, amount: float, message: str) -> Violation:
    return Violation(RuleId.BOUND, what, "", "", _finite(amount), message)


def _finite(amount: float) -> float:
    """Violations are sorted and written as JSON, so not-a-number and infinity become 0."""
    return amount if abs(amount) < float("inf") else 0.0
