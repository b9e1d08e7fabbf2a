"""`succession run` and `succession runs`: what they print, log, and how they end."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from tests.unit.planning import fakes
from tests.unit.planning.jobs import Site

from succession.cli.main import cli
from succession.domain import Scenario, SolveResult


@pytest.fixture(autouse=True)
def _solver(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch, fakes.hired)


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Site:
    monkeypatch.setenv("SUCCESSION_CONFIG", str(tmp_path / "succession.toml"))
    return Site(tmp_path, None, '[notify.file]\nfolder = "drop"\n')


def call(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(argument) for argument in arguments])


def run(site: Site, *options: str) -> Result:
    return call("run", site.folder / "succession.toml", *options)


def failing(scenario: Scenario) -> SolveResult:
    raise RuntimeError("a fault")


def test_a_run_answers_in_text_and_logs_json_lines(site: Site) -> None:
    done = run(site)
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("Run 1: ")
    assert "`succession runs approve 1` approves it" in done.stdout
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["event"] for line in lines] == [
        "started",
        "solving",
        "solving",
        "finished",
        "delivered",
    ]
    assert all({"time", "level", "event"} <= line.keys() for line in lines)
    again = run(site)
    assert again.exit_code == 0
    assert again.stdout.startswith("Nothing to do: run 1 has the same input")


def test_a_log_file_gets_the_same_lines(site: Site) -> None:
    path = site.folder / "succession.toml"
    path.write_text('log = "logs/runs.jsonl"\n' + path.read_text())
    one, two = run(site), run(site, "--quiet")
    logged = (site.folder / "logs" / "runs.jsonl").read_text().splitlines()
    assert logged[: len(one.stderr.splitlines())] == one.stderr.splitlines()
    assert two.stderr == ""
    assert json.loads(logged[-1])["event"] == "already_done"


def test_json_is_one_object(site: Site) -> None:
    record = json.loads(run(site, "--json").stdout)
    assert (record["run"], record["state"], record["repeated"]) == (1, "finished", False)
    assert record["status"] in ("optimal", "feasible")
    assert Path(record["folder"]).is_dir()


@pytest.mark.parametrize(
    ("answer", "code"),
    [(fakes.hired, 0), (fakes.infeasible, 4), (fakes.unknown, 7), (failing, 1)],
)
def test_exit_codes_are_those_of_solve(
    site: Site,
    monkeypatch: pytest.MonkeyPatch,
    answer: Callable[[Scenario], SolveResult],
    code: int,
) -> None:
    fakes.install(monkeypatch, answer)
    assert run(site).exit_code == code
    if answer in (fakes.hired, fakes.infeasible):
        assert run(site).exit_code == code, "and those of a repeated run as well"


def test_bad_input_ends_in_3_and_names_places_but_no_values(site: Site) -> None:
    site.change_scenario("Employees", "Clerk", "no-such-role")
    done = run(site)
    assert done.exit_code == 3
    assert "Employees.csv:2:role" in done.stdout
    assert "no-such-role" not in done.output


def test_a_held_store_ends_in_6(site: Site) -> None:
    with site.store.run_alone():
        done = run(site)
    assert done.exit_code == 6
    assert "Another run holds the store" in done.stderr


def test_a_bad_configuration_ends_in_3(site: Site) -> None:
    path = site.folder / "succession.toml"
    path.write_text("secnario = 1\n")
    done = run(site)
    assert done.exit_code == 3
    assert "Did you mean scenario?" in done.stderr


def test_who_was_not_told_ends_in_1_and_the_plan_stands(site: Site) -> None:
    path = site.folder / "succession.toml"
    path.write_text(path.read_text() + '[notify.webhook]\nurl = "http://127.0.0.1:1/"\n')
    done = run(site)
    assert done.exit_code == 1
    assert "Not told: webhook" in done.stdout
    assert site.store.run(1).state == "finished"


def test_the_life_of_a_plan(site: Site) -> None:
    """list, show, approve, reject, override, diff, audit: each says what it did."""
    assert call("runs", "list").exit_code == 6, "no run has made the store yet"
    run(site)
    assert "proposal" in call("runs", "list").stdout
    done = call("runs", "approve", 1, "--by", "Jane Doe", "--note", "fine")
    assert done.exit_code == 0, done.stderr
    assert "Run 1 is approved by Jane Doe" in done.stdout
    assert call("runs", "approve", 1, "--by", "Jane Doe").exit_code == 6
    shown = call("runs", "show", 1).stdout
    assert "approved by Jane Doe: fine" in shown
    assert "results.xlsx" in shown
    site.change_scenario("Settings", "hours_per_period,40", "hours_per_period,41")
    run(site)
    differing = call("runs", "diff", 1, 2, "--out", site.folder / "compared")
    assert differing.exit_code == 0, differing.stderr
    assert "Input changed: base/Settings.csv" in differing.stdout
    assert (site.folder / "compared" / "comparison.html").exists()
    assert call("runs", "reject", 2, "--by", "Jane Doe").exit_code == 2, "a reason is missing"
    assert call("runs", "reject", 2, "--by", "Jane Doe", "--reason", "no").exit_code == 0
    plan = site.store.plan_folder(2) / "plan.json"
    done = call(
        "runs", "override", 2, "--by", "Jane Doe", "--reason", "so", "--plan", plan, "--json"
    )
    assert done.exit_code == 0, done.stderr
    assert json.loads(done.stdout)["run"] == 3
    records = json.loads(call("runs", "list", "--json").stdout)
    assert [record["decision"] for record in records] == ["approved", "overridden", "approved"]
    audited = call("runs", "audit", "--json")
    assert audited.exit_code == 0
    assert json.loads(audited.stdout)["status"] == "ok"


def test_tampering_ends_in_5(site: Site) -> None:
    run(site)
    (site.store.plan_folder(1) / "plan.json").write_text("{}")
    done = call("runs", "audit")
    assert done.exit_code == 5
    assert "plan.json was changed" in done.stdout


def test_export_prune_and_purge(site: Site) -> None:
    run(site)
    site.change_scenario("Settings", "hours_per_period,40", "hours_per_period,41")
    run(site)
    done = call("runs", "export", 1, "--pseudonymised", "--out", site.folder / "out")
    assert done.exit_code == 0, done.stderr
    assert "Ann" not in (site.folder / "out" / "plan.json").read_text()
    assert call("runs", "prune").exit_code == 2, "it does not say what to spare"
    assert call("runs", "prune", "--keep", 1).stdout == "Pruned runs 1.\n"
    assert "finished, pruned" in call("runs", "list").stdout
    done = call("runs", "purge", "Ann")
    assert done.exit_code == 0, done.stdout
    assert "Written anew without them: runs 2" in done.stdout
    assert "They stood in no run" in call("runs", "purge", "E99").stdout
    (site.store.plan_folder(2) / "mine.txt").write_text("Bob")
    done = call("runs", "purge", "Bob", "--json")
    assert done.exit_code == 5
    assert [Path(name).name for name in json.loads(done.stdout)["leftovers"]] == ["mine.txt"]


def test_a_run_that_is_not_there_is_refused(site: Site) -> None:
    run(site)
    done = call("runs", "show", 9)
    assert done.exit_code == 6
    assert "has no run 9" in done.stderr


def test_which_store_is_asked_for_where_nothing_says_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SUCCESSION_CONFIG", raising=False)
    monkeypatch.chdir(tmp_path)
    done = call("runs", "list")
    assert done.exit_code == 6
    assert "--config CONFIG.toml" in done.stderr
