"""A small container for an exact integer program, solved by HiGHS through scipy with no gap."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array

__all__ = ["Program", "WrongAnswer"]

INFINITY = float("inf")


class WrongAnswer(Exception):
    """The integer solver failed, or its rounded answer breaks a row."""


@dataclass
class Program:
    """Variables with names, rows as {variable: coefficient} between two limits."""

    cost: list[float] = field(default_factory=list)
    lower: list[float] = field(default_factory=list)
    upper: list[float] = field(default_factory=list)
    whole: list[int] = field(default_factory=list)
    place: dict[Hashable, int] = field(default_factory=dict)
    rows: list[tuple[Mapping[int, float], float, float]] = field(default_factory=list)

    def variable(
        self, name: Hashable, cost: float, lower: float, upper: float, *, whole: bool = True
    ) -> int:
        """A new variable and its place; `whole` asks for whole numbers."""
        self.place[name] = len(self.cost)
        self.cost.append(cost)
        self.lower.append(lower)
        self.upper.append(upper)
        self.whole.append(int(whole))
        return self.place[name]

    def row(self, terms: Mapping[int, float], lower: float, upper: float) -> None:
        """lower ≤ Σ coefficient × variable ≤ upper."""
        self.rows.append((terms, lower, upper))

    def solve(self) -> dict[Hashable, int] | None:
        """The values of an optimum, or None where there is none."""
        if not self.cost:
            return {} if all(low <= 0 <= high for _, low, high in self.rows) else None
        if any(not terms and not low <= 0 <= high for terms, low, high in self.rows):
            return None
        answer = milp(
            np.array(self.cost),
            integrality=np.array(self.whole, dtype=np.int8),
            bounds=Bounds(np.array(self.lower), np.array(self.upper)),
            constraints=self.constraints(),
            options={"mip_rel_gap": 0.0},
        )
        if answer.status == 2:
            return None
        if answer.status != 0:
            raise WrongAnswer(answer.message)
        values = [round(value) for value in answer.x]
        self._check(values)
        return {name: values[place] for name, place in self.place.items()}

    def constraints(self) -> list[LinearConstraint]:
        """All rows in one, for scipy; none where there are no rows."""
        if not self.rows:
            return []
        entries = [
            (row, column, value)
            for row, (terms, _, _) in enumerate(self.rows)
            for column, value in terms.items()
        ]
        rows, columns, values = zip(*entries, strict=True) if entries else ((), (), ())
        matrix = csr_array((values, (rows, columns)), shape=(len(self.rows), len(self.cost)))
        lower = np.array([low for _, low, _ in self.rows])
        upper = np.array([high for _, _, high in self.rows])
        return [LinearConstraint(matrix, lower, upper)]

    def _check(self, values: list[int]) -> None:
        for terms, low, high in self.rows:
            total = sum(value * values[place] for place, value in terms.items())
            slack = 1e-6 * max(1.0, abs(total))
            if not low - slack <= total <= high + slack:
                raise WrongAnswer(f"{low} <= {total} <= {high} does not hold after rounding")
