"""Bytes mutated from good files, drawn by Hypothesis so that what fails is shrunk."""

from __future__ import annotations

import csv
import io
import zipfile
from datetime import date
from functools import cache
from pathlib import Path

import xlsxwriter
from hypothesis import strategies as st
from tests.unit.io.books import tables

__all__ = [
    "SCENARIOS",
    "Edit",
    "apply",
    "csv_files",
    "edits",
    "rezip",
    "workbook",
    "workbook_parts",
]

SCENARIOS = Path(__file__).parents[2] / "scenarios"

Edit = tuple[str, float, bytes, int]
"""What is done, where (a share of the length), with which bytes, over how many."""

_KINDS = ("overwrite", "insert", "delete", "repeat", "cut", "swap")
_TOKENS = (
    b"<!DOCTYPE x [<!ENTITY l 'a'>]>",
    b"&l;",
    b"&#0;",
    b"&#xFFFF;",
    b"]]>",
    b"<!--",
    b"<c",
    b"<row",
    b"</row>",
    b"</sheetData>",
    b"<v>",
    b"<f>",
    b'r="XFD1048576"',
    b'r="A0"',
    b't="s"',
    b't="e"',
    b's="9"',
    b"_xD800_",
    b"1e400",
    b"-1",
    b"NaN",
    b"99999999999999999999",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\xed\xa0\x80",
    b"\x00",
    b'"',
    b"'=",
    b",",
    b";",
    b"\r\n",
    b"PK\x03\x04",
    b"PK\x01\x02",
    b"PK\x05\x06",
    b"\xff\xff\xff\xff",
    b'{"a":',
    b"[[[[",
    b"null",
)


def edits() -> st.SearchStrategy[list[Edit]]:
    """One to four changes."""
    place = st.floats(0, 1, allow_nan=False)
    what = st.one_of(st.sampled_from(_TOKENS), st.binary(min_size=1, max_size=8))
    return st.lists(
        st.tuples(st.sampled_from(_KINDS), place, what, st.integers(1, 32)),
        min_size=1,
        max_size=4,
    )


def apply(data: bytes, changes: list[Edit]) -> bytes:
    """The bytes after all changes."""
    for kind, share, what, length in changes:
        at = int(share * len(data))
        rest = data[at + length :]
        if kind == "overwrite":
            data = data[:at] + what + data[at + len(what) :]
        elif kind == "insert":
            data = data[:at] + what + data[at:]
        elif kind == "delete":
            data = data[:at] + rest
        elif kind == "repeat":
            data = data[: at + length] + data[at : at + length] * 3 + rest
        elif kind == "cut":
            data = data[:at] if at > 0 else data
        else:
            data = data[:at] + data[at : at + length][::-1] + rest
    return data


@cache
def workbook() -> bytes:
    """A good workbook with cells of every kind."""
    content = tables(
        Settings=[["key", "value"], ["start", date(2027, 1, 1)], ["periods", 4]],
        Commitments=[["employee", "activity", "start"], ["E1", "Course", 1]],
        Budgets=[["pool", "from", "to", "amount"], ["P", "2027-Q1", "2027-Q3", 1200.5]],
        Extra=[["note"], ["=1+1"], [True]],
    )
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"default_date_format": "yyyy-mm-dd", "in_memory": True})
    for name, rows in content.items():
        page = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                page.write(number, column, value)
    page.write_comment("A1", "a comment")
    page.merge_range("C5:D6", "merged")
    book.close()
    return buffer.getvalue()


@cache
def workbook_parts() -> dict[str, bytes]:
    """The same, part by part; those that are read."""
    with zipfile.ZipFile(io.BytesIO(workbook())) as archive:
        return {name: archive.read(name) for name in archive.namelist() if "docProps" not in name}


def rezip(parts: dict[str, bytes]) -> bytes:
    """The parts as an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return buffer.getvalue()


@cache
def csv_files() -> dict[str, bytes]:
    """The same as CSV files."""
    found = {}
    for name, rows in tables().items():
        text = io.StringIO(newline="")
        csv.writer(text, lineterminator="\n").writerows(rows)
        found[f"{name}.csv"] = text.getvalue().encode()
    return found
