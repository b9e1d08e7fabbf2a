"""Killed or out of space at any step, a run leaves the old results or the new ones, whole."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from tests.nightly import more

ROOT = Path(__file__).parents[3]
TOY = ROOT / "scenarios" / "toy"
KILLS = more(200, 4)
SAME_EVERY_TIME = ("plan.json", "results.xlsx", "report.html")
IN_PLACE_MIXES = 4
"""Moving the files of a run one by one, so many steps stand between the old set and the new."""


def told(*command: object) -> list[dict[str, Any]]:
    """What a script tells in JSON lines."""
    done = subprocess.run(
        [*map(str, command)], capture_output=True, text=True, check=False, cwd=ROOT, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def failing(tmp_path: Path, way: str, kind: str) -> list[dict[str, Any]]:
    script = "tests.unit.planning.failing"
    records = told(sys.executable, "-m", script, tmp_path / "out", way, kind)
    assert len(records) > 10
    for record in records:
        assert record["mine"] == (0 if way == "first" else 2)
        assert record["still_left"] == []
        assert record["swept"] in ("old", "new")
    return records


@pytest.mark.parametrize("way", ["swap", "first"])
def test_killed_before_any_step_of_a_swap_leaves_one_whole_set(tmp_path: Path, way: str) -> None:
    states = [record["at_once"] for record in failing(tmp_path, way, "kill")]
    assert states == sorted(states, reverse=True)
    assert set(states) == {"old", "new"}


def test_killed_before_any_step_of_moving_is_made_whole_by_the_next_start(tmp_path: Path) -> None:
    """Where no folder can stand beside the target, and so files are moved one by one."""
    records = failing(tmp_path, "moves", "kill")
    assert {record["swept"] for record in records} == {"old", "new"}
    assert sum(record["at_once"] == "mixed" for record in records) <= IN_PLACE_MIXES


@pytest.mark.parametrize("way", ["swap", "first"])
def test_a_fault_at_any_step_of_a_swap_leaves_what_the_error_says(tmp_path: Path, way: str) -> None:
    for record in failing(tmp_path, way, "fault"):
        assert record["at_once"] == record["swept"] == {0: "new", 11: "old"}[record["code"]]
        assert record["left"] == [] or record["code"] == 0


def test_a_fault_at_any_step_of_moving_leaves_what_the_error_says(tmp_path: Path) -> None:
    for record in failing(tmp_path, "moves", "fault"):
        assert record["swept"] == {0: "new", 11: "old", 12: "new"}[record["code"]]
        assert record["at_once"] == record["swept"] or record["code"] == 12


def disk_maker(place: Path) -> tuple[str, ...] | None:
    """The command before `sh -c` under which a small disk can be mounted for one process alone."""
    for prefix in (("unshare", "--mount"), ("unshare", "--user", "--map-root-user", "--mount")):
        command = [*prefix, "mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(place)]
        try:
            done = subprocess.run(command, capture_output=True, check=False, timeout=60)
        except OSError:
            return None
        if done.returncode == 0:
            return prefix
    return None


def test_on_a_full_disk_the_old_results_stay(tmp_path: Path) -> None:
    """A disk of 300 kB; where none may be mounted, a limit on the size of files instead."""
    place = tmp_path / "disk"
    place.mkdir()
    prefix = disk_maker(place)
    script = (sys.executable, "-m", "tests.unit.planning.filling", place)
    if prefix is None:
        records = told(*script, "limit")
    else:
        mount = 'mount -t tmpfs -o size=300k tmpfs "$0" && exec "$@"'
        records = told(*prefix, "sh", "-c", mount, place, *script, "disk")
        assert sum("What stood in" in record["said"] for record in records) >= 2
    full = [record for record in records if record["said"] != "written"]
    assert len(full) >= 6
    assert {record["state"] for record in full} == {"old"}
    assert {record["state"] for record in records if record["said"] == "written"} == {"new"}
    assert all(record["left"] == [] for record in records)


def solving(scenario: Path, out: Path) -> list[str]:
    """A run that no time limit ends, so that its files are the same every time."""
    command = [sys.executable, "-m", "succession.cli", "solve", scenario, "--out", out]
    return [*map(str, command), "--force", "--time-limit", "36000"]


def whole(out: Path, sets: dict[str, dict[str, bytes]]) -> str:
    """Which of the sets of results stands there, whole and alone."""
    assert {path.name for path in out.iterdir()} == {*SAME_EVERY_TIME, "run.json", "notes.txt"}
    found = {name: (out / name).read_bytes() for name in SAME_EVERY_TIME}
    name = next(name for name, files in sets.items() if files == found)
    sha256 = json.loads(found["plan.json"])["scenario_sha256"]
    assert json.loads((out / "run.json").read_bytes())["scenario_sha256"] == sha256
    return name


def test_kill_9_at_a_random_moment_of_a_run_leaves_one_whole_set(tmp_path: Path) -> None:
    """Half of the moments lie anywhere in the run, half in or around the writing."""
    out, sets, seconds = tmp_path / "results" / "out", {}, 0.0
    for name in ("base", "chain"):
        started = time.monotonic()
        subprocess.run(solving(TOY / name, out), check=True, capture_output=True, timeout=3600)
        seconds = time.monotonic() - started
        sets[name] = {file: (out / file).read_bytes() for file in SAME_EVERY_TIME}
    (out / "notes.txt").write_text("mine")
    standing, moments, news = "chain", random.Random(4), 0
    for number in range(KILLS):
        wanted = "base" if standing == "chain" else "chain"
        with subprocess.Popen(
            solving(TOY / wanted, out), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        ) as child:
            if number % 2:
                _wait_for_the_writing(child, out)
                time.sleep(moments.uniform(0.0, 0.02))
            else:
                time.sleep(moments.uniform(0.0, seconds))
            child.kill()
        found = whole(out, sets)
        assert found in (standing, wanted)
        news += found == wanted
        standing = found
    assert news > 0 or KILLS < 10
    subprocess.run(solving(TOY / "base", out), check=True, capture_output=True, timeout=3600)
    assert whole(out, sets) == "base"
    assert [path.name for path in out.parent.iterdir()] == ["out"]
    shutil.rmtree(out)


def _wait_for_the_writing(child: subprocess.Popen[bytes], out: Path) -> None:
    """Until the folder in which the new results are made ready is there."""
    while child.poll() is None and not [*out.parent.glob(".succession-*-*")]:
        time.sleep(0.0005)


def test_a_folder_in_the_place_of_a_result_is_refused_before_anything_happens(
    tmp_path: Path,
) -> None:
    from succession.planning.folder import write_all

    out = tmp_path / "out"
    (out / "run.json").mkdir(parents=True)
    (out / "plan.json").write_text("old")
    with pytest.raises(IsADirectoryError, match=r"run\.json"):
        write_all(out, {"plan.json": b"new", "run.json": b"new"})
    assert (out / "plan.json").read_text() == "old"
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
