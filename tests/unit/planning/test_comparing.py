"""Comparing plan files: what is refused, what plans are called, what is written."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from tests.unit.planning import fakes
from tests.unit.report import samples

import succession
from succession import io
from succession.domain import Plan
from succession.errors import BadInput, Refused, SuccessionError
from succession.planning import compare, compare_files, run
from succession.planning.folder import COMPARISON_OUTPUTS, OUTPUTS, sweep, write_all
from succession.planning.lock import mark, output_lock

TOY = Path(__file__).parents[3] / "scenarios" / "toy"
OFFICE = samples.office_scenario()
PLAN = samples.office_plan(OFFICE)
EMPTY = replace(
    PLAN, status="unknown", cost=None, gap=None, placements=(), standbys=(), learning=()
)


def save(folder: Path, plan: Plan = PLAN) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plan.json").write_bytes(io.dump_plan(plan))
    return folder


def codes(fault: pytest.ExceptionInfo[BadInput]) -> list[str]:
    return [finding.code for finding in fault.value.findings]


def test_folders_and_files_give_the_same_bytes_every_time(tmp_path: Path) -> None:
    one, two = save(tmp_path / "one"), save(tmp_path / "two")
    done = compare_files([one, two], tmp_path / "out")
    compare_files([one / "plan.json", two], tmp_path / "again")
    assert [path.name for path in done.files] == list(COMPARISON_OUTPUTS)
    for name in COMPARISON_OUTPUTS:
        assert (tmp_path / "out" / name).read_bytes() == (tmp_path / "again" / name).read_bytes()


def test_plans_are_called_by_their_folder_where_that_tells_them_apart(tmp_path: Path) -> None:
    a, b = save(tmp_path / "a" / "out"), save(tmp_path / "b" / "out")
    c = save(tmp_path / "c")
    (tmp_path / "d.json").write_bytes((c / "plan.json").read_bytes())
    names = compare_files([a, b, c, tmp_path / "d.json", c], tmp_path / "x").comparison.names
    assert names == ("a/out", "b/out", f"{tmp_path.name}/c", "d.json", f"{tmp_path.name}/c (2)")


def test_names_that_print_alike_are_told_apart(tmp_path: Path) -> None:
    sources = [save(tmp_path / "a\x01"), save(tmp_path / "a\x02")]
    names = compare_files(sources, tmp_path / "x").comparison.names
    assert len(set(names)) == 2


def test_an_overwrite_needs_force_and_leaves_other_files_alone(tmp_path: Path) -> None:
    one, two = save(tmp_path / "one"), save(tmp_path / "two")
    (one / "notes.txt").write_text("mine")
    compare_files([one, two], one)
    before = (one / "comparison.json").read_bytes()
    with pytest.raises(Refused, match="--force"):
        compare_files([two, one], one)
    assert (one / "comparison.json").read_bytes() == before
    compare_files([two, one], one, force=True)
    assert (one / "comparison.json").read_bytes() != before
    names = {"plan.json", "notes.txt", *COMPARISON_OUTPUTS}
    assert {path.name for path in one.iterdir()} == names


def test_results_and_comparison_share_a_folder(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_all(out, dict.fromkeys(OUTPUTS, b"run"))
    write_all(out, dict.fromkeys(COMPARISON_OUTPUTS, b"comparison"))
    write_all(out, {"plan.json": b"new"})
    assert {path.name for path in out.iterdir()} == {"plan.json", *COMPARISON_OUTPUTS}
    with pytest.raises(ValueError, match="not among"):
        write_all(out, {"plan.json": b"", "mine.txt": b""})


def test_a_dead_comparison_leaves_no_half_of_it_behind(tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_all(out, {"plan.json": b"1"})
    stage = tmp_path / f"{mark(out)}-comparison-abc_1234"
    stage.mkdir()
    (stage / "comparison.html").write_bytes(b"half")
    (stage / "plan.json").hardlink_to(out / "plan.json")
    sweep(out)
    assert not stage.exists()
    assert {path.name for path in out.iterdir()} == {"plan.json"}


def test_a_held_lock_refuses(tmp_path: Path) -> None:
    one, out = save(tmp_path / "one"), tmp_path / "out"
    with output_lock(out), pytest.raises(Refused, match="Another run"):
        compare_files([one, one], out)


def test_a_failed_write_is_told_as_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*unused: object) -> None:
        raise OSError(28, "No space left on device")

    one = save(tmp_path / "one")
    monkeypatch.setattr("succession.planning.comparing.write_all", fail)
    with pytest.raises(SuccessionError, match="No space left"):
        compare_files([one, one], tmp_path / "out")


def test_everything_that_cannot_be_read_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    (tmp_path / "bad.json").write_text("[]")
    sources = [tmp_path / "bare", save(tmp_path / "one"), tmp_path / "bad.json", tmp_path / "none"]
    with pytest.raises(BadInput) as fault:
        compare_files(sources, tmp_path / "out")
    assert codes(fault) == ["E_PATH", "E_PLAN", "E_PATH"]
    assert fault.value.findings[0].sheet == str(tmp_path / "bare" / "plan.json")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        (EMPTY, "E_COMPARE_EMPTY"),
        (replace(EMPTY, status="infeasible", bound=None), "E_COMPARE_EMPTY"),
        (replace(PLAN, currency="XTS"), "E_COMPARE_CURRENCY"),
        (replace(PLAN, period="month"), "E_COMPARE_PERIOD"),
    ],
)
def test_plans_that_cannot_stand_side_by_side(plan: Plan, code: str) -> None:
    with pytest.raises(BadInput) as fault:
        compare([PLAN, plan], ["a", "b"])
    assert codes(fault) == [code]


def test_the_python_call() -> None:
    result = succession.compare([PLAN, PLAN], ["a", "b"])
    assert isinstance(result, succession.Comparison)
    for number in (1, 7):
        with pytest.raises(ValueError, match="2 to 6"):
            succession.compare([PLAN] * number, [str(n) for n in range(number)])
    with pytest.raises(ValueError, match="name of its own"):
        succession.compare([PLAN, PLAN], ["a"])


def test_key_figures_come_from_the_run_beside_a_plan(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They are those of the run; a run.json of another plan, or a broken one, does not count."""
    fakes.install(monkeypatch, fakes.hired)
    for name in ("one", "two"):
        run(TOY / "base", tmp_path / name)
    sources = [tmp_path / "one", tmp_path / "two"]
    record = json.loads((tmp_path / "one" / "run.json").read_text(encoding="utf-8"))
    found = compare_files(sources, tmp_path / "out").comparison
    assert [dict(item.kpis) for item in found.figures if item] == [record["kpis"]] * 2
    (tmp_path / "two" / "plan.json").write_bytes(io.dump_plan(PLAN))
    assert compare_files(sources, tmp_path / "a").comparison.figures[1] is None
    (tmp_path / "one" / "run.json").write_text("[1, 2", encoding="utf-8")
    assert compare_files(sources, tmp_path / "b").comparison.figures == (None, None)
    (tmp_path / "one" / "run.json").write_text(json.dumps({**record, "kpis": "none"}))
    assert compare_files(sources, tmp_path / "c").comparison.figures == (None, None)


def test_the_python_call_takes_figures_too() -> None:
    figures = succession.figures(OFFICE, PLAN)
    found = succession.compare([PLAN, PLAN], ["a", "b"], [figures, figures])
    assert found.line("kpis.internal_fill_rate").values == (0.25, 0.25)
