"""Vacated seats of a plan in the making: whoever moves leaves one open, a fill closes it, and what
stays open is hired for or left unfilled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from succession.optimize.master import RestrictedMaster
from succession.pathways.pathway import Pathway

__all__ = ["OpenSeats"]

Floats = NDArray[np.float64]
Seat = tuple[str, int]
"""(seat type, period)."""


class OpenSeats:
    """Seats still open, by type; nothing where there are no chains. `prices` (row): duals, what a
    vacated seat may be worth."""

    def __init__(self, master: RestrictedMaster, prices: Floats) -> None:
        self._open: dict[str, list[int]] = defaultdict(list)
        self._filled: list[tuple[str, int, int]] = []
        self._vacated: dict[int, Seat] = {}
        self._waiting: dict[int, Seat] = {}
        self._number: dict[tuple[str, str, int], int] = {}
        self._closing: dict[Seat, list[int]] = defaultdict(list)
        self._cost = master.variable_cost
        for k, v in enumerate(master.instance.limits.variables):
            self._number[v.kind, v.key, v.period] = k
            if v.kind in ("vacated_hire", "vacated_unfilled"):
                self._closing[v.key, v.period].append(k)
            if v.kind == "vacated_opened":
                (vacated, _), (waiting, _) = v.rows
                self._vacated[vacated] = self._waiting[waiting] = (v.key, v.period)
        for own in self._closing.values():
            own.sort(key=lambda k: float(self._cost[k]))
        self._price = {
            row: min(self._least(seat), max(0.0, -float(prices[row])))
            for row, seat in self._vacated.items()
        }

    def _least(self, seat: Seat) -> float:
        """What the seat costs if nobody fills it."""
        own = self._closing.get(seat)
        return float(self._cost[own[0]]) if own else np.inf

    def _wait(self, key: str, first: int, last: int) -> list[int]:
        """The variables of a seat that waits from one period to another."""
        return [self._number["vacated_waiting", key, t] for t in range(first, last)]

    def _match(self, seat: Seat) -> int | None:
        """The period of the open seat that a fill in this period takes."""
        key, last = seat
        return max((t for t in self._open[key] if t <= last), default=None)

    def price(self, pathway: Pathway) -> float:
        """What follows from taking a pathway: the worth of the seat vacated less what the seat
        filled would cost; inf: there is none to be filled."""
        total = 0.0
        for row, _ in pathway.rows:
            total += self._price.get(row, 0.0)
            if row in self._waiting:
                key, last = self._waiting[row]
                first = self._match((key, last))
                if first is None:
                    return np.inf
                waiting = self._cost[self._wait(key, first, last)]
                total += float(waiting.sum()) - self._least((key, first))
        return total

    def take(self, pathway: Pathway) -> None:
        """Take a pathway of finite price."""
        for row, _ in pathway.rows:
            if row in self._waiting:
                key, last = self._waiting[row]
                first = self._match((key, last))
                if first is not None:
                    self._open[key].remove(first)
                    self._filled.append((key, first, last))
        for row, _ in pathway.rows:
            if row in self._vacated:
                key, period = self._vacated[row]
                self._open[key].append(period)

    def flows(self) -> list[int]:
        """Variables to count one more of, for the seats that are filled."""
        return [
            k
            for key, first, last in self._filled
            for k in (self._number["vacated_opened", key, first], *self._wait(key, first, last))
        ]

    def left(self) -> Iterator[list[int]]:
        """For each seat still open, variables one of which closes it, the cheapest first."""
        for key, periods in sorted(self._open.items()):
            for period in sorted(periods):
                yield self._closing.get((key, period), [])
