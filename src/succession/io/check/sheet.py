"""One table while it is being checked: its values by column, and where each of them stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from succession.domain import Finding, Severity
from succession.io.read import RawBook, RawCell, column_letters, shorten
from succession.io.schema import Column, Table
from succession.io.values.parse import BAD, Parser, Verdict
from succession.io.values.words import Note, Reject

__all__ = ["MOST_ALIKE", "SEVERITIES", "Report", "Sheet", "parse_column"]

MOST_ALIKE = 10_000
"""Findings of one code in one column that are kept; more of them are counted."""


SEVERITIES: dict[str, Severity] = {"E": "error", "W": "warning", "F": "fix"}
"""What the first letter of a code says."""


class Report:
    """Collects findings and puts them in order: sheets, then rows, then columns."""

    def __init__(self, book: RawBook) -> None:
        self._cells = book.kind == "xlsx"
        self._findings: list[tuple[tuple[int, int, int, int], Finding]] = []
        self._alike: Counter[tuple[Sheet, str, str]] = Counter()

    def add(self, finding: Finding, order: tuple[int, int, int] = (-1, 0, 0)) -> None:
        """Adds a finding at its place in the order; file-level findings come first."""
        self._findings.append(((*order, len(self._findings)), finding))

    def where(self, sheet: Sheet, position: int, name: str) -> str:
        """A cell in words: `C14`, or `row 14` where there are no cells."""
        number = sheet.numbers.get(name, 0)
        row = sheet.rows[position]
        return f"{column_letters(number)}{row}" if self._cells and number else f"row {row}"

    def at(
        self, sheet: Sheet, position: int, name: str, verdict: Verdict, value: object = None
    ) -> None:
        """Adds a finding about one cell; an error marks its row as bad."""
        if verdict.severity == "error":
            sheet.bad.add(position)
        self._alike[sheet, name, verdict.code] += 1
        if self._alike[sheet, name, verdict.code] > MOST_ALIKE:
            return
        raw = sheet.raw_cell(name, position)
        number = sheet.numbers.get(name, 0)
        row = sheet.rows[position]
        shown = raw.text if raw is not None else None if value is None else str(value)
        finding = Finding(
            verdict.severity,
            verdict.code,
            f"{name}: {verdict.message}"
            if verdict.severity != "error" or shown is None
            else f"{name} {shorten(shown)!r}: {verdict.message}",
            sheet=sheet.name,
            cell=f"{column_letters(number)}{row}" if self._cells and number else None,
            row=row,
            column=name,
            value=None if shown is None else shorten(shown),
            hint=verdict.hint,
        )
        self.add(finding, (sheet.order, row, number))

    def about(self, sheet: Sheet, severity: Severity, code: str, message: str, hint: str) -> None:
        """Adds a finding about a whole sheet."""
        if severity == "error":
            sheet.broken = True
        finding = Finding(severity, code, message, sheet=sheet.name, hint=hint)
        self.add(finding, (sheet.order, 0, 0))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All findings in order; after those of a column that are too many, their number."""
        counted = [
            (sheet, name, code, number - MOST_ALIKE)
            for (sheet, name, code), number in self._alike.items()
            if number > MOST_ALIKE
        ]
        for sheet, name, code, number in counted:
            severity = SEVERITIES[code[0]]
            message = f"{number:,} more cells of {name} like those listed with {code}"
            finding = Finding(severity, code, message, sheet=sheet.name, column=name)
            self.add(finding, (sheet.order, sheet.rows[-1] + 1, sheet.numbers.get(name, 0)))
        self._alike.clear()
        return tuple(finding for _, finding in sorted(self._findings, key=lambda pair: pair[0]))

    @property
    def has_errors(self) -> bool:
        """Whether one of them is an error."""
        return any(finding.severity == "error" for _, finding in self._findings)


@dataclass(slots=True, eq=False)
class Sheet:
    """A table's columns; `bad` rows have an error, `out` rows are left out with a warning.

    `values[name][k]` belongs to the row (or CSV line) `rows[k]`; `numbers` holds the columns'
    numbers in the file. A sheet that is missing has no rows and `present` False.
    """

    table: Table
    name: str
    order: int
    present: bool = True
    rows: list[int] = field(default_factory=list)
    values: dict[str, list[Any]] = field(default_factory=dict)
    raw: dict[str, list[RawCell | None]] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    bad: set[int] = field(default_factory=set)
    out: set[int] = field(default_factory=set)
    broken: bool = False

    def raw_cell(self, name: str, position: int) -> RawCell | None:
        """What the file holds there."""
        column = self.raw.get(name)
        return column[position] if column else None

    def column(self, name: str) -> list[Any]:
        """A column's values; None throughout where the file has no such column."""
        values = self.values.get(name)
        return [None] * len(self.rows) if values is None else values

    @property
    def clean(self) -> bool:
        """Whether every row of it can be trusted."""
        return not self.bad and not self.broken

    def kept(self) -> Sequence[int]:
        """Positions of the rows that are neither bad nor left out."""
        if not self.bad and not self.out:
            return range(len(self.rows))
        return [k for k in range(len(self.rows)) if k not in self.bad and k not in self.out]


class _Memo(dict[RawCell | None, Any]):
    """Parses each distinct cell once and remembers what is to be said about it."""

    def __init__(self, parser: Parser) -> None:
        super().__init__()
        self.verdicts: dict[RawCell, list[Verdict]] = {}
        self._parser = parser
        self[None] = None

    def __missing__(self, cell: RawCell) -> Any:
        notes: list[Note] = []
        said = []
        try:
            value = self._parser(cell, notes)
        except Reject as reject:
            value = BAD
            said.append(Verdict("error", reject.code, reject.message, reject.hint))
        said += [Verdict(*note) for note in notes]
        if said:
            self.verdicts[cell] = said
        self[cell] = value
        return value


def parse_column(sheet: Sheet, column: Column, parser: Parser, report: Report) -> None:
    """Fills `sheet.values` of one column and reports what its cells hold (pass one)."""
    cells = sheet.raw.get(column.name)
    if cells is None:
        return
    memo = _Memo(parser)
    values = list(map(memo.__getitem__, cells))
    if memo.verdicts:
        for position, cell in enumerate(cells):
            for verdict in memo.verdicts.get(cell, ()) if cell is not None else ():
                report.at(sheet, position, column.name, verdict)
    if column.required and None in memo and None in cells:
        code = "E_ID_MISSING" if column.kind == "id" and not column.table else "E_BLANK"
        verdict = Verdict("error", code, "this cell must be filled", f"Fill in {column.help}.")
        for position, cell in enumerate(cells):
            if cell is None:
                values[position] = BAD
                report.at(sheet, position, column.name, verdict)
    sheet.values[column.name] = values
