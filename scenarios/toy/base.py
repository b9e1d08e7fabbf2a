"""The base scenario, and the small language in which the variants say what they change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from scenarios.tables import COLUMNS, Cell, Row, Tables

Change = Callable[[Tables], None]
Placement = tuple[str, str, int]

BASE: Tables = {
    "Settings": [
        {"key": "start", "value": dt.date(2027, 1, 1)},
        {"key": "period", "value": "quarter"},
        {"key": "periods", "value": 4},
        {"key": "currency", "value": "EUR"},
        {"key": "hours_per_period", "value": 40},
        {"key": "max_at_once", "value": 2},
        {"key": "risk", "value": "ignore"},
        {"key": "backfill", "value": "none"},
    ],
    "Competencies": [
        {"competency": "Leading", "kind": "skill", "levels": 2},
        {"competency": "Office", "kind": "skill", "levels": 1},
    ],
    "Roles": [
        {"role": "Clerk", "grade": 1, "external_cost": 4000},
        {"role": "Manager", "grade": 2, "external_cost": 10000, "vacancy_cost": 1000},
    ],
    "Requirements": [
        {"role": "Clerk", "competency": "Office", "level": 1},
        {"role": "Manager", "competency": "Leading", "level": 2},
    ],
    "Units": [{"unit": "HQ"}, {"unit": "Site"}],
    "Employees": [
        {"employee": "Ann", "role": "Clerk", "unit": "HQ"},
        {"employee": "Bob", "role": "Clerk", "unit": "Site"},
    ],
    "Profiles": [
        {"employee": "Ann", "competency": "Office", "level": 1},
        {"employee": "Ann", "competency": "Leading", "level": 1},
        {"employee": "Bob", "competency": "Office", "level": 1},
    ],
    "CareerPaths": [
        {"from_role": "Clerk", "to_role": "Manager", "kind": "ladder", "move_cost": 500},
    ],
    "Openings": [{"opening": "O1", "role": "Manager", "unit": "HQ", "needed": 3, "max_delay": 1}],
    "Candidates": [{"opening": "O1", "employee": "Bob", "status": "nominate", "move_cost": 800}],
    "Activities": [
        {"activity": "Basics", "kind": "e-learning", "duration": 1, "hours": 20, "cost": 300},
        {"activity": "Advanced", "kind": "course", "duration": 1, "hours": 20, "cost": 1000},
    ],
    "Prerequisites": [{"activity": "Advanced", "competency": "Leading", "level": 1}],
    "Outcomes": [
        {"activity": "Basics", "competency": "Leading", "level": 1},
        {"activity": "Advanced", "competency": "Leading", "level": 2},
    ],
}


@dataclass(frozen=True)
class Variant:
    """The base with some changes, and its optimum worked out by hand."""

    name: str
    words: str
    changes: tuple[Change, ...]
    costs: Mapping[str, float]
    placements: tuple[Placement, ...] = ()
    status: str = "optimal"
    others: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    previous: str | None = None

    def tables(self) -> Tables:
        changed: Tables = {name: list(rows) for name, rows in BASE.items()}
        for change in self.changes:
            change(changed)
        return {name: changed[name] for name in COLUMNS if changed.get(name)}

    def expected(self) -> dict[str, Any]:
        placements = [
            {"opening": opening, "employee": employee, "period": period}
            for opening, employee, period in self.placements
        ]
        optimal = self.status == "optimal"
        return {
            "status": self.status,
            "cost": sum(self.costs.values()) if optimal else None,
            "costs": dict(self.costs),
            "placements": placements,
            **self.others,
            **({"previous": self.previous} if self.previous else {}),
        }


def add(table: str, **row: Cell) -> Change:
    def change(tables: Tables) -> None:
        tables.setdefault(table, []).append(row)

    return change


def put(table: str, key: str, **values: Cell) -> Change:
    """Set columns of the one row whose first column is the key."""

    def change(tables: Tables) -> None:
        rows = tables[table]
        (at,) = [n for n, row in enumerate(rows) if _first(table, row) == key]
        rows[at] = {**rows[at], **values}

    return change


def drop(table: str, **where: Cell) -> Change:
    """Take away every row that has these values."""

    def change(tables: Tables) -> None:
        kept = [row for row in tables[table] if not where.items() <= dict(row).items()]
        assert len(kept) < len(tables[table]), (table, where)
        tables[table] = kept

    return change


def setting(key: str, value: Cell) -> Change:
    def change(tables: Tables) -> None:
        rows = [row for row in tables["Settings"] if row["key"] != key]
        tables["Settings"] = [*rows, {"key": key, "value": value}]

    return change


def both(*changes: Change) -> Change:
    def change(tables: Tables) -> None:
        for one in changes:
            one(tables)

    return change


def person(name: str, role: str, unit: str, **levels: int) -> Change:
    rows = [add("Profiles", employee=name, competency=c, level=n) for c, n in levels.items()]
    return both(add("Employees", employee=name, role=role, unit=unit), *rows)


NO_BOB = both(
    drop("Employees", employee="Bob"),
    drop("Profiles", employee="Bob"),
    drop("Candidates", employee="Bob"),
)
NO_LEADING = drop("Profiles", employee="Ann", competency="Leading")
TWO_SEATS = put("Openings", "O1", seats=2)


def only_in(activity: str, *periods: int) -> Change:
    return both(*(add("Sessions", activity=activity, period=period) for period in periods))


def _first(table: str, row: Row) -> Cell:
    return row[COLUMNS[table][0]]


ANN, BOB = ("O1", "Ann", 3), ("O1", "Bob", 3)
ANN_LATE, BOB_LATE = ("O1", "Ann", 4), ("O1", "Bob", 4)
ANNS = {"learning": 1000, "moves": 500}
ANNS_LATE = ANNS | {"vacancy": 1000}
BOBS = {"learning": 1300, "moves": 800}
ONE_HIRE = {"hires": [{"opening": "O1", "seats": 1}]}
MENTOR = (
    add("Resources", resource="Mentor", capacity=1),
    put("Activities", "Advanced", resource="Mentor"),
)
