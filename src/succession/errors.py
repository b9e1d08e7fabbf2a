"""The errors of succession, and when each of them happens.

    SuccessionError
    ├── BadInput        the scenario or plan cannot be used; carries every finding (exit 3)
    ├── Refused         a lock is held, or results would be overwritten (exit 6)
    └── SolverError     a fault of ours or of a solver library (exit 1)

Outcomes such as "infeasible" or "time limit" are values (`domain.result`), not errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from succession.domain.findings import Finding

__all__ = ["BadInput", "Refused", "SolverError", "SuccessionError"]


class SuccessionError(Exception):
    """The root of every error that succession raises on purpose."""


class BadInput(SuccessionError):
    """The input cannot be used; `findings` holds every error and warning that was found."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        errors = sum(1 for finding in self.findings if finding.severity == "error")
        super().__init__(f"{errors} error(s) in the input")


class Refused(SuccessionError):
    """The work was refused: another run holds the lock, or results would be overwritten."""


class SolverError(SuccessionError):
    """A solver was called wrongly or answered nonsense: always a fault of ours."""
