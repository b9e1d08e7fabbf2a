"""What a case is, and how its file is made from a sound scenario."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.unit.io.books import Tables, rewrite, tables, write_csv, write_xlsx

from succession.io.read import column_letters

__all__ = ["Case", "Maker", "at", "book", "csv", "csv_file", "put", "put_xml", "sheet_xml", "text"]

Maker = Callable[[Path], Path]
"""Writes the file into an empty folder and returns the path to give to the command."""

_MARK = 424_242


@dataclass(frozen=True)
class Case:
    """One line of the catalogue: what must come of the file, and where.

    `code` begins with E (refused, exit 3), W or F (usable, exit 0); empty: nothing is found at all.
    `where` is the place of the finding as people see it: `Employees!C14`, `Employees.csv:14:role`.
    """

    number: int
    name: str
    make: Maker
    code: str
    where: str = ""

    @property
    def id(self) -> str:
        """The name of the test."""
        return f"{self.number:03}-{self.name.replace(' ', '-')}"


def book(**changes: Any) -> Maker:
    """A workbook of the sound scenario with some tables replaced."""
    return lambda folder: write_xlsx(folder / "plan.xlsx", tables(**changes))


def csv(**changes: Any) -> Maker:
    """The same as a CSV folder."""
    return lambda folder: write_csv(folder / "plan", tables(**changes))


def csv_file(data: bytes, name: str = "Employees.csv") -> Maker:
    """A CSV folder one file of which holds these bytes."""

    def make(folder: Path) -> Path:
        plan = write_csv(folder / "plan", tables())
        (plan / name).write_bytes(data)
        return plan

    return make


def raw(data: bytes, name: str = "plan.xlsx") -> Maker:
    """A file of these bytes."""

    def make(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return make


def after(make: Maker, change: Callable[[Path], object]) -> Maker:
    """A file that is changed after it is made."""

    def changed(folder: Path) -> Path:
        path = make(folder)
        change(path)
        return path

    return changed


def with_value(sheet: str, column: str, value: Any) -> Tables:
    """The sound scenario with a value in the last row of a table; the column may be new."""
    content = tables()
    rows = [list(row) for row in content[sheet]]
    if column not in rows[0]:
        rows = [[*row, column if number == 0 else None] for number, row in enumerate(rows)]
    rows[-1][rows[0].index(column)] = value
    content[sheet] = rows
    return content


def at(sheet: str, column: str) -> str:
    """The address of the cell that `put` fills."""
    rows = with_value(sheet, column, None)[sheet]
    return f"{sheet}!{column_letters(rows[0].index(column) + 1)}{len(rows)}"


def put(sheet: str, column: str, value: Any) -> Maker:
    """A workbook with a value in the last row of a table."""
    return lambda folder: write_xlsx(folder / "plan.xlsx", with_value(sheet, column, value))


def put_xml(sheet: str, column: str, xml: str) -> Maker:
    """The same with what stands in the cell as XML, `<v>1e400</v>`; `t="e"|` before: attributes."""
    more, _, inner = xml.rpartition("|")
    address = at(sheet, column).partition("!")[2]
    old = f'<c r="{address}"><v>{_MARK}</v></c>'
    new = f'<c r="{address}" {more}>{inner}</c>'
    return after(put(sheet, column, _MARK), lambda path: _replace(path, sheet, old, new))


def sheet_xml(sheet: str, old: str, new: str, make: Maker | None = None) -> Maker:
    """A workbook in a sheet of which some XML is replaced, wherever it stands first."""
    return after(make or book(), lambda path: _replace(path, sheet, old, new))


def text(part: str, old: str, new: str, make: Maker | None = None) -> Maker:
    """A workbook in a part of which some XML is replaced."""
    return after(
        make or book(), lambda path: rewrite(path, part, lambda xml: xml.replace(old, new, 1))
    )


def add_part(name: str, data: bytes) -> Callable[[Path], None]:
    """Adds a part to a workbook."""

    def add(path: Path) -> None:
        with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(name, data)

    return add


def _replace(path: Path, sheet: str, old: str, new: str) -> None:
    number = list(tables()).index(sheet) + 1
    rewrite(path, f"xl/worksheets/sheet{number}.xml", lambda xml: xml.replace(old, new, 1))
