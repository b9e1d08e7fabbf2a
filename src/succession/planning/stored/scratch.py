"""Folders to lay documents out in; what a dead process left is removed by the next run."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from succession.store import Store

__all__ = ["remove_dead", "scratch_folder"]

_PREFIX = "work-"


@contextmanager
def scratch_folder(store: Store) -> Iterator[Path]:
    """An empty folder inside the store, so that nothing of a person is left elsewhere."""
    while True:
        folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=store.folder))
        handle = _lock(folder)
        if handle is not None:
            break
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        os.close(handle)


def remove_dead(store: Store) -> None:
    """Remove the folders that no process holds."""
    for folder in store.folder.glob(f"{_PREFIX}*"):
        handle = _lock(folder)
        if handle is not None:
            shutil.rmtree(folder, ignore_errors=True)
            os.close(handle)


def _lock(folder: Path) -> int | None:
    """Hold the folder, or None: it is held by another, or gone. The system frees it at death."""
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(handle), os.stat(folder)):
            return handle
    except (BlockingIOError, FileNotFoundError):
        pass
    os.close(handle)
    return None
