"""Results are written all or none: whatever happens, the old files stand or the new ones do.

All files are written and synced in a folder of their own beside the target, which then takes the
target's place in one rename (or one swap, where there is a folder already). Files that are not
ours stay: they are linked into the new folder before the swap, and what cannot be linked is moved
over after it. Where no folder can stand beside the target (a mount point, a parent that is not
ours to write, the current directory) the new files are made ready inside it and then moved one by
one; a run that dies in between is completed by the next `sweep`.
"""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import stat
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

from succession.errors import SuccessionError
from succession.io.write.exchange import exchange
from succession.planning.lock import beside, mark

__all__ = [
    "COMPARISON_OUTPUTS",
    "OUTPUTS",
    "STORED_OUTPUTS",
    "existing_outputs",
    "sweep",
    "write_all",
]

OUTPUTS = ("plan.json", "results.xlsx", "report.html", "run.json")
"""The files of a run; a run replaces and removes no other names."""

COMPARISON_OUTPUTS = ("comparison.xlsx", "comparison.html", "comparison.json")
"""The files of a comparison, which replaces and removes no other names."""

STORED_OUTPUTS = (*OUTPUTS, *COMPARISON_OUTPUTS, "decision.json", "findings.json", "fault.log")
"""The files of a run that the store keeps: all of the above, and where its plan stands."""

_KINDS = {"": OUTPUTS, "comparison-": COMPARISON_OUTPUTS, "stored-": STORED_OUTPUTS}
"""What the names of stages begin with, and the outputs that are theirs."""

_NEW = ".succession-new-"
_READY = ".succession-ready-"
_MANIFEST = "manifest"


def existing_outputs(folder: Path, outputs: Sequence[str] = OUTPUTS) -> list[str]:
    """The names of results that stand in the folder already."""
    return [name for name in outputs if os.path.lexists(folder / name)]


def write_all(folder: Path, files: Mapping[str, bytes]) -> None:
    """Put exactly these results into the folder, whole; earlier ones of their kind are replaced.

    The caller holds the folder's lock. Raises OSError with the folder untouched, and
    SuccessionError where it was not possible to move all files in: the next `sweep` will.
    """
    kind = _kind(files)
    for name in _KINDS[kind]:
        if (folder / name).is_dir():
            raise IsADirectoryError(errno.EISDIR, f"{name} is a folder there")
    if not beside(folder) or _is_current(folder) or not _swap_in(folder, files):
        _move_in(folder, files)


def sweep(folder: Path) -> None:
    """Clear up after dead runs: complete what was decided, drop what was not.

    What cannot be dropped stays. Raises SuccessionError where a run cannot be completed.
    """
    if beside(folder):
        for left in folder.parent.glob(f"{mark(folder)}-*"):
            with contextlib.suppress(OSError):
                _drain(left, folder, _outputs_of(left, folder))
    if folder.is_dir():
        for left in folder.glob(f"{_NEW}*"):
            shutil.rmtree(left, ignore_errors=True)
        for left in folder.glob(f"{_READY}*"):
            _complete(left, folder)


def _kind(names: Iterable[str]) -> str:
    """The one kind of results that has all of these names."""
    wanted = set(names)
    for kind, outputs in _KINDS.items():
        if wanted <= set(outputs):
            return kind
    raise ValueError(f"not among the outputs: {sorted(wanted)}")


def _outputs_of(left: Path, folder: Path) -> Sequence[str]:
    """Whose outputs a stage that was left behind holds; what is random in its name has no dash."""
    kind, dash, _ = left.name.removeprefix(f"{mark(folder)}-").rpartition("-")
    return _KINDS.get(kind + dash, OUTPUTS)


