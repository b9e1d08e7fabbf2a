"""The command as a process: what it says, what it leaves, what it costs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Answer", "call", "snapshot"]


@dataclass(frozen=True)
class Answer:
    """How a call ended; `seconds` of processor time and `mebibytes` cover its children too."""

    code: int
    out: str
    err: str
    seconds: float
    mebibytes: float

    @property
    def findings(self) -> list[dict[str, Any]]:
        """The findings of --json."""
        record = json.loads(self.out)
        found: list[dict[str, Any]] = record["findings"] if isinstance(record, dict) else record
        return found


def call(*arguments: object, temporary: Path) -> Answer:
    """Runs `succession` with --json; temporary files go to a folder of their own."""
    temporary.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "succession.cli", *map(str, arguments), "--json"]
    environment = {**os.environ, "TMPDIR": str(temporary), "NO_COLOR": "1"}
    out, err = temporary.with_suffix(".out"), temporary.with_suffix(".err")
    with out.open("wb") as stdout, err.open("wb") as stderr:
        started = time.monotonic()
        child = subprocess.Popen(command, stdout=stdout, stderr=stderr, env=environment)
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    assert time.monotonic() - started < 300, "it hung"
    return Answer(
        child.returncode,
        out.read_text("utf-8"),
        err.read_text("utf-8"),
        usage.ru_utime + usage.ru_stime,
        usage.ru_maxrss / 1024,
    )


def snapshot(folder: Path) -> dict[str, tuple[int, int, bytes]]:
    """Every file with its time and content, and every folder."""
    return {
        path.relative_to(folder).as_posix(): (
            path.lstat().st_ino,
            path.lstat().st_mtime_ns,
            path.read_bytes() if path.is_file() and path.lstat().st_size < 2**20 else b"",
        )
        for path in sorted(folder.rglob("*"))
    }
