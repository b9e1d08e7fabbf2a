"""Converting loses nothing, overwrites nothing, and never writes a live formula."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from tests.unit.io import books
from tests.unit.io.books import SHEET, number_of, rewrite, tables, write_csv, write_xlsx
from tests.unit.io.scenarios import awkward_scenarios

from succession.domain import Scenario
from succession.errors import BadInput, Refused
from succession.io import convert, load, load_scenario, write_scenario

_NASTY = ["=HYPERLINK(1)", "+cmd", "@SUM", "-1+1", "'=x", "''", "http://x", '"q",;|', "a\nb"]


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(scenario=awkward_scenarios())
def test_there_and_back_is_the_same_scenario(tmp_path: Path, scenario: Scenario) -> None:
    write_scenario(scenario, tmp_path / "a.xlsx", force=True)
    convert(tmp_path / "a.xlsx", tmp_path / "b", force=True)
    convert(tmp_path / "b", tmp_path / "c.xlsx", force=True)
    convert(tmp_path / "c.xlsx", tmp_path / "d", force=True)
    for name in ("b", "c.xlsx", "d"):
        assert load_scenario(tmp_path / name) == scenario
    for path in (tmp_path / "b").iterdir():
        assert path.read_bytes() == (tmp_path / "d" / path.name).read_bytes()


def test_nasty_texts_stay_texts(tmp_path: Path) -> None:
    content = tables()
    content["Employees"] += [[f"X{k}", text, "Dev", "North"] for k, text in enumerate(_NASTY)]
    source = write_xlsx(tmp_path / "a.xlsx", content)
    convert(source, tmp_path / "b")
    convert(tmp_path / "b", tmp_path / "c.xlsx")
    expected = load_scenario(source)
    assert load_scenario(tmp_path / "b").sha256 == expected.sha256
    assert load_scenario(tmp_path / "c.xlsx").sha256 == expected.sha256
    lines = (tmp_path / "b" / "Employees.csv").read_text(encoding="utf-8")
    assert ",=HYPERLINK" not in lines
    assert ",'=HYPERLINK" in lines
    assert books.live_parts(tmp_path / "c.xlsx") == []


def test_unknown_sheets_and_columns_go_along(tmp_path: Path) -> None:
    content = tables(Notes=[["who", "what"], ["me", 1.5], ["you", "CON"]])
    content["Units"] = [["unit", "boss"], ["North", "Z"], ["South", 0.25]]
    convert(write_xlsx(tmp_path / "a.xlsx", content), tmp_path / "b")
    assert (tmp_path / "b" / "Notes.csv").read_text() == "who,what\nme,1.5\nyou,CON\n"
    assert (tmp_path / "b" / "Units.csv").read_text() == "unit,boss\nNorth,Z\nSouth,0.25\n"


def test_numbers_ids_and_dates_are_written_in_plain_form(tmp_path: Path) -> None:
    content = tables(
        Settings=[["key", "value"], ["start", "2027-01-01"], ["interest_cost", 12.125]],
        Units=[["unit", "max_away"], [7, 3.0], ["South", None], ["North", 2]],
        Budgets=[["pool", "amount"], ["A", 12.125], ["B", 1e-7], ["C", 1e11], ["D", 0.25]],
    )
    convert(write_xlsx(tmp_path / "a.xlsx", content), tmp_path / "b")
    assert "interest_cost,12.1250\n" in (tmp_path / "b" / "Settings.csv").read_text()
    assert (tmp_path / "b" / "Units.csv").read_text().startswith("unit,max_away\n7,3\n")
    assert (tmp_path / "b" / "Budgets.csv").read_text() == (
        "pool,amount\nA,12.1250\nB,0.0000001\nC,100000000000\nD,0.25\n"
    )
    expected = load_scenario(tmp_path / "a.xlsx").sha256
    assert load_scenario(tmp_path / "b").sha256 == expected


def test_dates_are_written_in_iso_form_and_back_as_dates(tmp_path: Path) -> None:
    convert(write_csv(tmp_path / "a", tables()), tmp_path / "b.xlsx")
    with zipfile.ZipFile(tmp_path / "b.xlsx") as archive:
        assert b"46388" in archive.read(SHEET.format(2))
    convert(tmp_path / "b.xlsx", tmp_path / "c")
    assert "start,2027-01-01\n" in (tmp_path / "c" / "Settings.csv").read_text()


def test_a_source_with_errors_is_not_converted(tmp_path: Path) -> None:
    part = SHEET.format(number_of("Units"))
    source = write_xlsx(tmp_path / "a.xlsx", tables())
    rewrite(source, part, lambda text: text.replace('t="s"', 't="e"'))
    with pytest.raises(BadInput):
        convert(source, tmp_path / "b")
    with pytest.raises(BadInput):
        convert(tmp_path / "nothing.xlsx", tmp_path / "b")
    assert [path.name for path in tmp_path.iterdir()] == ["a.xlsx"]


def test_nothing_is_overwritten_without_force(tmp_path: Path) -> None:
    source = write_csv(tmp_path / "a", tables())
    (tmp_path / "b.xlsx").write_text("mine")
    write_csv(tmp_path / "c", tables(Notes=[["x"]]))
    for name in ("b.xlsx", "c"):
        with pytest.raises(Refused):
            convert(source, tmp_path / name)
    assert (tmp_path / "b.xlsx").read_text() == "mine"
    convert(source, tmp_path / "b.xlsx", force=True)
    convert(tmp_path / "b.xlsx", tmp_path / "c", force=True)
    assert load(tmp_path / "b.xlsx").findings == ()
    assert not (tmp_path / "c" / "Notes.csv").exists()


def test_a_folder_with_other_files_is_never_replaced(tmp_path: Path) -> None:
    source = write_xlsx(tmp_path / "a.xlsx", tables())
    (tmp_path / "home").mkdir()
    (tmp_path / "home" / "thesis.txt").write_text("years of work")
    with pytest.raises(Refused):
        convert(source, tmp_path / "home", force=True)
    assert (tmp_path / "home" / "thesis.txt").read_text() == "years of work"


def test_the_same_scenario_is_the_same_file(tmp_path: Path) -> None:
    source = write_csv(tmp_path / "a", tables())
    convert(source, tmp_path / "b.xlsx")
    convert(source, tmp_path / "c.xlsx")
    assert (tmp_path / "b.xlsx").read_bytes() == (tmp_path / "c.xlsx").read_bytes()


def test_sheet_names_never_leave_the_folder(tmp_path: Path) -> None:
    content = tables()
    content["..CON"] = [["a"], [1]]
    convert(write_xlsx(tmp_path / "a.xlsx", content), tmp_path / "b")
    assert all(path.parent == tmp_path / "b" for path in (tmp_path / "b").rglob("*"))
