"""The measures of a comparison: a line each, with a value for every plan and its difference."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from succession.domain.plan import Plan
from succession.metrics import DEFINITIONS, Figures
from succession.report.columns import Cell, clean
from succession.report.comparison.changes import (
    BenchChangeRow,
    LearningChangeRow,
    SeatChangeRow,
)

__all__ = [
    "Line",
    "LineKind",
    "change_lines",
    "cost_lines",
    "count_lines",
    "kpi_lines",
    "plan_lines",
]

LineKind = Literal["text", "amount", "count", "share", "gap", "hours", "periods"]
"""gap: a share that is worth four decimals. Shares and gaps differ in percentage points."""

_DECIMALS = 6

_COUNTS = {
    "placements": "Placements",
    "hires": "Seats hired for",
    "unfilled": "Seats left unfilled",
    "vacated": "Vacated seats filled from within",
    "vacated_hires": "Vacated seats hired for",
    "vacated_unfilled": "Vacated seats left unfilled",
    "standbys": "Standbys",
    "learners": "People who learn",
    "learning": "Activities started",
    "sessions": "Sessions held",
}

_LESS_IS_BETTER = frozenset(
    {"cost", "unfilled", "vacancy_periods", "vacancy_per_seat", "time_to_ready"}
)
_MORE_IS_BETTER = frozenset(
    {
        "saving",
        "saving_share",
        "return_on_learning",
        "internal_fill_rate",
        "expected_internal_fill_rate",
        "vacated_fill_rate",
        "successor_coverage",
        "openings_covered",
        "standbys",
        "bench_strength",
        "ready_now",
        "seat_use",
    }
)


@dataclass(frozen=True, slots=True)
class Line:
    """A measure of every plan; differences are against the first, which has none itself."""

    group: str
    key: str
    label: str
    kind: LineKind
    values: tuple[Cell, ...]
    differences: tuple[float | None, ...]

    def verdict(self, number: int) -> Literal["better", "worse", ""]:
        """Whether a plan is better in this than the first, where one can say so."""
        difference = self.differences[number]
        key = self.key.removeprefix("kpis.")
        if not difference or key not in _LESS_IS_BETTER | _MORE_IS_BETTER:
            return ""
        return "better" if (difference < 0) == (key in _LESS_IS_BETTER) else "worse"


def counts(plan: Plan) -> dict[str, int]:
    """How many of each thing a plan has."""
    return {
        "placements": len(plan.placements),
        "hires": sum(row.seats for row in plan.hires),
        "unfilled": sum(row.seats for row in plan.unfilled),
        "vacated": len(plan.vacated),
        "vacated_hires": len(plan.vacated_hires),
        "vacated_unfilled": len(plan.vacated_unfilled),
        "standbys": len(plan.standbys),
        "learners": len({row.employee for row in plan.learning}),
        "learning": len(plan.learning),
        "sessions": sum(row.sessions for row in plan.sessions),
    }


def plan_lines(plans: Sequence[Plan]) -> list[Line]:
    """What each plan is of, what it costs and what is proven."""

    def horizon(plan: Plan) -> str:
        calendar = plan.calendar
        return f"{calendar.label(1)} to {calendar.label(plan.periods)}"

    return [
        _texts("scenario", "Scenario", [plan.scenario for plan in plans]),
        _texts("scenario_sha256", "Its fingerprint", [plan.scenario_sha256[:8] for plan in plans]),
        _texts("horizon", "Horizon", [horizon(plan) for plan in plans]),
        _texts("status", "Status", [plan.status for plan in plans]),
        _numbers("Plan", "cost", "Cost", "amount", [plan.cost for plan in plans]),
        _numbers("Plan", "bound", "No plan is below", "amount", [plan.bound for plan in plans]),
        _numbers("Plan", "gap", "Proven gap", "gap", [plan.gap for plan in plans]),
    ]


def cost_lines(plans: Sequence[Plan]) -> list[Line]:
    """Every part of the cost."""
    found = [asdict(plan.costs) for plan in plans]
    lines = []
    for part in found[0]:
        amounts = [row[part] for row in found]
        lines.append(_numbers("Costs", f"costs.{part}", part.capitalize(), "amount", amounts))
    return lines


def kpi_lines(figures: Sequence[Figures | None]) -> list[Line]:
    """Every key figure that some plan has, but those that its file holds."""
    lines = []
    for row in DEFINITIONS:
        values = [None if item is None else item.kpis.get(row.key) for item in figures]
        if row.group != "Proof" and row.key != "cost" and any(item is not None for item in values):
            lines.append(_numbers(row.group, f"kpis.{row.key}", row.label, row.kind, values))
    return lines


def count_lines(plans: Sequence[Plan]) -> list[Line]:
    """How many of each thing a plan has, and the share filled from within."""
    found = [counts(plan) for plan in plans]
    lines = [
        _numbers("Counts", f"counts.{key}", label, "count", [row[key] for row in found])
        for key, label in _COUNTS.items()
    ]
    shares = []
    for row in found:
        seats = row["placements"] + row["hires"] + row["unfilled"]
        shares.append(row["placements"] / seats if seats else None)
    lines.insert(3, _numbers("Counts", "internal_share", "Filled from within", "share", shares))
    return lines


def change_lines(
    names: Sequence[str],
    seats: Sequence[SeatChangeRow],
    bench: Sequence[BenchChangeRow],
    learning: Sequence[LearningChangeRow],
) -> list[Line]:
    """How much differs from the first plan; that has nothing to say here."""
    kinds = Counter((row.plan, row.change) for row in seats)
    lines = [
        _against("seats." + change, f"Seats {change}", [kinds[name, change] for name in names[1:]])
        for change in dict.fromkeys(row.change for row in sorted(seats, key=lambda r: r.change))
    ]
    totals = {
        "seats": ("Seats dealt with otherwise", Counter(row.plan for row in seats)),
        "bench": ("Openings with other standbys", Counter(row.plan for row in bench)),
        "people": ("People who learn otherwise", Counter(row.plan for row in learning)),
    }
    for part, label in (("added", "added"), ("dropped", "dropped"), ("moved", "in another period")):
        count: Counter[str] = Counter()
        for row in learning:
            count[row.plan] += getattr(row, part)
        totals[f"learning.{part}"] = (f"Activities {label}", count)
    first, *others = (
        _against(key, label, [count[name] for name in names[1:]])
        for key, (label, count) in totals.items()
    )
    return [first, *lines, *others]


def _texts(key: str, label: str, values: Sequence[str]) -> Line:
    texts = tuple(clean(value) for value in values)
    return Line("Plan", key, label, "text", texts, (None,) * len(texts))


def _numbers(
    group: str, key: str, label: str, kind: LineKind, values: Sequence[float | None]
) -> Line:
    first = values[0]
    differences: list[float | None] = [None]
    for value in values[1:]:
        known = value is not None and first is not None
        differences.append(round(value - first, _DECIMALS) + 0.0 if known else None)  # type: ignore[operator]
    return Line(group, key, label, kind, tuple(values), tuple(differences))


def _against(key: str, label: str, values: Sequence[int]) -> Line:
    group = "Against the first plan"
    return Line(group, key, label, "count", (None, *values), (None,) * (len(values) + 1))
