"""The command: exit codes, what goes to which stream, and nothing else (cli.md)."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.unit.planning import fakes

import succession
from succession.cli.main import cli
from succession.domain import Scenario, SolveResult
from succession.planning.folder import OUTPUTS, existing_outputs
from succession.planning.lock import output_lock

TOY = Path(__file__).parents[3] / "scenarios" / "toy"
BASE = TOY / "base"


@pytest.fixture(autouse=True)
def _solver(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch, fakes.hired)


@pytest.fixture
def odd(tmp_path: Path) -> Path:
    """A scenario with a warning."""
    folder = tmp_path / "odd"
    shutil.copytree(BASE, folder)
    (folder / "Holidays.csv").write_text("day\n2027-01-01\n")
    return folder


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A scenario with three errors in one table."""
    folder = tmp_path / "bad"
    shutil.copytree(BASE, folder)
    text = (folder / "Openings.csv").read_text("utf-8").splitlines()
    header = text[0].split(",")
    row = dict(zip(header, text[1].split(","), strict=True))
    row |= {"role": "nobody", "needed": "soon"}
    (folder / "Openings.csv").write_text(
        "\n".join([text[0], ",".join(row.values())]) + "\n", "utf-8"
    )
    return folder


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def test_solve_writes_and_answers_on_standard_output(tmp_path: Path) -> None:
    done = call("solve", BASE, "--out", tmp_path / "out")
    assert done.exit_code == 0
    assert existing_outputs(tmp_path / "out") == list(OUTPUTS)
    assert "Cost" in done.stdout
    assert "10,000.00 EUR" in done.stdout
    assert "pricing" in done.stderr
    assert "Warning: A warning of the solver." in done.stderr
    assert "Results are in" in done.stderr


def test_json_is_one_object_and_nothing_else(tmp_path: Path) -> None:
    done = call("solve", BASE, "--out", tmp_path / "out", "--json")
    record = json.loads(done.stdout)
    assert record["status"] == "optimal"
    assert record["cost"] == 10_000.0
    assert record["counts"]["hires"] == 1
    assert [Path(name).name for name in record["files"]] == list(OUTPUTS)


def test_quiet_leaves_the_answer_alone(tmp_path: Path) -> None:
    done = call("solve", BASE, "--out", tmp_path / "out", "--quiet")
    assert done.exit_code == 0
    assert done.stderr == ""
    assert "Cost" in done.stdout


@pytest.mark.parametrize(
    ("answer", "code", "told"),
    [(fakes.infeasible, 4, "Budgets row 2: the budget is too small"), (fakes.unknown, 7, "")],
)
def test_without_a_plan_the_exit_code_says_why(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: Callable[[Scenario], SolveResult],
    code: int,
    told: str,
) -> None:
    fakes.install(monkeypatch, answer)
    done = call("solve", BASE, "--out", tmp_path / "out", "--json")
    assert done.exit_code == code
    assert told in done.stderr
    assert json.loads(done.stdout)["cost"] is None
    assert existing_outputs(tmp_path / "out") == ["plan.json", "run.json"]


@pytest.mark.parametrize(("answer", "files"), [(fakes.hired, list(OUTPUTS)), (fakes.unknown, [])])
def test_an_interrupt_ends_in_130_with_what_was_found(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    answer: Callable[[Scenario], SolveResult],
    files: list[str],
) -> None:
    fakes.install(monkeypatch, lambda scenario: replace(answer(scenario), stopped="interrupted"))
    done = call("solve", BASE, "--out", tmp_path / "out")
    assert done.exit_code == 130
    assert existing_outputs(tmp_path / "out") == files


@pytest.mark.parametrize(
    "arguments",
    [
        ["solve"],
        ["solve", "x"],
        ["solve", BASE, "--out", "o", "--gap", "nan"],
        ["solve", BASE, "--out", "o", "--gap", "-1"],
        ["solve", BASE, "--out", "o", "--time-limit", "0"],
        ["solve", BASE, "--out", "o", "--time-limit", "inf"],
        ["solve", BASE, "--out", "o", "--threads", "0"],
        ["solve", BASE, "--out", __file__],
        ["check"],
        ["nonsense"],
        ["new", "file.txt"],
        ["solve", BASE, "--out", "o", "--nonsense"],
    ],
)
def test_wrong_usage_is_2(arguments: list[object], tmp_path: Path) -> None:
    done = call(*arguments)
    assert done.exit_code == 2
    assert done.stdout == ""
    assert "Usage" in done.stderr


def test_bad_input_is_3_with_every_finding_and_nothing_written(bad: Path, tmp_path: Path) -> None:
    done = call("solve", bad, "--out", tmp_path / "out")
    assert done.exit_code == 3
    assert done.stdout == ""
    assert "Openings.csv:2:role: " in done.stderr
    assert "Openings.csv:2:needed: " in done.stderr
    assert not (tmp_path / "out").exists()
    done = call("solve", bad, "--out", tmp_path / "out", "--json")
    record = json.loads(done.stdout)
    assert record["status"] == "bad_input"
    assert record["total"] == len(record["findings"]) >= 2


def test_results_are_refused_with_6_unless_forced(tmp_path: Path) -> None:
    arguments = ("solve", BASE, "--out", tmp_path / "out")
    assert call(*arguments).exit_code == 0
    done = call(*arguments, "--json")
    assert done.exit_code == 6
    assert json.loads(done.stdout)["status"] == "refused"
    assert "--force" in done.stderr
    assert call(*arguments, "--force").exit_code == 0


def test_a_lock_is_refused_with_6(tmp_path: Path) -> None:
    with output_lock(tmp_path / "out"):
        assert call("solve", BASE, "--out", tmp_path / "out").exit_code == 6


