"""Files as raw tables: a workbook and a CSV folder both become a RawBook."""

from __future__ import annotations

from pathlib import Path

from succession.io.read.raw import Grid, RawBook, RawCell, Stop, column_letters, shorten

__all__ = ["Grid", "RawBook", "RawCell", "Stop", "column_letters", "read_raw", "shorten"]


def read_raw(path: Path) -> RawBook:
    """Reads a workbook or a CSV folder. Raises Stop when the file as a whole cannot be read."""
    if path.is_dir():
        from succession.io.read.csv_folder import read_csv_folder

        return read_csv_folder(path)
    from succession.io.read.workbook import read_workbook

    return read_workbook(path)
