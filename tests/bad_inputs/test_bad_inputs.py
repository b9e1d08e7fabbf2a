"""Every case of the catalogue of bad inputs, through the command, with the limits it promises."""

from __future__ import annotations

import itertools
import json
import os
import threading
from collections import Counter
from pathlib import Path

import pytest
from tests.bad_inputs import cells, csv_cases, files, meaning, sheets
from tests.bad_inputs.case import Case, book
from tests.bad_inputs.door import Answer, call, snapshot
from tests.unit.io.books import tables, write_csv

from succession.domain import Finding
from succession.planning.folder import OUTPUTS

CASES = [*files.CASES, *sheets.CASES, *cells.CASES, *meaning.CASES, *csv_cases.CASES]
TOY = Path(__file__).parents[2] / "scenarios" / "toy"
MOST_SECONDS, MOST_MEBIBYTES = 20, 1024

ELSEWHERE = {
    43: "test_a_file_that_changes_while_it_is_read_is_refused",
    102: "the tables hold no reporting lines: a manager column is ignored with a warning (60)",
    115: "test_an_infeasible_scenario_says_which_rows_cannot_hold_together",
    116: "test_nobody_and_nothing_to_fill_is_a_plan_of_cost_0",
    117: "test_the_scenario_of_the_previous_plan_given_again_is_a_warning",
}
"""Cases that are no single bad file, or that no file can show."""


def _place(record: dict[str, object]) -> str:
    return Finding(**record).place  # type: ignore[arg-type]


def _keeps_its_limits(answer: Answer) -> None:
    assert answer.seconds <= MOST_SECONDS
    assert answer.mebibytes <= MOST_MEBIBYTES
    assert "Traceback" not in answer.err


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_every_case_gets_its_outcome(case: Case, tmp_path: Path) -> None:
    given, out = tmp_path / "given", tmp_path / "out"
    given.mkdir()
    path = case.make(given)
    out.mkdir()
    for name in OUTPUTS:
        (out / name).write_text(f"the old {name}")
    before = snapshot(tmp_path)
    if case.code.startswith("E"):
        arguments = ["solve", path, "--out", out, "--force"]
    else:
        arguments = ["check", path]
    answer = call(*arguments, temporary=tmp_path.with_name(f"{tmp_path.name}-temporary"))
    _keeps_its_limits(answer)
    assert snapshot(tmp_path) == before
    found = [(record["code"], _place(record)) for record in answer.findings]
    codes = [code for code, _ in found]
    if case.code.startswith("E"):
        assert answer.code == 3, found
    else:
        assert answer.code == 0, found
        assert not [code for code in codes if code.startswith("E")]
    if not case.code:
        assert not [code for code in codes if code.startswith("W")]
    elif case.where:
        assert (case.code, case.where) in found
    else:
        assert case.code in codes
    for record in answer.findings:
        assert record["message"]
        assert len(str(record["value"] or "")) <= 80


def test_every_case_of_the_catalogue_is_there() -> None:
    numbers = {case.number for case in CASES}
    assert numbers | set(ELSEWHERE) == set(range(1, 127))
    assert numbers.isdisjoint(ELSEWHERE)
    assert [name for name, count in Counter(case.id for case in CASES).items() if count > 1] == []


def _temporary(folder: Path) -> Path:
    return folder.with_name(f"{folder.name}-temporary")


def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path) -> None:
    path = book(Extra=[["a"], *([k] for k in range(50_000))])(tmp_path)
    data = path.read_bytes()
    # A comment at the end of the archive: whatever it says, the file stays a sound workbook.
    path.write_bytes(data[:-2] + (8).to_bytes(2, "little") + bytes(8))
    done = threading.Event()

    def write() -> None:
        handle = os.open(path, os.O_WRONLY)
        for count in itertools.count(1):
            os.pwrite(handle, count.to_bytes(8, "little"), len(data))
            if done.wait(0.001):
                break
        os.close(handle)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        answer = call("solve", path, "--out", tmp_path / "out", temporary=_temporary(tmp_path))
    finally:
        done.set()
        writer.join()
    _keeps_its_limits(answer)
    assert answer.code == 3
    assert [record["code"] for record in answer.findings] == ["E_CHANGED"]
    assert not (tmp_path / "out").exists()


def test_an_infeasible_scenario_says_which_rows_cannot_hold_together(tmp_path: Path) -> None:
    out = tmp_path / "out"
    answer = call("solve", TOY / "infeasible", "--out", out, temporary=_temporary(tmp_path))
    assert answer.code == 4
    assert sorted(path.name for path in out.iterdir()) == ["plan.json", "run.json"]
    plan = json.loads((out / "plan.json").read_text("utf-8"))
    assert (plan["status"], plan["cost"], plan["placements"]) == ("infeasible", None, [])
    assert plan["conflict"]


@pytest.mark.parametrize("table", ["Openings", "Employees"])
def test_nobody_and_nothing_to_fill_is_a_plan_of_cost_0(table: str, tmp_path: Path) -> None:
    content = tables(**{table: tables()[table][:1]}, Profiles=None)
    if table == "Employees":
        content["Openings"] = [[*content["Openings"][0], "probability"], ["O1", "Lead", None, 2, 0]]
    out = tmp_path / "out"
    plan = write_csv(tmp_path / "plan", content)
    answer = call("solve", plan, "--out", out, temporary=_temporary(tmp_path))
    assert answer.code == 0
    record = json.loads((out / "run.json").read_text("utf-8"))
    assert (record["status"], record["cost"]) == ("optimal", 0)
    assert f"{table}.csv: no rows in {table}" in record["warnings"]


def test_the_scenario_of_the_previous_plan_given_again_is_a_warning(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    temporary = _temporary(tmp_path)
    assert call("solve", TOY / "base", "--out", first, temporary=temporary).code == 0
    arguments = ["solve", TOY / "base", "--out", second, "--previous", first / "plan.json"]
    refused = call(*arguments, "--strict", temporary=temporary)
    assert refused.code == 3
    assert [record["code"] for record in refused.findings] == ["W_SAME_INPUT"]
    assert not second.exists()
    for options in ([], ["--strict", "--force"]):
        assert call(*arguments, *options, temporary=temporary).code == 0
        record = json.loads((second / "run.json").read_text("utf-8"))
        assert [finding["code"] for finding in record["findings"]] == ["W_SAME_INPUT"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E_JSON"),
        (b"\xff\xfe{", "E_ENCODING"),
        (b"[" * 500_000, "E_JSON"),
        (b'{"format": "succession-plan/1", "format": "succession-plan/1"}', "E_JSON"),
        (b'{"cost": NaN}', "E_JSON"),
        (b'{"cost": 1e999}', "E_JSON"),
        (b'{"cost": ' + b"9" * 10_000 + b"}", "E_JSON"),
        (b'{"format": "succession-plan/2"}', "E_PLAN"),
        (b"[" + b"{}," * 10_000_000 + b"{}]", "E_PLAN"),
        (b" " * (33 << 20), "E_TOO_BIG"),
    ],
    ids=["empty", "utf-16", "deep", "twins", "nan", "1e999", "digits", "format", "wide", "large"],
)
def test_a_bad_previous_plan_is_refused(data: bytes, code: str, tmp_path: Path) -> None:
    previous, out = tmp_path / "plan.json", tmp_path / "out"
    previous.write_bytes(data)
    arguments = ["solve", TOY / "base", "--out", out, "--previous", previous]
    answer = call(*arguments, temporary=_temporary(tmp_path))
    _keeps_its_limits(answer)
    assert answer.code == 3
    assert code in {record["code"] for record in answer.findings}
    assert not out.exists()
