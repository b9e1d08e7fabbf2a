"""A RawBook as bytes and back: a JSON head, then the cells' numbers as plain arrays.

What comes from a process that read a hostile file is not to be trusted either, so nothing here can
run code: no pickle. Each distinct cell is sent once, and a column is an array of cell numbers.
"""

from __future__ import annotations

import json
from array import array
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, get_args

from succession.domain import Finding
from succession.io.read.raw import CellKind, Grid, RawBook, RawCell, Stop

__all__ = ["decode", "encode", "encode_fault", "encode_stop"]

_KINDS: tuple[CellKind, ...] = get_args(CellKind)
_SIZE = 8
_NUMBER = "I"
_FACTS = ("sheet", "merges", "hidden_rows", "formulas", "blank_lines")


def encode(book: RawBook) -> Iterator[bytes]:
    """The book in pieces."""
    numbers = _Numbers()
    body: list[bytes] = []
    grids = []
    for grid in book.grids:
        facts = {name: getattr(grid, name) for name in _FACTS}
        grids.append({**facts, "rows": len(grid.rows), "columns": list(grid.columns)})
        body.append(array(_NUMBER, grid.rows).tobytes())
        body += [
            array(_NUMBER, map(numbers.__getitem__, column)).tobytes()
            for column in grid.columns.values()
        ]
    cells = list(numbers)[1:]
    head = {
        "kind": book.kind,
        "grids": grids,
        "findings": [asdict(finding) for finding in book.findings],
        "hidden": sorted(book.hidden),
        "broken": sorted(book.broken),
        "stale": book.stale,
        "kinds": [_KINDS.index(cell.kind) for cell in cells if cell is not None],
        "texts": [cell.text for cell in cells if cell is not None],
    }
    yield _head(head)
    yield from body


def encode_stop(stop: Stop) -> bytes:
    """What says that the file cannot be read."""
    return _head({"stop": asdict(stop.finding)})


def encode_fault(text: str) -> bytes:
    """What says that the reader itself is broken."""
    return _head({"fault": text})


def decode(data: bytes, source: Path) -> RawBook:
    """The book of `encode`'s bytes.

    Raises Stop where they carry one, RuntimeError for a fault, ValueError for anything else.
    """
    start = _SIZE + int.from_bytes(data[:_SIZE], "little")
    head = json.loads(data[_SIZE:start])
    if "stop" in head:
        raise Stop.of(Finding(**head["stop"]))
    if "fault" in head:
        raise RuntimeError(head["fault"])
    kinds = [_KINDS[number] for number in head["kinds"]]
    cells = [None, *map(RawCell, kinds, head["texts"])]
    numbers = array(_NUMBER)
    numbers.frombytes(data[start:])
    book = RawBook(
        source,
        head["kind"],
        findings=[Finding(**finding) for finding in head["findings"]],
        hidden=set(head["hidden"]),
        broken=set(head["broken"]),
        stale=head["stale"],
    )
    first = 0
    for facts in head["grids"]:
        book.grids.append(_grid(facts, numbers, first, cells))
        first += facts["rows"] * (1 + len(facts["columns"]))
    return book


class _Numbers(dict[RawCell | None, int]):
    """The number of each distinct cell, in the order of their first use; 0 is an empty one."""

    def __init__(self) -> None:
        super().__init__({None: 0})

    def __missing__(self, cell: RawCell) -> int:
        number = self[cell] = len(self)
        return number


def _head(content: dict[str, Any]) -> bytes:
    text = json.dumps(content).encode("ascii")
    return len(text).to_bytes(_SIZE, "little") + text


def _grid(
    facts: dict[str, Any], numbers: array[int], first: int, cells: list[RawCell | None]
) -> Grid:
    length = facts["rows"]
    grid = Grid(rows=numbers[first : first + length].tolist(), **{n: facts[n] for n in _FACTS})
    for place, column in enumerate(facts["columns"], start=1):
        start = first + place * length
        grid.columns[column] = list(map(cells.__getitem__, numbers[start : start + length]))
    return grid
