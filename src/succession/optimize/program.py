"""A linear or integer program, as it is handed to what solves it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

__all__ = ["Program", "sparse_columns"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Program:
    """min cost·x, lower ≤ matrix x ≤ upper, floor ≤ x ≤ ceiling."""

    cost: Floats
    matrix: sparse.csc_matrix
    lower: Floats
    upper: Floats
    floor: Floats
    ceiling: Floats


def sparse_columns(columns: Sequence[Sequence[tuple[int, float]]], rows: int) -> sparse.csc_matrix:
    """A matrix of columns given as (row, value)."""
    indptr = np.cumsum([0, *(len(column) for column in columns)])
    indices = np.array([row for column in columns for row, _ in column], dtype=np.int64)
    data = np.array([value for column in columns for _, value in column], dtype=np.float64)
    return sparse.csc_matrix((data, indices, indptr), shape=(rows, len(columns)))
