"""One run at a time for a folder; a dead run never blocks."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from succession.errors import Refused
from succession.planning.lock import output_lock

HOLDER = (
    "import sys, time; from pathlib import Path; from succession.planning.lock import output_lock\n"
    "with output_lock(Path(sys.argv[1])):\n"
    "    print('held', flush=True)\n"
    "    time.sleep(60)\n"
)


def test_a_second_run_is_refused_and_told_who_holds_it(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with (
        output_lock(out),
        pytest.raises(Refused, match=f"process {os.getpid()}"),
        output_lock(out),
    ):
        pass


def test_other_folders_are_free_and_nothing_is_left_behind(tmp_path: Path) -> None:
    with output_lock(tmp_path / "a"), output_lock(tmp_path / "b"):
        assert len(list(tmp_path.iterdir())) == 2
    assert list(tmp_path.iterdir()) == []


def test_a_killed_holder_does_not_block(tmp_path: Path) -> None:
    out = tmp_path / "out"
    arguments = [sys.executable, "-c", HOLDER, str(out)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        with pytest.raises(Refused, match=f"process {child.pid}"), output_lock(out):
            pass
        child.send_signal(signal.SIGKILL)
    with output_lock(out):
        pass
    assert list(tmp_path.iterdir()) == []


def test_parents_are_made(tmp_path: Path) -> None:
    with output_lock(tmp_path / "deep" / "er" / "out"):
        assert (tmp_path / "deep" / "er").is_dir()


def test_a_place_that_cannot_be_written_to_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(Refused, match="cannot be written to"), output_lock(tmp_path / "file" / "x"):
        pass
