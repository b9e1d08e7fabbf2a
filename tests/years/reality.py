"""What really happens in a quarter, by lot, filled into the form as a planner would."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import openpyxl
from tests.years.accounts import Line, charged, counted, move_cost

from succession.domain import Calendar, Opening, Scenario

__all__ = ["UNFILLED_COST", "Quarter", "happen"]

NEW_OPENINGS = 8
UNFILLED_COST = 150_000.0
"""Everything may stay unfilled at a price, so that no stroke of fate leaves no plan at all."""

PROMISED_PERIODS = 2
"""Starts so close are promised, and placements of the very next quarter, to who is ready."""


@dataclass
class Quarter:
    """What happened: the lines of the form as they were marked."""

    gone: set[str] = field(default_factory=set)
    learning: list[Line] = field(default_factory=list)
    seats: list[Line] = field(default_factory=list)
    sessions: list[Line] = field(default_factory=list)
    promised: list[Line] = field(default_factory=list)


def happen(form: Path, scenario: Scenario, rng: Random) -> Quarter:
    """Marks every line of the form, adds leavers, joiners and openings, and says what it did."""
    book = openpyxl.load_workbook(form)
    calendar, quarter = scenario.settings.calendar, Quarter()
    _leave(book["Leavers"], scenario, rng, quarter)
    for line in _lines(book["Learning"]):
        _mark_learning(line, scenario, rng, quarter)
        quarter.learning.append(line.values)
    for line in _lines(book["Seats"]):
        _mark_seat(line, scenario, rng, quarter)
        quarter.seats.append(line.values)
    began = {
        (line["activity"], line["start"])
        for line in quarter.learning
        if line["mark"] in ("done", "failed")
    }
    for line in _lines(book["Sessions held"]):
        took_place = (line["activity"], line["period"]) in began
        line["held"] = line["planned"] if took_place else 0
        quarter.sessions.append(line.values)
    purse = _left_for_moves(scenario, quarter)
    for line in _lines(book["Agreed"]):
        price = move_cost(scenario, line.values) if line["opening"] else 0.0
        if price <= purse and _promises(line, calendar, quarter):
            purse -= price
            line["agreed"] = "yes"
            quarter.promised.append(line.values)
    _join(book, scenario, quarter)
    _open(book["Openings"], scenario, rng)
    book.save(form)
    return quarter


@dataclass
class _Line:
    """A row of a sheet, by the headings."""

    sheet: Any
    row: int
    header: list[str]

    def __getitem__(self, name: str) -> Any:
        return self.sheet.cell(self.row, self.header.index(name) + 1).value

    def __setitem__(self, name: str, value: Any) -> None:
        self.sheet.cell(self.row, self.header.index(name) + 1).value = value

    @property
    def values(self) -> Line:
        return {name: self[name] for name in self.header}


def _lines(sheet: Any) -> Iterator[_Line]:
    header = [str(cell.value).partition(" (")[0] for cell in sheet[3]]
    for row in range(4, sheet.max_row + 1):
        if any(cell.value is not None for cell in sheet[row]):
            yield _Line(sheet, row, header)


def _leave(sheet: Any, scenario: Scenario, rng: Random, quarter: Quarter) -> None:
    for employee in scenario.employees:
        if rng.random() < 1.0 - (1.0 - employee.leaving_risk) ** 0.25:
            quarter.gone.add(employee.employee)
            sheet.append([employee.employee])


def _mark_learning(line: _Line, scenario: Scenario, rng: Random, quarter: Quarter) -> None:
    activity = scenario.activity_by_id[line["activity"]]
    calendar = scenario.settings.calendar
    begins = line["start"] == calendar.label(1)
    chance = rng.random()
    if line["employee"] in quarter.gone:
        line["mark"] = "dropped"
    elif begins and chance < 0.04:
        line["mark"], line["period"] = "moved", calendar.label(2)
    elif chance < 0.07:
        line["mark"] = "dropped"
    else:
        failed = line["due"] == "ends" and rng.random() > activity.pass_rate
        line["mark"] = "failed" if failed else "done"


def _mark_seat(line: _Line, scenario: Scenario, rng: Random, quarter: Quarter) -> None:
    opening = scenario.opening_by_id[line["opening"]]
    calendar = scenario.settings.calendar
    chance = rng.random()
    if rng.random() > opening.probability:
        line["mark"] = "dropped"
    elif line["employee"] in quarter.gone or chance < 0.05:
        line["mark"] = "failed"
    elif chance < 0.1 and line["plan"] == "hire":
        line["mark"], line["period"] = "moved", calendar.label(2)
    else:
        line["mark"] = "done"


def _promises(line: _Line, calendar: Calendar, quarter: Quarter) -> bool:
    """Nobody is promised a seat before they are ready: what they learned must have gone well."""
    if line["employee"] in quarter.gone:
        return False
    if line["activity"] is not None:
        soon = range(2, PROMISED_PERIODS + 2)
        return line["period"] in {calendar.label(period) for period in soon}
    learned = {row["mark"] for row in quarter.learning if row["employee"] == line["employee"]}
    return line["period"] == calendar.label(2) and learned <= {"done"}


def _left_for_moves(scenario: Scenario, quarter: Quarter) -> float:
    """What next quarter's budgets of moves still pay.

    The plan charges a move with the chance that it comes true; a promise is sure, and costs more.
    """
    charges = list(charged(scenario, quarter.learning, quarter.sessions, quarter.seats))
    return min(
        (
            row.amount - sum(counted(row, *charge) for charge in charges)
            for row in scenario.budgets
            if row.pool == scenario.settings.move_pool and row.from_period <= 2 <= row.to_period
        ),
        default=float("inf"),
    )


def _join(book: Any, scenario: Scenario, quarter: Quarter) -> None:
    """Whoever was hired joins, with what the role asks for."""
    number = 0
    label = scenario.settings.calendar.label(1)
    for line in quarter.seats:
        if line["plan"] != "hire" or line["mark"] != "done":
            continue
        number += 1
        name = f"J-{label}-{number:02d}"
        opening = scenario.opening_by_id[line["opening"]]
        _append(book["Employees"], employee=name, role=opening.role, unit=opening.unit)
        for need in scenario.requirements:
            if need.role == opening.role:
                _append(
                    book["Profiles"], employee=name, competency=need.competency, level=need.level
                )


def _open(sheet: Any, scenario: Scenario, rng: Random) -> None:
    """New openings of the kinds that there are, needed two quarters from now or later."""
    calendar: Calendar = scenario.settings.calendar
    kinds: list[Opening] = [row for row in scenario.openings if row.seats == 1] or list(
        scenario.openings
    )
    for number in range(1, NEW_OPENINGS + 1):
        kind = rng.choice(kinds)
        needed = rng.randint(3, calendar.periods)
        _append(
            sheet,
            opening=f"N-{calendar.label(1)}-{number:02d}",
            role=kind.role,
            unit=kind.unit,
            needed=calendar.label(1 + needed),
            probability=rng.choice((0.8, 1.0, 1.0)),
            max_delay=kind.max_delay,
            bench=rng.choice((0, 0, 1)),
            unfilled_cost=UNFILLED_COST,
        )


def _append(sheet: Any, **values: Any) -> None:
    header = [str(cell.value).partition(" (")[0] for cell in sheet[3]]
    sheet.append([values.get(name) for name in header])
