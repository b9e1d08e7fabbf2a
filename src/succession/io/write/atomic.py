"""Files that are there whole or not at all: made ready beside their place, synced, swapped in.

What is being made ready is locked by whoever makes it, so what a dead process left behind is told
from what a living one still writes, and goes when the same place is written to again.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from succession.errors import Refused
from succession.io.write.exchange import exchange

__all__ = ["write_file", "write_folder"]


def write_file(path: Path, data: bytes) -> None:
    """Writes a file; whoever looks sees the old one or the new one. Raises OSError."""
    _sweep(path)
    handle, name = tempfile.mkstemp(prefix=f"{_mark(path)}-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            fcntl.flock(stream, fcntl.LOCK_EX)
            _put(stream.fileno(), data)
            os.chmod(name, 0o666 & ~_umask())
            os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
    _sync_folder(path.parent)


def write_folder(folder: Path, files: Mapping[str, bytes]) -> None:
    """Writes a folder of files; an earlier folder must hold .csv files alone and is replaced.

    Raises Refused when the folder holds anything else, OSError with the folder untouched.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    _sweep(folder)
    if folder.exists():
        strange = [path.name for path in folder.iterdir() if path.suffix.lower() != ".csv"]
        if strange:
            raise Refused(f"{folder} holds more than CSV files ({strange[0]}); give another name.")
    fresh = Path(tempfile.mkdtemp(prefix=f"{_mark(folder)}-", dir=folder.parent))
    try:
        with _locked(fresh):
            for name, data in files.items():
                with (fresh / name).open("wb") as stream:
                    _put(stream.fileno(), data)
            os.chmod(fresh, 0o777 & ~_umask())
            _sync_folder(fresh)
            _take_place(fresh, folder)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    _sync_folder(folder.parent)


def _take_place(fresh: Path, folder: Path) -> None:
    if not folder.exists():
        os.rename(fresh, folder)
        return
    try:
        exchange(fresh, folder)
    except OSError:
        _step_aside(fresh, folder)
        return
    shutil.rmtree(fresh, ignore_errors=True)


def _step_aside(fresh: Path, folder: Path) -> None:
    """Where folders cannot be swapped: the old one has another name for a moment."""
    old = _aside(folder)
    os.rename(folder, old)
    try:
        os.rename(fresh, folder)
    except BaseException:
        os.rename(old, folder)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _sweep(path: Path) -> None:
    """Brings back a folder that a dead process had put aside, and drops what it made ready."""
    aside = _aside(path)
    if aside.exists():
        if path.exists():
            shutil.rmtree(aside, ignore_errors=True)
        else:
            os.rename(aside, path)
    for left in path.parent.glob(f"{_mark(path)}-*"):
        with contextlib.suppress(OSError), _locked(left):
            if left.is_dir():
                shutil.rmtree(left)
            else:
                left.unlink()


def _mark(path: Path) -> str:
    """The beginning of every name that belongs to writes to `path`; safe for any name."""
    return f".succession-write-{hashlib.sha256(os.fsencode(path.absolute())).hexdigest()[:12]}"


def _aside(folder: Path) -> Path:
    return folder.parent / f"{_mark(folder)}.old"


@contextlib.contextmanager
def _locked(path: Path) -> Iterator[None]:
    """Holds the lock of a file or folder in the making; OSError where somebody else does."""
    handle = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


def _put(handle: int, data: bytes) -> None:
    with open(handle, "wb", closefd=False) as stream:
        stream.write(data)
    os.fsync(handle)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
