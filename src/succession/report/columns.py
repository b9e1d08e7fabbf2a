"""A table for people: typed rows whose fields say how they are titled and shown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from typing import Any, Generic, Literal, TypeVar, cast

__all__ = ["Cell", "Column", "Kind", "Table", "clean", "column"]

Kind = Literal["text", "id", "period", "count", "hours", "amount", "share"]
"""share: a fraction, shown as a percentage; amount: in the scenario's currency."""

Cell = str | int | float | None

_Row = TypeVar("_Row", covariant=True)

_LONGEST = 32_767
"""Characters that a cell of a workbook holds."""


_PLANES = "".join(f"\\U{plane:04X}FFFE\\U{plane:04X}FFFF" for plane in range(17))
_UNWRITABLE = re.compile(rf"[\x00-\x08\x0B-\x1F\x7F-\x9F\uD800-\uDFFF{_PLANES}]")
"""Control characters but tab and line feed, surrogates, and the last two of every plane."""


@dataclass(frozen=True, slots=True)
class Column:
    """How a field of a row is shown; a total is the column's sum, written under it."""

    title: str
    kind: Kind
    total: bool = False

    @property
    def is_number(self) -> bool:
        """Whether its cells are numbers, and so stand on the right."""
        return self.kind in ("count", "hours", "amount", "share")


@dataclass(frozen=True, slots=True)
class Table(Generic[_Row]):
    """Rows of one dataclass; `note` explains them in a sentence, `key` names sheet and anchor."""

    key: str
    title: str
    note: str
    row_type: type[_Row]
    rows: Sequence[_Row]

    @property
    def columns(self) -> tuple[Column, ...]:
        """The columns, in the order of the row's fields."""
        return tuple(item.metadata["column"] for item in fields(cast(Any, self.row_type)))

    @property
    def cells(self) -> Iterator[tuple[Cell, ...]]:
        """The rows' values, text made safe to write anywhere."""
        names = [item.name for item in fields(cast(Any, self.row_type))]
        for row in self.rows:
            values = (getattr(row, name) for name in names)
            yield tuple(clean(value) if isinstance(value, str) else value for value in values)

    @property
    def filled(self) -> tuple[int, ...]:
        """The columns that have anything in them, by number; a page leaves out the others."""
        blank = set(range(len(self.columns)))
        for row in self.cells:
            blank -= {number for number in blank if row[number] not in (None, "")}
        return tuple(number for number in range(len(self.columns)) if number not in blank)

    @property
    def totals(self) -> tuple[Cell, ...]:
        """The sum of each column that has a total, None for the others."""
        sums: list[Cell] = []
        for number, item in enumerate(self.columns):
            values = [cells[number] for cells in self.cells] if item.total else []
            sums.append(sum(value for value in values if isinstance(value, (int, float))))
        return tuple(
            total if item.total else None for item, total in zip(self.columns, sums, strict=True)
        )


def column(title: str, kind: Kind = "text", *, total: bool = False) -> dict[str, Column]:
    """The metadata of a row's field: `field(metadata=column("Opening"))`."""
    return {"column": Column(title, kind, total)}


def clean(text: str) -> str:
    """Text that every writer takes: no control characters, surrogates or non-characters."""
    return _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", text)[:_LONGEST]
