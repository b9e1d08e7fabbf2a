"""The real solver behind the real command, on the toy whose optimum is known by hand."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
import sys
from pathlib import Path

from succession.planning import run

BASE = Path(__file__).parents[3] / "scenarios" / "toy" / "base"


def succession(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "succession.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)


def test_solving_twice_gives_the_same_files_and_they_verify(tmp_path: Path) -> None:
    for name in ("one", "two"):
        done = succession("solve", BASE, "--out", tmp_path / name, "--json")
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["cost"] == 1_500.0
    for name in ("plan.json", "results.xlsx", "report.html"):
        one, two = (tmp_path / folder / name for folder in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()
    assert succession("verify", BASE, tmp_path / "one" / "plan.json").returncode == 0


def test_random_groups_leave_the_plan_unchanged_to_the_byte(tmp_path: Path) -> None:
    """The protected attributes of everybody, drawn anew; the solver never loads them."""
    source, plans = tmp_path / "scenario", set()
    shutil.copytree(BASE, source)
    for seed in range(3):
        dice = random.Random(seed)
        rows = [f"{person},age,{dice.randint(18, 70)}" for person in ("Ann", "Bob")]
        text = "\n".join(["employee,attribute,value", *rows]) + "\n"
        (source / "Groups.csv").write_text(text, encoding="utf-8")
        run(source, tmp_path / f"out-{seed}")
        plans.add((tmp_path / f"out-{seed}" / "plan.json").read_bytes())
    assert len(plans) == 1
