"""Plans that make themselves: the scheduled run, what is decided about its plans, and privacy."""

from succession.planning.unattended.config import Config, read_config
from succession.planning.unattended.job import JobOutcome, run_job
from succession.planning.unattended.journal import Clock, Journal, timestamp
from succession.planning.unattended.opening import find_config, open_configured

__all__ = [
    "Clock",
    "Config",
    "JobOutcome",
    "Journal",
    "find_config",
    "open_configured",
    "read_config",
    "run_job",
    "timestamp",
]
