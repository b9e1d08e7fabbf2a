"""A folder of CSV files as raw tables."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from succession.domain import Finding
from succession.io.read.guard import check_file
from succession.io.read.raw import Grid, RawBook, RawCell, Stop
from succession.io.schema import TABLES, Table

__all__ = ["read_csv_folder"]

_DELIMITERS = ",;\t|"
MAX_CSV_BYTES = 256 * 1024**2
_FIELD_LIMIT = 131_072
_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_BOMS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def read_csv_folder(folder: Path, tables: Sequence[Table] = TABLES) -> RawBook:
    """Reads every .csv file of a folder; what stops one file is a finding."""
    book = RawBook(folder, "csv", tables=tables)
    try:
        files = sorted(path for path in folder.iterdir() if _is_table(path.name))
    except OSError as error:
        raise Stop("E_PATH", f"{folder} cannot be read: {error.strerror}") from error
    if not files:
        raise Stop("E_EMPTY", f"{folder} holds no .csv files", "Give a workbook or a CSV folder.")
    for path in files:
        try:
            book.grids.append(_read_file(path, book))
        except Stop as stop:
            book.give_up(path.name, stop)
    return book


def _is_table(name: str) -> bool:
    """Files that begin with `.` or `~$` are locks and notes that other programs keep beside it."""
    return name.lower().endswith(".csv") and not name.startswith((".", "~$"))


def _read_file(path: Path, book: RawBook) -> Grid:
    if path.is_file() and path.stat().st_size == 0:
        return Grid(path.name)
    check_file(path, most_bytes=MAX_CSV_BYTES)
    text = _decode(path, book)
    if "\x00" in text:
        line = text[: text.index("\x00")].count("\n") + 1
        raise Stop("E_CSV_NUL", "the file holds NUL bytes", sheet=path.name, row=line)
    delimiter = _delimiter(text, path.name)
    if delimiter != ",":
        message = f"columns are separated by {delimiter!r}"
        book.findings.append(Finding("fix", "F_CSV_DELIMITER", message, sheet=path.name))
    return _parse(text, delimiter, path.name, book)


def _decode(path: Path, book: RawBook) -> str:
    data = path.read_bytes()
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            book.findings.append(
                Finding("fix", "F_ENCODING", "the file is in UTF-16", sheet=path.name)
            )
            try:
                return data.decode(encoding)
            except UnicodeDecodeError as error:
                raise Stop("E_ENCODING", f"broken UTF-16: {error}", sheet=path.name) from error
    if data.startswith(b"\xef\xbb\xbf"):
        data = data[3:]
        book.findings.append(Finding("fix", "F_BOM", "byte order mark removed", sheet=path.name))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Stop(
            "E_ENCODING",
            f"byte {data[error.start]:#04x} at offset {error.start} is not UTF-8",
            "Save it as CSV UTF-8.",
            sheet=path.name,
            row=data[: error.start].count(b"\n") + 1,
        ) from error


def _delimiter(text: str, name: str) -> str:
    header = next((line for line in text.splitlines() if line.strip()), "")
    found = [mark for mark in _DELIMITERS if mark in _outside_quotes(header)]
    if len(found) > 1:
        raise Stop(
            "E_CSV_DELIMITER",
            f"the header holds {' and '.join(repr(mark) for mark in found)}",
            "Separate columns by commas.",
            sheet=name,
            row=1,
            value=header[:80],
        )
    return found[0] if found else ","


def _outside_quotes(line: str) -> str:
    return "".join(line.split('"')[::2])


def _parse(text: str, delimiter: str, name: str, book: RawBook) -> Grid:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows: list[list[str]] = []
    lines: list[int] = []
    line = 1
    blank = 0
    try:
        for fields in reader:
            if any(map(str.strip, fields)):
                rows.append(fields)
                lines.append(line)
            elif rows:
                blank += 1
            line = reader.line_num + 1
    except csv.Error as error:
        raise _csv_stop(error, name, line) from error
    _mend_widths(rows, lines, name, book)
    memo = _Memo()
    columns = [list(map(memo.__getitem__, column)) for column in zip(*rows, strict=True)]
    return Grid(name, lines, dict(enumerate(columns, start=1)), blank_lines=blank)


class _Memo(dict[str, RawCell | None]):
    """Cells by their text; blanks alone are no content."""

    def __missing__(self, text: str) -> RawCell | None:
        # An apostrophe before = + - @ is a guard against formulas, which our own files carry.
        bare = text[1:] if _GUARDED.match(text) else text
        cell = self[text] = RawCell("plain", bare) if bare.strip() else None
        return cell


def _mend_widths(rows: list[list[str]], lines: list[int], name: str, book: RawBook) -> None:
    """Makes all rows as wide as the first, and reports those that were not."""
    width = len(rows[0]) if rows else 0
    if set(map(len, rows)) <= {width}:
        return
    for position, (row, line) in enumerate(zip(rows, lines, strict=True)):
        if len(row) == width:
            continue
        rows[position] = (row + [""] * width)[:width]
        if len(row) < width or any(row[width:]):
            message = f"the line has {len(row)} fields, the headings {width}"
            hint = "Look for a missing quote or a stray separator."
            book.findings.append(
                Finding("error", "E_CSV_COLUMNS", message, sheet=name, row=line, hint=hint)
            )


def _csv_stop(error: csv.Error, name: str, line: int) -> Stop:
    text = str(error)
    if "field larger" in text:
        message = f"a field holds more than {_FIELD_LIMIT:,} characters"
        return Stop("E_LONG", message, "Look for a missing quote.", sheet=name, row=line)
    return Stop(
        "E_CSV_QUOTE",
        f"a quote is opened and never closed, or closed too early ({text})",
        "Look for a single quotation mark.",
        sheet=name,
        row=line,
    )
