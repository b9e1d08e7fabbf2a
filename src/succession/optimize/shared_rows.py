"""The rows that pathways and fixed variables share in the integer programs: limits, then cuts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from succession.optimize.master import RestrictedMaster

__all__ = ["SharedRows", "shared_rows"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class SharedRows:
    """Coefficients of the fixed variables (row, variable) and both sides of each row."""

    variables: sparse.csc_matrix
    lower: Floats
    upper: Floats


def shared_rows(master: RestrictedMaster) -> SharedRows:
    """The master's shared rows and, behind them, its cuts in their order."""
    below = sparse.lil_matrix((len(master.cuts), master.variable_rows.shape[1]))
    for row, cut in enumerate(master.cuts):
        for variable, value in master.cuts.variables(cut):
            below[row, variable] = value
    most = np.array([master.cuts.most(cut) for cut in master.cuts], dtype=np.float64)
    return SharedRows(
        variables=sparse.vstack([master.variable_rows, below], format="csc"),
        lower=np.concatenate([master.lower, np.full(len(most), -np.inf)]),
        upper=np.concatenate([master.upper, most]),
    )
