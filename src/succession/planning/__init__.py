"""The front door: read, solve, verify, write."""

from succession.planning.check import VerifyOutcome, verify_files
from succession.planning.run import RunOutcome, RunSettings, run, solve

__all__ = ["RunOutcome", "RunSettings", "VerifyOutcome", "run", "solve", "verify_files"]
