"""`succession batch`: what it prints and how it ends."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.unit.planning import fakes

from succession.cli.main import cli
from succession.domain import Scenario, SolveResult

BASE = Path(__file__).parents[3] / "scenarios" / "toy" / "base"


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in ("batch", *arguments)])


@pytest.fixture
def scenarios(tmp_path: Path) -> Path:
    """A base and a variant of it."""
    shutil.copytree(BASE, tmp_path / "set" / "base")
    (tmp_path / "set" / "same").mkdir()
    shutil.copyfile(BASE / "Roles.csv", tmp_path / "set" / "same" / "Roles.csv")
    return tmp_path / "set"


def test_it_solves_compares_and_says_so(
    scenarios: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes.install(monkeypatch, fakes.hired)
    done = call(scenarios, "--out", tmp_path / "out", "--gap", "0.02")
    assert done.exit_code == 0, done.stderr
    assert "Solving base" in done.stderr
    assert [line.split()[0] for line in done.stdout.splitlines()[:3]] == ["Plan", "base", "same"]
    again = call(scenarios, "--out", tmp_path / "out", "--json", "--quiet")
    assert again.exit_code == 6
    record = json.loads(call(scenarios, "--out", tmp_path / "out", "--json", "--force").stdout)
    assert [row["name"] for row in record["runs"]] == ["base", "same"]
    assert record["comparison"]["plans"][1]["differences"]["cost"] == 0.0


@pytest.mark.parametrize(
    ("answer", "code", "word"),
    [(fakes.infeasible, 4, "infeasible"), (fakes.unknown, 7, "unknown")],
)
def test_a_scenario_without_a_plan_shows_in_the_exit_code(
    scenarios: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: object,
    code: int,
    word: str,
) -> None:
    def solve(scenario: Scenario) -> SolveResult:
        assert callable(answer)
        found = fakes.hired if scenario.settings.name == "base" else answer
        return found(scenario)

    fakes.install(monkeypatch, solve)
    done = call(scenarios, "--out", tmp_path / "out")
    assert done.exit_code == code
    assert f"same: no plan, {word}" in done.stdout
    assert "nothing to compare" in done.stdout
    assert not (tmp_path / "out" / "comparison").exists()


def test_an_interrupt_ends_the_batch_after_the_plan_in_work(
    scenarios: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def solve(scenario: Scenario) -> SolveResult:
        found = fakes.hired(scenario)
        return found.__class__(found.plan, "interrupted", 1, 1, 0.1, found.history)

    fakes.install(monkeypatch, solve)
    done = call(scenarios, "--out", tmp_path / "out", "--json")
    assert done.exit_code == 130
    assert [row["name"] for row in json.loads(done.stdout)["runs"]] == ["base"]
    assert not (tmp_path / "out" / "comparison").exists()


def test_bad_input_is_told_with_its_scenario_and_writes_nothing(
    scenarios: Path, tmp_path: Path
) -> None:
    (scenarios / "same" / "Employees.csv").write_text("employee\nE1\n", encoding="utf-8")
    done = call(scenarios, "--out", tmp_path / "out")
    assert done.exit_code == 3
    assert "same/Employees" in done.stderr
    assert not (tmp_path / "out").exists()
