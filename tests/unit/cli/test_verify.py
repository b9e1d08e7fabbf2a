"""`succession verify`: what it prints and how it ends."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from tests.unit.planning import fakes

from succession.cli.main import cli

BASE = Path(__file__).parents[3] / "scenarios" / "toy" / "base"


@pytest.fixture(autouse=True)
def _solver(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch, fakes.hired)


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def test_verify_agrees_with_what_solve_wrote(tmp_path: Path) -> None:
    call("solve", BASE, "--out", tmp_path / "out")
    plan = tmp_path / "out" / "plan.json"
    done = call("verify", BASE, plan)
    assert done.exit_code == 0
    assert "keeps every rule" in done.stdout
    record = json.loads(call("verify", BASE, plan, "--json").stdout)
    assert (record["status"], record["cost"], record["violations"]) == ("ok", 10_000.0, [])


def test_verify_prints_every_violation_and_ends_in_5(tmp_path: Path) -> None:
    call("solve", BASE, "--out", tmp_path / "out")
    plan = tmp_path / "out" / "plan.json"
    changed: dict[str, Any] = json.loads(plan.read_text("utf-8"))
    changed |= {"hires": [], "cost": 5.0}
    plan.write_text(json.dumps(changed), "utf-8")
    done = call("verify", BASE, plan)
    assert done.exit_code == 5
    assert "openings: " in done.stdout
    assert "cost: " in done.stdout
    record = json.loads(call("verify", BASE, plan, "--json").stdout)
    assert record["total"] == len(record["violations"]) >= 2


def test_verify_of_a_file_without_a_plan_is_2(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes.install(monkeypatch, fakes.unknown)
    call("solve", BASE, "--out", tmp_path / "out")
    done = call("verify", BASE, tmp_path / "out" / "plan.json")
    assert done.exit_code == 2
    assert "holds no plan" in done.stderr


def test_verify_of_something_that_is_no_plan_is_3(tmp_path: Path) -> None:
    (tmp_path / "plan.json").write_text("[]")
    assert call("verify", BASE, tmp_path / "plan.json").exit_code == 3
    assert call("verify", BASE, tmp_path / "missing.json").exit_code == 3
