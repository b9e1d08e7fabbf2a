"""`succession new`: an empty scenario workbook, or a shipped example, ready to be filled in."""

from __future__ import annotations

from os import PathLike
from pathlib import Path

from succession.io.convert import book_sheets
from succession.io.read import read_raw
from succession.io.schema import SETTINGS, SETTINGS_TABLE, TABLES
from succession.io.write import OutCell, OutSheet, write_file
from succession.io.write.help import default_text, meaning

__all__ = ["example_names", "write_template"]

_EXAMPLES = Path(__file__).with_name("examples")


def example_names() -> tuple[str, ...]:
    """The names of the shipped examples."""
    found = {
        path.stem
        for path in _EXAMPLES.iterdir()
        if (path.is_dir() and any(path.glob("*.csv"))) or path.suffix == ".xlsx"
    }
    return tuple(sorted(found))


def write_template(path: str | PathLike[str], example: str | None = None) -> None:
    """Writes a scenario workbook with help and drop-downs, replacing what is there.

    `example` fills it with a shipped example. Raises LookupError for a name that is none.
    """
    from succession.io.write.workbook import workbook_bytes

    filled = {} if example is None else _example(example)
    sheets = [_settings_sheet(filled.pop("Settings", None))]
    for table in TABLES[1:]:
        given = filled.pop(table.sheet, None)
        header = [column.name for column in table.columns]
        rows: list[list[OutCell]] = [] if given is None else _in_order(given, header)
        sheets.append(OutSheet(table.sheet, header, rows, table))
    write_file(Path(path), workbook_bytes(sheets))


def _example(name: str) -> dict[str, OutSheet]:
    if name not in example_names():
        raise LookupError(f"no example {name!r}; there are: {', '.join(example_names())}")
    folder = _EXAMPLES / name
    book = read_raw(folder if folder.is_dir() else _EXAMPLES / f"{name}.xlsx")
    return {sheet.name: sheet for sheet in book_sheets(book) if sheet.table is not None}


def _settings_sheet(given: OutSheet | None) -> OutSheet:
    values = {} if given is None else {str(row[0]): row[1] for row in given.rows}
    rows: list[list[OutCell]] = [
        [
            column.name,
            values.get(column.name),
            column.unit or None,
            default_text(column).removeprefix("default "),
            meaning(column),
        ]
        for column in SETTINGS
    ]
    return OutSheet("Settings", ["key", "value", *SETTINGS_TABLE.notes], rows, SETTINGS_TABLE)


def _in_order(given: OutSheet, header: list[str]) -> list[list[OutCell]]:
    place = {str(heading): number for number, heading in enumerate(given.header)}
    numbers = [place.get(name) for name in header]
    return [[None if k is None else row[k] for k in numbers] for row in given.rows]
