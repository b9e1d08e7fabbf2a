"""A table whose columns are worked out, such as one for each period."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from succession.report.columns import Cell, Column, clean

__all__ = ["Matrix"]


@dataclass(frozen=True, slots=True)
class Matrix:
    """As `columns.Table`, with rows of plain cells."""

    key: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: Sequence[tuple[Cell, ...]]

    @property
    def cells(self) -> Iterator[tuple[Cell, ...]]:
        """The rows' values, text made safe to write anywhere."""
        for row in self.rows:
            yield tuple(clean(value) if isinstance(value, str) else value for value in row)

    @property
    def totals(self) -> tuple[Cell, ...]:
        """The sum of each column that has a total, None for the others."""
        return tuple(
            sum(row[number] for row in self.rows if isinstance(row[number], (int, float)))  # type: ignore[misc]
            if item.total
            else None
            for number, item in enumerate(self.columns)
        )
