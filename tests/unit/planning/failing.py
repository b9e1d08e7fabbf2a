"""Fails before each step of a write in turn, and tells in JSON lines what was left each time.

    python -m tests.unit.planning.failing FOLDER swap|moves|first kill|fault

Every step that touches the disk is a system call that Python announces (or, for fsync, this file
does), so between two of them nothing changes. `kill` ends the process there with SIGKILL;
`fault` lets the step fail with "no space left", and every later one that needs space as well.
`first` is a folder that is not there yet, `moves` one beside which no folder can stand.
"""

from __future__ import annotations

import itertools
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from succession.errors import SuccessionError
from succession.planning import folder as writing
from succession.planning.folder import OUTPUTS, existing_outputs, sweep, write_all

STEPS = {
    "open", "fsync", "ctypes.dlsym", "os.chmod", "os.chown", "os.link", "os.listdir", "os.mkdir",
    "os.remove", "os.rename", "os.rmdir", "os.scandir",
}  # fmt: skip
TAKE_SPACE = {"fsync", "os.link", "os.mkdir"}
OLD = dict.fromkeys(OUTPUTS, b"old" * 10_000)
NEW = dict.fromkeys(("plan.json", "run.json"), b"new" * 10_000)
NOT_REACHED, NOT_WRITTEN, NOT_MOVED = 10, 11, 12


class Failure:
    """An audit hook that lets one step fail, and remembers whether it came to that."""

    def __init__(self, step: int, kind: str) -> None:
        self.left = step
        self.kind = kind
        fsync: Callable[[Any], None] = os.fsync

        def announced(handle: Any) -> None:
            sys.audit("fsync")
            fsync(handle)

        vars(os)["fsync"] = announced
        sys.addaudithook(self)

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event not in STEPS:
            return
        self.left -= 1
        if self.left == 0 and self.kind == "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        takes_space = event in TAKE_SPACE or (event == "open" and arguments[1] == "xb")
        if self.left == 0 or (self.left < 0 and takes_space and self.kind == "fault"):
            raise OSError(28, "No space left on device")


def attempt(out: Path, step: int, kind: str) -> int:
    """How a child ends that fails at a step: its exit code, negative for a signal."""
    child = os.fork()
    if child == 0:
        failure, code = Failure(step, kind), 0
        try:
            write_all(out, NEW)
        except OSError:
            code = NOT_WRITTEN
        except SuccessionError:
            code = NOT_MOVED
        os._exit(NOT_REACHED if failure.left > 0 else code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def seen(out: Path, old: dict[str, bytes]) -> str:
    """Which results stand there."""
    found = {name: (out / name).read_bytes() for name in existing_outputs(out)}
    return "old" if found == old else "new" if found == NEW else "mixed"


def prepare(out: Path, way: str) -> dict[str, bytes]:
    """The old results, with files that are not ours; none where it is the first time."""
    if way == "first":
        shutil.rmtree(out, ignore_errors=True)
        return {}
    (out / "sub").mkdir(parents=True, exist_ok=True)
    (out / "sub" / "deep.txt").write_text("mine")
    (out / "notes.txt").write_text("mine")
    write_all(out, OLD)
    return OLD


def left_behind(out: Path) -> list[str]:
    return sorted(path.name for path in [*out.parent.glob(".succ*"), *out.glob(".succ*")])


def main(out: Path, way: str, kind: str) -> None:
    if way == "moves":
        vars(writing)["beside"] = lambda folder: False
    for step in itertools.count(1):
        old = prepare(out, way)
        code = attempt(out, step, kind)
        if code == NOT_REACHED:
            break
        record = {"step": step, "code": code, "at_once": seen(out, old), "left": left_behind(out)}
        sweep(out)
        mine = [path for path in (out / "sub" / "deep.txt", out / "notes.txt") if path.exists()]
        after = {"swept": seen(out, old), "still_left": left_behind(out), "mine": len(mine)}
        print(json.dumps({**record, **after}), flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
