"""What a comparison shows of a plan beside what its file holds; kept in run.json."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from succession.domain import Plan, Scenario
from succession.metrics.breakdowns import BudgetUse
from succession.metrics.kpis import Kpis

__all__ = ["Figures", "figures_of"]


@dataclass(frozen=True, slots=True)
class Figures:
    """Key figures by key, budgets, and what openings and people are called.

    `openings` has every opening's role and unit, `people` those in the plan who have a name.
    """

    kpis: Mapping[str, float | None]
    budgets: tuple[BudgetUse, ...]
    openings: Mapping[str, str]
    people: Mapping[str, str]


def figures_of(scenario: Scenario, plan: Plan, kpis: Kpis) -> Figures:
    """The figures of a plan."""
    units = {row.unit: row.name or row.unit for row in scenario.units}
    openings = {}
    for row in scenario.openings:
        title = scenario.role_by_id[row.role].title or row.role
        unit = None if row.unit is None else units.get(row.unit, row.unit)
        openings[row.opening] = title if unit is None else f"{title}, {unit}"
    people = {row.employee for row in plan.placements} | {row.employee for row in plan.standbys}
    people |= {row.employee for row in plan.learning} | {row.employee for row in plan.vacated}
    names = {who: scenario.employee_by_id[who].name for who in sorted(people)}
    return Figures(
        kpis=kpis.values,
        budgets=kpis.budgets,
        openings=openings,
        people={who: name for who, name in names.items() if name and name != who},
    )
