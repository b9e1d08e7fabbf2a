"""One run at a time a store: the system drops the lock when its holder dies, however it dies."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine, text

from succession.errors import Refused
from succession.store.database import telling

__all__ = ["run_lock"]

_LOCK_NAME = "run.lock"
_RUNS = 0x7275_6E73
"""PostgreSQL's advisory lock of the run, for stores that several machines share."""


@contextmanager
def run_lock(folder: Path, engine: Engine) -> Iterator[None]:
    """Hold the store for a run, or raise Refused: another holds it."""
    handle = os.open(folder / _LOCK_NAME, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as fault:
            raise _refusal(folder) from fault
        with _database_lock(folder, engine):
            yield
    finally:
        os.close(handle)


@contextmanager
def _database_lock(folder: Path, engine: Engine) -> Iterator[None]:
    if engine.dialect.name == "sqlite":
        yield
        return
    autocommit = engine.execution_options(isolation_level="AUTOCOMMIT")
    with telling(engine):
        connection = autocommit.connect()
    try:
        if not connection.scalar(text("SELECT pg_try_advisory_lock(:key)"), {"key": _RUNS}):
            raise _refusal(folder)
        yield
    finally:
        connection.close()  # and the server drops the lock, as when the process dies


def _refusal(folder: Path) -> Refused:
    return Refused(f"Another run holds the store in {folder}. Wait for it to end.")
