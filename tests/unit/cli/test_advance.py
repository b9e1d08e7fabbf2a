"""`succession advance`: the form, the next scenario, and what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from tests.unit.planning import fakes

import succession
from succession.cli.main import cli

BASE = Path(__file__).parents[3] / "scenarios" / "toy" / "hire-lead"


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A plan that hires for everything."""
    fakes.install(monkeypatch, fakes.hired)
    assert call("solve", BASE, "--out", tmp_path / "plan").exit_code == 0
    return tmp_path / "plan" / "plan.json"


@pytest.fixture
def form(plan: Path, tmp_path: Path) -> Path:
    path = tmp_path / "actuals.xlsx"
    done = call("advance", BASE, plan, "--actuals-template", path)
    assert done.exit_code == 0
    assert "To mark: activities 0, seats 1." in done.stdout
    return path


def mark(form: Path, mark: str) -> None:
    book = openpyxl.load_workbook(form)
    sheet = book["Seats"]
    column = [cell.value for cell in sheet[3]].index("mark") + 1
    for row in range(4, sheet.max_row + 1):
        if sheet.cell(row, 1).value:
            sheet.cell(row, column).value = mark
    book.save(form)


def test_a_filled_form_gives_the_next_scenario(plan: Path, form: Path, tmp_path: Path) -> None:
    mark(form, "done")
    done = call("advance", BASE, plan, "--actuals", form, "--out", tmp_path / "next.xlsx", "--json")
    assert done.exit_code == 0, done.stderr
    record = json.loads(done.stdout)
    assert record["seats"] == {"done": 1}
    before, after = succession.load(BASE), succession.load(tmp_path / "next.xlsx")
    assert after.settings.start == before.settings.calendar.first_day(2)
    assert after.openings == ()
    assert record["scenario_sha256"] == after.sha256


def test_an_unmarked_form_is_bad_input_and_nothing_is_written(
    plan: Path, form: Path, tmp_path: Path
) -> None:
    done = call("advance", BASE, plan, "--actuals", form, "--out", tmp_path / "next.xlsx")
    assert done.exit_code == 3
    assert "Seats!J4: mark: this cell must be filled" in done.stderr
    assert "done, failed, moved or dropped" in done.stderr
    assert not (tmp_path / "next.xlsx").exists()


def test_nothing_is_overwritten_without_force(plan: Path, form: Path, tmp_path: Path) -> None:
    mark(form, "done")
    target = tmp_path / "next"
    arguments = ("advance", BASE, plan, "--actuals", form, "--out", target)
    assert call(*arguments).exit_code == 0
    assert call(*arguments).exit_code == 6
    assert call(*arguments, "--force").exit_code == 0
    assert call("advance", BASE, plan, "--actuals-template", form).exit_code == 6


def test_form_and_next_scenario_are_not_asked_for_at_once(plan: Path, tmp_path: Path) -> None:
    form = tmp_path / "actuals.xlsx"
    assert call("advance", BASE, plan).exit_code == 2
    assert call("advance", BASE, plan, "--actuals", form).exit_code == 2
    both = call("advance", BASE, plan, "--actuals-template", form, "--actuals", form)
    assert both.exit_code == 2


@pytest.mark.parametrize("periods", [1, 9])
def test_a_plan_for_another_scenario_or_horizon_is_bad_input(
    plan: Path, tmp_path: Path, periods: int
) -> None:
    other = BASE.parent / "base" if periods == 1 else BASE
    form = tmp_path / "actuals.xlsx"
    done = call("advance", other, plan, "--actuals-template", form, "--periods", periods)
    assert done.exit_code == 3
    assert not form.exists()
