"""The form for the actuals: a line for all that was due, and every mistake found at its cell."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from tests import builders as b

from succession import io
from succession.domain import (
    Agreed,
    Due,
    Finding,
    Learning,
    LearningResult,
    Leaver,
    Move,
    Placement,
    Plan,
    Scenario,
    SeatResult,
    SessionsHeld,
    SessionsResult,
    Spent,
    Withdrawn,
)
from succession.planning.rolling import advance, due_lines


def company() -> tuple[Scenario, Plan]:
    """E1 learns A1 now and A2 later and takes O1 at once; O2 and O3 are to come."""
    scenario = b.scenario(
        b.settings(periods=4),
        competencies=[b.competency("C")],
        roles=[b.role("junior"), b.role("senior", vacancy_cost=5.0)],
        units=[b.unit("U")],
        employees=[b.employee("E1", available_to=4), b.employee("E2", available_to=4)],
        career_paths=[b.path("junior", "senior")],
        openings=[
            b.opening("O1", needed=1),
            b.opening("O2", needed=3),
            b.opening("O3", needed=4, incumbent="E2"),
        ],
        activities=[
            b.activity("A1", cost=10.0, pool="P", seats=4, session_cost=5.0),
            b.activity("A2", pool="P"),
        ],
        sessions=[b.session("A1", 1, 2)],
        outcomes=[b.outcome("A1", "C", 1), b.outcome("A2", "C", 2)],
        resources=[b.resource("R", 3, 1)],
        budgets=[b.budget("P", 100.0, to_period=4)],
    )
    plan = b.plan(
        scenario,
        placements=[Placement("O1", "E1", 1), Placement("O2", "E2", 3)],
        learning=[Learning("E1", "A1", 1), Learning("E2", "A2", 2)],
        sessions=[SessionsHeld("A1", 1, 1)],
    )
    return scenario, plan


@pytest.fixture
def form(tmp_path: Path) -> Path:
    scenario, plan = company()
    due = due_lines(scenario, plan, 1)
    path = tmp_path / "actuals.xlsx"
    io.write_actuals_template(path, scenario, due, {scenario.budgets[0]: 15.0})
    return path


def fill(form: Path, rows: Mapping[str, list[dict[str, Any]]]) -> None:
    """Fills columns of the sheets' rows, from the first row below the headings on."""
    book = openpyxl.load_workbook(form)
    for name, lines in rows.items():
        if name not in book.sheetnames:
            book.create_sheet(name).append(["»"])
            book[name].append(["»"])
            book[name].append(sorted(lines[0]))
        sheet = book[name]
        header = [str(cell.value).split(" (")[0] for cell in sheet[3]]
        for number, line in enumerate(lines, start=4):
            for column, value in line.items():
                sheet.cell(number, header.index(column) + 1).value = value
    book.save(form)


AS_PLANNED: dict[str, list[dict[str, Any]]] = {
    "Learning": [{"mark": "done"}],
    "Seats": [{"mark": "done"}],
    "Sessions held": [{"held": 1}],
}


def read(form: Path) -> tuple[io.ActualsFile, Due]:
    scenario, plan = company()
    due = due_lines(scenario, plan, 1)
    return io.read_actuals(form, scenario, due), due


def follow(form: Path) -> tuple[Scenario | None, list[Finding]]:
    scenario, plan = company()
    file, _ = read(form)
    after, findings = io.lay_over(advance(scenario, plan, file.actuals), file)
    return after, [*file.findings, *findings]


def errors(findings: list[Finding]) -> set[tuple[str, str]]:
    return {(row.code, row.place) for row in findings if row.severity == "error"}


def test_the_form_has_a_line_for_all_that_was_due(form: Path) -> None:
    book = openpyxl.load_workbook(form)
    assert book.sheetnames[0] == "Read me"
    lines = {
        name: [[cell.value for cell in row] for row in book[name].iter_rows(min_row=4)]
        for name in book.sheetnames
    }
    learning = ["E1", "E1", "A1", "A1", "2027-Q1", "ends", None, None]
    assert lines["Learning"] == [learning]
    seats = ["O1", None, 1, "senior", None, "placement", "E1", "E1", "2027-Q1", None, None]
    assert lines["Seats"] == [seats]
    assert lines["Sessions held"] == [["A1", "A1", "2027-Q1", 1, None]]
    assert lines["Agreed"] == [
        ["E2", "E2", "A2", None, "A2", "2027-Q2", None],
        ["E2", "E2", None, "O2", None, "2027-Q3", None],
    ]
    assert lines["Spent"] == [["P", None, "2027-Q1", "2027-Q4", 100, 15, None]]
    assert lines["Leavers"] == []


