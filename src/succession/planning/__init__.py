"""The front door: read, solve, verify, compare, write."""

from succession.planning.batch import BatchOutcome, run_batch
from succession.planning.check import VerifyOutcome, verify_files
from succession.planning.checking import check_scenario
from succession.planning.comparing import ComparisonOutcome, compare, compare_files, figures
from succession.planning.developing import develop_files
from succession.planning.rolling import AdvanceOutcome, advance, advance_files, due_lines
from succession.planning.run import RunOutcome, RunSettings, run, solve

__all__ = [
    "AdvanceOutcome",
    "BatchOutcome",
    "ComparisonOutcome",
    "RunOutcome",
    "RunSettings",
    "VerifyOutcome",
    "advance",
    "advance_files",
    "check_scenario",
    "compare",
    "compare_files",
    "develop_files",
    "due_lines",
    "figures",
    "run",
    "run_batch",
    "solve",
    "verify_files",
]
