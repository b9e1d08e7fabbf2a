"""Every chart of a report, worked out once; the page draws them."""

from __future__ import annotations

from dataclasses import dataclass

from succession.metrics import Kpis
from succession.report.charts.bench_map import BenchBlock, bench_map
from succession.report.charts.career_map import CareerMap, career_map
from succession.report.charts.gap_map import GapMap, gap_map
from succession.report.charts.means import (
    BudgetBar,
    Column,
    SeatRow,
    SpendRow,
    budget_bars,
    columns,
    seat_rows,
    spend_rows,
)
from succession.report.charts.timeline import Timeline, timeline
from succession.report.charts.waterfall import Step, waterfall
from succession.report.reading import Reading

__all__ = ["Charts", "build_charts"]


@dataclass(frozen=True, slots=True)
class Charts:
    """What the page draws beside its tables."""

    waterfall: tuple[Step, ...]
    columns: tuple[Column, ...]
    timeline: Timeline
    career: CareerMap
    bench: tuple[BenchBlock, ...]
    gaps: GapMap
    budgets: tuple[BudgetBar, ...]
    spend: tuple[SpendRow, ...]
    seats: tuple[SeatRow, ...]


def build_charts(reading: Reading, kpis: Kpis) -> Charts:
    """All charts of a plan."""
    return Charts(
        waterfall=waterfall(kpis),
        columns=columns(kpis),
        timeline=timeline(reading),
        career=career_map(reading),
        bench=bench_map(reading, kpis.bench),
        gaps=gap_map(reading),
        budgets=budget_bars(reading, kpis),
        spend=spend_rows(kpis),
        seats=seat_rows(reading),
    )
