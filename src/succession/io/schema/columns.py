"""What a table and a column are: the words in which `tables.py` describes the scenario."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

__all__ = ["Column", "Default", "Edge", "Kind", "Span", "Table", "fold_name"]

Kind = Literal[
    "id",
    "text",
    "whole",
    "amount",
    "hours",
    "share",
    "yesno",
    "choice",
    "period",
    "month",
    "currency",
]
Edge = Literal["first", "last"]
"""Which period a date or label means where it spans several (model.md, section 1)."""

Span = Literal["anywhere", "in_horizon", "up_to_horizon", "left_out"]
"""Where a period may lie; left_out: a row outside 1…T is left out with a warning."""

Default = Literal["value", "required", "blank", "rule"]
"""value: `Column.default`; blank: None; rule: worked out from other cells, as `rule` says."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: what may stand in its cells and what a blank one means.

    `low` and `high` are inclusive; `table` names the table whose ids a reference must meet;
    `field` is the record's attribute. `none_word` allows the word `none` next to a number.
    """

    name: str
    kind: Kind
    help: str
    blank: Default = "blank"
    default: Any = None
    rule: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    choices: tuple[str, ...] = ()
    table: str = ""
    edge: Edge = "first"
    span: Span = "anywhere"
    none_word: bool = False
    field: str = ""

    @property
    def attribute(self) -> str:
        """The attribute of the record that this column fills."""
        return self.field or self.name

    @property
    def required(self) -> bool:
        """Whether every row must fill it."""
        return self.blank == "required"

    @property
    def heading(self) -> str:
        """What stands over it in a workbook: the name, with the unit where there is one."""
        return f"{self.name} ({self.unit})" if self.unit else self.name


@dataclass(frozen=True, slots=True)
class Table:
    """One table; `key` columns together name a row, `adds_up` means that equal keys add up.

    `notes` are columns of the template that help the reader and are not read.
    """

    sheet: str
    record: type[Any] | None
    help: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    required: bool = False
    adds_up: bool = False
    notes: tuple[str, ...] = ()
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False)
    by_heading: dict[str, Column] = field(init=False, repr=False, compare=False)
    """By the folded name, and by the folded name with the unit."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {column.name: column for column in self.columns})
        spelled = ((text, c) for c in self.columns for text in (c.name, c.heading))
        object.__setattr__(self, "by_heading", {fold_name(text): c for text, c in spelled})

    @property
    def id_column(self) -> str | None:
        """The column that other tables refer to, or None for a link table."""
        return self.key[0] if len(self.key) == 1 and self.record is not None else None


def fold_name(name: str) -> str:
    """A sheet's or column's name without case, spaces, `_` and `-` (scenario.md, top)."""
    return "".join(mark for mark in name.casefold() if mark.isalnum())
