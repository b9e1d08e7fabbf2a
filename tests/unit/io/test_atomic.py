"""A workbook or a folder of CSV files that is written is there whole, whenever the writer dies."""

from __future__ import annotations

import fcntl
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.nightly import more

from succession.errors import Refused
from succession.io.write import atomic, write_file, write_folder

WRITER = """
import sys
from pathlib import Path
from succession.io.write import atomic
place, kind, generation = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
if kind == "aside":
    def exchange(one, other):
        raise OSError("not here")
    atomic.exchange = exchange
first = True
while True:
    generation += 1
    data = f"{generation}\\n".encode() * 20_000
    if kind == "file":
        atomic.write_file(place, data)
    else:
        atomic.write_folder(place, {f"{name}.csv": data for name in "abc"})
    if first:
        print("written", flush=True)
    first = False
"""


def generations(place: Path) -> list[str]:
    """What whole generations stand there; there should be one."""
    files = [place] if place.is_file() else sorted(place.glob("*"))
    texts = {path.read_text() for path in files}
    for text in texts:
        assert len(set(text.split("\n")[:-1])) == 1
        assert len(text) == (text.index("\n") + 1) * 20_000
    return [text.split("\n")[0] for text in texts]


@pytest.mark.parametrize("kind", ["file", "folder", "aside"])
def test_kill_9_leaves_the_old_one_or_the_new_one(tmp_path: Path, kind: str) -> None:
    """`aside`: where folders cannot be swapped, the next write first brings the old one back."""
    place, moments, last = tmp_path / "out", random.Random(9), 0
    for _ in range(more(200, 8)):
        command = [sys.executable, "-c", WRITER, str(place), kind, str(last)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as child:
            assert child.stdout is not None
            child.stdout.readline()
            time.sleep(moments.uniform(0.0, 0.03))
            child.send_signal(signal.SIGKILL)
        if kind == "aside":
            atomic._sweep(place)
        found = generations(place)
        assert len(found) == 1
        assert int(found[0]) > last
        last = int(found[0])
    if kind == "file":
        write_file(place, b"end")
    else:
        write_folder(place, {"end.csv": b"end"})
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_what_a_living_process_makes_ready_is_left_alone(tmp_path: Path) -> None:
    place = tmp_path / "out"
    working, dead = (tmp_path / f"{atomic._mark(place)}-{name}" for name in ("working", "dead"))
    working.mkdir()
    dead.mkdir()
    handle = os.open(working, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    write_folder(place, {"a.csv": b"1"})
    assert sorted(tmp_path.iterdir()) == sorted([place, working])
    os.close(handle)
    write_folder(place, {"a.csv": b"2"})
    assert [*tmp_path.iterdir()] == [place]


def test_files_of_others_that_look_alike_are_never_touched(tmp_path: Path) -> None:
    for name in (".out.swp", ".out.old.x", ".succession-write-"):
        (tmp_path / name).write_text("mine")
    write_file(tmp_path / "out", b"1")
    assert len([*tmp_path.iterdir()]) == 4


def test_a_fault_leaves_the_old_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "out"
    write_folder(place, {"a.csv": b"1"})

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_folder(place, {"b.csv": b"2"})
    with pytest.raises(OSError, match="No space left"):
        write_file(place / "a.csv", b"2")
    assert [*tmp_path.iterdir()] == [place]
    assert [path.read_bytes() for path in place.iterdir()] == [b"1"]


def test_a_folder_with_other_files_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(Refused, match=r"notes\.txt"):
        write_folder(tmp_path, {"a.csv": b"1"})
