"""The process that reads one file and answers on its standard output."""

from __future__ import annotations

import gc
import os
import signal
import sys
import traceback
from collections.abc import Iterable
from pathlib import Path

from succession.io.read import read_raw
from succession.io.read.raw import Stop
from succession.io.read.sandbox.wire import encode, encode_fault, encode_stop

__all__ = ["main"]

TOO_MUCH_MEMORY = "it needs more memory than a file may have for its reading"
SMALLER = "Take out sheets and columns that are no table's, or give a folder of CSV files."


def main(path: str) -> None:
    """Reads the file and ends the process at once: taking millions of cells apart takes long."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    gc.disable()
    answer: Iterable[bytes]
    try:
        answer = list(encode(read_raw(Path(path))))
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
