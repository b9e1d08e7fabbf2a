"""Privacy: a purged person is nowhere, in no form; everything else stays whole."""

from __future__ import annotations

import html
import io as streams
import json
import zipfile
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.postgres import Server
from tests.unit.planning.jobs import Site
from tests.unit.report.samples import office_plan, office_scenario, priced, solved

from succession import io
from succession.domain import SHEETS, Group, Plan, Scenario, SolveResult
from succession.errors import Refused
from succession.planning.decisions import decide
from succession.planning.privacy import export, prune, purge
from succession.store import Store, audit
from succession.verify import verify

AT = "2027-03-01T09:00:00.000+00:00"
PERSON, NAME, NUMBER = "E1", "Zoë O'Žižek & Søn", "700710070017"
"""Two who are in the plan: E1, and one who has digits for an id. E10 is somebody else."""

IDS = {"E3": NUMBER, "E2": "E10"}
SETTINGS = '[solve]\nstrict = false\n[notify.file]\nfolder = "drop"\n'


def renumbered(rows: tuple[Any, ...]) -> tuple[Any, ...]:
    """The records with other ids."""
    return tuple(
        replace(
            row,
            **{
                item.name: IDS[value]
                for item in fields(row)
                if isinstance(value := getattr(row, item.name), str) and value in IDS
            },
        )
        for row in rows
    )


def office() -> Scenario:
    scenario = office_scenario()
    tables: dict[str, Any] = {
        attribute: renumbered(getattr(scenario, attribute)) for attribute in SHEETS.values()
    }
    names = {PERSON: NAME, NUMBER: "Bo Bremen"}
    tables["employees"] = tuple(
        replace(row, name=names.get(row.employee, f"Somebody {row.employee}"))
        for row in tables["employees"]
    )
    people = [row.employee for row in tables["employees"]]
    tables["groups"] = tuple(Group(person, "shoe size", f"of {person}") for person in people)
    tables["roles"] = tuple(
        replace(row, title=f"{row.title}, as {NAME} was") for row in tables["roles"]
    )
    return replace(scenario, settings=replace(scenario.settings, name="Office"), **tables)


def planned(scenario: Scenario, *, previous_sha256: str | None, **unused: Any) -> SolveResult:
    """The sample's plan, priced for the scenario as it was read."""
    sample = office_plan(office_scenario())
    draft = replace(
        sample,
        scenario=scenario.settings.name,
        scenario_sha256=scenario.sha256,
        placements=renumbered(sample.placements),
        standbys=renumbered(sample.standbys),
        learning=tuple(sorted(renumbered(sample.learning))),
    )
    plan = replace(priced(scenario, draft), previous_sha256=previous_sha256)
    warnings = (f"{NAME} ({PERSON}) and {NUMBER} should be looked at.",)
    return replace(solved(plan), warnings=warnings)


def broken(scenario: Scenario, **unused: Any) -> SolveResult:
    raise RuntimeError(f"no pathway for {PERSON} ({NAME}) and {NUMBER}")


