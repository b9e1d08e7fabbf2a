"""A set of scenarios: its members, what a variant becomes, what is written and refused."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from tests.unit.planning import fakes

from succession import io
from succession.domain import Scenario, SolveResult
from succession.errors import BadInput, Refused
from succession.planning import RunSettings, run_batch
from succession.planning.folder import COMPARISON_OUTPUTS, OUTPUTS, existing_outputs
from succession.planning.scenario_set import complete, find_members

TOY = Path(__file__).parents[3] / "scenarios" / "toy"
VARIANTS = TOY.parent / "company-variants"


@pytest.fixture(autouse=True)
def _solver(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch, fakes.hired)


@pytest.fixture
def scenarios(tmp_path: Path) -> Path:
    """A base, a variant of it with dearer hiring, and a workbook."""
    folder = tmp_path / "set"
    shutil.copytree(TOY / "base", folder / "base")
    (folder / "dear").mkdir()
    roles = (TOY / "base" / "Roles.csv").read_text(encoding="utf-8")
    (folder / "dear" / "roles.csv").write_text(roles.replace("1000", "1500"), encoding="utf-8")
    shutil.copyfile(TOY / "toy.xlsx", folder / "book.xlsx")
    return folder


def codes(folder: Path) -> list[str]:
    with pytest.raises(BadInput) as fault:
        run_batch(folder, folder.parent / "out", RunSettings())
    assert not (folder.parent / "out").exists()
    return [finding.code for finding in fault.value.findings]


def test_the_base_comes_first_then_the_others_by_name(scenarios: Path) -> None:
    members = find_members(scenarios)
    assert [member.name for member in members] == ["base", "book", "dear"]
    assert [member.base is not None for member in members] == [False, False, True]


def test_a_variant_is_its_base_with_its_own_tables(scenarios: Path, tmp_path: Path) -> None:
    *_, dear = find_members(scenarios)
    merged, base = io.load_scenario(complete(dear, tmp_path)), io.load_scenario(TOY / "base")
    assert merged.roles != base.roles
    assert merged.settings.name == "dear"
    assert (merged.employees, merged.activities) == (base.employees, base.activities)


def test_a_base_may_be_a_workbook_or_lie_elsewhere(scenarios: Path, tmp_path: Path) -> None:
    shutil.rmtree(scenarios / "base")
    shutil.move(scenarios / "book.xlsx", tmp_path / "book.xlsx")
    (scenarios / "base.txt").write_text("../book.xlsx\n", encoding="utf-8")
    base, dear = find_members(scenarios)
    assert (base.name, dear.base) == ("base", scenarios / "../book.xlsx")
    assert io.load_scenario(complete(dear, tmp_path)).roles != io.load_scenario(base.path).roles


def test_every_scenario_gets_its_folder_and_all_are_compared(
    scenarios: Path, tmp_path: Path
) -> None:
    told: list[str] = []
    done = run_batch(scenarios, tmp_path / "out", RunSettings(), started=told.append)
    assert told == list(done.runs) == ["base", "book", "dear"]
    for name in told:
        assert existing_outputs(tmp_path / "out" / name) == list(OUTPUTS)
    assert done.comparison is not None
    assert done.comparison.comparison.names == ("base", "book", "dear")
    assert [path.name for path in done.comparison.files] == list(COMPARISON_OUTPUTS)
    assert all(item is not None for item in done.comparison.comparison.figures)
    record = json.loads((tmp_path / "out" / "dear" / "run.json").read_text(encoding="utf-8"))
    assert record["input"]["name"] == "dear"


def test_the_same_set_gives_the_same_comparison(scenarios: Path, tmp_path: Path) -> None:
    for name in ("one", "two"):
        run_batch(scenarios, tmp_path / name, RunSettings())
    for name in COMPARISON_OUTPUTS:
        one, two = (tmp_path / out / "comparison" / name for out in ("one", "two"))
        assert one.read_bytes() == two.read_bytes()


def test_results_are_replaced_only_when_asked_and_before_anything_is_solved(
    scenarios: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_batch(scenarios, tmp_path / "out", RunSettings())
    solved: list[str] = []
    with pytest.raises(Refused, match="force"):
        run_batch(scenarios, tmp_path / "out", RunSettings(), started=solved.append)
    assert solved == []
    run_batch(scenarios, tmp_path / "out", RunSettings(force=True))


def test_a_fault_in_any_scenario_stops_all_and_names_it(scenarios: Path) -> None:
    (scenarios / "dear" / "Openings.csv").write_text("opening,role,needed\nO1,nobody,99\n")
    with pytest.raises(BadInput) as fault:
        run_batch(scenarios, scenarios.parent / "out", RunSettings())
    assert {finding.sheet.split("/")[0] for finding in fault.value.findings} >= {"dear"}
    assert not (scenarios.parent / "out").exists()


def test_what_is_no_set_is_refused(scenarios: Path, tmp_path: Path) -> None:
    assert codes(tmp_path / "nowhere") == ["E_PATH"]
    (tmp_path / "empty").mkdir()
    assert codes(tmp_path / "empty") == ["E_SET_EMPTY"]
    (scenarios / "base.txt").write_text("../nothing", encoding="utf-8")
    assert codes(scenarios) == ["E_SET_BASE"]
    (scenarios / "base.txt").unlink()
    shutil.copyfile(TOY / "toy.xlsx", scenarios / "base.xlsx")
    assert codes(scenarios) == ["E_SET_NAME"]
    (scenarios / "base.xlsx").unlink()
    shutil.copyfile(TOY / "toy.xlsx", scenarios / "comparison.xlsx")
    assert codes(scenarios) == ["E_SET_SIZE"]
    for number in range(5):
        shutil.copyfile(TOY / "toy.xlsx", scenarios / f"more{number}.xlsx")
    assert codes(scenarios) == ["E_SET_SIZE"]


def test_a_variant_without_a_base_is_refused(scenarios: Path) -> None:
    shutil.rmtree(scenarios / "base")
    assert codes(scenarios) == ["E_SET_BASE"]


def test_a_scenario_without_a_plan_is_left_out_of_the_comparison(
    scenarios: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def solve(scenario: Scenario) -> SolveResult:
        dear = scenario.settings.name.endswith("dear")
        return fakes.infeasible(scenario) if dear else fakes.hired(scenario)

    fakes.install(monkeypatch, solve)
    done = run_batch(scenarios, tmp_path / "out", RunSettings())
    assert done.comparison is not None
    assert done.comparison.comparison.names == ("base", "book")
    assert existing_outputs(tmp_path / "out" / "dear") == ["plan.json", "run.json"]


def test_the_company_variants_are_sound_and_differ_as_they_say(tmp_path: Path) -> None:
    members = {member.name: member for member in find_members(VARIANTS)}
    assert list(members) == ["base", "double-attrition", "half-budget", "no-rotations"]
    base = io.load_scenario(members["base"].path)
    assert base.settings.name == "Company"
    found = {
        name: io.load_scenario(complete(member, tmp_path), strict=False)
        for name, member in members.items()
    }
    assert [
        (row.amount, other.amount)
        for row, other in zip(base.budgets, found["half-budget"].budgets, strict=True)
        if row.pool == "recruiting" and row.amount != other.amount
    ] == []
    assert sum(
        row.amount for row in found["half-budget"].budgets if row.pool == "learning"
    ) * 2 == (sum(row.amount for row in base.budgets if row.pool == "learning"))
    assert found["half-budget"].settings.name == "Company: half-budget"
    rotations = {row.activity for row in base.activities if row.kind == "rotation"}
    offered = {row.activity for row in found["no-rotations"].sessions if row.sessions}
    assert rotations
    assert not rotations & offered
    assert rotations <= {row.activity for row in found["no-rotations"].sessions}
    risks = zip(base.employees, found["double-attrition"].employees, strict=True)
    assert all(b.leaving_risk == pytest.approx(min(0.95, 2 * a.leaving_risk)) for a, b in risks)
