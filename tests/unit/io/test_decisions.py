"""Marks in a results workbook become rows of a new scenario, exactly, or nothing is written."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from tests.unit.report import samples

from succession.domain import Candidate, Commitment, Scenario
from succession.errors import BadInput, Refused
from succession.io import Decided, decide, load_scenario, write_scenario
from succession.io.decisions import DECISIONS
from succession.report import Reading, build_report, write_xlsx
from succession.report.worksheets.decisions import decisions_table


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with a scenario and the results of its plan."""
    scenario = samples.office_scenario()
    write_scenario(scenario, tmp_path / "s.xlsx")
    loaded = load_scenario(tmp_path / "s.xlsx")
    report = build_report(loaded, samples.office_plan(loaded))
    (tmp_path / "results.xlsx").write_bytes(write_xlsx(report))
    return tmp_path


def mark(folder: Path, **cells: str) -> Path:
    """The results with words typed into cells."""
    book = openpyxl.load_workbook(folder / "results.xlsx")
    for cell, word in cells.items():
        book["Decisions"][cell] = word
    book.save(folder / "marked.xlsx")
    return folder / "marked.xlsx"


def row_of(folder: Path, *texts: str) -> int:
    """The row of the sheet Decisions in which all of these stand."""
    sheet = openpyxl.load_workbook(folder / "results.xlsx")["Decisions"]
    rows = enumerate(sheet.iter_rows(min_row=5, values_only=True), start=5)
    return next(row for row, cells in rows if set(texts) <= set(map(str, cells)))


def decided(folder: Path, **cells: str) -> tuple[Decided, Scenario]:
    done = decide(folder / "s.xlsx", mark(folder, **cells), folder / "new.xlsx")
    return done, load_scenario(folder / "new.xlsx")


def codes(folder: Path, **cells: str) -> dict[str | None, str]:
    with pytest.raises(BadInput) as caught:
        decide(folder / "s.xlsx", mark(folder, **cells), folder / "new.xlsx")
    assert not (folder / "new.xlsx").exists()
    return {finding.cell: finding.code for finding in caught.value.findings}


def test_the_sheet_has_the_columns_that_are_read() -> None:
    titles = [item.title.lower() for item in decisions_table(_reading()).columns]
    assert set(DECISIONS.by_name) | set(DECISIONS.notes) == set(titles)


def _reading() -> Reading:
    scenario = samples.office_scenario()
    return build_report(scenario, samples.office_plan(scenario)).reading


def test_accept_requires_the_person_and_names_the_standby(office: Path) -> None:
    placed, standing = row_of(office, "placement", "E1"), row_of(office, "standby", "E3")
    done, scenario = decided(office, **{f"A{placed}": "accept", f"A{standing}": "accept"})
    assert scenario.candidates == (
        Candidate("O1", "E1", "require", None, None),
        Candidate("O1", "E3", "standby", None, None),
    )
    assert scenario.commitments == samples.office_scenario().commitments
    assert (done.accepted, done.rejected, done.locked) == (2, 0, 0)
    assert done.findings == ()


def test_reject_excludes_the_person_from_the_opening(office: Path) -> None:
    done, scenario = decided(office, **{f"A{row_of(office, 'placement', 'E1')}": "reject"})
    assert scenario.candidates == (Candidate("O1", "E1", "exclude", None, None),)
    assert (done.accepted, done.rejected, done.locked) == (0, 1, 0)


def test_lock_fixes_the_period_and_commits_the_learning(office: Path) -> None:
    done, scenario = decided(office, **{f"A{row_of(office, 'placement', 'E1')}": "lock"})
    assert scenario.candidates == (Candidate("O1", "E1", "require", 4, None),)
    added = set(scenario.commitments) - set(samples.office_scenario().commitments)
    assert added == {Commitment("E1", "A1", 1), Commitment("E1", "A2", 2)}
    assert (done.locked, done.candidates, done.commitments) == (1, 1, 2)


