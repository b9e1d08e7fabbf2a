"""Results are written all or none, whatever stands there and whenever the writer dies."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import textwrap
import time
from pathlib import Path

import pytest
from tests.nightly import more

from succession.planning import folder as writing
from succession.planning.folder import OUTPUTS, existing_outputs, sweep, write_all
from succession.planning.lock import mark

KILLS = more(200, 8)
WRITER = """
    import sys
    from pathlib import Path
    from succession.planning import folder as writing
    if sys.argv[2] == "in place":
        writing.beside = lambda folder: False
    generation = int(sys.argv[3])
    first = True
    while True:
        generation += 1
        content = f"{generation}\\n".encode() * 20_000
        names = writing.OUTPUTS if generation % 2 else ("plan.json", "run.json")
        writing.write_all(Path(sys.argv[1]), {name: content for name in names})
        if first:
            print("written", flush=True)
        first = False
"""


def generations(folder: Path) -> set[str]:
    return {(folder / name).read_text().split("\n")[0] for name in existing_outputs(folder)}


def strangers(folder: Path) -> list[str]:
    """Whatever is left of writers beside or inside the folder."""
    found = [*folder.parent.glob(".succession-*"), *folder.glob(".succession-*")]
    return [path.name for path in found]


@pytest.fixture(params=["swap", "in place"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    if request.param == "in place":
        monkeypatch.setattr(writing, "beside", lambda folder: False)
    return str(request.param)


@pytest.mark.usefixtures("way")
def test_a_new_folder_holds_exactly_the_files(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_all(out, {"plan.json": b"1", "run.json": b"2"})
    assert sorted(path.name for path in out.iterdir()) == ["plan.json", "run.json"]
    assert (out / "plan.json").read_bytes() == b"1"
    assert strangers(out) == []


@pytest.mark.usefixtures("way")
def test_files_that_are_not_ours_stay(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "sub").mkdir(parents=True)
    (out / "sub" / "deep.txt").write_text("deep")
    (out / "notes.txt").write_text("mine")
    (out / "link").symlink_to("notes.txt")
    (out / "results.xlsx").write_text("old")
    out.chmod(0o750)
    write_all(out, {"plan.json": b"1"})
    assert sorted(path.name for path in out.iterdir()) == ["link", "notes.txt", "plan.json", "sub"]
    assert (out / "sub" / "deep.txt").read_text() == "deep"
    assert os.readlink(out / "link") == "notes.txt"
    assert out.stat().st_mode & 0o777 == 0o750
    assert strangers(out) == []


def test_the_mode_of_new_files_follows_the_umask(tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        write_all(tmp_path / "out", {"plan.json": b"1"})
    finally:
        os.umask(before)
    assert (tmp_path / "out").stat().st_mode & 0o777 == 0o750
    assert (tmp_path / "out" / "plan.json").stat().st_mode & 0o777 == 0o640


@pytest.mark.usefixtures("way")
def test_a_failed_write_leaves_the_old_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    write_all(out, dict.fromkeys(OUTPUTS, b"old"))
    (out / "notes.txt").write_text("mine")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space left"):
        write_all(out, dict.fromkeys(OUTPUTS, b"new"))
    assert {(out / name).read_bytes() for name in OUTPUTS} == {b"old"}
    assert (out / "notes.txt").read_text() == "mine"
    assert strangers(out) == []


def test_a_real_size_limit_leaves_the_old_files(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_all(out, dict.fromkeys(OUTPUTS, b"old"))
    script = (
        "import resource, sys; from pathlib import Path; "
        "from succession.planning.folder import OUTPUTS, write_all; "
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096)); "
        "write_all(Path(sys.argv[1]), dict.fromkeys(OUTPUTS, b'x' * 100_000))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(out)], capture_output=True, text=True, check=False
    )
    assert "File too large" in done.stderr
    assert {(out / name).read_bytes() for name in OUTPUTS} == {b"old"}
    assert strangers(out) == []


def test_the_folder_one_stands_in_keeps_its_identity(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    before = tmp_path.stat().st_ino
    write_all(tmp_path, {"plan.json": b"1"})
    assert tmp_path.stat().st_ino == before
    assert (tmp_path / "plan.json").read_bytes() == b"1"


def test_where_folders_cannot_be_swapped_files_are_moved(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unsupported(one: Path, other: Path) -> None:
        raise OSError("not here")

    monkeypatch.setattr(writing, "exchange", unsupported)
    out = tmp_path / "out"
    write_all(out, dict.fromkeys(OUTPUTS, b"old"))
    (out / "notes.txt").write_text("mine")
    write_all(out, {"plan.json": b"new"})
    assert sorted(path.name for path in out.iterdir()) == ["notes.txt", "plan.json"]
    assert strangers(out) == []


def test_other_names_are_never_written(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="not among the outputs"):
        write_all(tmp_path / "out", {"notes.txt": b"1"})


@pytest.mark.parametrize("in_place", ["swap", "in place"])
def test_kill_9_leaves_the_old_files_or_the_new(tmp_path: Path, in_place: str) -> None:
    out, seeds = tmp_path / "out", random.Random(7)
    out.mkdir()
    (out / "notes.txt").write_text("mine")
    generation = 0
    for _ in range(KILLS):
        _kill_a_writer(out, in_place, generation, seeds.uniform(0.0, 0.05))
        if in_place == "swap":
            assert len(generations(out)) <= 1
        sweep(out)
        found = generations(out)
        assert len(found) <= 1
        if found:
            generation = int(found.pop())
            complete = list(OUTPUTS) if generation % 2 else ["plan.json", "run.json"]
            assert existing_outputs(out) == complete
            sizes = {(out / name).stat().st_size for name in complete}
            assert sizes == {len(f"{generation}\n") * 20_000}
        assert (out / "notes.txt").read_text() == "mine"
        assert strangers(out) == []
    assert generation > 0


def _kill_a_writer(out: Path, way: str, generation: int, delay: float) -> None:
    arguments = [sys.executable, "-c", textwrap.dedent(WRITER), str(out), way, str(generation)]
    with subprocess.Popen(arguments, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(delay)
        child.send_signal(signal.SIGKILL)


def test_a_folder_that_was_deleted_is_not_brought_back(tmp_path: Path) -> None:
    out = tmp_path / "out"
    left = tmp_path / f"{mark(out)}-dead"
    left.mkdir()
    (left / "plan.json").write_text("half")
    (left / "notes.txt").write_text("mine")
    sweep(out)
    assert not out.exists()
    assert [path.name for path in left.iterdir()] == ["notes.txt"]
