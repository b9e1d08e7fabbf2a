"""The process that reads one file and answers on its standard output."""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from collections.abc import Iterable, Sequence
from pathlib import Path

from succession.io.read import read_raw
from succession.io.read.raw import Stop
from succession.io.read.sandbox.wire import encode, encode_fault, encode_stop
from succession.io.schema import TABLES, Table

__all__ = ["main"]

TOO_MUCH_MEMORY = "it needs more memory than a file may have for its reading"
SMALLER = "Take out sheets and columns that are no table's, or give a folder of CSV files."


def main(path: str, form: str = "scenario") -> None:
    """Reads the file and ends the process at once: taking millions of cells apart takes long."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.disable()
    answer: Iterable[bytes]
    try:
        answer = list(encode(read_raw(Path(path), _tables(form))))
    except Stop as stop:
        answer = [encode_stop(stop)]
    except MemoryError:
        message = f"{Path(path).name}: {TOO_MUCH_MEMORY}"
        answer = [encode_stop(Stop("E_LIMIT", message, SMALLER))]
    except Exception:
        answer = [encode_fault(traceback.format_exc())]
    for piece in answer:
        sys.stdout.buffer.write(piece)
    sys.stdout.buffer.flush()
    os._exit(0)


def _tables(form: str) -> Sequence[Table]:
    """The tables that a file is to hold; those of the actuals are loaded only where asked for."""
    if form == "scenario":
        return TABLES
    from succession.io.actuals.tables import ACTUALS_TABLES

    return ACTUALS_TABLES
