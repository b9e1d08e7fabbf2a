"""The rows that a planner marks, and `succession decide` reads back."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from succession.report.columns import Table, column
from succession.report.people import expected_cost, hiring_cost
from succession.report.reading import Reading
from succession.verify.holdings import Prospect
from succession.verify.ledger import Enrolment, Person

__all__ = ["DecisionRow", "decisions_table"]


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A placement, standby or activity; the headings are those of `io.decisions.DECISIONS`."""

    decision: str = field(metadata=column("Decision"))
    kind: str = field(metadata=column("Kind"))
    opening: str = field(metadata=column("Opening", "id"))
    role: str = field(metadata=column("Role"))
    unit: str = field(metadata=column("Unit"))
    employee: str = field(metadata=column("Employee", "id"))
    name: str = field(metadata=column("Name"))
    activity: str = field(metadata=column("Activity", "id"))
    title: str = field(metadata=column("Title"))
    period: str = field(metadata=column("Period", "period"))
    chance: float | None = field(metadata=column("Chance", "share"))
    saving: float | None = field(metadata=column("Saving", "amount"))
    remark: str = field(metadata=column("Remark"))


def decisions_table(reading: Reading) -> Table[DecisionRow]:
    """Every placement into an opening and every standby, each followed by the person's learning."""
    order = {row.opening: k for k, row in enumerate(reading.scenario.openings)}
    first = sorted(
        (row for row in reading.prospects if row.target.kind != "fill"),
        key=lambda row: (row.target.seat.needed, order[row.target.seat.name], row.target.kind),
    )
    rows: list[DecisionRow] = []
    for prospect in first:
        rows += _rows(reading, prospect)
    for prospect in reading.prospects:
        if prospect.target.kind == "fill":
            rows += _learning(reading, reading.person(prospect.target))
    return Table(
        "Decisions",
        "Decisions",
        "Mark rows: accept = require the person (or name the standby), reject = exclude the person "
        "from the opening, lock = accept in this period and commit the learning. Then: succession "
        "decide SCENARIO results.xlsx --out NEW.xlsx",
        DecisionRow,
        rows,
    )


def _rows(reading: Reading, prospect: Prospect) -> Iterator[DecisionRow]:
    target = prospect.target
    hiring = hiring_cost(reading, target) if target.moves else None
    yield DecisionRow(
        decision="",
        kind=target.kind,
        opening=target.seat.name,
        role=reading.role(target.seat.role),
        unit=reading.unit(target.seat.unit),
        employee=target.employee.employee,
        name=target.employee.name,
        activity="",
        title="",
        period=reading.label(target.period),
        chance=reading.chance(target),
        saving=None if hiring is None else hiring - expected_cost(reading, prospect),
        remark="",
    )
    yield from _learning(reading, reading.person(target))


def _learning(reading: Reading, person: Person) -> Iterator[DecisionRow]:
    for item in sorted(person.new, key=lambda item: (item.start, item.activity.activity)):
        yield _start(reading, person, item)


def _start(reading: Reading, person: Person, item: Enrolment) -> DecisionRow:
    return DecisionRow(
        decision="",
        kind="learning",
        opening="",
        role="",
        unit="",
        employee=person.employee.employee,
        name=person.employee.name,
        activity=item.activity.activity,
        title=item.activity.name,
        period=reading.label(item.start),
        chance=None,
        saving=None,
        remark="",
    )
