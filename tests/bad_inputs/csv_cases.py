"""Section E of the catalogue: CSV files."""

from __future__ import annotations

from pathlib import Path

from tests.bad_inputs.case import Case, Maker, csv, csv_file

__all__ = ["CASES"]

_GOOD = "employee,name,role,unit\nE1,Ana,Dev,North\nE2,Bo,Dev,South\n"
_FILE = "Employees.csv"


def _text(text: str, encoding: str = "utf-8") -> Maker:
    return csv_file(text.encode(encoding))


def _ids(one: str) -> Maker:
    def make(folder: Path) -> Path:
        plan = csv(Profiles=None)(folder)
        (plan / _FILE).write_text(_GOOD.replace("E1", one), encoding="utf-8")
        return plan

    return make


CASES = [
    Case(119, "a byte order mark", _text(_GOOD, "utf-8-sig"), "F_BOM", _FILE),
    Case(120, "latin-1", _text(_GOOD.replace("Bo", "José"), "latin-1"), "E_ENCODING", f"{_FILE}:3"),
    Case(120, "UTF-16", _text(_GOOD, "utf-16"), "F_ENCODING", _FILE),
    *(
        Case(
            121, f"separated by {mark!a}", _text(_GOOD.replace(",", mark)), "F_CSV_DELIMITER", _FILE
        )
        for mark in ";\t|"
    ),
    Case(121, "two separators", _text(_GOOD.replace(",", ";", 1)), "E_CSV_DELIMITER", f"{_FILE}:1"),
    Case(122, "an open quote", _text(_GOOD.replace("Bo", '"Bo')), "E_CSV_QUOTE", f"{_FILE}:3"),
    Case(
        123, "a field too long", _text(_GOOD.replace("Bo", "x" * 140_000)), "E_LONG", f"{_FILE}:3"
    ),
    Case(124, "a short line", _text(_GOOD + "E3,Cy\n"), "E_CSV_COLUMNS", f"{_FILE}:4"),
    Case(124, "a long line", _text(_GOOD + "E3,Cy,Dev,North,x\n"), "E_CSV_COLUMNS", f"{_FILE}:4"),
    Case(125, "NUL bytes", _text(_GOOD.replace("Bo", "B\x00o")), "E_CSV_NUL", f"{_FILE}:3"),
    Case(125, "mixed line ends", _text(_GOOD.replace("\n", "\r\n", 1)), ""),
    Case(125, "no final line end", _text(_GOOD.rstrip("\n")), ""),
    Case(126, "an id turned into a number", _ids("1.23E+12"), "W_ID_DATE", f"{_FILE}:2:employee"),
    Case(126, "an id turned into a date", _ids("1-Mar"), "W_ID_DATE", f"{_FILE}:2:employee"),
]
