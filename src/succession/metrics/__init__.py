"""Key figures of a plan, worked out once; every output shows these (docs/kpis.md)."""

from succession.metrics.breakdowns import (
    BenchCell,
    BudgetUse,
    CostStep,
    PeriodFill,
    PoolSpend,
)
from succession.metrics.definitions import DEFINITIONS, Definition, KpiKind
from succession.metrics.kpis import Kpi, Kpis, compute_kpis
from succession.metrics.readiness import ready_since

__all__ = [
    "DEFINITIONS",
    "BenchCell",
    "BudgetUse",
    "CostStep",
    "Definition",
    "Kpi",
    "KpiKind",
    "Kpis",
    "PeriodFill",
    "PoolSpend",
    "compute_kpis",
    "ready_since",
]
