"""Bases of the master's linear program, kept until a branch is looked at."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from numpy.typing import NDArray

__all__ = ["Basis"]

Ints = NDArray[np.int64]
Statuses = NDArray[np.int8]

AT_FLOOR, BASIC = (
    int(status) for status in (highspy.HighsBasisStatus.kLower, highspy.HighsBasisStatus.kBasic)
)


@dataclass(frozen=True)
class Basis:
    """HiGHS's status of every row and column: out of the working program, rows are basic and
    columns at their floor."""

    rows: Statuses
    columns: Statuses

    @staticmethod
    def of(highs: highspy.Highs, rows: Ints, columns: Ints, size: tuple[int, int]) -> Basis:
        """The basis that HiGHS has, whose working program holds some `rows` and `columns` of a
        program of this size."""
        known, found = highs.getBasis(), _slack(size)
        found.rows[rows] = [int(status) for status in known.row_status]
        found.columns[columns] = [int(status) for status in known.col_status]
        return found

    def grown(self, size: tuple[int, int]) -> Basis:
        """The basis once there are more rows and columns."""
        found = _slack(size)
        found.rows[: len(self.rows)], found.columns[: len(self.columns)] = self.rows, self.columns
        return found

    def needed(self) -> tuple[Ints, Ints]:
        """The rows and columns that a working program with this basis has at least."""
        return np.flatnonzero(self.rows != BASIC), np.flatnonzero(self.columns != AT_FLOOR)

    def lay_onto(self, highs: highspy.Highs, rows: Ints, columns: Ints) -> None:
        """Let HiGHS start from the basis; its working program holds some `rows` and `columns`."""
        basis = highspy.HighsBasis()
        basis.row_status = [highspy.HighsBasisStatus(k) for k in self.rows[rows].tolist()]
        basis.col_status = [highspy.HighsBasisStatus(k) for k in self.columns[columns].tolist()]
        basis.valid = True
        highs.setBasis(basis)


def _slack(size: tuple[int, int]) -> Basis:
    rows, columns = size
    return Basis(np.full(rows, BASIC, np.int8), np.full(columns, AT_FLOOR, np.int8))
