"""Measurements: resumed, read back, and laid out as the page says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from benchmarks.measure import thinned
from benchmarks.report import growth, results_page, seconds_to_cost, seconds_to_gap
from benchmarks.runner import main
from benchmarks.suite import MARKS, OURS, PEERS, SIZES, Case, cases

MACHINE = {
    "processor": "P", "cores": 2, "gigabytes": 8.0, "system": "S", "python": "3", "libraries": {},
}  # fmt: skip


def record(method: str = OURS, **values: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "key": f"{method}{values}", "method": method, "option": "rich", "employees": 1_000,
        "seed": 1, "openings": 50, "status": "feasible", "seconds": 9.0, "build_seconds": 0.0,
        "cost": 100.0, "bound": 99.9, "megabytes": 300, "scenario_megabytes": 80, "load": 0.1,
        "trace": [[1.0, 110.0, 90.0], [2.0, 100.0, 99.0], [9.0, 100.0, 99.9]],
        "machine": MACHINE, "commit": "c0ffee",
    }  # fmt: skip
    return {**row, **values}


def row_of(page: str, *cells: str) -> str:
    """The one line of the page that begins with these cells."""
    (line,) = [line for line in page.splitlines() if line.startswith(f"| {' | '.join(cells)} |")]
    return line


def test_a_gap_is_reached_when_it_is_proven() -> None:
    assert seconds_to_gap(record(), 0.2) == 1.0
    assert seconds_to_gap(record(), 0.01) == 2.0
    assert seconds_to_gap(record(), 1e-4) is None
    assert seconds_to_cost(record(), 105.0) == 2.0
    assert seconds_to_cost(record(), 99.0) is None


def test_growth_is_the_exponent() -> None:
    assert growth([(10, 2.0 * 10**1.5), (100, 2.0 * 100**1.5), (1_000, 2.0 * 1_000**1.5)]) == (
        pytest.approx(1.5)
    )
    assert growth([(10, 1.0)]) is None


def test_traces_keep_what_is_better() -> None:
    """A dearer plan, a lower bound and a step of less than 2 % of the gap are not news."""
    points = ((1.0, 110.0, 90.0), (2.0, 120.0, 80.0), (3.0, 109.9, 90.0), (4.0, 105.0, 90.0))
    assert thinned((*points, (5.0, 105.0, 90.0))) == [
        [1.0, 110.0, 90.0],
        [4.0, 105.0, 90.0],
        [5.0, 105.0, 90.0],
    ]


def test_marks_say_yes_only_where_every_seed_is_in_time_and_memory() -> None:
    fast = record(trace=[[1.5, 100.0, 99.999]])
    slow = record(seed=2, trace=[[2.5, 100.0, 99.999]])
    large = record(seed=2, trace=[[1.5, 100.0, 99.999]], megabytes=600)
    failed = {key: row for key, row in record(seed=2).items() if key not in ("trace", "megabytes")}
    for others, verdict in (
        ([], "yes"),
        ([slow], "no"),
        ([large], "no"),
        ([{**failed, "failed": "ended after 10 s", "cost": None}], "no"),
    ):
        page = results_page([fast, *others])
        line = row_of(page, "rich", "1,000", "0.2 %", "2.00 s")
        assert line.endswith(f"| {verdict} |"), line


def test_peers_are_compared_at_their_own_gap() -> None:
    """HiGHS stood at 10 % after 40 s, we after 2: 20 times. Greedy's plan: after 2 s as well."""
    highs = record("HiGHS", bound=90.0, trace=[[5.0, 200.0, 90.0], [40.0, 100.0, 90.0]])
    greedy = record("greedy", cost=104.0, bound=None, trace=[[1.0, 104.0, None]])
    none = record("CP-SAT", cost=None, bound=None, trace=[[60.0, None, None]])
    page = results_page([record(), highs, greedy, none])
    assert row_of(page, "rich", "1,000", "HiGHS", "").endswith("| 2.00 s | 20.0 |")
    assert row_of(page, "rich", "1,000", "greedy", "").endswith("| 2.00 s | 0.5 |")
    assert row_of(page, "rich", "1,000", "CP-SAT", "").endswith("| – |  |")


def test_the_suite_has_every_mark_and_every_peer() -> None:
    ours = {(case.option, case.employees) for case in cases(methods=[OURS])}
    assert {(mark.option, mark.employees) for mark in MARKS} <= ours
    for peer in PEERS:
        sizes = {case.employees for case in cases(methods=[peer]) if case.option == "rich"}
        assert sizes == {size for size in SIZES if size >= 100}


def test_what_is_measured_already_is_not_measured_again(tmp_path: Path) -> None:
    """Half a line, as a kill leaves it, is measured once more; the others stay as they are."""
    results, page = tmp_path / "results.jsonl", tmp_path / "RESULTS.md"
    small = ["--sizes", "100", "--options", "plain", "--methods", "greedy"]
    asked = [*small, "--results", str(results), "--page", str(page)]
    main(asked)
    (line,) = results.read_text(encoding="utf-8").splitlines()
    found = json.loads(line)
    assert found["violations"] == 0
    assert found["key"] == Case("greedy", "plain", 100, 1, 0.0, 600.0, 2).key
    main(asked)
    assert results.read_text(encoding="utf-8").splitlines() == [line]
    results.write_text(line[:50], encoding="utf-8")
    main(asked)
    again = json.loads(results.read_text(encoding="utf-8").splitlines()[-1])
    assert again["cost"] == found["cost"]
    assert "greedy" in page.read_text(encoding="utf-8")
