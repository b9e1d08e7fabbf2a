"""Works out who should learn what, when, so that coming openings are filled from within.

    scenario = succession.load("company.xlsx")
    result = succession.solve(scenario)
    succession.verify(scenario, result.plan).ok

The heavy parts load when they are first used.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from succession.errors import BadInput, Refused, SolverError, SuccessionError

if TYPE_CHECKING:
    from succession.domain.plan import Plan
    from succession.domain.result import Progress, SolveResult
    from succession.domain.scenario import Scenario

__version__ = "0.1.0"

__all__ = [
    "BadInput",
    "Refused",
    "SolverError",
    "SuccessionError",
    "__version__",
]
