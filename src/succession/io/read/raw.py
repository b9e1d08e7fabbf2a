"""Raw tables: what a file holds, cell by cell, before anything is made of it.

A workbook and a CSV folder both become a `RawBook`. Tables are kept by column, because checking a
column through a memo of its distinct cells is what makes large sheets fast.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal

from succession.domain import Finding, Severity
from succession.io.schema import HELP_MARK, TABLES, Table, fold_name

__all__ = [
    "CellKind",
    "Grid",
    "RawBook",
    "RawCell",
    "Stop",
    "column_letters",
    "merge_corners",
    "merged_cells",
    "shorten",
    "text_cell",
]

CellKind = Literal["text", "plain", "number", "bool", "date", "time", "error", "formula"]
"""plain: text of a CSV, whose type nobody declared; formula: one without a stored value."""


HOSTILE = ("E_DTD", "E_XML_ENCODING")
"""Codes of what no program writes by accident: refused even in a sheet that nobody needs."""

_LAST_COLUMN, _LAST_ROW = 16_384, 1_048_576
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


class RawCell:
    """One distinct content. Compared by identity, which makes it a fast dictionary key."""

    __slots__ = ("kind", "text")

    def __init__(self, kind: CellKind, text: str) -> None:
        self.kind = kind
        self.text = text

    def __repr__(self) -> str:
        return f"RawCell({self.kind!r}, {self.text!r})"


def text_cell(text: str) -> RawCell | None:
    """A workbook's text as a cell: Excel's `_xHHHH_` decoded, blanks alone are no content."""
    if "_x" in text:
        text = _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return RawCell("text", text) if text.strip() else None


@dataclass(slots=True)
class Grid:
    """The filled rows of one sheet or file; `columns[c][k]` stands in row `rows[k]`."""

    sheet: str
    rows: list[int] = field(default_factory=list)
    columns: dict[int, list[RawCell | None]] = field(default_factory=dict)
    merges: list[str] = field(default_factory=list)
    hidden_rows: int = 0
    formulas: int = 0
    blank_lines: int = 0

    def pad(self) -> None:
        """Makes all columns as long as `rows`."""
        length = len(self.rows)
        for column in self.columns.values():
            column.extend([None] * (length - len(column)))

    def drop_help(self) -> None:
        """Takes off the rows of help that our own workbooks have above the headings."""
        first = 0
        while first < len(self.rows) and _is_help(self.row_cells(first)):
            first += 1
        if first:
            del self.rows[:first]
            columns = {number: cells[first:] for number, cells in self.columns.items()}
            self.columns = {number: cells for number, cells in columns.items() if any(cells)}

    def row_cells(self, position: int) -> dict[int, RawCell]:
        """The filled cells of the row at a position, by column number."""
        found = {}
        for number, column in self.columns.items():
            cell = column[position] if position < len(column) else None
            if cell is not None:
                found[number] = cell
        return dict(sorted(found.items()))


@dataclass(slots=True)
class RawBook:
    """All sheets or files of one scenario; `name` is the file's or folder's, without ending.

    `hidden` and `broken` name sheets; `stale`: the file says itself that the values stored for its
    formulas may be old; `tables` are those that are looked for.
    """

    source: Path
    kind: Literal["xlsx", "csv"]
    grids: list[Grid] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    hidden: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    stale: bool = False
    tables: Sequence[Table] = TABLES

    def knows(self, title: str) -> bool:
        """Whether a sheet of that name is one of the tables."""
        return fold_name(title) in {fold_name(table.sheet) for table in self.tables}

    def give_up(self, sheet: str, stop: Stop) -> None:
        """Notes that a sheet cannot be read: an error, unless it is none of our tables."""
        self.broken.add(sheet)
        title = sheet.rsplit(".", 1)[0] if self.kind == "csv" else sheet
        if self.knows(title) or stop.finding.code in HOSTILE:
            self.findings.append(replace(stop.finding, sheet=sheet))
            return
        message = f"no table of a scenario, and it cannot be read ({stop}); ignored"
        self.findings.append(Finding("warning", "W_SHEET_IGNORED", message, sheet=sheet))

    @property
    def lost(self) -> list[str]:
        """Sheets that are none of our tables and could not be read."""
        return sorted(
            finding.sheet for finding in self.findings if finding.code == "W_SHEET_IGNORED"
        )

    @property
    def name(self) -> str:
        """The default of the setting `name`."""
        return self.source.stem if self.kind == "xlsx" else self.source.name

    def place(self, sheet: str, row: int, column: int, header: str) -> dict[str, str | int | None]:
        """The place fields of a finding about one cell."""
        cell = f"{column_letters(column)}{row}" if self.kind == "xlsx" else None
        return {"sheet": sheet, "cell": cell, "row": row, "column": header}


class Stop(Exception):
    """Reading cannot go on; carries the finding that says why."""

    def __init__(
        self,
        code: str,
        message: str,
        hint: str = "",
        *,
        sheet: str = "",
        cell: str | None = None,
        row: int | None = None,
        value: str | None = None,
        severity: Severity = "error",
    ) -> None:
        super().__init__(message)
        value = None if value is None else shorten(value)
        self.finding = Finding(
            severity, code, message, sheet=sheet, cell=cell, row=row, value=value, hint=hint
        )

    @classmethod
    def of(cls, finding: Finding) -> Stop:
        """The stop that a finding tells of."""
        stop = cls(finding.code, finding.message)
        stop.finding = finding
        return stop


def _is_help(cells: dict[int, RawCell]) -> bool:
    return next((cell.text.startswith(HELP_MARK) for cell in cells.values()), False)


def column_letters(number: int) -> str:
    """`A` for 1, `AB` for 28."""
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def shorten(text: str, width: int = 80) -> str:
    """A value for a message: marks that cannot be printed escaped, cut to `width` characters."""
    if not text.isprintable():
        text = "".join(
            mark if mark.isprintable() else mark.encode("unicode_escape").decode("ascii")
            for mark in text[: width + 1]
        )
    return text if len(text) <= width else text[: width - 1] + "…"


def merged_cells(reference: str) -> int:
    """How many cells a reference such as `A1:C9` covers; whole columns and rows in full."""
    (left, top), (right, bottom) = merge_corners(reference)
    return (right - left + 1) * (bottom - top + 1)


def merge_corners(reference: str) -> tuple[tuple[int, int], tuple[int, int]]:
    """Column and row of the first and of the last cell of a reference such as `A1:C9` or `2:5`."""
    first, _, last = reference.upper().replace("$", "").partition(":")
    columns, rows = zip(_corner(first), _corner(last or first), strict=True)
    return (min(columns), min(rows)), (max(columns) or _LAST_COLUMN, max(rows))


def _corner(reference: str) -> tuple[int, int]:
    letters = reference.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    digits = reference[len(letters) :]
    return column, int(digits) if digits else _LAST_ROW