def test_new_periods_are_proposed_as_a_year_before_and_budgets_as_the_last_ones(
    form: Path,
) -> None:
    book = openpyxl.load_workbook(form)
    proposed = [[cell.value for cell in row] for row in book["Sessions"].iter_rows(min_row=4)]
    assert proposed == [["A1", "2028-Q1", 2]]
    budgets = [[cell.value for cell in row] for row in book["Budgets"].iter_rows(min_row=4)]
    assert budgets == [["P", None, "2028-Q1", "2028-Q4", 100]]


def test_no_mark_is_an_error_at_its_cell_and_no_guess(form: Path) -> None:
    assert errors(follow(form)[1]) == {
        ("E_BLANK", "Learning!G4"),
        ("E_BLANK", "Seats!J4"),
        ("E_BLANK", "Sessions held!E4"),
    }


def test_a_form_that_is_filled_in_says_what_became_of_the_plan(form: Path) -> None:
    fill(form, AS_PLANNED | {
        "Seats": [{"mark": "moved", "period": "2027-Q2"}],
        "Agreed": [{"agreed": "yes"}],
        "Leavers": [{"employee": "E2", "period": "2027-Q3"}],
        "Withdrawn": [{"opening": "O3"}],
        "Spent": [{"spent": 20}],
    })  # fmt: skip
    file, _ = read(form)
    assert file.findings == ()
    told = file.actuals
    assert told.learning == (LearningResult("E1", "A1", 1, "done"),)
    assert told.seats == (SeatResult("O1", None, 1, "moved", 2),)
    assert told.sessions == (SessionsResult("A1", 1, 1),)
    assert told.agreed == (Agreed("E2", "A2", None, 2),)
    assert told.leavers == (Leaver("E2", 3),)
    assert told.withdrawn == (Withdrawn("O3"),)
    assert told.spent == (Spent("P", None, 1, 4, 20.0),)


def test_a_csv_folder_does_as_well(tmp_path: Path) -> None:
    scenario, plan = company()
    folder = tmp_path / "actuals"
    io.write_actuals_template(folder, scenario, due_lines(scenario, plan, 1), {})
    lines = (folder / "Learning.csv").read_text().splitlines()
    assert lines == [
        "employee,name,activity,title,start,due,mark,period",
        "E1,E1,A1,A1,2027-Q1,ends,,",
    ]
    places = {place for code, place in errors(follow(folder)[1]) if code == "E_BLANK"}
    assert "Learning.csv:2:mark" in places


def test_a_sheet_that_cannot_be_read_is_an_error_and_not_dropped_lines(tmp_path: Path) -> None:
    scenario, plan = company()
    folder, elsewhere = tmp_path / "actuals", tmp_path / "Seats.csv"
    io.write_actuals_template(folder, scenario, due_lines(scenario, plan, 1), {})
    (folder / "Seats.csv").rename(elsewhere)
    (folder / "Seats.csv").symlink_to(elsewhere)
    file, _ = read(folder)
    assert ("E_PATH", "Seats.csv") in errors(list(file.findings))


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ({"Learning": [{"mark": "finished"}]}, ("E_CHOICE", "Learning!G4")),
        ({"Learning": [{"mark": "moved"}]}, ("E_MARK", "Learning!H4")),
        ({"Learning": [{"mark": "moved", "period": "2027-Q1"}]}, ("E_MARK", "Learning!H4")),
        ({"Learning": [{"mark": "moved", "period": "2029-Q1"}]}, ("E_MARK", "Learning!H4")),
        ({"Learning": [{"mark": "done", "period": "2027-Q2"}]}, ("E_MARK", "Learning!H4")),
        ({"Learning": [{"mark": "dropped", "period": "2027-Q1"}]}, ("E_MARK", "Learning!H4")),
        ({"Learning": [{"mark": "done", "employee": "E9"}]}, ("E_NOT_DUE", "Learning!A4")),
        ({"Learning": [{"mark": "done", "employee": "E9"}]}, ("E_LINE_MISSING", "Learning")),
        ({"Seats": [{"mark": "done", "period": "2027-Q1"}]}, ("E_MARK", "Seats!K4")),
        ({"Leavers": [{"employee": "E1"}]}, ("E_MARK", "Seats!J4")),
        ({"Leavers": [{"employee": "E7"}]}, ("E_REF", "Leavers!A4")),
        ({"Moves": [{"employee": "E1", "role": "senior"}]}, ("E_MOVED_TWICE", "Moves!A4")),
        ({"Moves": [{"employee": "E2", "role": "chief"}]}, ("E_REF", "Moves!B4")),
        ({"Moves": [{"employee": "E2"}]}, ("E_ID_MISSING", "Moves!B4")),
        ({"Agreed": [{"agreed": "maybe"}]}, ("E_YESNO", "Agreed!G4")),
        ({"Agreed": [{"agreed": "yes", "period": 3}]}, ("E_NOT_PLANNED", "Agreed!A4")),
        ({"Withdrawn": [{"opening": "O9"}]}, ("E_REF", "Withdrawn!A4")),
        ({"Spent": [{"spent": -1}]}, ("E_RANGE", "Spent!G4")),
        ({"Spent": [{"spent": 1, "pool": "Q"}]}, ("E_REF", "Spent!A4")),
        ({"Employees": [{"employee": "E5"}]}, ("E_BLANK", "Employees!C4")),
        ({"Employees": [{"employee": "E5", "role": "chief"}]}, ("E_REF", "Employees!C4")),
        ({"Openings": [{"opening": "O5", "role": "senior", "needed": 9}]},
         ("E_RANGE", "Openings!D4")),
        ({"Profiles": [{"employee": "E1", "competency": "C", "level": 9}]},
         ("E_RANGE", "Profiles!C4")),
    ],
)  # fmt: skip
def test_every_mistake_has_its_cell(
    form: Path, rows: dict[str, Any], expected: tuple[str, str]
) -> None:
    fill(form, AS_PLANNED | rows)
    assert expected in errors(follow(form)[1])


