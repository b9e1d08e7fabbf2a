"""Section D of the catalogue: what refers to what, and what it means."""

from __future__ import annotations

from typing import Any

from tests.bad_inputs.case import Case, Maker, book, put
from tests.unit.io.books import tables

__all__ = ["CASES"]


def _more(sheet: str, *rows: list[Any]) -> Maker:
    return book(**{sheet: [*tables()[sheet], *rows]})


def _named(*rows: list[Any], **changes: Any) -> Maker:
    """Candidates for the sound scenario's one opening, or for those of `changes`."""
    return book(Candidates=[["opening", "employee", "status"], *rows], **changes)


def _learning(prerequisites: list[Any], outcomes: list[Any], **changes: Any) -> Maker:
    content: dict[str, Any] = {
        "Competencies": [["competency"], ["Java"], ["Go"]],
        "Profiles": None,
        "Activities": [["activity"], ["A"], ["B"]],
        "Sessions": None,
        "Prerequisites": [["activity", "competency"], *prerequisites],
        "Outcomes": [["activity", "competency", "level"], *outcomes],
    }
    return book(**{**content, **changes})


def _seats(number: int) -> list[list[Any]]:
    return [[f"O{k}", "Lead", 2] for k in range(number)]


_EMPLOYEES = tables()["Employees"]
_SEATS = [["opening", "role", "unit", "needed"], ["O1", "Lead", "North", 2]]
_HORIZON = [["employee", "role", "available_from", "available_to"], ["E1", "Dev", 1, 1]]

CASES = [
    *(
        Case(98, f"{sheet} twice", _more(sheet, row), "E_ID_DUP", place)
        for sheet, row, place in (
            ("Employees", ["E1", "Another", "Dev", "North"], "Employees!A4"),
            ("Roles", ["Dev", 7, 7], "Roles!A4"),
            ("Openings", ["O1", "Lead", "South", 3], "Openings!A3"),
            ("Activities", ["Course", 7, 7], "Activities!A3"),
        )
    ),
    Case(98, "the same row twice", _more("Employees", _EMPLOYEES[1]), "W_ROW_DUP", "Employees!A4"),
    *(
        Case(99, f"{sheet} {column} dangling", put(sheet, column, "Nobody"), "E_REF", place)
        for sheet, column, place in (
            ("Requirements", "competency", "Requirements!B2"),
            ("Employees", "role", "Employees!C3"),
            ("Employees", "unit", "Employees!D3"),
            ("Outcomes", "activity", "Outcomes!A2"),
            ("Openings", "incumbent", "Openings!E2"),
            ("Activities", "resource", "Activities!D2"),
        )
    ),
    Case(100, "two levels", _more("Profiles", ["E1", "Java", 1]), "W_CONFLICT", "Profiles!C3"),
    Case(
        100,
        "two levels required",
        _more("Requirements", ["Lead", "Java", 4]),
        "E_KEY_DUP",
        "Requirements!A3",
    ),
    Case(
        101,
        "a circle",
        _learning([["A", "Go"], ["B", "Java"]], [["A", "Java", 3], ["B", "Go", 3]]),
        "W_CYCLE",
        "Prerequisites!A2",
    ),
    Case(
        101,
        "a circle of one",
        _learning([["A", "Java"]], [["A", "Java", 3], ["B", "Go", 3]]),
        "W_CYCLE",
        "Prerequisites!A2",
    ),
    Case(
        103,
        "a prerequisite of what is not offered",
        _learning(
            [["A", "Go"]],
            [["A", "Java", 3], ["B", "Go", 3]],
            Sessions=[["activity", "period", "sessions"], ["B", 1, 0]],
        ),
        "W_UNREACHABLE",
        "Prerequisites!A2",
    ),
    Case(104, "a role that asks for nothing", book(Requirements=None), "W_ROLE_EMPTY", "Roles!A3"),
    Case(
        105,
        "a level nobody reaches",
        put("Requirements", "level", 5),
        "W_UNFILLABLE",
        "Requirements!B2",
    ),
    Case(106, "no seats", put("Activities", "seats", 0), "W_SEATS", "Activities!C2"),
    Case(
        106,
        "fewer seats than its minimum",
        put("Activities", "min_seats", 9),
        "E_RANGE",
        "Activities!D2",
    ),
    Case(
        107,
        "too late",
        book(Openings=[_SEATS[0], ["O1", "Lead", "North", 1]]),
        "W_TOO_LATE",
        "Openings!D2",
    ),
    Case(108, "no such role", put("Openings", "role", "Chief"), "E_REF", "Openings!B2"),
    Case(108, "no seats wanted", put("Openings", "seats", 0), "E_RANGE", "Openings!E2"),
    Case(
        109,
        "a leaver",
        _named(["O1", "E1", "nominate"], Employees=_HORIZON),
        "W_NOT_AVAILABLE",
        "Candidates!B2",
    ),
    Case(
        109,
        "a standby elsewhere",
        _named(
            ["O1", "E1", "standby"],
            ["O2", "E1", "standby"],
            Openings=[
                ["opening", "role", "needed", "bench"],
                *(["O1", "Lead", 2, 1], ["O2", "Lead", 3, 1]),
            ],
        ),
        "E_PIN",
        "Candidates!C3",
    ),
    Case(
        110,
        "their own seat",
        _named(["O1", "E1", "nominate"], Openings=[_SEATS[0], ["O1", "Dev", "North", 2]]),
        "W_NOT_ELIGIBLE",
        "Candidates!B2",
    ),
    Case(111, "a budget missing", put("Activities", "pool", "P"), "W_BUDGET", "Activities!D2"),
    Case(
        112,
        "budgets that overlap",
        book(Budgets=[["pool", "from", "to", "amount"], ["P", 1, 3, 10], ["P", 2, 4, 10]]),
        "",
    ),
    Case(
        112,
        "a budget twice",
        book(Budgets=[["pool", "from", "amount"], ["P", 1, 10], ["P", None, 20]]),
        "E_BUDGET_DUP",
        "Budgets!A3",
    ),
    Case(113, "days among hours", put("Employees", "hours", "5 days"), "E_UNIT", "Employees!E3"),
    Case(113, "a fiscal quarter", put("Openings", "needed", "FY27 Q1"), "E_UNIT", "Openings!D2"),
    Case(113, "another currency", put("Roles", "external_cost", "5 GBP"), "E_CURRENCY", "Roles!B3"),
    Case(
        114,
        "required and excluded",
        _named(["O1", "E1", "require"], ["O1", "E1", "exclude"]),
        "E_PIN",
        "Candidates!C3",
    ),
    Case(
        114,
        "required and not interested",
        _named(
            ["O1", "E1", "require"], Interests=[["employee", "role", "interest"], ["E1", "Lead", 0]]
        ),
        "E_PIN",
        "Candidates!C2",
    ),
    Case(
        118,
        "too many",
        book(
            Openings=[
                ["opening", "role", "needed"],
                *([f"O{k}", "Lead", 2] for k in range(100_001)),
            ]
        ),
        "E_SCALE",
        "Openings",
    ),
]
