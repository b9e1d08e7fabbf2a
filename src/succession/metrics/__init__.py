"""Key figures of a plan, worked out once; every output shows these (docs/kpis.md)."""

from succession.metrics.breakdowns import (
    BenchCell,
    BudgetUse,
    CostStep,
    PeriodFill,
    PoolSpend,
)
from succession.metrics.definitions import DEFINITIONS, Definition, KpiKind
from succession.metrics.figures import Figures, figures_of
from succession.metrics.kpis import Kpi, Kpis, compute_kpis
from succession.metrics.readiness import ready_since

__all__ = [
    "DEFINITIONS",
    "BenchCell",
    "BudgetUse",
    "CostStep",
    "Definition",
    "Figures",
    "Kpi",
    "KpiKind",
    "Kpis",
    "PeriodFill",
    "PoolSpend",
    "compute_kpis",
    "figures_of",
    "ready_since",
]
