"""The cost waterfall: from hiring for everything to the plan, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from succession.metrics import Kpis

__all__ = ["COST_LABELS", "Step", "waterfall"]

COST_LABELS = {
    "learning": "Learning",
    "sessions": "Sessions",
    "moves": "Moves",
    "external": "Hiring",
    "vacancy": "Vacancy",
    "unfilled": "Unfilled seats",
    "backfill": "Backfill",
    "bench": "Bench shortage",
    "interest": "Interest",
    "change": "Change",
    "retention": "Retention",
}
"""Cost parts as readers call them."""

_NOTHING = 0.005


@dataclass(frozen=True, slots=True)
class Step:
    """A bar from `left` over `width`, in percent of the track; `end` is where the next begins."""

    label: str
    kind: Literal["total", "less", "more"]
    amount: float
    left: float
    width: float
    end: float


def waterfall(kpis: Kpis) -> tuple[Step, ...]:
    """What succession saves, then what it takes, between the two totals."""
    start, cost = kpis["cost_all_external"] or 0.0, kpis["cost"] or 0.0
    changes = [
        (COST_LABELS[row.part], row.plan - row.all_external)
        for row in kpis.costs
        if abs(row.plan - row.all_external) >= _NOTHING
    ]
    changes.sort(key=lambda change: change[1] > 0)
    levels = [start]
    for _, amount in changes:
        levels.append(levels[-1] + amount)
    scale = _Scale([0.0, cost, *levels])
    steps = [scale.step("All-external", "total", start, 0.0, start)]
    for (label, amount), before, after in zip(changes, levels, levels[1:], strict=False):
        kind: Literal["less", "more"] = "more" if amount > 0 else "less"
        steps.append(scale.step(label, kind, amount, before, after))
    steps.append(scale.step("The plan", "total", cost, 0.0, cost))
    return tuple(steps)


class _Scale:
    """Amounts to percent of the track."""

    def __init__(self, amounts: Sequence[float]) -> None:
        self._low = min(amounts)
        self._span = (max(amounts) - self._low) or 1.0

    def place(self, amount: float) -> float:
        return round(100.0 * (amount - self._low) / self._span, 3)

    def step(
        self,
        label: str,
        kind: Literal["total", "less", "more"],
        amount: float,
        before: float,
        after: float,
    ) -> Step:
        left, right = self.place(min(before, after)), self.place(max(before, after))
        width = round(right - left, 3)
        return Step(label, kind, amount, left, width, self.place(after))
