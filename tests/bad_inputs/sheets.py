"""Section B of the catalogue: the structure of the workbook."""

from __future__ import annotations

from typing import Any

from tests.bad_inputs.case import Case, Maker, book, sheet_xml, text
from tests.unit.io.books import tables

__all__ = ["CASES"]

_PEOPLE = tables()["Employees"]


def _renamed(old: str, new: str) -> Maker:
    """The sound workbook with a sheet under another name."""
    content = {new if name == old else name: rows for name, rows in tables().items()}
    return book(**{old: None, new: content[new]})


def _people(*rows: list[Any], header: list[Any] | None = None) -> Maker:
    return book(Employees=[header or _PEOPLE[0], *_PEOPLE[1:], *rows])


def _headed(old: str, new: str) -> Maker:
    """A heading of Employees under another name."""
    return _people(header=[new if name == old else name for name in _PEOPLE[0]])


def _state(state: str) -> Maker:
    sheet = '<sheet name="Employees"'
    return text("xl/workbook.xml", sheet, f'{sheet} state="{state}"')


_TURNED = [list(row) for row in zip(*_PEOPLE, strict=True)]
_MERGED_HEAD = '</sheetData><mergeCells count="1"><mergeCell ref="A1:A2"/></mergeCells>'
_MERGED_DATA = '</sheetData><mergeCells count="1"><mergeCell ref="D2:D3"/></mergeCells>'
_SIDE = [[*row, *["", *row]] for row in _PEOPLE]

CASES = [
    Case(45, "a sheet missing", book(Openings=None), "E_SHEET", "Openings"),
    Case(
        46,
        "blanks after the name",
        _renamed("Employees", "employees "),
        "F_SHEET_NAME",
        "employees ",
    ),
    Case(46, "a name in the singular", _renamed("Employees", "Employee"), "E_SHEET", "Employees"),
    Case(46, "a name in German", _renamed("Employees", "Mitarbeiter"), "E_SHEET", "Employees"),
    Case(47, "a sheet twice", book(employees_=_PEOPLE), "E_SHEET_DUP", "Employees"),
    Case(
        48,
        "a hidden sheet",
        _state("hidden"),
        "W_HIDDEN",
        "Employees",
    ),
    Case(
        48,
        "a very hidden sheet",
        _state("veryHidden"),
        "W_HIDDEN",
        "Employees",
    ),
    Case(
        49,
        "hidden rows",
        sheet_xml("Employees", '<row r="2"', '<row r="2" hidden="1"'),
        "W_HIDDEN_ROWS",
        "Employees",
    ),
    Case(50, "columns missing", book(Roles=[["x", "y"], [1, 2]]), "E_COLUMN", "Roles"),
    Case(50, "two columns missing", book(Openings=[["opening"], ["O1"]]), "E_COLUMN", "Openings"),
    Case(51, "a heading renamed", _headed("role", "rolle"), "E_COLUMN", "Employees"),
    Case(52, "a heading with a blank", _headed("role", "role "), "F_HEADING", "Employees!C1"),
    Case(52, "a no-break space", _headed("role", "role\u00a0"), "F_HEADING", "Employees!C1"),
    Case(52, "a line break", _headed("role", "role\n"), "F_HEADING", "Employees!C1"),
    Case(52, "a zero-width space", _headed("role", "ro\u200ble"), "F_HEADING", "Employees!C1"),
    Case(52, "a byte order mark", _headed("role", "\ufeffrole"), "F_HEADING", "Employees!C1"),
    Case(53, "a heading twice", _headed("name", "role"), "E_COLUMN_DUP", "Employees!C1"),
    Case(
        54, "a title above", book(Employees=[["Our people"], *_PEOPLE]), "W_HEADER_ROW", "Employees"
    ),
    Case(
        54,
        "two rows that could be headings",
        book(Employees=[["Our people"], _PEOPLE[0], *_PEOPLE]),
        "E_COLUMN",
        "Employees",
    ),
    Case(
        55,
        "merged headings",
        sheet_xml("Employees", "</sheetData>", _MERGED_HEAD),
        "E_HEADER_MERGED",
        "Employees",
    ),
    Case(
        55,
        "merged cells below",
        sheet_xml("Employees", "</sheetData>", _MERGED_DATA),
        "E_MERGE",
        "Employees",
    ),
    Case(56, "a sheet on its side", book(Employees=_TURNED), "E_COLUMN", "Employees"),
    Case(57, "no employees", book(Employees=_PEOPLE[:1], Profiles=None), "W_NO_ROWS", "Employees"),
    Case(57, "no openings", book(Openings=tables()["Openings"][:1]), "W_NO_ROWS", "Openings"),
    Case(57, "an empty sheet", book(Openings=[]), "E_COLUMN", "Openings"),
    Case(
        57,
        "no activities",
        book(Activities=[["activity"]], Sessions=None, Outcomes=None),
        "W_NO_ROWS",
        "Activities",
    ),
    Case(57, "no budgets", book(Budgets=[["pool", "amount"]]), "W_NO_ROWS", "Budgets"),
    Case(
        58,
        "blank rows",
        _people([None] * 4, ["E3", "Cy", "Dev", "North"]),
        "F_BLANK_ROWS",
        "Employees",
    ),
    Case(
        58,
        "a row without an id",
        _people([None, "Cy", "Dev", "North"]),
        "E_ID_MISSING",
        "Employees!A4",
    ),
    Case(
        59, "a total at the foot", _people(["Total", 2, None, None]), "E_ID_UNKNOWN", "Employees!A4"
    ),
    Case(
        59,
        "a total that looks sound",
        _people(["Total:", "", "Dev", "North"]),
        "E_ID_UNKNOWN",
        "Employees!A4",
    ),
    Case(
        59,
        "a total of budgets",
        book(Budgets=[["pool", "amount"], ["P", 10], ["Q", 20], ["Gesamt", 30]]),
        "E_ID_UNKNOWN",
        "Budgets!A4",
    ),
    Case(
        60,
        "a column too many",
        _people(header=[*_PEOPLE[0], "shoe size"]),
        "W_COLUMN_IGNORED",
        "Employees!E1",
    ),
    Case(
        60,
        "a protected column",
        _people(header=[*_PEOPLE[0], "Birth Date"]),
        "W_COLUMN_IGNORED",
        "Employees!E1",
    ),
    Case(61, "two tables side by side", book(Employees=_SIDE), "E_COLUMN_DUP", "Employees!F1"),
    Case(
        62,
        "a template version",
        book(Settings=[*tables()["Settings"], ["version", 99]]),
        "W_SETTING_IGNORED",
        "Settings!A4",
    ),
    Case(
        63,
        "a cell twice",
        sheet_xml("Employees", '<c r="B2"', '<c r="A2"><v>1</v></c><c r="B2"'),
        "E_XML_DUPCELL",
        "Employees!A2",
    ),
]