def test_one_activity_can_be_locked_alone(office: Path) -> None:
    done, scenario = decided(office, **{f"A{row_of(office, 'learning', 'E3', 'A2')}": "lock"})
    assert Commitment("E3", "A2", 2) in scenario.commitments
    assert scenario.candidates == ()
    assert (done.locked, done.commitments) == (0, 1)


def test_nothing_marked_is_the_same_scenario(office: Path) -> None:
    done, scenario = decided(office)
    assert scenario.sha256 == load_scenario(office / "s.xlsx").sha256
    assert (done.candidates, done.commitments) == (0, 0)


def test_an_earlier_word_about_the_same_person_is_replaced(office: Path) -> None:
    book = openpyxl.load_workbook(office / "s.xlsx")
    sheet = book.create_sheet("Candidates")
    sheet.append(["employee", "note", "opening", "move_cost"])
    sheet.append(["E1", "mine", "O1", 77.0])
    sheet.append(["E2", None, "O1", None])
    book.save(office / "s.xlsx")
    _, scenario = decided(office, **{f"A{row_of(office, 'placement', 'E1')}": "reject"})
    assert scenario.candidates == (
        Candidate("O1", "E1", "exclude", None, 77.0),
        Candidate("O1", "E2", "nominate", None, None),
    )
    cells = [cell.value for row in openpyxl.load_workbook(office / "new.xlsx")["Candidates"]
             for cell in row]  # fmt: skip
    assert "mine" in cells


def test_every_slip_is_found_at_once_with_its_cell(office: Path) -> None:
    placed, standing = row_of(office, "placement", "E1"), row_of(office, "standby", "E3")
    learning = row_of(office, "learning", "E3", "A2")
    slips = {f"A{placed}": "acept", f"A{standing}": "reject", f"F{standing}": "E33"}
    slips |= {f"A{learning}": "reject"}
    found = codes(office, **slips)
    assert found == {
        f"A{placed}": "E_CHOICE",
        f"F{standing}": "E_REF",
        f"A{learning}": "E_CHOICE",
    }


def test_a_person_cannot_be_accepted_and_rejected_for_one_opening(office: Path) -> None:
    placed, standing = row_of(office, "placement", "E1"), row_of(office, "standby", "E3")
    cells = {f"A{placed}": "accept", f"A{standing}": "reject", f"F{standing}": "E1"}
    assert codes(office, **cells) == {f"A{standing}": "E_CONFLICT"}


def test_what_cannot_hold_together_is_refused(office: Path) -> None:
    """Both places of O1's bench are wanted from one list, but O3 wants none."""
    standing = row_of(office, "standby", "E3")
    cells = {f"A{standing}": "accept", f"C{standing}": "O3"}
    assert "E_PIN" in codes(office, **cells).values()


def test_another_scenario_is_told_and_another_file_refused(office: Path) -> None:
    write_scenario(samples.office_scenario(), office / "csv")
    text = (office / "csv" / "Roles.csv").read_text(encoding="utf-8")
    (office / "csv" / "Roles.csv").write_text(text.replace("40000", "41000"), encoding="utf-8")
    marked = mark(office, **{f"A{row_of(office, 'placement', 'E1')}": "accept"})
    done = decide(office / "csv", marked, office / "new")
    assert [finding.code for finding in done.findings] == ["W_OTHER_SCENARIO"]
    assert load_scenario(office / "new").candidates[0].status == "require"
    with pytest.raises(BadInput) as caught:
        decide(office / "s.xlsx", office / "s.xlsx", office / "other.xlsx")
    assert [finding.code for finding in caught.value.findings] == ["E_SHEET"]


def test_nothing_is_ever_overwritten(office: Path) -> None:
    marked = mark(office)
    before = (office / "s.xlsx").read_bytes()
    for name in ("s.xlsx", "results.xlsx"):
        with pytest.raises(Refused):
            decide(office / "s.xlsx", marked, office / name)
    assert (office / "s.xlsx").read_bytes() == before
