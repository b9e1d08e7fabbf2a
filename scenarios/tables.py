"""Writes a scenario's tables as a CSV folder and as a workbook, the same values in both.

The builders in `company/` and `toy/` share this file. Nothing here looks at the clock, so the same
tables always give the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

import xlsxwriter

Cell = str | int | float | dt.date | None
Row = Mapping[str, Cell]
Tables = dict[str, list[Row]]
Files = dict[str, bytes]

# The order of sheets and columns that a planner reads; a table may leave columns out.
COLUMNS: dict[str, tuple[str, ...]] = {
    "Settings": ("key", "value"),
    "Competencies": ("competency", "name", "kind", "levels"),
    "Roles": (
        *("role", "title", "family", "grade", "external_cost", "external_lead", "vacancy_cost"),
        *("unfilled_cost", "backfill_cost", "replacement_cost"),
    ),
    "Requirements": ("role", "competency", "level"),
    "Units": ("unit", "name", "max_away", "max_moves_out"),
    "Employees": (
        *("employee", "name", "role", "unit", "hours", "leaving_risk"),
        *("available_from", "available_to", "move_from"),
    ),
    "Profiles": ("employee", "competency", "level", "valid_from", "valid_to"),
    "CareerPaths": ("from_role", "to_role", "kind", "move_cost"),
    "Openings": (
        *("opening", "role", "unit", "needed", "seats", "probability", "max_delay", "bench"),
        *("incumbent", "nominated_only", "external_cost", "external_lead", "vacancy_cost"),
        "unfilled_cost",
    ),
    "Candidates": ("opening", "employee", "status", "period", "move_cost"),
    "Interests": ("employee", "role", "interest"),
    "Activities": (
        *("activity", "name", "kind", "duration", "hours", "cost", "pool", "seats", "min_seats"),
        *("session_cost", "resource", "away", "pass_rate"),
    ),
    "Sessions": ("activity", "period", "sessions"),
    "Prerequisites": ("activity", "competency", "level"),
    "Outcomes": ("activity", "competency", "level", "valid_periods"),
    "Resources": ("resource", "period", "capacity"),
    "Budgets": ("pool", "unit", "from", "to", "amount"),
    "Commitments": ("employee", "activity", "start"),
    "Groups": ("employee", "attribute", "value"),
}
SHARES = {"leaving_risk", "probability", "pass_rate"}
AMOUNTS = {
    *("external_cost", "vacancy_cost", "unfilled_cost", "backfill_cost", "replacement_cost"),
    *("move_cost", "cost", "session_cost", "amount"),
}
CREATED = dt.datetime(2026, 11, 1)
WIDEST = 60


def csv_files(tables: Tables) -> Files:
    """One CSV file a table, in UTF-8 with plain line feeds."""
    return {f"{name}.csv": _csv(name, tables[name]) for name in COLUMNS if name in tables}


def workbook(tables: Tables) -> bytes:
    """One sheet a table: a bold, frozen header row and columns as wide as what they hold."""
    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, options)
    book.set_properties({"created": CREATED})
    formats = {
        "header": book.add_format({"bold": True, "bottom": 1}),
        "share": book.add_format({"num_format": "0%"}),
        "amount": book.add_format({"num_format": "#,##0"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd"}),
    }
    for name in COLUMNS:
        if name in tables:
            _sheet(book.add_worksheet(name), name, tables[name], formats)
    book.close()
    return buffer.getvalue()


def main(files: Callable[[], Files], folder: Path, doc: str, owned: Iterable[str]) -> int:
    """Write the files that a builder makes into its folder, or compare them with what is there.

    `owned` are the patterns of the files that the builder alone writes: one that it no longer
    makes is removed, and with `--check` counts as a difference.
    """
    parser = argparse.ArgumentParser(description=doc)
    parser.add_argument("--check", action="store_true", help="compare only; exit 1 on a difference")
    made = files()
    stale = sorted(
        {p for pattern in owned for p in folder.glob(pattern)} - {folder / n for n in made}
    )
    if parser.parse_args().check:
        return _report([*_differing(folder, made), *(p.relative_to(folder) for p in stale)])
    for name, content in made.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    for path in stale:
        path.unlink()
    return 0


def _csv(name: str, rows: list[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, _columns(name, rows), lineterminator="\n")
    writer.writeheader()
    writer.writerows({key: _text(value) for key, value in row.items()} for row in rows)
    return text.getvalue().encode()


def _text(value: Cell) -> str | int | float | None:
    return value.isoformat() if isinstance(value, dt.date) else value


def _columns(name: str, rows: list[Row]) -> list[str]:
    used = {key for row in rows for key in row}
    if unknown := used - set(COLUMNS[name]):
        raise ValueError(f"{name}: unknown columns {sorted(unknown)}")
    return [column for column in COLUMNS[name] if column in used or not rows]


def _sheet(sheet: Any, name: str, rows: list[Row], formats: dict[str, Any]) -> None:
    sheet.freeze_panes(1, 0)
    for x, column in enumerate(_columns(name, rows)):
        values = [row.get(column) for row in rows]
        sheet.write_string(0, x, column, formats["header"])
        sheet.set_column(x, x, _width(column, values), _format(column, formats))
        for y, value in enumerate(values, start=1):
            _write(sheet, y, x, value, formats)


def _write(sheet: Any, y: int, x: int, value: Cell, formats: dict[str, Any]) -> None:
    if isinstance(value, dt.date):
        sheet.write_datetime(y, x, value, formats["date"])
    elif isinstance(value, str):
        sheet.write_string(y, x, value)
    elif value is not None:
        sheet.write_number(y, x, value)


def _format(column: str, formats: dict[str, Any]) -> Any:
    if column in SHARES:
        return formats["share"]
    return formats["amount"] if column in AMOUNTS else None


def _width(column: str, values: list[Cell]) -> int:
    longest = max((len(str(_text(value))) for value in values if value is not None), default=0)
    return min(WIDEST, max(len(column), longest) + 2)


def _differing(folder: Path, made: Files) -> list[Path]:
    return [Path(name) for name, content in made.items() if not _same(folder / name, content)]


def _same(path: Path, content: bytes) -> bool:
    if not path.exists():
        return False
    # Workbooks are compared by their parts: zlib builds may pack the same bytes differently.
    if path.suffix == ".xlsx":
        return _parts(path.read_bytes()) == _parts(content)
    return path.read_bytes() == content


def _parts(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def _report(differing: list[Path]) -> int:
    for path in differing:
        print(f"differs: {path.as_posix()}")
    return 1 if differing else 0
