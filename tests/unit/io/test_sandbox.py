"""Files are read in a process with limits; what it says is checked, how it ends is a finding."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from tests.unit.io.books import tables, write_csv, write_xlsx

from succession.domain import Finding
from succession.errors import SuccessionError
from succession.io import load
from succession.io.read import RawBook, Stop, read_raw
from succession.io.read.sandbox import parent, read_isolated
from succession.io.read.sandbox.wire import decode, encode, encode_fault, encode_stop


def _content(book: RawBook) -> list[object]:
    grids = [
        (grid.sheet, grid.rows, [[repr(cell) for cell in column] for column in columns.values()])
        for grid in book.grids
        for columns in [grid.columns]
    ]
    return [book.kind, grids, book.findings, book.hidden, book.broken, book.stale]


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_what_the_child_reads_arrives_whole(tmp_path: Path, write: object) -> None:
    assert callable(write)
    content = tables(Extra=[["a", "😀 = é"], [1.5, True], [None, "x" * 300]])
    path = write(tmp_path / "a.xlsx", content)
    assert _content(read_isolated(path)) == _content(read_raw(path))


def test_the_reader_runs_in_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What this process has broken does not matter there."""
    monkeypatch.setattr("succession.io.read.workbook.read_workbook", None)
    assert load(write_xlsx(tmp_path / "a.xlsx", tables())).findings == ()


def test_lone_surrogates_and_cells_of_every_kind_survive_the_way(tmp_path: Path) -> None:
    book = read_raw(write_csv(tmp_path / "a", {"A": [["x"], ["y"], ["x"]]}))
    cells = book.grids[0].columns[1]
    cell = cells[0]
    assert cell is not None
    cell.text = "\ud800\x00\uffff"
    again = decode(b"".join(encode(book)), book.source).grids[0].columns[1]
    assert [repr(cell) for cell in again] == [repr(cell) for cell in cells]
    assert len({id(cell) for cell in again}) == 2


def test_a_stop_and_a_fault_arrive(tmp_path: Path) -> None:
    finding = Finding("error", "E_X", "no", sheet="S", cell="A1", row=1, value="v", hint="h")
    with pytest.raises(Stop) as caught:
        decode(encode_stop(Stop.of(finding)), tmp_path)
    assert caught.value.finding == finding
    with pytest.raises(RuntimeError, match="the trace"):
        decode(encode_fault("the trace"), tmp_path)


@pytest.mark.parametrize(
    ("limit", "most", "told"),
    [("MOST_BYTES", 64 << 20, "memory"), ("MOST_SECONDS", 1, "too long")],
)
def test_a_file_that_takes_too_much_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, most: int, told: str
) -> None:
    rows = [[f"E{number}", f"name {number}", "Dev", "North"] for number in range(400_000)]
    path = write_csv(tmp_path / "a", tables(Employees=[*tables()["Employees"][:1], *rows]))
    monkeypatch.setattr(parent, limit, most)
    monkeypatch.setattr(parent, "FREE_CSV_BYTES", 1 << 40)
    if limit == "MOST_SECONDS":
        # Processor seconds are whole ones: a file that needs more than one of them.
        for number in range(8):
            os.link(path / "Employees.csv", path / f"More{number}.csv")
    loaded = load(path)
    assert [finding.code for finding in loaded.findings] == ["E_LIMIT"]
    assert told in loaded.findings[0].message


def test_a_large_folder_may_have_more_in_proportion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [[f"E{number}", f"name {number}", "Dev", "North"] for number in range(400_000)]
    path = write_csv(tmp_path / "a", tables(Employees=[*tables()["Employees"][:1], *rows]))
    monkeypatch.setattr(parent, "MOST_BYTES", 64 << 20)
    monkeypatch.setattr(parent, "FREE_CSV_BYTES", 0)
    monkeypatch.setattr(parent, "BYTES_A_BYTE", 40)
    assert load(path).scenario is not None


def test_a_reader_that_breaks_is_a_fault_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", tables())
    broken = "import os\nos.abort()\n"
    monkeypatch.setattr(parent, "_START", broken)
    assert [finding.code for finding in load(path).findings] == ["E_LIMIT"]
    monkeypatch.setattr(parent, "_START", "raise ValueError('inside')")
    with pytest.raises(SuccessionError, match="reader failed") as caught:
        load(path)
    assert "inside" in "".join(caught.value.__notes__)
    monkeypatch.setattr(parent, "_START", "print('nonsense')")
    with pytest.raises(SuccessionError, match="reader failed"):
        load(path)


def test_the_child_cannot_write_and_sees_no_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A module of the same name in the current folder, or on PYTHONPATH, is not run."""
    for name in ("json.py", "zipfile.py", "succession.py"):
        (tmp_path / name).write_text("raise SystemExit('taken over')")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    assert load(write_xlsx(tmp_path / "a.xlsx", tables())).findings == ()
    new = tmp_path / "new"
    spill = f"open({str(new)!r}, 'wb', 0).write(b'x')\nfrom succession"
    monkeypatch.setattr(parent, "_START", parent._START.replace("from succession", spill))
    with pytest.raises(SuccessionError) as caught:
        load(tmp_path / "a.xlsx")
    assert "File too large" in "".join(caught.value.__notes__)
    assert new.read_bytes() == b""


def test_nothing_of_the_solver_is_loaded_to_read(tmp_path: Path) -> None:
    told = parent._START + "\n"
    told = told.replace("main(*sys.argv[2:])", "import succession.io.read.workbook")
    program = told + "print(sorted(set(sys.modules) & {'numpy', 'pandas', 'numba', 'highspy'}))"
    import json
    import subprocess

    given = {"bytes": 1 << 30, "seconds": 15, "path": parent._search_path()}
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, json.dumps(given)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
