"""What is wrong or odd in an input: one finding for each problem (scenario.md, cli.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

__all__ = ["Finding", "Severity"]

Severity = Literal["error", "warning", "fix"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One problem with its place, what stands there, what was expected and how to mend it.

    `cell` is `C14` in a workbook; a CSV has no cells, so it is None there and `row` and `column`
    (the header) say where.
    """

    severity: Severity
    code: str
    message: str
    sheet: str = ""
    cell: str | None = None
    row: int | None = None
    column: str | None = None
    value: str | None = None
    hint: str = ""

    @property
    def place(self) -> str:
        """`Employees!C14`, or `Employees.csv:14:grade`, or the sheet alone."""
        if self.cell is not None:
            return f"{self.sheet}!{self.cell}"
        if self.row is not None:
            column = f":{self.column}" if self.column else ""
            return f"{self.sheet}:{self.row}{column}"
        return self.sheet
