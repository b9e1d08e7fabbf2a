"""The report, built once from a scenario and its verified plan; every output shows this record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from succession.domain.plan import Plan
from succession.domain.scenario import Scenario
from succession.domain.stability import Stability
from succession.metrics import Kpi, Kpis, compute_kpis
from succession.report.charts import Charts, build_charts
from succession.report.columns import Table, clean
from succession.report.means import activities_table, budgets_table, costs_table, limits_table
from succession.report.people import learning_table, placements_table, standbys_table
from succession.report.reading import Reading, read_plan
from succession.report.rows import (
    ActivityRow,
    BudgetRow,
    CostRow,
    HireRow,
    LearningRow,
    LimitRow,
    OpeningRow,
    PlacementRow,
    StandbyRow,
    UnfilledRow,
    VacatedRow,
    WarningRow,
)
from succession.report.seats import hires_table, openings_table, unfilled_table, vacated_table
from succession.report.stability import ChangeRow, changes_table

__all__ = ["HEADLINES", "Report", "build_report", "figure", "money"]

_PRECISE_BELOW = 10_000.0
"""Plans cheaper than this show hundredths of their currency."""


HEADLINES = (
    "cost",
    "internal_fill_rate",
    "successor_coverage",
    "bench_strength",
    "return_on_learning",
    "time_to_ready",
    "vacancy_per_seat",
    "learning_hours",
    "budget_use",
    "gap",
)
"""The key figures that stand first, in order."""


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that a reader is shown. No clock is in it: equal plans give equal reports."""

    scenario: str
    sha256: str
    start: date
    horizon: str
    period: str
    status: str
    currency: str
    decimals: int
    standing: str
    headline: str
    kpis: Kpis
    charts: Charts
    costs: Table[CostRow]
    openings: Table[OpeningRow]
    placements: Table[PlacementRow]
    vacated: Table[VacatedRow]
    hires: Table[HireRow]
    unfilled: Table[UnfilledRow]
    bench: Table[StandbyRow]
    learning: Table[LearningRow]
    activities: Table[ActivityRow]
    budgets: Table[BudgetRow]
    limits: Table[LimitRow]
    warnings: Table[WarningRow]
    reading: Reading
    changes: Table[ChangeRow] | None = None

    @property
    def headlines(self) -> tuple[Kpi, ...]:
        """The key figures that stand first; those that have nothing to count are left out."""
        rows = {row.key: row for row in self.kpis.rows}
        return tuple(rows[key] for key in HEADLINES if rows[key].value is not None)

    @property
    def tables(self) -> tuple[Table[Any], ...]:
        """Every table but the costs, in reading order; vacated seats only where there are any.

        Changes come first where there is a previous plan.
        """
        changes: tuple[Table[Any], ...] = () if self.changes is None else (self.changes,)
        vacated: tuple[Table[Any], ...] = (self.vacated,) if self.vacated.rows else ()
        return (
            *changes,
            self.openings,
            self.placements,
            *vacated,
            self.hires,
            self.unfilled,
            self.bench,
            self.learning,
            self.activities,
            self.budgets,
            self.limits,
            self.warnings,
        )


def build_report(
    scenario: Scenario,
    plan: Plan,
    warnings: Sequence[str] = (),
    standing: str = "",
    *,
    stability: Stability | None = None,
) -> Report:
    """Work out every table of a plan; `warnings` are those of reading, solving and verifying.

    `standing` says who has decided on the plan, where somebody has to; `stability` is about the
    changes against a previous plan.
    """
    if not plan.has_plan or plan.cost is None:
        raise ValueError(f"there is nothing to report: the plan's status is {plan.status}")
    reading, kpis = read_plan(scenario, plan), compute_kpis(scenario, plan)
    settings = scenario.settings
    calendar = settings.calendar
    decimals = 2 if abs(plan.cost) < _PRECISE_BELOW else 0
    return Report(
        scenario=clean(settings.name),
        sha256=plan.scenario_sha256,
        start=settings.start,
        horizon=f"{calendar.label(1)} to {calendar.label(settings.periods)}, "
        f"{settings.periods} {settings.period}s",
        period=settings.period,
        status=_status(plan),
        currency=clean(settings.currency),
        decimals=decimals,
        standing=clean(standing),
        headline=_headline(reading, decimals),
        kpis=kpis,
        charts=build_charts(reading, kpis),
        costs=costs_table(reading),
        openings=openings_table(reading),
        placements=placements_table(reading),
        vacated=vacated_table(reading),
        hires=hires_table(reading),
        unfilled=unfilled_table(reading),
        bench=standbys_table(reading),
        learning=learning_table(reading),
        activities=activities_table(reading),
        budgets=budgets_table(reading),
        limits=limits_table(reading),
        warnings=_warnings_table(warnings),
        reading=reading,
        changes=None if stability is None else changes_table(scenario, stability),
    )


def money(amount: float, decimals: int) -> str:
    """An amount with thousands separators and a true minus sign."""
    return f"{amount:,.{decimals}f}".replace("-", "−")


def figure(kpi: Kpi, report: Report) -> str:
    """A key figure as text, with its unit; a dash where there is nothing to count."""
    value = kpi.value
    if value is None:
        return "–"
    if kpi.kind == "amount":
        return f"{money(value, report.decimals)} {report.currency}"
    if kpi.kind in ("share", "gap"):
        return f"{value:,.{1 if kpi.kind == 'share' else 4}%}".replace("-", "−")
    if kpi.kind == "count":
        return f"{value:,.0f}"
    if kpi.kind == "hours":
        return f"{value:,.0f} h"
    return f"{value:,.1f} {report.period}{'' if value == 1 else 's'}"


def _status(plan: Plan) -> str:
    if plan.status == "optimal":
        return "Optimal: no plan costs less, proven."
    if plan.gap is None:
        return "Feasible."
    return f"Feasible: proven to be within {plan.gap:.4%} of the least cost possible."


def _warnings_table(warnings: Sequence[str]) -> Table[WarningRow]:
    about = "What a reader of this plan should know."
    return Table("Warnings", "Warnings", about, WarningRow, [WarningRow(t) for t in warnings])


def _headline(reading: Reading, decimals: int) -> str:
    plan, seats = reading.plan, sum(row.seats for row in reading.scenario.openings)
    cost = money(plan.cost or 0.0, decimals)
    ways = [f"{len(plan.placements)} of {seats} seats are filled from within"]
    hires, unfilled = sum(row.seats for row in plan.hires), sum(row.seats for row in plan.unfilled)
    if hires:
        ways.append(f"{hires} hired for")
    if unfilled:
        ways.append(f"{unfilled} left unfilled")
    return f"{', '.join(ways)}. The plan costs {cost} {plan.currency}."
