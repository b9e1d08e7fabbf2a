"""`succession compare`: what it prints and how it ends."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.unit.planning.test_comparing import EMPTY, PLAN, save

from succession.cli.main import cli
from succession.planning.folder import COMPARISON_OUTPUTS


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in ("compare", *arguments)])


@pytest.fixture
def two(tmp_path: Path) -> tuple[Path, Path]:
    """Two result folders, of which the second is cheaper."""
    cost = PLAN.cost or 0.0
    costs = replace(PLAN.costs, learning=PLAN.costs.learning - 100.0)
    other = replace(PLAN, costs=costs, cost=cost - 100.0, bound=cost - 100.0)
    return save(tmp_path / "one"), save(tmp_path / "two", other)


def test_it_writes_and_answers(two: tuple[Path, Path], tmp_path: Path) -> None:
    done = call(*two, "--out", tmp_path / "out")
    assert done.exit_code == 0, done.stderr
    assert {path.name for path in (tmp_path / "out").iterdir()} == set(COMPARISON_OUTPUTS)
    assert "-100.00" in done.stdout
    assert "The comparison is in" in done.stderr


def test_json_is_one_object(two: tuple[Path, Path], tmp_path: Path) -> None:
    done = call(*two, "--out", tmp_path / "out", "--json", "--quiet")
    record = json.loads(done.stdout)
    assert done.stderr == ""
    assert record["status"] == "done"
    assert [plan["name"] for plan in record["plans"]] == ["one", "two"]
    assert record["plans"][1]["differences"]["costs"]["learning"] == -100.0
    assert [Path(name).name for name in record["files"]] == list(COMPARISON_OUTPUTS)


def test_too_few_and_too_many_are_wrong_usage(two: tuple[Path, Path], tmp_path: Path) -> None:
    for plans in ([], [two[0]], [two[0]] * 7):
        assert call(*plans, "--out", tmp_path / "out").exit_code == 2
    assert call(*two).exit_code == 2
    assert call(*[two[0]] * 6, "--out", tmp_path / "out").exit_code == 0


def test_an_overwrite_is_refused(two: tuple[Path, Path], tmp_path: Path) -> None:
    assert call(*two, "--out", tmp_path / "out").exit_code == 0
    assert call(*two, "--out", tmp_path / "out").exit_code == 6
    assert call(*two, "--out", tmp_path / "out", "--force").exit_code == 0


def test_bad_plans_end_in_3_with_findings(two: tuple[Path, Path], tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    empty = save(tmp_path / "empty", EMPTY)
    for bad in (tmp_path / "bare", empty, tmp_path / "missing"):
        done = call(two[0], bad, "--out", tmp_path / "out", "--json")
        assert done.exit_code == 3
        assert json.loads(done.stdout)["total"] == 1
    assert not (tmp_path / "out").exists()


def test_notes_go_to_standard_error(two: tuple[Path, Path], tmp_path: Path) -> None:
    elsewhere = save(tmp_path / "else", replace(PLAN, scenario_sha256="b" * 64))
    done = call(two[0], elsewhere, "--out", tmp_path / "out")
    assert "Note: Another scenario than one" in done.stderr
