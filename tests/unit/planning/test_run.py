"""The front door: what is read, refused, written, and never half."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.planning import fakes

from succession import io
from succession.domain import Scenario, SolveResult
from succession.errors import BadInput, Refused, SolverError, SuccessionError
from succession.planning import RunSettings, run, solve, verify_files
from succession.planning.folder import OUTPUTS, existing_outputs
from succession.planning.lock import output_lock

TOY = Path(__file__).parents[3] / "scenarios" / "toy"
BASE = TOY / "base"
FORCE = RunSettings(force=True)


@pytest.fixture(autouse=True)
def _solver(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch, fakes.hired)


def contents(folder: Path) -> dict[str, bytes]:
    return {name: (folder / name).read_bytes() for name in existing_outputs(folder)}


def test_a_plan_gives_four_files_and_reads_back(tmp_path: Path) -> None:
    outcome = run(BASE, tmp_path / "out")
    assert existing_outputs(tmp_path / "out") == list(OUTPUTS)
    assert [path.name for path in outcome.files] == list(OUTPUTS)
    assert io.read_plan(tmp_path / "out" / "plan.json") == outcome.result.plan
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out"]


def test_equal_plans_give_equal_bytes(tmp_path: Path) -> None:
    run(BASE, tmp_path / "one")
    run(BASE, tmp_path / "two")
    one, two = contents(tmp_path / "one"), contents(tmp_path / "two")
    for name in ("plan.json", "results.xlsx", "report.html"):
        assert one[name] == two[name]


def test_the_run_record_says_how_the_plan_came_about(tmp_path: Path) -> None:
    run(BASE, tmp_path / "out", RunSettings(gap=0.01, time_limit=5.0))
    record = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert record["settings"]["gap"] == 0.01
    assert record["settings"]["time_limit"] == 5.0
    assert set(record["versions"]) >= {"succession", "python", "numpy", "scipy", "highspy"}
    assert len(record["input"]["sha256"]) == 64
    assert [line["phase"] for line in record["history"]] == ["pricing", "integer"]
    assert record["rounds"] == 2
    assert record["columns"] == 20
    assert record["warnings"] == ["A warning of the solver."]


def test_results_are_not_overwritten_before_or_after_solving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "plan.json").write_text("mine")

    def never(scenario: Scenario) -> SolveResult:
        raise AssertionError("the solver was started")

    fakes.install(monkeypatch, never)
    with pytest.raises(Refused, match=r"plan\.json.*--force"):
        run(BASE, out)
    assert contents(out) == {"plan.json": b"mine"}


def test_force_replaces_results_and_nothing_else(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "plan.json").write_text("old")
    (out / "notes.txt").write_text("mine")
    run(BASE, out, FORCE)
    assert existing_outputs(out) == list(OUTPUTS)
    assert (out / "notes.txt").read_text() == "mine"


@pytest.mark.parametrize("answer", [fakes.infeasible, fakes.unknown])
def test_without_a_plan_only_the_records_are_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: object
) -> None:
    run(BASE, tmp_path / "out")
    fakes.install(monkeypatch, answer)  # type: ignore[arg-type]
    outcome = run(BASE, tmp_path / "out", FORCE)
    assert existing_outputs(tmp_path / "out") == ["plan.json", "run.json"]
    plan = io.read_plan(tmp_path / "out" / "plan.json")
    assert plan == outcome.result.plan
    assert not plan.has_plan


def test_an_interrupt_without_a_plan_leaves_everything_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(BASE, tmp_path / "out")
    before = contents(tmp_path / "out")
    fakes.install(
        monkeypatch, lambda scenario: replace(fakes.unknown(scenario), stopped="interrupted")
    )
    assert run(BASE, tmp_path / "out", FORCE).files == ()
    assert contents(tmp_path / "out") == before


def _broken(scenario: Scenario) -> SolveResult:
    result = fakes.hired(scenario)
    return replace(result, plan=replace(result.plan, hires=()))


def test_a_plan_that_fails_verification_is_never_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes.install(monkeypatch, _broken)
    with pytest.raises(SolverError, match="was not written"):
        run(BASE, tmp_path / "out")
    assert not (tmp_path / "out").exists()
    with pytest.raises(SolverError, match="openings"):
        solve(io.load_scenario(BASE))


def test_bad_input_leaves_earlier_results_alone(tmp_path: Path) -> None:
    run(BASE, tmp_path / "out")
    before = contents(tmp_path / "out")
    bad = tmp_path / "bad"
    shutil.copytree(BASE, bad)
    (bad / "Openings.csv").unlink()
    with pytest.raises(BadInput) as caught:
        run(bad, tmp_path / "out", FORCE)
    assert any(finding.severity == "error" for finding in caught.value.findings)
    assert contents(tmp_path / "out") == before
    with pytest.raises(BadInput):
        run(bad, tmp_path / "other")
    assert not (tmp_path / "other").exists()


def test_strict_refuses_warnings(tmp_path: Path) -> None:
    odd = tmp_path / "odd"
    shutil.copytree(BASE, odd)
    (odd / "Holidays.csv").write_text("day\n2027-01-01\n")
    run(odd, tmp_path / "out")
    record = json.loads((tmp_path / "out" / "run.json").read_text("utf-8"))
    assert any("Holidays" in warning for warning in record["warnings"])
    with pytest.raises(BadInput):
        run(odd, tmp_path / "strict", RunSettings(strict=True))
    assert not (tmp_path / "strict").exists()


def test_a_folder_in_use_is_refused(tmp_path: Path) -> None:
    with output_lock(tmp_path / "out"), pytest.raises(Refused, match="Another run"):
        run(BASE, tmp_path / "out")


def test_a_previous_plan_with_another_period_length_is_refused(tmp_path: Path) -> None:
    run(TOY / "month", tmp_path / "month")
    settings = RunSettings(previous=tmp_path / "month" / "plan.json")
    with pytest.raises(BadInput) as caught:
        run(BASE, tmp_path / "out", settings)
    assert [finding.code for finding in caught.value.findings] == ["E_PREVIOUS_PERIOD"]
    assert not (tmp_path / "out").exists()


def test_a_previous_file_without_a_plan_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes.install(monkeypatch, fakes.unknown)
    run(BASE, tmp_path / "none")
    with pytest.raises(BadInput) as caught:
        run(BASE, tmp_path / "out", RunSettings(previous=tmp_path / "none" / "plan.json"))
    assert [finding.code for finding in caught.value.findings] == ["E_PREVIOUS_EMPTY"]


def test_files_verify_as_they_were_written(tmp_path: Path) -> None:
    run(BASE, tmp_path / "out")
    plan = tmp_path / "out" / "plan.json"
    assert verify_files(BASE, plan, None).violations == ()
    changed = json.loads(plan.read_text("utf-8")) | {"cost": 1.0}
    plan.write_text(json.dumps(changed))
    assert verify_files(BASE, plan, None).violations
    with_previous = verify_files(BASE, plan, plan)
    assert "without a previous plan" in with_previous.violations[0].message


def test_a_full_disk_is_told_and_leaves_the_old_results(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(BASE, tmp_path / "out")
    before = contents(tmp_path / "out")

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(SuccessionError, match=r"No space left on device.*untouched"):
        run(BASE, tmp_path / "out", FORCE)
    assert contents(tmp_path / "out") == before
