"""When to stop: the clock, the caller, the gap asked for."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

__all__ = ["OPTIMAL_GAP", "Clock", "relative_gap"]

OPTIMAL_GAP = 1e-6
"""`optimal` means a proven gap of at most this (model.md, section 8)."""


def relative_gap(cost: float, bound: float) -> float:
    """(cost − bound) / max(1, |cost|), never negative."""
    return max(0.0, (cost - bound) / max(1.0, abs(cost)))


@dataclass
class Clock:
    """Seconds since the start, and whether the limit or the caller says stop."""

    limit: float
    interrupted: Callable[[], bool] = lambda: False
    started: float = field(default_factory=time.monotonic)

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self.started

    @property
    def left(self) -> float:
        """Seconds until the limit; 0 once interrupted."""
        return 0.0 if self.interrupted() else max(0.0, self.limit - self.seconds)

    def leave_out(self, seconds: float) -> None:
        """Do not count some seconds that have just gone by."""
        self.started += seconds
