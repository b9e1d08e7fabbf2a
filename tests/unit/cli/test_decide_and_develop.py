"""From a plan to decisions and to development plans: what is written, refused and said."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from succession.cli.main import cli

TOY = Path(__file__).parents[3] / "scenarios" / "toy" / "toy.xlsx"


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


@pytest.fixture(scope="module")
def solved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("solved") / "out"
    assert call("solve", TOY, "--out", folder).exit_code == 0
    return folder


def marked(solved: Path, tmp_path: Path, word: str) -> Path:
    book = openpyxl.load_workbook(solved / "results.xlsx")
    book["Decisions"]["A5"] = word
    book.save(tmp_path / "marked.xlsx")
    return tmp_path / "marked.xlsx"


def test_a_locked_plan_is_found_again(solved: Path, tmp_path: Path) -> None:
    done = call("decide", TOY, marked(solved, tmp_path, "lock"), "--out", tmp_path / "new.xlsx")
    assert done.exit_code == 0
    assert done.stdout.startswith("0 accepted, 0 rejected, 1 locked: 1 row of Candidates")
    assert call("solve", tmp_path / "new.xlsx", "--out", tmp_path / "out").exit_code == 0
    first, again = (
        json.loads((folder / "plan.json").read_text(encoding="utf-8"))
        for folder in (solved, tmp_path / "out")
    )
    assert again["placements"] == first["placements"]
    assert again["learning"] == first["learning"]
    assert again["cost"] == pytest.approx(first["cost"])


def test_a_rejected_person_is_not_placed_again(solved: Path, tmp_path: Path) -> None:
    done = call("decide", TOY, marked(solved, tmp_path, "reject"), "--out", tmp_path / "new")
    assert done.exit_code == 0
    assert call("solve", tmp_path / "new", "--out", tmp_path / "out").exit_code == 0
    first, again = (
        json.loads((folder / "plan.json").read_text(encoding="utf-8"))
        for folder in (solved, tmp_path / "out")
    )
    assert first["placements"][0] not in again["placements"]
    assert again["cost"] > first["cost"]


def test_decide_refuses_and_rejects_in_the_contract_s_words(solved: Path, tmp_path: Path) -> None:
    wrong = marked(solved, tmp_path, "perhaps")
    done = call("decide", TOY, wrong, "--out", tmp_path / "new.xlsx", "--json")
    assert done.exit_code == 3
    assert "Decisions!A5" in done.stderr
    assert not (tmp_path / "new.xlsx").exists()
    done = call("decide", TOY, wrong, "--out", wrong)
    assert done.exit_code == 6


def test_decide_answers_in_json(solved: Path, tmp_path: Path) -> None:
    right = marked(solved, tmp_path, "accept")
    done = call("decide", TOY, right, "--out", tmp_path / "new.xlsx", "--json")
    answer = json.loads(done.stdout)
    assert (answer["status"], answer["accepted"], answer["candidates"]) == ("done", 1, 1)


def test_development_plans_of_one_or_all(solved: Path, tmp_path: Path) -> None:
    done = call("develop", TOY, solved, "--out", tmp_path / "all.html", "--json")
    assert done.exit_code == 0
    people = json.loads(done.stdout)["employees"]
    text = (tmp_path / "all.html").read_text(encoding="utf-8")
    assert text.count("<article") == len(people) > 0
    out = tmp_path / "one.html"
    done = call("develop", TOY, solved / "plan.json", "--out", out, "--employee", people[0])
    assert (tmp_path / "one.html").read_text(encoding="utf-8").count("<article") == 1
    assert done.stdout.startswith("Development plans of 1 person")


def test_develop_refuses_what_it_cannot_show(solved: Path, tmp_path: Path) -> None:
    out = tmp_path / "plans.html"
    assert call("develop", TOY, solved, "--out", out, "--employee", "nobody").exit_code == 2
    other = call("develop", TOY.parent / "bench", solved, "--out", out)
    assert other.exit_code == 3
    assert "plan.json" in other.stderr
    assert not out.exists()
    out.write_text("mine")
    assert call("develop", TOY, solved, "--out", out).exit_code == 6
    assert call("develop", TOY, solved, "--out", out, "--force").exit_code == 0