def test_all_mistakes_are_found_at_once(form: Path) -> None:
    fill(form, {
        "Learning": [{"mark": "finished"}],
        "Leavers": [{"employee": "E7"}],
        "Employees": [{"employee": "E5", "role": "chief"}],
    })  # fmt: skip
    assert errors(follow(form)[1]) >= {
        ("E_CHOICE", "Learning!G4"),
        ("E_BLANK", "Seats!J4"),
        ("E_REF", "Leavers!A4"),
        ("E_REF", "Employees!C4"),
    }


def test_new_rows_take_defaults_and_others_change_what_they_say(form: Path) -> None:
    fill(form, AS_PLANNED | {
        "Employees": [
            {"employee": "E5", "role": "junior"},
            {"employee": "E2", "hours": 7},
        ],
        "Profiles": [{"employee": "E5", "competency": "C", "level": 3}],
        "Openings": [
            {"opening": "O4", "role": "senior", "needed": "2028-Q1"},
            {"opening": "O3", "probability": 0.5},
        ],
    })  # fmt: skip
    before, _ = company()
    after, findings = follow(form)
    assert errors(findings) == set()
    assert after is not None
    assert after.employee_by_id["E5"].hours == before.settings.hours_per_period
    assert (after.employee_by_id["E2"].hours, after.employee_by_id["E2"].role) == (7.0, "junior")
    assert b.profile("E5", "C", 3) in after.profiles
    new, changed = after.opening_by_id["O4"], after.opening_by_id["O3"]
    assert (new.needed, new.vacancy_cost, new.seats) == (4, 5.0, 1)
    assert (changed.probability, changed.incumbent, changed.needed) == (0.5, "E2", 3)
    assert after.sessions == (b.session("A1", 1, 0), b.session("A1", 4, 2))


def test_any_table_of_a_scenario_may_be_added(form: Path) -> None:
    fill(form, AS_PLANNED | {"Commitments": [{"activity": "A2", "employee": "E2", "start": 2}]})
    after, findings = follow(form)
    assert errors(findings) == set()
    assert after is not None
    assert after.commitments == (b.commitment("E2", "A2", 2),)


def test_what_the_changes_break_elsewhere_is_told_with_the_table(form: Path) -> None:
    fill(form, AS_PLANNED | {"Openings": [
        {"opening": "O3", "external_cost": "none", "unfilled_cost": "none"},
    ], "Interests": [{"employee": "E2", "role": "senior", "interest": 0},
                     {"employee": "E1", "role": "senior", "interest": 0}]})  # fmt: skip
    assert ("E_OPENING", "Openings!A4") in errors(follow(form)[1])


def test_moves_outside_the_plan_are_read(form: Path) -> None:
    fill(form, AS_PLANNED | {
        "Seats": [{"mark": "failed"}],
        "Moves": [{"employee": "E2", "role": "senior", "unit": "U", "opening": "O1"}],
    })  # fmt: skip
    file, _ = read(form)
    assert file.actuals.moves == (Move("E2", "senior", "U", "O1"),)
    assert file.findings == ()
