"""The toy scenarios, solved by hand in scenarios/toy: every variant comes out as it says there."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest

from succession.domain import Plan
from succession.io import dump_plan, load_scenario, plan_sha256, read_plan
from succession.optimize import solve
from succession.verify import verify

SCENARIOS = Path(__file__).resolve().parents[3] / "scenarios"
TOY = SCENARIOS / "toy"
EXPECTED: dict[str, Any] = json.loads((TOY / "expected.json").read_text(encoding="utf-8"))


def rows(plan: Plan, name: str) -> list[dict[str, Any]]:
    return [asdict(row) for row in getattr(plan, name)]


def answer(plan: Plan, like: dict[str, Any]) -> dict[str, Any]:
    """What `expected.json` says of a plan: parts that are not 0, lists that are not empty."""
    parts = {name: value for name, value in asdict(plan.costs).items() if abs(value) > 1e-6}
    found: dict[str, Any] = {"status": plan.status, "cost": plan.cost, "costs": parts}
    lists = ("placements", "vacated", "standbys", "sessions", "hires", "unfilled")
    for name in (*lists, "vacated_hires", "vacated_unfilled", "learning"):
        if name in like or (rows(plan, name) and name not in ("learning", "sessions")):
            found[name] = rows(plan, name)
    return found


def test_every_variant_has_a_folder_and_an_answer() -> None:
    folders = {path.name for path in TOY.iterdir() if (path / "Settings.csv").exists()}
    assert folders == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_variant_has_the_optimum_worked_out_by_hand(name: str) -> None:
    expected = dict(EXPECTED[name])
    scenario = load_scenario(TOY / name)
    file = expected.pop("previous", None)
    previous = None if file is None else read_plan(TOY / file)
    sha256 = None if file is None else plan_sha256(TOY / file)
    plan = solve(scenario, gap=0.0, previous=previous, previous_sha256=sha256).plan
    assert plan.status == expected["status"]
    if plan.has_plan:
        assert verify(scenario, plan, previous).violations == ()
        found = answer(plan, expected)
        assert found.pop("cost") == pytest.approx(expected["cost"], abs=1e-4)
        assert found.pop("costs") == pytest.approx(expected["costs"], abs=1e-4)
        assert found == {k: v for k, v in expected.items() if k not in ("cost", "costs")}


def test_workbook_and_folder_are_the_same_plan_file() -> None:
    """`toy.xlsx` is `base`: the plan files are equal to the byte, the name set aside."""
    folder, book = load_scenario(TOY / "base"), load_scenario(TOY / "toy.xlsx")
    assert folder.sha256 == book.sha256
    plans = [solve(scenario, gap=0.0).plan for scenario in (folder, book)]
    named = [replace(plan, scenario="toy") for plan in plans]
    assert dump_plan(named[0]) == dump_plan(named[1])


@pytest.mark.parametrize("name", ["toy/build.py", "company/build.py", "company/variants.py"])
def test_scenarios_are_what_their_builder_writes(name: str) -> None:
    script = SCENARIOS / name
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout) == (0, "")
