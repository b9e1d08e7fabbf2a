"""One scenario, however it is written down."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.io.books import tables, write_csv, write_xlsx
from tests.unit.io.scenarios import awkward_scenarios

from succession.domain import Calendar
from succession.io import load, load_scenario, write_scenario

ROOT = Path(__file__).parents[3]


def test_a_sound_scenario_has_no_findings_in_either_form(tmp_path: Path) -> None:
    assert load(write_xlsx(tmp_path / "a.xlsx", tables())).findings == ()
    assert load(write_csv(tmp_path / "a", tables())).findings == ()


def test_workbook_and_csv_folder_give_the_same_scenario(tmp_path: Path) -> None:
    book = load_scenario(write_xlsx(tmp_path / "a.xlsx", tables()))
    folder = load_scenario(write_csv(tmp_path / "a", tables()))
    assert book == folder
    assert book.sha256 == folder.sha256


@pytest.mark.parametrize("seed", range(5))
def test_order_of_rows_sheets_and_columns_means_nothing(tmp_path: Path, seed: int) -> None:
    shuffle = random.Random(seed)
    content = {}
    for name, rows in shuffle.sample(list(tables().items()), len(tables())):
        columns = list(zip(*([rows[0], *shuffle.sample(rows[1:], len(rows) - 1)]), strict=True))
        shuffle.shuffle(columns)
        content[name] = [list(row) for row in zip(*columns, strict=True)]
    expected = load_scenario(write_csv(tmp_path / "a", tables()))
    assert load_scenario(write_xlsx(tmp_path / "a.xlsx", content)).sha256 == expected.sha256


def test_names_match_without_case_spaces_underscores_and_hyphens(tmp_path: Path) -> None:
    content = tables()
    content["career paths"] = [["From Role", "TO-ROLE"], ["Dev", "Lead"]]
    del content["CareerPaths"]
    loaded = load(write_xlsx(tmp_path / "a.xlsx", content))
    assert [finding.code for finding in loaded.findings] == ["F_SHEET_NAME"]
    assert loaded.scenario is not None
    assert len(loaded.scenario.career_paths) == 1


def test_the_shipped_scenarios_read_the_same_from_both_forms() -> None:
    pairs = [("toy/toy.xlsx", "toy/base"), ("company/company.xlsx", "company/company")]
    for book, folder in pairs:
        first = load_scenario(ROOT / "scenarios" / book)
        second = load_scenario(ROOT / "scenarios" / folder)
        assert first.sha256 == second.sha256


def test_source_rows_name_the_row_of_every_record(tmp_path: Path) -> None:
    content = tables()
    content["Employees"] = [content["Employees"][0], *reversed(content["Employees"][1:])]
    for path in (
        write_xlsx(tmp_path / "a.xlsx", content),
        write_csv(tmp_path / "a", content),
    ):
        scenario = load_scenario(path)
        assert [row.employee for row in scenario.employees] == ["E1", "E2"]
        assert scenario.source_rows["Employees"] == (3, 2)


@pytest.mark.parametrize("ending", [".xlsx", ""])
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_written_scenario_reads_back_equal(tmp_path: Path, ending: str, data: Any) -> None:
    scenario = data.draw(awkward_scenarios())
    path = tmp_path / f"round{ending}"
    write_scenario(scenario, path, force=True)
    loaded = load(path)
    assert loaded.errors == ()
    assert loaded.scenario == scenario
    assert loaded.scenario is not None
    assert loaded.scenario.sha256 == scenario.sha256


def test_periods_may_be_numbers_labels_or_dates(tmp_path: Path) -> None:
    for number, text in enumerate(["2", "2027-Q2", "2027-05", "2027-06-30", "2.0"]):
        content = tables(Openings=[["opening", "role", "needed"], ["O1", "Lead", text]])
        scenario = load_scenario(write_csv(tmp_path / str(number), content))
        assert scenario.openings[0].needed == 2, text


def test_a_label_means_its_last_period_in_a_to_column_and_its_first_elsewhere(
    tmp_path: Path,
) -> None:
    content = tables(
        Settings=[["key", "value"], ["start", "2027-01-01"], ["period", "month"]],
        Profiles=[
            ["employee", "competency", "level", "valid_from", "valid_to"],
            ["E1", "Java", 2, "2027-Q2", "2027-Q2"],
        ],
    )
    profile = load_scenario(write_csv(tmp_path / "a", content)).profiles[0]
    assert (profile.valid_from, profile.valid_to) == (4, 6)


def test_excel_dates_count_from_1900_or_1904(tmp_path: Path) -> None:
    import xlsxwriter

    for date_1904 in (False, True):
        path = tmp_path / f"{date_1904}.xlsx"
        book = xlsxwriter.Workbook(str(path), {"date_1904": date_1904})
        style = book.add_format({"num_format": "dd.mm.yyyy"})
        for name, rows in tables().items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)
                if name == "Settings" and row[0] == "start":
                    page.write_datetime(number, 1, _noon(date(2028, 2, 29)), style)
                if name == "Openings" and row[0] == "O1":
                    page.write_datetime(number, 3, _noon(date(2028, 7, 1)), style)
        book.close()
        scenario = load_scenario(path)
        assert scenario.settings.start == date(2028, 2, 1)
        assert scenario.openings[0].needed == 2


def test_numbers_in_id_cells_are_their_plain_digits(tmp_path: Path) -> None:
    content = tables(
        Units=[["unit"], [123], ["007"]],
        Employees=[["employee", "role", "unit"], ["E1", "Dev", 123], [42, "Dev", "007"]],
        Openings=[["opening", "role", "needed"], [7, "Lead", 2]],
    )
    scenario = load_scenario(write_xlsx(tmp_path / "a.xlsx", content))
    assert [row.employee for row in scenario.employees] == ["42", "E1"]
    assert [row.unit for row in scenario.units] == ["007", "123"]
    assert scenario.openings[0].opening == "7"


def test_exact_numbers_survive(tmp_path: Path) -> None:
    odd = 0.1 + 0.2
    content = tables(Budgets=[["pool", "amount"], ["P", odd]])
    scenario = load_scenario(write_csv(tmp_path / "a", content))
    for name in ("b.xlsx", "b"):
        write_scenario(scenario, tmp_path / name)
        assert load_scenario(tmp_path / name).budgets[0].amount == odd


def _noon(day: date) -> Any:
    from datetime import datetime

    return datetime(day.year, day.month, day.day)


def test_calendar_of_the_fixture() -> None:
    assert Calendar(date(2027, 1, 1), "quarter", 4).label(2) == "2027-Q2"
