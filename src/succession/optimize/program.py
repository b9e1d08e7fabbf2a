"""A linear or integer program, as it is handed to what solves it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

__all__ = ["Program"]

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
