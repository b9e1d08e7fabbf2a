"""Decisions: by a named person, said in the outputs, kept in a trail that shows tampering."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests.unit.planning import fakes
from tests.unit.planning.jobs import Site

from succession import io
from succession.domain import Hires, Placement
from succession.errors import BadInput, Refused
from succession.planning.decisions import decide, override
from succession.planning.stored.documents import restore
from succession.store import Decision, Run, audit
from succession.store.database import writing

AT = "2027-02-01T09:00:00.000+00:00"


@pytest.fixture(autouse=True)
def _solver(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch, fakes.hired)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    site = Site(tmp_path, None)
    site.run()
    return site


def settle(site: Site, decision: Decision, note: str | None = "It was agreed") -> Run:
    return decide(site.store, 1, decision, by="Jane Doe", note=note, at=AT)


def said(site: Site, number: int = 1) -> tuple[str, str, dict[str, Any]]:
    """What page, workbook and decision.json say."""
    folder = site.store.plan_folder(number)
    book = openpyxl.load_workbook(folder / "results.xlsx")
    cells = [str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row]
    page = (folder / "report.html").read_text("utf-8")
    return page, "\n".join(cells), json.loads((folder / "decision.json").read_text("utf-8"))


def test_a_new_plan_says_that_it_is_a_proposal(site: Site) -> None:
    page, sheet, record = said(site)
    sentence = "Proposal: nobody has decided on the plan of run 1 yet."
    assert sentence in page
    assert sentence in sheet
    assert (record["state"], record["by"]) == ("proposal", None)


@pytest.mark.parametrize("decision", ["approved", "rejected", "overridden"])
def test_outputs_say_who_decided_what_and_why(site: Site, decision: Decision) -> None:
    plan = (site.store.plan_folder(1) / "plan.json").read_bytes()
    assert settle(site, decision).decision == decision
    page, sheet, record = said(site)
    sentence = f"Run 1 was {decision} by Jane Doe on 2027-02-01: It was agreed"
    assert sentence in page
    assert sentence in sheet
    assert record == {
        "format": "succession-decision/1",
        "run": 1,
        "state": decision,
        "by": "Jane Doe",
        "at": AT,
        "note": "It was agreed",
    }
    assert (site.store.plan_folder(1) / "plan.json").read_bytes() == plan
    assert audit(site.store).faults == ()


def test_the_database_knows_deciders_by_pseudonym_alone(site: Site) -> None:
    settle(site, "approved", "Jane Doe is convinced")
    entry = site.store.entries(1)[-1]
    assert site.store.keyring.names()[str(entry.content["by"])] == "Jane Doe"
    for path in site.store.folder.glob("succession.db*"):
        assert b"Jane" not in path.read_bytes()


@pytest.mark.parametrize("decision", ["rejected", "overridden"])
def test_a_no_takes_a_reason(site: Site, decision: Decision) -> None:
    with pytest.raises(Refused, match="takes a reason"):
        settle(site, decision, None)
    assert site.store.run(1).decision == "proposal"


def test_deciding_again_takes_a_reason_and_another_decision(site: Site) -> None:
    settle(site, "approved", None)
    with pytest.raises(Refused, match="approved already"):
        settle(site, "approved")
    settle(site, "rejected")
    with pytest.raises(Refused, match="give a reason"):
        settle(site, "approved", None)
    assert settle(site, "approved").decision == "approved"
    actions = [entry.action for entry in site.store.entries(1)]
    assert actions == ["started", "ended", "approved", "rejected", "approved"]


@pytest.mark.parametrize("by", ["", "  ", "a\nb"])
def test_a_decision_needs_a_name(site: Site, by: str) -> None:
    with pytest.raises(Refused, match="needs the name"):
        decide(site.store, 1, "approved", by=by, note=None, at=AT)


def test_a_run_without_a_plan_cannot_be_decided_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fakes.install(monkeypatch, fakes.infeasible)
    site = Site(tmp_path, None)
    site.run()
    with pytest.raises(Refused, match="came to no plan"):
        settle(site, "approved")
    with pytest.raises(Refused, match="has no run 7"):
        decide(site.store, 7, "approved", by="Jane Doe", note=None, at=AT)


def test_a_decision_whose_process_died_before_delivery_is_delivered_by_the_next_run(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*unused: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr("succession.planning.decisions.deciding.deliver", die)
        with pytest.raises(SystemExit):
            settle(site, "approved")
    assert said(site)[2]["state"] == "proposal"
    assert restore(site.store) == [1]
    assert said(site)[2]["state"] == "approved"


# --- another plan instead ------------------------------------------------------------------


def edited(site: Site, **changes: Any) -> Path:
    """The stored plan with other lists, and with costs that nobody worked out."""
    plan = io.read_plan(site.store.plan_folder(1) / "plan.json")
    path = site.folder / "edited.json"
    path.write_bytes(io.dump_plan(replace(plan, **changes)))
    return path


def test_another_plan_is_priced_verified_and_in_force(site: Site) -> None:
    bound = site.store.run(1).document["bound"]
    run = override(site.store, 1, edited(site), by="Jane Doe", note="Bob is away", at=AT)
    assert (run.number, run.decision, run.document["override_of"]) == (2, "approved", 1)
    assert site.store.run(1).decision == "overridden"
    approved = site.store.approved()
    assert approved is not None
    assert approved.number == 2
    plan = io.read_plan(site.store.plan_folder(2) / "plan.json")
    assert (plan.bound, plan.cost) == (bound, site.store.run(1).document["cost"])
    assert io.read_figures(site.store.plan_folder(2) / "plan.json") is not None
    assert said(site, 1)[2]["note"] == "Bob is away (see run 2)"
    assert "Run 2 was approved by Jane Doe" in said(site, 2)[0]
    assert audit(site.store).faults == ()
    assert site.run().repeated, "the same input is still done"


def test_a_plan_that_breaks_rules_is_refused_with_all_of_them(site: Site) -> None:
    opening = io.load_scenario(site.folder / "base").openings[0].opening
    path = edited(
        site,
        placements=(Placement(opening, "Nobody", 1), Placement(opening, "Noone", 1)),
        hires=(Hires(opening, 5),),
    )
    before = (site.store.runs(), site.store.entries())
    with pytest.raises(BadInput) as caught:
        override(site.store, 1, path, by="Jane Doe", note="why not", at=AT)
    told = " ".join(finding.message for finding in caught.value.findings)
    assert "Nobody" in told
    assert "Noone" in told
    assert (site.store.runs(), site.store.entries()) == before


# --- tampering -----------------------------------------------------------------------------


def in_database(statement: str) -> Callable[[Site], None]:
    def tamper(site: Site) -> None:
        with writing(site.store.engine) as connection:
            connection.exec_driver_sql(statement)

    return tamper


def in_file(pattern: str, *, remove: bool = False) -> Callable[[Site], None]:
    def tamper(site: Site) -> None:
        kept = {item.sha256 for item in site.store.run(1).files}
        path = min(
            path
            for path in site.store.folder.glob(pattern)
            if "objects" not in pattern or path.parent.name + path.name in kept
        )
        if remove:
            path.unlink()
        else:
            path.write_bytes(path.read_bytes() + b" ")

    return tamper


@pytest.mark.parametrize(
    ("tamper", "told"),
    [
        (in_database("UPDATE runs SET decision = 'rejected'"), "the trail has it as"),
        (in_database("UPDATE runs SET state = 'died'"), "the trail has it as"),
        (
            in_database("""UPDATE runs SET document = '{"cost": 1}'"""),
            "figures of run 1",
        ),
        (in_database("UPDATE files SET sha256 = '0' WHERE role = 'note'"), "is not the document"),
        (in_database("DELETE FROM files WHERE name = 'plan.json'"), "is not the document"),
        (in_database("DELETE FROM entries WHERE number = 4"), "The trail was cut"),
        (in_database("UPDATE entries SET body = '{}' WHERE number = 2"), "Entry 2"),
        (
            in_database(
                "INSERT INTO runs SELECT 2, key, state, decision, started, ended, notified, "
                "document FROM runs"
            ),
            "Run 2 was added",
        ),
        (
            in_database("UPDATE entries SET run = 9 WHERE number = 3"),
            "Run 9 is missing",
        ),
        (in_file("objects/??/*"), "was changed in the store"),
        (in_file("objects/??/*", remove=True), "is missing"),
        (in_file("plans/*/report.html"), "was changed; the next run puts it back"),
        (in_file("plans/*/report.html", remove=True), "is missing; the next run puts it back"),
    ],
)
def test_tampering_shows(site: Site, tamper: Callable[[Site], None], told: str) -> None:
    settle(site, "approved")
    assert audit(site.store).faults == ()
    tamper(site)
    assert any(told in fault for fault in audit(site.store).faults)


def test_a_noted_head_proves_that_nothing_was_written_anew(site: Site) -> None:
    head = audit(site.store).head
    settle(site, "approved")
    assert audit(site.store, head).faults == ()
    assert "written anew" in audit(site.store, "0" * 64).faults[0]


def test_a_decision_leaves_what_changed_against_the_plan_before_in_the_outputs(
    site: Site,
) -> None:
    settle(site, "approved")
    site.change_scenario("Openings", ",3,", ",4,")
    site.run()
    decide(site.store, 2, "approved", by="Jane Doe", note=None, at=AT)
    folder = site.store.plan_folder(2)
    assert "Changes against the previous plan" in (folder / "report.html").read_text("utf-8")
    assert "Changes" in openpyxl.load_workbook(folder / "results.xlsx").sheetnames
    assert json.loads((folder / "run.json").read_text("utf-8"))["changes"]["changed"] == 0
