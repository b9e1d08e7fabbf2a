"""One run at a time for an output folder.

The lock is `flock` on a small file beside the folder. The system drops it when its holder dies,
however it dies, so a dead run never blocks the next one.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from succession.errors import Refused

__all__ = ["beside", "mark", "output_lock"]


def mark(folder: Path) -> str:
    """The beginning of every name that belongs to runs into `folder`; safe for any folder name."""
    return f".succession-{hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]}"


def beside(folder: Path) -> bool:
    """Whether there can be files beside the folder, on its own file system."""
    return not os.path.ismount(folder) and os.access(folder.parent, os.W_OK | os.X_OK)


@contextmanager
def output_lock(folder: Path) -> Iterator[None]:
    """Hold the lock of an output folder, or raise Refused: held, or not to be written to."""
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        place = folder.parent if beside(folder) else folder
        place.mkdir(exist_ok=True)
        path = place / f"{mark(folder)}.lock"
        handle = _acquire(path, folder)
    except OSError as fault:
        raise Refused(f"{folder} cannot be written to: {fault.strerror}.") from fault
    try:
        yield
    finally:
        # Unlinked while still held: whoever opened the old file sees that it is gone and tries
        # again, so two runs never hold two files of one name.
        path.unlink(missing_ok=True)
        os.close(handle)


def _acquire(path: Path, folder: Path) -> int:
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as fault:
            holder = os.pread(handle, 20, 0).decode("ascii", "replace").strip()
            os.close(handle)
            if fault.errno not in (errno.EWOULDBLOCK, errno.EACCES):
                raise
            who = f" (process {holder})" if holder.isdigit() else ""
            raise Refused(
                f"Another run{who} is writing to {folder}. Wait for it, or choose another --out."
            ) from fault
        if _still_there(handle, path):
            try:
                os.ftruncate(handle, 0)
                os.pwrite(handle, f"{os.getpid()}\n".encode("ascii"), 0)
            except OSError:
                path.unlink(missing_ok=True)
                os.close(handle)
                raise
            return handle
        os.close(handle)


def _still_there(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), os.stat(path))
    except FileNotFoundError:
        return False
