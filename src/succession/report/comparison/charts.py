"""The charts of a comparison as records: cost by part, scores, and cost against fill."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from succession.report.comparison.lines import Line
from succession.report.comparison.record import BudgetUseRow, Comparison

__all__ = [
    "BudgetLine",
    "Part",
    "Point",
    "Scatter",
    "Score",
    "Stack",
    "budget_lines",
    "scatter",
    "scores",
    "stacks",
]

PARTS = {
    "hiring": ("Hiring", ("external",)),
    "waiting": ("Vacant and unfilled seats", ("vacancy", "unfilled")),
    "moving": ("Moves and backfill", ("moves", "backfill")),
    "learning": ("Learning", ("learning", "sessions")),
    "bench": ("Bench shortage", ("bench",)),
    "other": ("Interest and change", ("interest", "change")),
}
"""Cost parts as the chart shows them together; retention is a gain and taken off the end."""

_SCORES = (
    "cost",
    "kpis.internal_fill_rate",
    "kpis.successor_coverage",
    "kpis.bench_strength",
    "kpis.new_learning_spend",
    "kpis.vacancy_per_seat",
    "kpis.budget_used",
)
_WIDTH, _HEIGHT, _LEFT, _RIGHT, _TOP, _BOTTOM = 720, 340, 64, 40, 20, 46
_TICKS = 5
_NAME_WIDTH = 200


@dataclass(frozen=True, slots=True)
class Part:
    """Some of a plan's cost; `width` in percent of the track."""

    key: str
    label: str
    amount: float
    width: float


@dataclass(frozen=True, slots=True)
class Stack:
    """A plan's cost by part; `total` is where the cost lies once retention is taken off."""

    name: str
    cost: float
    parts: tuple[Part, ...]
    total: float


@dataclass(frozen=True, slots=True)
class Score:
    """A measure of all plans: bars in percent of the largest, and which plans are best."""

    line: Line
    widths: tuple[float | None, ...]
    best: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class BudgetLine:
    """A budget of any of the plans; a cell is None where a plan has no such budget."""

    pool: str
    unit: str
    when: str
    cells: tuple[BudgetUseRow | None, ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A plan in the drawing; `low` is how far down its cost could still come, proven.

    `label` is the height of its name, clear of the names of other plans.
    """

    name: str
    x: float
    y: float
    low: float
    anchor: str
    label: float


@dataclass(frozen=True, slots=True)
class Scatter:
    """Cost (to the right) against the share filled from within (upwards)."""

    width: int
    height: int
    left: int
    floor: int
    points: tuple[Point, ...]
    across: tuple[tuple[float, float], ...]
    up: tuple[tuple[float, float], ...]


def stacks(comparison: Comparison) -> tuple[Stack, ...]:
    """Every plan on the same scale."""
    found = []
    for plan in comparison.plans:
        costs = asdict(plan.costs)
        found.append(
            {key: math.fsum(costs[part] for part in parts) for key, (_, parts) in PARTS.items()}
        )
    most = max([sum(row.values()) for row in found] + [0.01])
    return tuple(
        Stack(
            name,
            plan.cost or 0.0,
            tuple(
                Part(key, PARTS[key][0], amount, round(100 * amount / most, 3))
                for key, amount in row.items()
                if amount > 0
            ),
            round(max(0.0, 100 * (plan.cost or 0.0) / most), 3),
        )
        for name, plan, row in zip(comparison.names, comparison.plans, found, strict=True)
    )


def scores(comparison: Comparison) -> tuple[Score, ...]:
    """The measures to decide by, as far as they are known."""
    lines = {line.key: line for line in comparison.lines}
    keys = [key for key in _SCORES if key in lines]
    if "kpis.internal_fill_rate" not in lines:
        keys.append("internal_share")
    return tuple(_score(lines[key]) for key in keys)


def _score(line: Line) -> Score:
    values = [value if isinstance(value, (int, float)) else None for value in line.values]
    known = [value for value in values if value is not None]
    most = max([abs(value) for value in known], default=0.0) or 1.0
    verdict = _direction(line)
    goal = None if not known or not verdict else max(known) if verdict > 0 else min(known)
    return Score(
        line,
        tuple(None if value is None else round(100 * abs(value) / most, 2) for value in values),
        tuple(goal is not None and value == goal and min(known) < max(known) for value in values),
    )


def _direction(line: Line) -> int:
    """1 where more is better, −1 where less is, 0 where nobody can say."""
    probe = Line("", line.key, "", line.kind, (0, 1), (None, 1.0))
    return {"better": 1, "worse": -1, "": 0}[probe.verdict(1)]


def budget_lines(comparison: Comparison) -> tuple[BudgetLine, ...]:
    """Every budget that some plan has, side by side."""
    found: dict[tuple[str, str, str], dict[str, BudgetUseRow]] = {}
    for row in comparison.budgets.rows:
        when = f"{row.start} to {row.end}"
        found.setdefault((row.pool, row.unit, when), {})[row.plan] = row
    return tuple(
        BudgetLine(*key, tuple(rows.get(name) for name in comparison.names))
        for key, rows in found.items()
    )


def scatter(comparison: Comparison) -> Scatter:
    """Where the plans lie; a plan to the left and above another is better in both."""
    lines = {line.key: line for line in comparison.lines}
    shares = lines.get("kpis.expected_internal_fill_rate", lines["internal_share"]).values
    costs = [plan.cost or 0.0 for plan in comparison.plans]
    bounds = [
        cost if plan.bound is None else min(cost, plan.bound)
        for plan, cost in zip(comparison.plans, costs, strict=True)
    ]
    fills = [share if isinstance(share, (int, float)) else 0.0 for share in shares]
    across, up = _ticks(min(bounds), max(costs)), _ticks(min(fills), max(fills))
    floor = _HEIGHT - _BOTTOM

    def place_x(value: float) -> float:
        share = (value - across[0]) / (across[-1] - across[0])
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)

    def place_y(value: float) -> float:
        return round(floor - (value - up[0]) / (up[-1] - up[0]) * (floor - _TOP), 1)

    points: list[Point] = []
    for name, cost, fill, low in zip(comparison.names, costs, fills, bounds, strict=True):
        x, y = place_x(cost), place_y(fill)
        points.append(Point(name, x, y, place_x(low), _anchor(x), _label(x, y, points)))
    return Scatter(
        _WIDTH,
        _HEIGHT,
        _LEFT,
        floor,
        tuple(points),
        tuple((value, place_x(value)) for value in across),
        tuple((value, place_y(value)) for value in up),
    )


def _anchor(x: float) -> str:
    return "end" if x > _WIDTH * 0.7 else "start"


def _label(x: float, y: float, others: Sequence[Point]) -> float:
    """Above the point, or the next height up or down at which no other name stands."""
    heights = (y - 9, y + 20, y - 26, y + 37, y - 43, y + 54)
    near = [point.label for point in others if abs(point.x - x) < _NAME_WIDTH]
    free = (height for height in heights if all(abs(height - other) > 15 for other in near))
    return round(next(free, heights[0]), 1)


def _ticks(low: float, high: float) -> Sequence[float]:
    """Round numbers from below the lowest to above the highest value, two at least."""
    span = (high - low) or abs(high) or 1.0
    rough = span / _TICKS
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 2.5, 5, 10) if factor * power >= rough)
    first = math.floor(low / step - 0.25)
    last = max(first + 1, math.ceil(high / step + 0.25))
    return [round(number * step, 10) for number in range(first, last + 1)]