def build_site(folder: Path, url: str | None) -> Site:
    """Six runs in which both stand: approved, compared, failed, rejected, died, and a proposal."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("succession.optimize.solve", planned)
        site = Site(folder, url, SETTINGS)
        config = folder / "succession.toml"
        config.write_text(config.read_text().replace('"base"', '"office.xlsx"\nlog = "log.jsonl"'))
        write(site, office())
        site.run()
        note = f"{NAME} and {NUMBER} agreed"
        decide(site.store, 1, "approved", by="Jane Doe", note=note, at=AT)
        write(site, replace(office(), groups=()))
        site.run()
        patch.setattr("succession.optimize.solve", broken)
        site.run(again=True)
        write(site, office(), extra="Employees")
        site.run()
        with site.store.changing(AT) as change:
            change.start_run("k" * 64, {}, {"office.xlsx": (folder / "office.xlsx").read_bytes()})
        write(site, office())
        patch.setattr("succession.optimize.solve", planned)
        site.run(again=True)
    states = [run.state for run in site.store.runs()]
    assert states == ["finished", "finished", "failed", "rejected", "died", "finished"]
    return site


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("original")
    build_site(folder, None)
    return folder


@pytest.fixture
def site(original: Path, tmp_path: Path) -> Site:
    """A copy of the site with the six runs."""
    return Site.copied(original, tmp_path)


def write(site: Site, scenario: Scenario, extra: str = "Notes") -> None:
    """The workbook, with a sheet of notes that succession does not know (or a broken table)."""
    path = site.folder / "office.xlsx"
    io.write_scenario(scenario, path, force=True)
    book = openpyxl.load_workbook(path)
    if extra in book.sheetnames:
        book[extra].append([PERSON, NAME, "no such role"])
    else:
        book.create_sheet(extra).append([f"{NAME} is {PERSON}", "and then there is", NUMBER])
    book.save(path)


def traces(folder: Path, needles: list[str]) -> Iterator[str]:
    """Files that hold a needle: as it is, escaped for XML or JSON, in UTF-16, or inside a zip."""
    forms = {
        form
        for needle in needles
        for form in (needle.encode(), needle.encode("utf-16-le"), json.dumps(needle)[1:-1].encode())
    }
    for path in folder.rglob("*"):
        if path.is_file():
            content = path.read_bytes()
            parts = [content]
            if content[:2] == b"PK":
                with zipfile.ZipFile(streams.BytesIO(content)) as archive:
                    parts += [archive.read(name) for name in archive.namelist()]
            texts = [part.decode("utf-8", "replace") for part in parts if b"\0" not in part]
            parts += [html.unescape(text).encode() for text in texts]
            if any(form in part for form in forms for part in parts):
                yield str(path.relative_to(folder))


def test_the_traces_are_there_before(site: Site) -> None:
    """Else the next tests would show nothing."""
    found = set(traces(site.config.store_folder, [NAME]))
    assert "plans/run-000001/plan.json" in set(traces(site.config.store_folder, [NUMBER]))
    plans = {name for name in found if name.startswith("plans/")}
    assert plans >= {
        "plans/run-000001/results.xlsx",
        "plans/run-000001/report.html",
        "plans/run-000001/decision.json",
        "plans/run-000001/run.json",
        "plans/run-000003/fault.log",
    }
    assert len([name for name in found if name.startswith("objects/")]) >= 10


def test_no_byte_of_a_purged_person_is_left(
    tmp_path: Path, database_url: str | None, request: pytest.FixtureRequest
) -> None:
    site = build_site(tmp_path, database_url)
    folders = [site.config.store_folder, tmp_path / "drop"]
    if database_url is not None:
        server: Server = request.getfixturevalue("postgres")
        folders.append(server.data)
    for person, needles in ((PERSON, [NAME]), (NUMBER, [NUMBER, "Bo Bremen"])):
        outcome = purge(site.store, person, elsewhere=[tmp_path / "drop"], at=AT)
        assert {1, 2, 3, 6} <= set(outcome.runs)
        assert outcome.leftovers == ()
        for folder in folders:
            assert list(traces(folder, needles)) == []
        assert not any(needle in json.dumps(site.log, ensure_ascii=False) for needle in needles)


def test_an_id_that_others_begin_with_goes_alone(site: Site) -> None:
    """E1 is looked for as a word of its own."""
    purge(site.store, PERSON, at=AT)
    for path in site.config.store_folder.rglob("*.json"):
        assert '"E1"' not in path.read_text("utf-8")
    plan = io.read_plan(site.store.plan_folder(6) / "plan.json")
    assert {row.employee for row in plan.learning} > {NUMBER, "E7"}
    book = site.folder / "office.xlsx"
    book.write_bytes(site.store.document(site.store.run(6).of_role("input")[0]))
    assert "E10" in {row.employee for row in io.load_scenario(book).employees}


def test_after_a_purge_the_chain_holds_and_nobody_can_tell_who_it_was(site: Site) -> None:
    head = audit(site.store).head
    purge(site.store, PERSON, at=AT)
    purge(site.store, "Jane Doe", at=AT)
    found = audit(site.store, head)
    assert found.faults == ()
    assert site.store.keyring.names() == {}
    entry = next(item for item in site.store.entries(1) if item.action == "approved")
    assert str(entry.content["by"]).startswith("p-")
    assert site.store.keyring.pseudonym("Jane Doe") != entry.content["by"]


def test_a_purged_decider_is_nowhere_and_the_plan_stays_as_it_was(site: Site) -> None:
    before = (site.store.plan_folder(1) / "plan.json").read_bytes()
    outcome = purge(site.store, "Jane Doe", at=AT)
    assert outcome.runs == (1,)
    assert list(traces(site.config.store_folder, ["Jane Doe"])) == []
    assert (site.store.plan_folder(1) / "plan.json").read_bytes() == before
    record = json.loads((site.store.plan_folder(1) / "decision.json").read_text("utf-8"))
    assert record["state"] == "approved"
    assert record["by"].startswith("p-")


def test_plans_still_verify_compare_and_cost_the_same(site: Site) -> None:
    costs = [run.document["cost"] for run in site.store.runs() if run.decision]
    purge(site.store, PERSON, at=AT)
    purge(site.store, NUMBER, at=AT)
    for number, cost in zip((1, 2, 6), costs, strict=True):
        scenario, plan, previous = taken_out(site.store, number, site.folder / f"out-{number}")
        verification = verify(scenario, plan, previous)
        assert verification.violations == ()
        assert verification.costs.total == pytest.approx(cost)
        figures = io.read_figures(site.store.plan_folder(number) / "plan.json")
        assert figures is not None, "run.json is of this very plan"
    comparison = json.loads((site.store.plan_folder(2) / "comparison.json").read_text("utf-8"))
    assert comparison["plans"][1]["differences"]["cost"] == 0.0
    assert comparison["plans"][1]["seats_changes"] == []
    record = json.loads((site.store.plan_folder(2) / "run.json").read_text("utf-8"))
    assert comparison["plans"][1]["kpis"]["saving"] == record["kpis"]["saving"] is not None


def taken_out(store: Store, number: int, out: Path) -> tuple[Scenario, Plan, Plan | None]:
    export(store, number, out, pseudonymised=False, at=AT)
    previous = out / "previous" / "plan.json"
    return (
        io.load_scenario(out / "input" / "office.xlsx"),
        io.read_plan(out / "output" / "plan.json"),
        io.read_plan(previous) if previous.exists() else None,
    )


def test_a_purge_that_was_cut_short_is_finished_by_doing_it_again(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*unused: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("succession.planning.privacy.purging.deliver", die)
        with pytest.raises(SystemExit):
            purge(site.store, PERSON, at=AT)
    assert list(traces(site.config.store_folder, [NAME])) != []
    site.run()
    assert list(traces(site.config.store_folder, [NAME])) == []


def test_somebody_who_stands_nowhere_changes_nothing(site: Site) -> None:
    before = [run.files for run in site.store.runs()]
    outcome = purge(site.store, "E99", at=AT)
    assert (outcome.runs, outcome.leftovers) == ((), ())
    assert [run.files for run in site.store.runs()] == before


def test_files_that_others_put_there_are_told(site: Site) -> None:
    mine = site.store.plan_folder(1) / "mine.txt"
    mine.write_text(f"ask {NAME}")
    assert purge(site.store, PERSON, at=AT).leftovers == (mine,)


def test_a_purge_waits_for_no_run(site: Site) -> None:
    with site.store.run_alone(), pytest.raises(Refused, match="Another run"):
        purge(site.store, PERSON, at=AT)


# --- exports -------------------------------------------------------------------------------


def test_an_export_holds_the_documents_as_they_are(site: Site) -> None:
    files = export(site.store, 2, site.folder / "out", pseudonymised=False, at=AT)
    run = site.store.run(2)
    assert len(files) == len(run.files)
    for item in run.files:
        path = site.folder / "out" / item.role / item.name
        assert path.read_bytes() == site.store.document(item)


@pytest.mark.parametrize("number", [1, 2])
def test_a_pseudonymised_export_names_nobody_and_verifies(site: Site, number: int) -> None:
    out = site.folder / "out"
    export(site.store, number, out, pseudonymised=True, at=AT)
    names = [row.name for row in office().employees]
    assert list(traces(out, [*names, NUMBER, "Jane Doe", "shoe size"])) == []
    scenario = io.load_scenario(out / "scenario")
    people = {row.employee for row in scenario.employees}
    assert len(people) == len(names)
    assert all(person.startswith("p-") for person in people)
    previous = out / "previous" / "plan.json"
    plan = io.read_plan(out / "plan.json")
    assert io.read_figures(out / "plan.json") is not None
    verification = verify(scenario, plan, io.read_plan(previous) if previous.exists() else None)
    assert verification.violations == ()


def test_a_person_has_one_pseudonym_in_all_exports_until_they_are_purged(site: Site) -> None:
    def people(number: int, name: str) -> set[str]:
        out = site.folder / name
        export(site.store, number, out, pseudonymised=True, at=AT)
        return {row.employee for row in io.load_scenario(out / "scenario").employees}

    before = people(1, "one")
    assert people(2, "two") == before
    known = site.store.keyring.pseudonym(PERSON)
    assert known in before
    purge(site.store, PERSON, at=AT)
    assert site.store.keyring.pseudonym(PERSON) not in before


def test_an_export_overwrites_nothing(site: Site) -> None:
    (site.folder / "out").mkdir()
    (site.folder / "out" / "mine.txt").touch()
    with pytest.raises(Refused, match="not empty"):
        export(site.store, 1, site.folder / "out", pseudonymised=True, at=AT)


# --- retention -----------------------------------------------------------------------------


def test_retention_destroys_old_documents_and_keeps_figures_and_chain(site: Site) -> None:
    costs = [run.document.get("cost") for run in site.store.runs()]
    pruned = prune(site.store, keep=1, older_than=None, at=AT)
    assert pruned == [2, 3, 4, 5], "the plan in force and the newest run are spared"
    assert audit(site.store).faults == ()
    runs = site.store.runs()
    assert [run.document.get("cost") for run in runs] == costs
    assert [bool(run.files) for run in runs] == [True, False, False, False, False, True]
    assert sorted(path.name for path in (site.store.folder / "plans").iterdir()) == [
        "run-000001",
        "run-000006",
    ]
    kept = {item.sha256 for run in runs for item in run.files}
    assert set(site.store.objects.all()) == kept


def test_retention_by_age_spares_what_is_newer(site: Site) -> None:
    started = site.store.run(6).started
    assert prune(site.store, keep=0, older_than=timedelta(days=365), at=started) == []
    assert 6 in prune(site.store, keep=0, older_than=timedelta(0), at=AT)


def test_people_who_stand_in_no_document_any_more_lose_their_keys(site: Site) -> None:
    decide(site.store, 6, "approved", by="Max Muster", note="as well", at=AT)
    export(site.store, 1, site.folder / "out", pseudonymised=True, at=AT)
    keyring = site.store.keyring
    assert {PERSON, "Jane Doe", "Max Muster"} <= set(keyring.names().values())
    prune(site.store, keep=0, older_than=None, at=AT)
    left = set(site.store.keyring.names().values())
    assert "Jane Doe" not in left, "who decided on a plan that is pruned"
    assert {"Max Muster", PERSON} <= left
