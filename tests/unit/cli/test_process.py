"""The command as a process: signals, terminals, speed, a killed reader."""

from __future__ import annotations

import os
import pty
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
BASE = ROOT / "scenarios" / "toy" / "base"
HEAVY = (
    "numpy",
    "highspy",
    "scipy",
    "pandas",
    "ortools",
    "numba",
    "rich",
    "openpyxl",
    "pydantic",
    "jinja2",
)

# The fake solver works until it is asked to stop; "found" says whether it has a plan by then.
PROGRAM = """
    import sys, time
    from dataclasses import replace
    sys.path.insert(0, {root!r})
    from succession import optimize
    from tests.unit.planning import fakes

    def solve(scenario, *, interrupted, progress, **unused):
        result = fakes.{answer}(scenario)
        print("solving", file=sys.stderr, flush=True)
        while not interrupted():
            progress(result.history[-1])
            time.sleep(0.01)
        return replace(result, stopped="interrupted")

    optimize.solve = solve
    from succession.cli.main import main
    main()
"""


def start(answer: str, *arguments: object, **streams: int) -> subprocess.Popen[bytes]:
    program = textwrap.dedent(PROGRAM.format(root=str(ROOT), answer=answer))
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, **streams)  # type: ignore[call-overload, no-any-return]


def succession(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "succession.cli", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)


def wait_for(child: subprocess.Popen[bytes], word: bytes) -> None:
    assert child.stderr is not None
    while line := child.stderr.readline():
        if word in line:
            return
    raise AssertionError(f"the process ended before it said {word!r}")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_the_first_signal_stops_the_solver_and_writes(tmp_path: Path, number: int) -> None:
    out = tmp_path / "out"
    with start(
        "hired", "solve", BASE, "--out", out, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as child:
        wait_for(child, b"solving")
        child.send_signal(number)
        child.communicate(timeout=60)
    assert child.returncode == 130
    assert (out / "plan.json").exists()
    assert (out / "report.html").exists()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_an_interrupt_without_a_plan_leaves_nothing(tmp_path: Path) -> None:
    with start(
        "unknown", "solve", BASE, "--out", tmp_path / "out", stderr=subprocess.PIPE
    ) as child:
        wait_for(child, b"solving")
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=60)
    assert child.returncode == 130
    assert list(tmp_path.iterdir()) == []


def test_a_killed_run_does_not_block_the_next(tmp_path: Path) -> None:
    out = tmp_path / "out"
    with start("hired", "solve", BASE, "--out", out, stderr=subprocess.PIPE) as child:
        wait_for(child, b"solving")
        child.kill()
    with start("hired", "solve", BASE, "--out", out, stderr=subprocess.PIPE) as child:
        wait_for(child, b"solving")
        child.send_signal(signal.SIGINT)
        child.communicate(timeout=60)
    assert child.returncode == 130
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_a_terminal_gets_a_live_line(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with start("hired", "solve", BASE, "--out", tmp_path / "out", stderr=theirs) as child:
        os.close(theirs)
        seen = b""
        while b"gap" not in seen:
            seen += os.read(ours, 4096)
        child.send_signal(signal.SIGINT)
        try:
            while part := os.read(ours, 4096):
                seen += part
        except OSError:
            pass  # Linux answers with EIO when the other side is closed.
    os.close(ours)
    assert child.returncode == 130
    assert b"integer" in seen
    assert b"\x1b[" in seen


def test_help_loads_nothing_heavy() -> None:
    command = [sys.executable, "-X", "importtime", "-m", "succession.cli", "solve", "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    loaded = {line.rsplit("|", 1)[-1].strip().split(".")[0] for line in done.stderr.splitlines()}
    assert loaded.isdisjoint(HEAVY)


def test_a_reader_that_goes_away_is_no_fault() -> None:
    command = f"{sys.executable} -m succession.cli check {BASE} --json | true"
    done = subprocess.run(command, shell=True, capture_output=True, check=False, timeout=60)
    assert b"Traceback" not in done.stderr
    assert b"log is" not in done.stderr


def test_an_ascii_only_terminal_is_no_fault() -> None:
    environment = {**os.environ, "PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0", "LC_ALL": "C"}
    command = [sys.executable, "-m", "succession.cli", "check", "Zoë.xlsx"]
    done = subprocess.run(command, capture_output=True, check=False, env=environment, timeout=60)
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
