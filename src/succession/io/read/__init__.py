"""Files as raw tables: a workbook and a CSV folder both become a RawBook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from succession.io.read.raw import Grid, RawBook, RawCell, Stop, column_letters, shorten
from succession.io.schema import TABLES, Table

__all__ = ["Grid", "RawBook", "RawCell", "Stop", "column_letters", "read_raw", "shorten"]


def read_raw(path: Path, tables: Sequence[Table] = TABLES) -> RawBook:
    """Reads a workbook or a CSV folder that holds `tables`, among others perhaps.

    Raises Stop when the file as a whole cannot be read.
    """
    before = _fingerprint(path)
    if path.is_dir():
        from succession.io.read.csv_folder import read_csv_folder

        book = read_csv_folder(path, tables)
    else:
        from succession.io.read.workbook import read_workbook

        book = read_workbook(path, tables)
    if _fingerprint(path) != before:
        hint = "Close it in other programs and try again."
        raise Stop("E_CHANGED", f"{path.name} changed while it was read", hint)
    return book


def _fingerprint(path: Path) -> tuple[tuple[str, int, int, int], ...]:
    """Names, sizes and times of the files; what tells that somebody wrote to them."""
    try:
        files = sorted(path.iterdir()) if path.is_dir() else [path]
        states = [(file.name, file.stat()) for file in files]
    except OSError:
        return ()
    return tuple((name, state.st_ino, state.st_size, state.st_mtime_ns) for name, state in states)