def _swap_in(folder: Path, files: Mapping[str, bytes]) -> bool:
    """False where folders cannot be swapped here; nothing has happened then."""
    kind = _kind(files)
    outputs = _KINDS[kind]
    stage = Path(tempfile.mkdtemp(prefix=f"{mark(folder)}-{kind}", dir=folder.parent))
    try:
        _fill(stage, files)
        if not folder.exists():
            stage.chmod(0o777 & ~_umask())
            _take_place(stage, folder, Path.rename)
            return True
        _dress_like(stage, folder, outputs)
        try:
            _take_place(stage, folder, exchange)
        except _NotHere:
            _drain(stage, folder, outputs)
            return False
    except BaseException:
        _drain(stage, folder, outputs)
        raise
    with contextlib.suppress(OSError):
        _drain(stage, folder, outputs)
    return True


class _NotHere(Exception):
    """Two folders cannot be swapped on this system."""


def _take_place(stage: Path, folder: Path, step: Callable[[Path, Path], object]) -> None:
    """Put the stage in the folder's place for good, or leave both as they were."""
    try:
        step(stage, folder)
    except OSError as fault:
        if step is exchange:
            raise _NotHere from fault
        raise
    try:
        _sync(folder.parent)
    except OSError:
        if step is exchange:
            step(stage, folder)
        else:
            step(folder, stage)
        raise


def _dress_like(stage: Path, folder: Path, outputs: Sequence[str]) -> None:
    """Give the stage the folder's mode, owner and the files in it that are not ours."""
    status = folder.stat()
    stage.chmod(stat.S_IMODE(status.st_mode))
    with contextlib.suppress(OSError):
        os.chown(stage, status.st_uid, status.st_gid)
    for entry in folder.iterdir():
        if entry.name not in outputs and not entry.is_dir():
            with contextlib.suppress(OSError):
                os.link(entry, stage / entry.name, follow_symlinks=False)


def _drain(left: Path, folder: Path, outputs: Sequence[str]) -> None:
    """Remove a stage or a swapped-out folder; what is not ours moves into the target."""
    if not left.is_dir():
        return
    for entry in list(left.iterdir()):
        twin = folder / entry.name
        if entry.name in outputs or _same(entry, twin):
            entry.unlink()
        elif folder.is_dir() and not os.path.lexists(twin):
            entry.rename(twin)
    with contextlib.suppress(OSError):
        left.rmdir()


def _same(one: Path, other: Path) -> bool:
    try:
        return os.path.samestat(one.lstat(), other.lstat())
    except FileNotFoundError:
        return False


def _move_in(folder: Path, files: Mapping[str, bytes]) -> None:
    folder.mkdir(exist_ok=True)
    stage = Path(tempfile.mkdtemp(prefix=_NEW, dir=folder))
    try:
        _fill(stage, {**files, _MANIFEST: "\n".join(sorted(files)).encode("ascii")})
        ready = stage.with_name(stage.name.replace(_NEW, _READY, 1))
        stage.rename(ready)
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    _complete(ready, folder)


def _complete(ready: Path, folder: Path) -> None:
    """Move every ready file into place and drop results that the new run does not have."""
    try:
        _put_in_place(ready, folder)
    except OSError as fault:
        raise SuccessionError(
            f"Not all results could be put in place: {fault.strerror or fault}. They are whole in "
            f"{ready}; the next run into {folder} goes on with them."
        ) from fault
    shutil.rmtree(ready, ignore_errors=True)


def _put_in_place(ready: Path, folder: Path) -> None:
    manifest = ready / _MANIFEST
    _sync(folder)
    if manifest.exists():
        wanted = manifest.read_text("ascii").split()
        for name in _KINDS[_kind(wanted)]:
            if (ready / name).exists():
                (ready / name).replace(folder / name)
            elif name not in wanted:
                (folder / name).unlink(missing_ok=True)
        _sync(folder)
        manifest.unlink()


def _fill(stage: Path, files: Mapping[str, bytes]) -> None:
    mode = 0o666 & ~_umask()
    for name, content in files.items():
        with open(stage / name, "xb") as stream:
            stream.write(content)
            stream.flush()
            os.fchmod(stream.fileno(), mode)
            os.fsync(stream.fileno())
    _sync(stage)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def _is_current(folder: Path) -> bool:
    """Whether a shell may be standing in the folder, so that it should keep its identity."""
    return Path.cwd().resolve().is_relative_to(folder)
