"""The reference of all tables as Markdown (docs/scenario.md), written from the schema."""

from __future__ import annotations

import sys
from pathlib import Path

from succession.io.schema import SETTINGS, TABLES, Column, Table
from succession.io.write.help import default_text, type_text

__all__ = ["describe_tables"]

_TOP = """# The scenario, table by table

<!-- Written by `succession.io.describe_tables()`; do not edit. -->

A scenario is an Excel workbook (one sheet a table) or a folder of CSV files of the same names.
Sheets, columns and rows may come in any order; names match without regard to case, spaces, `_` and
`-`. `succession new FILE.xlsx` writes an empty workbook with drop-downs and help. Its headings
carry the unit in brackets, `hours (hours a period)`; either spelling is read. Rows above the
headings that begin with `»` are help and are skipped.
"""


def describe_tables() -> str:
    """Every table and column: type, unit, what a blank cell means, key and references."""
    tables = (_settings() if table.record is None else _table(table) for table in TABLES)
    return "\n".join([_TOP, *tables])


def _settings() -> str:
    lines = ["## Settings", "", "One setting a row: `key`, `value`. Required.", ""]
    lines += ["| key | what it is | value | unit | blank |", "|---|---|---|---|---|"]
    lines += [_row(column) for column in SETTINGS]
    return "\n".join([*lines, ""])


def _table(table: Table) -> str:
    lines = [f"## {table.sheet}", "", table.help, ""]
    keys = ", ".join(f"`{name}`" for name in table.key)
    same = "Rows of the same key add up" if table.adds_up else "No two rows share the key"
    required = "The table is required." if table.required else "The table may be missing or empty."
    lines += [f"{same}: {keys}. {required}", ""]
    lines += ["| column | what it is | value | unit | blank |", "|---|---|---|---|---|"]
    lines += [_row(column) for column in table.columns]
    return "\n".join([*lines, ""])


def _row(column: Column) -> str:
    cells = (f"`{column.name}`", column.help, type_text(column), column.unit, default_text(column))
    return "| " + " | ".join(cells) + " |"


def main() -> None:
    """Writes the reference to the path given: `python -m succession.io.describe PATH`."""
    Path(sys.argv[1]).write_text(describe_tables(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
