"""The hidden sheet behind the development plan: a row a person, and the lines of every part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from succession.report.columns import Cell
from succession.report.development import DevelopmentPlan, StepRow
from succession.report.sheets import FORMULA_STARTS

__all__ = [
    "DATA",
    "FACTS",
    "PARTS",
    "WIDTHS",
    "Part",
    "PlanData",
    "Slot",
    "choices",
    "write_plan_data",
]

DATA = "Plan data"

WIDTHS = (2, 11, 11, 40, 10, 12, 34)
"""Of the page's columns, A to G, in characters."""

FACTS = ("label", "name", "role", "unit", "aim", "opening", "when", "ready", "chance", "hours",
         "cost")  # fmt: skip
"""Columns of the rows of people, in order; each part adds its first line and number of lines."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Where a value of a line stands: columns of the page, B is 1; `kind` is its number format."""

    heading: str
    first: int
    last: int
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the page with lines, and how they are read off a plan."""

    name: str
    title: str
    slots: tuple[Slot, ...]

    def lines(self, plan: DevelopmentPlan) -> list[tuple[Cell, ...]]:
        """The lines of a person, a value a slot."""
        if self.name == "gaps":
            return [(r.closes, r.competency, r.required, r.today, r.through) for r in plan.gaps]
        if self.name == "steps":
            return [(r.start, r.finished, _title(r), r.hours, r.cost, r.kind) for r in plan.steps]
        if self.name == "milestones":
            return [(r.when, r.what) for r in plan.milestones]
        return [(text,) for text in (plan.reasons if self.name == "reasons" else plan.risks)]


def _title(row: StepRow) -> str:
    return f"{row.activity} (agreed)" if row.committed else row.activity


PARTS = (
    Part(
        "gaps",
        "Gap to the role, and when it closes",
        (
            Slot("Closed", 1, 1),
            Slot("Competency", 2, 3),
            Slot("Required", 4, 4, "count"),
            Slot("Today", 5, 5, "count"),
            Slot("By", 6, 6),
        ),
    ),
    Part(
        "steps",
        "Learning",
        (
            Slot("Starts", 1, 1),
            Slot("Finished", 2, 2),
            Slot("Activity", 3, 3),
            Slot("Hours", 4, 4, "hours"),
            Slot("Cost", 5, 5, "amount"),
            Slot("Kind", 6, 6),
        ),
    ),
    Part("milestones", "Milestones", (Slot("When", 1, 1), Slot("Reached", 2, 6))),
    Part("reasons", "Why this role", (Slot("", 1, 6),)),
    Part("risks", "What could go wrong", (Slot("", 1, 6),)),
)


@dataclass(frozen=True, slots=True)
class PlanData:
    """Where the page's formulas look: columns of people, and for each part its columns."""

    people: int
    fact_columns: dict[str, int]
    first: dict[str, int]
    count: dict[str, int]
    part_columns: dict[str, int]
    lengths: dict[str, int]
    heights: dict[str, list[int]]
    """For each line of each part, the lines of text that the longest of its values takes."""


def choices(plans: Sequence[DevelopmentPlan]) -> list[str]:
    """What the drop-down offers: no choice begins like a formula, none is there twice."""
    return [f"· {row.label}" if row.label.startswith(FORMULA_STARTS) else row.label
             for row in plans]  # fmt: skip


def write_plan_data(sheet: Any, plans: Sequence[DevelopmentPlan]) -> PlanData:
    """Writes the sheet, headings in row 1, and says what stands where (rows from 1)."""
    sheet.hide()
    names = [*FACTS]
    for part in PARTS:
        names += [f"{part.name} first", f"{part.name} count"]
    data = _layout(names, plans)
    for number, name in enumerate(names):
        sheet.write_string(0, number, name)
    line = dict.fromkeys((part.name for part in PARTS), 1)
    for row, (plan, label) in enumerate(zip(plans, choices(plans), strict=True), start=1):
        for number, name in enumerate(FACTS):
            value = label if name == "label" else getattr(plan, name)
            _write(sheet, row, number, value)
        for part in PARTS:
            lines = part.lines(plan)
            sheet.write_number(row, data.first[part.name], line[part.name])
            sheet.write_number(row, data.count[part.name], len(lines))
            for cells in lines:
                for number, value in enumerate(cells):
                    _write(sheet, line[part.name], data.part_columns[part.name] + number, value)
                line[part.name] += 1
    for part in PARTS:
        for number, slot in enumerate(part.slots):
            heading = slot.heading or part.title
            sheet.write_string(0, data.part_columns[part.name] + number, heading)
    return data


def _layout(names: Sequence[str], plans: Sequence[DevelopmentPlan]) -> PlanData:
    place = {name: number for number, name in enumerate(names)}
    columns, left = {}, len(names) + 1
    for part in PARTS:
        columns[part.name] = left
        left += len(part.slots) + 1
    counts = {part.name: [len(part.lines(plan)) for plan in plans] for part in PARTS}
    return PlanData(
        people=len(plans),
        fact_columns={name: place[name] for name in FACTS},
        first={part.name: place[f"{part.name} first"] for part in PARTS},
        count={part.name: place[f"{part.name} count"] for part in PARTS},
        part_columns=columns,
        lengths={name: max(1, sum(rows)) for name, rows in counts.items()},
        heights={part.name: _heights(part, plans) for part in PARTS},
    )


def _heights(part: Part, plans: Sequence[DevelopmentPlan]) -> list[int]:
    found: list[int] = []
    for plan in plans:
        for number, cells in enumerate(part.lines(plan)):
            if number == len(found):
                found.append(1)
            found[number] = max(found[number], *map(_lines, cells, part.slots))
    return found


def _lines(value: Cell, slot: Slot) -> int:
    wide = sum(WIDTHS[slot.first : slot.last + 1])
    return 1 + int(len(value) // (1.15 * wide)) if isinstance(value, str) else 1


def _write(sheet: Any, row: int, column: int, value: Cell) -> None:
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write_number(row, column, value)
