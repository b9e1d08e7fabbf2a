"""The bench map: how well the openings of each unit and role are covered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from succession.metrics import BenchCell
from succession.report.columns import clean
from succession.report.reading import Reading

__all__ = ["BenchBlock", "BenchSquare", "bench_map"]

_MOST_CELLS = 400
"""A map larger than this is cut into blocks by family of roles."""


@dataclass(frozen=True, slots=True)
class BenchSquare:
    """A unit and role; `level` 0 (nobody) … 3 (every seat and the bench) is its colour."""

    seats: int
    placed: int
    wanted: int
    standing: int
    level: int


@dataclass(frozen=True, slots=True)
class BenchBlock:
    """A map of units (rows) by roles (columns); squares without an opening are None."""

    title: str
    roles: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, tuple[BenchSquare | None, ...]], ...]


def bench_map(reading: Reading, cells: Sequence[BenchCell]) -> tuple[BenchBlock, ...]:
    """One block, or one for each family where a single map would be too large to read."""
    units, roles = {cell.unit for cell in cells}, {cell.role for cell in cells}
    if len(units) * len(roles) <= _MOST_CELLS:
        return (_block(reading, "", cells),) if cells else ()
    families: dict[str, list[BenchCell]] = defaultdict(list)
    for cell in cells:
        families[reading.scenario.role_by_id[cell.role].family].append(cell)
    return tuple(
        _block(reading, clean(family or "No family"), families[family])
        for family in sorted(families)
    )


def _block(reading: Reading, title: str, cells: Sequence[BenchCell]) -> BenchBlock:
    by_place: Mapping[tuple[str | None, str], BenchCell] = {
        (cell.unit, cell.role): cell for cell in cells
    }
    roles = sorted({cell.role for cell in cells}, key=lambda role: _order(reading, role))
    units = sorted({cell.unit for cell in cells}, key=lambda unit: (unit is None, unit or ""))
    return BenchBlock(
        title,
        tuple((clean(role), clean(reading.role(role))) for role in roles),
        tuple(
            (
                clean(reading.unit(unit)) or "No unit",
                tuple(_square(by_place.get((unit, role))) for role in roles),
            )
            for unit in units
        ),
    )


def _order(reading: Reading, role: str) -> tuple[str, int, str]:
    row = reading.scenario.role_by_id[role]
    return (row.family, row.grade or 0, row.role)


def _square(cell: BenchCell | None) -> BenchSquare | None:
    if cell is None:
        return None
    goal, there = cell.seats + cell.wanted, cell.placed + cell.standing
    level = 3 if there >= goal else 2 if 2 * there >= goal else 1 if there else 0
    return BenchSquare(cell.seats, cell.placed, cell.wanted, cell.standing, level)
