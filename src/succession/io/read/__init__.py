"""Files as raw tables: a workbook and a CSV folder both become a RawBook."""

from __future__ import annotations

import hashlib
import stat
from collections.abc import Sequence
from pathlib import Path

from succession.io.read.raw import Grid, RawBook, RawCell, Stop, column_letters, shorten
from succession.io.schema import TABLES, Table

__all__ = ["Grid", "RawBook", "RawCell", "Stop", "column_letters", "read_raw", "shorten"]


def read_raw(path: Path, tables: Sequence[Table] = TABLES) -> RawBook:
    """Reads a workbook or a CSV folder that holds `tables`, among others perhaps.

    For files that can be trusted; all others go through `sandbox.read_isolated`. Raises Stop when
    the file as a whole cannot be read.
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


def _fingerprint(path: Path) -> list[tuple[str, str]]:
    """Names and hashes of the files; what tells that somebody wrote to them."""
    try:
        files = sorted(path.glob("*.[cC][sS][vV]")) if path.is_dir() else [path]
        return [(file.name, _sha256(file)) for file in files]
    except OSError:
        return []


def _sha256(file: Path) -> str:
    if not stat.S_ISREG(file.stat().st_mode):
        return ""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
