"""Starts the reading process, waits for it and makes its answer, or its end, a result."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Literal

from succession.errors import SuccessionError
from succession.io.read.raw import RawBook, Stop
from succession.io.read.sandbox.wire import decode

__all__ = ["MOST_BYTES", "MOST_SECONDS", "read_isolated"]

MOST_BYTES = 1024**3
"""Address space of the reading process."""

MOST_SECONDS = 15
"""Processor seconds of the reading process."""

# A CSV file unpacks to nothing larger than itself: a large folder may have more, in proportion.
FREE_CSV_BYTES = 32 << 20
BYTES_A_BYTE = 32
BYTES_A_SECOND = 2 << 20

_PATIENCE = 8
_SMALLER = "Take out what is no table's, or give a folder of CSV files."
_TIME_ENDS = (-signal.SIGXCPU, -signal.SIGKILL)

# The limits stand before anything is imported. No `site`, no environment, no current folder: the
# process finds the package and its libraries where this one found them, and nothing else.
_START = """
import json, resource, sys
def limit(what, most):
    hard = resource.getrlimit(what)[1]
    most = most if hard == resource.RLIM_INFINITY else min(most, hard)
    resource.setrlimit(what, (most, most))
given = json.loads(sys.argv[1])
limit(resource.RLIMIT_CORE, 0)
limit(resource.RLIMIT_FSIZE, 0)
limit(resource.RLIMIT_NOFILE, 64)
limit(resource.RLIMIT_AS, given["bytes"])
limit(resource.RLIMIT_CPU, given["seconds"])
sys.path[:0] = given["path"]
sys.dont_write_bytecode = True
from succession.io.read.sandbox.child import main
main(*sys.argv[2:])
"""


def read_isolated(path: Path, form: Literal["scenario", "actuals"] = "scenario") -> RawBook:
    """Reads a workbook or a CSV folder in a process of its own, with limits; `form` says which
    tables it is to hold.

    Raises Stop where the file as a whole cannot be read or its reading takes too much, and
    SuccessionError where the reader itself is at fault.
    """
    large = max(0, _csv_bytes(path) - FREE_CSV_BYTES)
    seconds = MOST_SECONDS + large // BYTES_A_SECOND
    limits = {"bytes": MOST_BYTES + BYTES_A_BYTE * large, "seconds": seconds}
    given = json.dumps({**limits, "path": _search_path()})
    command = [sys.executable, "-I", "-S", "-c", _START, given, str(path), form]
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=_PATIENCE * seconds,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_slow(path) from error
    if done.returncode != 0:
        raise _ended(path, done.returncode, done.stderr)
    try:
        return decode(done.stdout, path)
    except (RuntimeError, ValueError, KeyError, IndexError, TypeError) as error:
        raise SuccessionError(f"The reader failed on {path.name}.") from error


def _csv_bytes(path: Path) -> int:
    """The size of a folder's CSV files; 0 for a workbook, and where there is nothing."""
    try:
        return sum(file.stat().st_size for file in path.glob("*.[cC][sS][vV]"))
    except OSError:
        return 0


def _search_path() -> list[str]:
    """Where this process finds modules; the package's own folder first."""
    package = Path(__file__).resolve().parents[4]
    return [str(package), *(entry for entry in sys.path if entry)]


def _too_slow(path: Path) -> Stop:
    message = f"{path.name}: its reading takes too long (more than {MOST_SECONDS} seconds of work)"
    return Stop("E_LIMIT", message, _SMALLER)


def _ended(path: Path, code: int, said: bytes) -> Exception:
    """Why the process ended without an answer."""
    if code in _TIME_ENDS:
        return _too_slow(path)
    if code < 0:
        name = signal.Signals(-code).name
        return Stop("E_LIMIT", f"{path.name}: its reading was broken off ({name})", _SMALLER)
    if b"MemoryError" in said:
        message = f"{path.name}: its reading takes more than {MOST_BYTES >> 20} MiB of memory"
        return Stop("E_LIMIT", message, _SMALLER)
    fault = SuccessionError(f"The reader failed on {path.name}.")
    fault.add_note(said.decode("utf-8", "backslashreplace"))
    return fault
