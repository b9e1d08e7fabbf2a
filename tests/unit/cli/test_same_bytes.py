"""The same input and settings give the same files, byte for byte, whatever the process is like."""

from __future__ import annotations

import csv
import os
import random
import subprocess
import sys
from pathlib import Path

import pytest
from tests.generator import small_scenario
from tests.nightly import NIGHTLY, more

from succession.io.write import csv_files, scenario_sheets, write_folder

ROOT = Path(__file__).parents[3]
TOY = ROOT / "scenarios" / "toy"
COMPANY = ROOT / "scenarios" / "company" / "company.xlsx"
RUNS = more(10, 4)
FILES = ("plan.json", "results.xlsx", "report.html")
NO_LIMIT = "36000"
"""Seconds: what a time limit ends depends on the machine, and on whether the search is compiled."""


def solved(scenario: Path, out: Path, *, hash_seed: str, threads: int) -> dict[str, bytes]:
    """The files of one run in a process of its own, but for run.json, which tells the time."""
    command = [sys.executable, "-m", "succession.cli", "solve", scenario, "--out", out]
    command += ["--threads", str(threads), "--gap", "0.02", "--time-limit", NO_LIMIT, "--quiet"]
    subprocess.run(
        [*map(str, command)],
        check=True,
        capture_output=True,
        env={**os.environ, "PYTHONHASHSEED": hash_seed},
        timeout=3600,
    )
    return {name: (out / name).read_bytes() for name in FILES}


def assert_same_every_time(scenario: Path, tmp_path: Path) -> None:
    first = solved(scenario, tmp_path / "0", hash_seed="random", threads=1)
    for number in range(1, RUNS):
        out, threads = tmp_path / str(number), 1 + number % 2
        again = solved(scenario, out, hash_seed=str(97 * number), threads=threads)
        changed = [name for name in FILES if again[name] != first[name]]
        assert changed == [], f"run {number} with {threads} thread(s)"


@pytest.mark.parametrize("name", more(("base", "chain", "bench", "external-pool"), ("chain",)))
def test_toy_is_the_same_every_time(name: str, tmp_path: Path) -> None:
    assert_same_every_time(TOY / name, tmp_path)


@pytest.mark.parametrize("seed", more((1, 22, 25, 28), (22,)))
def test_a_plan_that_takes_a_search_is_the_same_every_time(seed: int, tmp_path: Path) -> None:
    """30 people, 10 openings, tight limits: rounds of columns, dives, integer programs."""
    folder = tmp_path / "small"
    write_folder(folder, csv_files(scenario_sheets(small_scenario(seed))))
    assert_same_every_time(folder, tmp_path)


if NIGHTLY:

    def test_the_company_is_the_same_every_time(tmp_path: Path) -> None:
        assert_same_every_time(COMPANY, tmp_path)


def test_rows_and_columns_in_another_order_are_the_same_plan(tmp_path: Path) -> None:
    for name, source in (("one", None), ("other", random.Random(3))):
        folder = tmp_path / name / "small"
        folder.mkdir(parents=True)
        for file in sorted((TOY / "base").glob("*.csv")):
            rows = [*csv.reader(file.read_text(encoding="utf-8").splitlines())]
            if source is not None:
                order = source.sample(range(len(rows[0])), len(rows[0]))
                head, *body = [[row[column] for column in order] for row in rows]
                rows = [head, *source.sample(body, len(body))]
            with (folder / file.name).open("w", encoding="utf-8", newline="") as stream:
                csv.writer(stream).writerows(rows)
    one, other = (
        solved(tmp_path / name / "small", tmp_path / f"out-{name}", hash_seed="1", threads=1)
        for name in ("one", "other")
    )
    assert one == other
