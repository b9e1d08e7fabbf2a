"""The scheduled run: once an input, one at a time, nothing lost, everybody told."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from tests.unit.planning import fakes
from tests.unit.planning.jobs import BASE, Site

from succession import io
from succession.domain import Scenario, SolveResult
from succession.errors import BadInput, Refused
from succession.planning.folder import OUTPUTS
from succession.planning.privacy import prune

DROP = '[notify.file]\nfolder = "drop"\n'


@pytest.fixture(autouse=True)
def _solver(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch, fakes.hired)


@pytest.fixture
def site(tmp_path: Path, database_url: str | None) -> Site:
    return Site(tmp_path, database_url)


def failing(scenario: Scenario) -> SolveResult:
    raise RuntimeError(f"cannot plan for {scenario.employees[0].employee}")


def approve(site: Site, number: int) -> None:
    with site.store.changing("2027-02-01T00:00:00.000+00:00") as change:
        change.decide(number, "approved")
        change.note("approved", number, {})


def test_a_run_is_stored_with_all_that_went_in_and_came_out(site: Site) -> None:
    outcome = site.run()
    run, store = outcome.run, site.store
    assert (run.state, run.decision, outcome.repeated) == ("finished", "proposal", False)
    assert {item.name for item in run.of_role("output")} == {*OUTPUTS, "decision.json"}
    for item in run.of_role("output"):
        assert hashlib.sha256((outcome.folder / item.name).read_bytes()).hexdigest() == item.sha256
    inputs = {item.name: store.document(item) for item in run.of_role("input")}
    assert inputs == {f"base/{path.name}": path.read_bytes() for path in BASE.glob("*.csv")}
    plan = io.read_plan(outcome.folder / "plan.json")
    document = run.document
    assert (document["cost"], document["bound"], document["gap"]) == (
        plan.cost,
        plan.bound,
        plan.gap,
    )
    assert document["settings"]["time_limit"] == 600.0
    assert document["versions"]["succession"] == document["version"]
    assert set(document["timings"]) == {"read", "solve", "report"}
    assert document["warnings"] == len(
        json.loads((outcome.folder / "run.json").read_text())["warnings"]
    )


def test_the_same_again_is_nothing_to_do_and_says_so(site: Site) -> None:
    first = site.run()
    second = site.run()
    assert second.repeated
    assert second.run == first.run
    assert len(site.store.runs()) == 1
    assert site.events()[-1] == "already_done"


def test_it_is_done_anew_when_asked_or_when_input_or_config_changed(site: Site) -> None:
    site.run()
    assert site.run(again=True).run.number == 2
    site.change_scenario("Settings", "EUR", "USD")
    assert site.run().run.number == 3
    path = site.folder / "succession.toml"
    path.write_text(path.read_text() + "[solve]\ngap = 0.5\n")
    assert site.run().run.number == 4
    assert site.run().repeated


def test_an_input_that_only_looks_different_is_a_warning_and_stops_nothing(site: Site) -> None:
    """A workbook saved anew says what it said; the scheduled run is strict, and yet goes on."""
    site.run()
    approve(site, 1)
    site.change_scenario("Units", "HQ\nSite\n", "Site\nHQ\n")
    outcome = site.run()
    assert (outcome.run.state, outcome.run.decision) == ("finished", "proposal")
    record = json.loads((outcome.folder / "run.json").read_text("utf-8"))
    assert [finding["code"] for finding in record["findings"]] == ["W_SAME_INPUT"]
    assert site.store.approved() == site.store.run(1), "it stays in force until somebody decides"


def test_the_input_of_the_plan_in_force_is_done_anew_when_asked(site: Site) -> None:
    site.run()
    approve(site, 1)
    assert site.run(again=True).run.state == "finished"


def test_a_strict_run_refuses_every_other_warning(site: Site) -> None:
    site.change_scenario("Units", "unit\nHQ\nSite\n", "unit,remark\nHQ,\nSite,new\n")
    outcome = site.run()
    assert outcome.run.state == "rejected"
    assert [finding.code for finding in outcome.findings] == ["W_COLUMN_IGNORED"]


def test_it_is_done_anew_when_its_documents_were_pruned(tmp_path: Path) -> None:
    site = Site(tmp_path, None)
    site.run()
    assert prune(site.store, keep=0, older_than=None, at="2027-03-01T00:00:00.000+00:00") == [1]
    assert site.run().run.number == 2


def test_where_the_store_is_and_who_is_told_is_no_other_run(tmp_path: Path) -> None:
    site = Site(tmp_path, None)
    site.run()
    path = site.folder / "succession.toml"
    path.write_text(path.read_text() + DROP)
    assert site.run().repeated


def test_a_plan_in_force_is_compared_with_and_kept_to(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = site.run()
    approve(site, 1)
    site.change_scenario("Openings", "HQ,3,1", "HQ,3,2")
    seen: dict[str, Any] = {}

    def remember(scenario: Scenario, **options: Any) -> SolveResult:
        seen.update(options)
        return fakes.hired(scenario)

    monkeypatch.setattr("succession.optimize.solve", remember)
    outcome = site.run()
    assert outcome.run.document["previous_run"] == 1
    assert seen["previous"] == io.read_plan(first.folder / "plan.json")
    assert seen["previous_sha256"] == io.plan_sha256(first.folder / "plan.json")
    comparison = json.loads((outcome.folder / "comparison.json").read_text("utf-8"))
    assert [plan["name"] for plan in comparison["plans"]] == ["Run 1, approved", "Run 2, new"]
    for plan, folder in zip(comparison["plans"], (first.folder, outcome.folder), strict=True):
        figures = json.loads((folder / "run.json").read_text("utf-8"))["kpis"]
        assert plan["kpis"]["saving"] == figures["saving"]


def test_a_plan_in_force_of_another_currency_is_not_compared_with(site: Site) -> None:
    site.run()
    approve(site, 1)
    site.change_scenario("Settings", "EUR", "USD")
    outcome = site.run()
    assert outcome.run.state == "finished"
    assert not (outcome.folder / "comparison.json").exists()
    assert [line["codes"] for line in site.log if line["event"] == "not_compared"] == [
        ["E_COMPARE_CURRENCY"]
    ]


def test_a_bad_scenario_is_a_stored_outcome_and_no_value_is_logged(site: Site) -> None:
    site.change_scenario("Employees", "Clerk", "no-such-role")
    outcome = site.run()
    assert outcome.run.state == "rejected"
    assert outcome.findings
    assert outcome.run.decision is None
    findings = json.loads((outcome.folder / "findings.json").read_text("utf-8"))
    assert "no-such-role" in json.dumps(findings)
    assert "no-such-role" not in json.dumps(site.log)
    assert site.run().run.number == 2, "it is looked at again each time"


def test_a_missing_scenario_is_a_stored_outcome(tmp_path: Path) -> None:
    site = Site(tmp_path, None)
    (tmp_path / "succession.toml").write_text('scenario = "nowhere.xlsx"')
    outcome = site.run()
    assert (outcome.run.state, len(outcome.findings)) == ("rejected", 1)


def test_a_proof_that_no_plan_exists_is_an_outcome(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes.install(monkeypatch, fakes.infeasible)
    outcome = site.run()
    assert (outcome.run.document["status"], outcome.run.decision) == ("infeasible", None)
    assert {item.name for item in outcome.run.of_role("output")} == {"plan.json", "run.json"}
    assert site.run().repeated


def test_an_answer_that_did_not_come_in_time_is_tried_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes.install(monkeypatch, fakes.unknown)
    assert site.run().run.document["status"] == "unknown"
    fakes.install(monkeypatch, fakes.hired)
    assert site.run().run.decision == "proposal"


def test_a_fault_is_kept_in_the_store_and_tried_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes.install(monkeypatch, failing)
    outcome = site.run()
    assert (outcome.run.state, outcome.run.document["failure"]) == ("failed", "RuntimeError")
    employee = io.load_scenario(BASE).employees[0].employee
    assert f"cannot plan for {employee}" in (outcome.folder / "fault.log").read_text()
    assert "cannot plan" not in json.dumps(site.log)
    fakes.install(monkeypatch, fakes.hired)
    assert site.run().run.state == "finished"


def test_an_interrupted_run_is_stored_and_tried_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(scenario: Scenario) -> SolveResult:
        raise KeyboardInterrupt

    fakes.install(monkeypatch, stopped)
    with pytest.raises(KeyboardInterrupt):
        site.run()
    assert site.store.run(1).state == "interrupted"
    fakes.install(monkeypatch, fakes.hired)
    assert site.run().run.number == 2


def test_a_dead_run_is_seen_and_marked_by_the_next(site: Site) -> None:
    with site.store.changing("2027-01-01T00:00:00.000+00:00") as change:
        change.start_run("k" * 64, {}, {"base/Roles.csv": b"x"})
    outcome = site.run()
    dead = site.store.run(1)
    assert (dead.state, dead.decision) == ("died", None)
    assert outcome.run.number == 2
    assert site.events()[0] == "dead_run_found"


def test_outputs_that_are_missing_or_changed_are_put_back(site: Site) -> None:
    folder = site.run().folder
    (folder / "report.html").unlink()
    (folder / "plan.json").write_text("{}")
    (folder / "mine.txt").write_text("a note")
    assert site.run().repeated
    run = site.store.run(1)
    for item in run.of_role("output"):
        assert (folder / item.name).read_bytes() == site.store.document(item)
    assert (folder / "mine.txt").read_text() == "a note"


def test_one_run_at_a_time_a_store(site: Site) -> None:
    with site.store.run_alone(), pytest.raises(Refused, match="Another run holds the store"):
        site.run()
    assert site.store.runs() == []


def test_nothing_is_left_in_the_work_folder(site: Site) -> None:
    site.run()
    assert list(site.config.store_folder.glob("work-*")) == []


def test_the_database_and_the_log_name_nobody(tmp_path: Path) -> None:
    site = Site(tmp_path, None, DROP)
    site.run()
    approve(site, 1)
    site.change_scenario("Employees", "Clerk", "no-such-role")
    site.run()
    people = {row.employee for row in io.load_scenario(BASE).employees}
    told = json.dumps(site.log) + "".join(
        path.read_text("utf-8") for path in (tmp_path / "drop").iterdir()
    )
    kept = b"".join(path.read_bytes() for path in site.config.store_folder.glob("succession.db*"))
    for person in people:
        assert person not in told
        assert person.encode() not in kept


def test_changed_groups_leave_the_plan_unchanged_to_the_byte(site: Site) -> None:
    first = site.run()
    people = [row.employee for row in io.load_scenario(BASE).employees]
    rows = "".join(f"{person},shoe size,{len(person) + n}\n" for n, person in enumerate(people))
    (site.folder / "base" / "Groups.csv").write_text("employee,attribute,value\n" + rows)
    second = site.run()
    assert second.run.number == 2
    one, two = ((outcome.folder / "plan.json").read_bytes() for outcome in (first, second))
    assert one == two


def test_the_solver_never_sees_groups(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Scenario] = []

    def look(scenario: Scenario) -> SolveResult:
        seen.append(scenario)
        return fakes.hired(scenario)

    fakes.install(monkeypatch, look)
    person = io.load_scenario(BASE).employees[0].employee
    rows = f"employee,attribute,value\n{person},sex,x\n"
    (site.folder / "base" / "Groups.csv").write_text(rows)
    site.run()
    assert [scenario.groups for scenario in seen] == [()]


def test_a_bad_previous_plan_is_said_before_anything_is_stored(tmp_path: Path) -> None:
    site = Site(tmp_path, None, '[solve]\nprevious = "gone.json"\n')
    with pytest.raises(BadInput) as caught:
        site.run()
    assert "gone.json is no file" in caught.value.findings[0].message
