"""How a solve went: the plan, the proof, and why it stopped."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from succession.domain.plan import Plan

__all__ = ["Progress", "SolveResult", "StopReason"]

StopReason = Literal["gap", "time_limit", "interrupted", "infeasible", "exhausted"]
"""gap: the gap asked for is proven; exhausted: nothing more can be tried."""


@dataclass(frozen=True, slots=True)
class Progress:
    """A line of a solve's history. `seconds` since the start, `bound` and `cost` proven so far."""

    seconds: float
    phase: str
    round: int
    columns: int
    cost: float | None
    bound: float | None

    @property
    def gap(self) -> float | None:
        """(cost − bound) / max(1, |cost|), or None while one of them is missing."""
        if self.cost is None or self.bound is None:
            return None
        return max(0.0, (self.cost - self.bound) / max(1.0, abs(self.cost)))


@dataclass(frozen=True, slots=True)
class SolveResult:
    """What `succession.solve` returns: a verified plan and the history of its proof."""

    plan: Plan
    stopped: StopReason
    rounds: int
    columns: int
    seconds: float
    history: tuple[Progress, ...]
    warnings: tuple[str, ...] = ()
