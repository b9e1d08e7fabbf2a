"""The front door: read, solve, verify, compare, write."""

from succession.planning.check import VerifyOutcome, verify_files
from succession.planning.checking import check_scenario
from succession.planning.comparing import ComparisonOutcome, compare, compare_files
from succession.planning.run import RunOutcome, RunSettings, run, solve

__all__ = [
    "ComparisonOutcome",
    "RunOutcome",
    "RunSettings",
    "VerifyOutcome",
    "check_scenario",
    "compare",
    "compare_files",
    "run",
    "solve",
    "verify_files",
]