def _fault(scenario: Scenario) -> SolveResult:
    raise RuntimeError("the inner secret")


def test_a_fault_of_ours_is_1_with_a_log_and_no_traceback(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    fakes.install(monkeypatch, _fault)
    done = call("solve", BASE, "--out", tmp_path / "out")
    assert done.exit_code == 1
    assert "Traceback" not in done.stderr
    (log,) = tmp_path.glob("succession-*.log")
    assert str(log) in done.stderr
    assert "the inner secret" in log.read_text("utf-8")
    debugged = call("solve", BASE, "--out", tmp_path / "out", "--debug")
    assert debugged.exit_code == 1
    assert "Traceback" in debugged.stderr
    assert not (tmp_path / "out").exists()


def test_check_lists_findings_and_strict_refuses_warnings(odd: Path, bad: Path) -> None:
    clean = call("check", BASE)
    assert (clean.exit_code, clean.stdout) == (0, "")
    assert "can be solved" in clean.stderr
    warned = call("check", odd)
    assert warned.exit_code == 0
    assert "Holidays" in warned.stdout
    assert call("check", odd, "--strict").exit_code == 3
    failed = call("check", bad)
    assert failed.exit_code == 3
    assert "Openings.csv:2:needed: " in failed.stdout


def test_check_with_json_is_a_list_of_findings(bad: Path) -> None:
    findings = json.loads(call("check", bad, "--json").stdout)
    keys = ["severity", "code", "sheet", "cell", "row", "column", "value", "message", "hint"]
    assert all(list(finding) == keys for finding in findings)
    assert {finding["column"] for finding in findings} >= {"role", "needed"}
    assert json.loads(call("check", BASE, "--json").stdout) == []


def test_many_alike_are_cut_short_and_counted(tmp_path: Path) -> None:
    many = tmp_path / "many"
    shutil.copytree(BASE, many)
    rows = "".join(f"X{number},,nobody\n" for number in range(300))
    (many / "Employees.csv").write_text(f"employee,name,role\n{rows}", "utf-8")
    done = call("check", many)
    assert done.exit_code == 3
    assert "  … and 295 more E_REF in Employees.csv, column role, rows 7 to 301" in done.stdout
    assert done.stdout.count("'nobody'") == 5
    total = len(json.loads(call("check", many, "--json").stdout))
    assert total >= 300
    assert f" of {total:,} findings" in done.stdout


def test_check_shows_200_findings_and_the_total(tmp_path: Path) -> None:
    many = tmp_path / "many"
    shutil.copytree(BASE, many)
    text = (many / "Roles.csv").read_text("utf-8").splitlines()
    more = ",".join(f"extra{number}" for number in range(240))
    lines = [f"{text[0]},{more}", *(f"{line}{',' * 240}" for line in text[1:])]
    (many / "Roles.csv").write_text("\n".join(lines) + "\n", "utf-8")
    done = call("check", many)
    assert done.exit_code == 0
    lines = [line for line in done.stdout.splitlines() if line.startswith("  ")]
    assert len(lines) == 200
    assert "Shown are 200 of 240 findings; check --out lists them all." in done.stdout
    assert len(json.loads(call("check", many, "--json").stdout)) == 240


def test_check_writes_the_findings_as_a_workbook(bad: Path, tmp_path: Path) -> None:
    out = tmp_path / "issues.xlsx"
    done = call("check", bad, "--out", out)
    assert done.exit_code == 3
    assert str(out) in done.stderr
    assert out.read_bytes()[:2] == b"PK"
    assert call("check", bad, "--out", out).exit_code == 6
    assert call("check", bad, "--out", out, "--force").exit_code == 3
    assert call("check", bad, "--out", tmp_path / "issues.txt").exit_code == 2


def test_a_previous_plan_with_another_period_length_is_3(tmp_path: Path) -> None:
    call("solve", TOY / "month", "--out", tmp_path / "month")
    previous = tmp_path / "month" / "plan.json"
    done = call("solve", BASE, "--out", tmp_path / "out", "--previous", previous)
    assert done.exit_code == 3
    assert "counts in months" in done.stderr


def test_new_check_convert_go_together(tmp_path: Path) -> None:
    book = tmp_path / "new.xlsx"
    assert call("new", book).exit_code == 0
    assert call("new", book).exit_code == 6
    assert call("new", book, "--force").exit_code == 0
    assert call("new", tmp_path / "x.xlsx", "--example", "no-such").exit_code == 2
    assert not (tmp_path / "x.xlsx").exists()
    assert call("convert", BASE, tmp_path / "base.xlsx").exit_code == 0
    assert call("convert", BASE, tmp_path / "base.xlsx").exit_code == 6
    assert call("convert", tmp_path / "base.xlsx", tmp_path / "folder").exit_code == 0
    assert call("check", tmp_path / "folder", "--strict").exit_code == 0
    one, two = succession.load(BASE), succession.load(tmp_path / "folder")
    assert one.sha256 == two.sha256


def test_names_cannot_steer_the_terminal(tmp_path: Path) -> None:
    evil = tmp_path / "evil"
    shutil.copytree(BASE, evil)
    (evil / "a\x1b[31mred.csv").write_text("x\n1\n")
    done = call("check", evil)
    assert "\x1b" not in done.stdout + done.stderr


def test_version_and_help() -> None:
    assert call("--version").stdout == f"succession, version {succession.__version__}\n"
    for command in ("new", "check", "convert", "solve", "verify"):
        done = call(command, "--help")
        assert done.exit_code == 0
        assert "Usage: succession" in done.stdout
        assert command in call("--help").stdout
