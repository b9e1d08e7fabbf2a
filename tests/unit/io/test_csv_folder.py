"""CSV files as people and programs really write them (bad_inputs.md, section E)."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.io.books import codes, findings, tables, write_csv

from succession.io import load, load_scenario


def _with_file(tmp_path: Path, name: str, data: bytes) -> Path:
    folder = write_csv(tmp_path / "a", tables())
    (folder / name).write_bytes(data)
    return folder


_GOOD = "employee,name,role,unit\nE1,Ana,Dev,North\nE2,Bo,Dev,South\n"


@pytest.mark.parametrize(
    ("data", "fix"),
    [
        (_GOOD.encode("utf-8-sig"), ["F_BOM"]),
        (_GOOD.encode("utf-16"), ["F_ENCODING"]),
        (_GOOD.replace("\n", "\r\n").encode(), []),
        (_GOOD.replace("\n", "\r").encode(), []),
        (_GOOD.replace("South\n", "South").encode(), []),
        (_GOOD.replace("\n", "\r\n", 1).encode(), []),
        (_GOOD.replace(",", ";").encode(), ["F_CSV_DELIMITER"]),
        (_GOOD.replace(",", "\t").encode(), ["F_CSV_DELIMITER"]),
        (_GOOD.replace(",", "|").encode(), ["F_CSV_DELIMITER"]),
        (_GOOD.replace("E2", "\n ,,\n,,,\nE2").encode(), ["F_BLANK_ROWS"]),
        (_GOOD.replace("North\n", "North,,\n").encode(), []),
        (b"\n\n" + _GOOD.encode(), []),
    ],
)
def test_a_sound_file_of_any_form_reads_the_same(
    tmp_path: Path, data: bytes, fix: list[str]
) -> None:
    expected = load_scenario(write_csv(tmp_path / "b", tables()))
    loaded = load(_with_file(tmp_path, "Employees.csv", data))
    assert [finding.code for finding in loaded.findings if finding.severity == "fix"] == fix
    assert loaded.scenario is not None, loaded.findings
    assert loaded.scenario.sha256 == expected.sha256


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        ("employee,role\nE1,Dev\nE2,Jos\u00e9\n".encode("latin-1"), "E_ENCODING", 3),
        (b'employee,role\nE1,"Dev\nE2,Dev\n', "E_CSV_QUOTE", 2),
        (b"employee,role\nE1,De\x00v\n", "E_CSV_NUL", 2),
        (b"employee,role\nE1,Dev\nE2\n", "E_CSV_COLUMNS", 3),
        (b"employee,role\nE1,Dev,1.5,x\n", "E_CSV_COLUMNS", 2),
        (b"employee;name,role\nE1;a,Dev\n", "E_CSV_DELIMITER", 1),
        (b"employee,role\nE1," + b"x" * 140_000 + b"\n", "E_LONG", 2),
    ],
)
def test_a_broken_file_is_refused_with_its_line(
    tmp_path: Path, data: bytes, code: str, line: int
) -> None:
    found = findings(_with_file(tmp_path, "Employees.csv", data))
    assert (found[0].code, found[0].sheet, found[0].row) == (code, "Employees.csv", line)


def test_lines_are_counted_although_cells_hold_line_breaks(tmp_path: Path) -> None:
    data = b'employee,name,role,unit\nE1,"Ana\nRuiz",Dev,North\nE2,Bo,Deev,South\n'
    found = findings(_with_file(tmp_path, "Employees.csv", data))
    assert [(finding.code, finding.row) for finding in found] == [("E_REF", 4)]
    assert found[0].place == "Employees.csv:4:role"


def test_an_id_that_a_spreadsheet_has_spoilt_is_a_warning(tmp_path: Path) -> None:
    data = _GOOD.replace("E1", "1.23E+12").replace("E2", "2027-03-01").encode()
    folder = _with_file(tmp_path, "Employees.csv", data)
    (folder / "Profiles.csv").unlink()
    assert codes(folder, "warning").count("W_ID_DATE") == 2


def test_other_files_in_the_folder_are_left_alone(tmp_path: Path) -> None:
    folder = _with_file(tmp_path, "notes.txt", b"\xff\x00")
    assert load(folder).findings == ()


def test_file_names_match_without_case(tmp_path: Path) -> None:
    folder = write_csv(tmp_path / "a", tables())
    (folder / "CareerPaths.csv").rename(folder / "career-paths.CSV")
    assert len(load_scenario(folder).career_paths) == 1
