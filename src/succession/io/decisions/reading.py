"""The marked rows of a results workbook, every slip found at once with its cell."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from succession.domain import Finding, Scenario
from succession.errors import BadInput
from succession.io.check.columns import match_columns
from succession.io.check.sheet import Report, Sheet, parse_column
from succession.io.decisions.table import DECISIONS, SCENARIO_MARK, Decision
from succession.io.read import Grid, RawBook, Stop
from succession.io.read.sandbox import read_isolated
from succession.io.schema import fold_name
from succession.io.values.parse import BAD, Verdict, parser_for
from succession.io.values.times import Clock
from succession.io.values.words import nearest

__all__ = ["read_decisions"]

_HEADER_ROWS = 20


def read_decisions(
    path: Path, scenario: Scenario
) -> tuple[tuple[Decision, ...], tuple[Finding, ...]]:
    """The decisions of a results workbook for a scenario, and what a reader should know.

    Rows that are not marked are left alone. Raises BadInput with every finding where the file is
    no results workbook, or a marked row cannot be understood.
    """
    try:
        book = read_isolated(path)
    except Stop as stop:
        raise BadInput([stop.finding]) from stop
    report = Report(book)
    sheet, grid = _sheet(book, report)
    if grid is not None:
        _keep_marked(sheet)
        clock = Clock(scenario.settings.calendar, certain=True)
        for column in DECISIONS.columns:
            parse_column(sheet, column, parser_for(column, clock), report)
        _check_ids(sheet, scenario, report)
        _check_kinds(sheet, report)
        _check_twice(sheet, report)
        _warn_about_scenario(grid, scenario, report)
    findings = tuple(found for found in report.findings if found.code != "W_HEADER_ROW")
    if report.has_errors:
        raise BadInput(findings)
    return tuple(_decision(sheet, position) for position in range(len(sheet.rows))), findings


def _sheet(book: RawBook, report: Report) -> tuple[Sheet, Grid | None]:
    wanted = fold_name(DECISIONS.sheet)
    grid = next((grid for grid in book.grids if fold_name(grid.sheet) == wanted), None)
    sheet = Sheet(DECISIONS, DECISIONS.sheet if grid is None else grid.sheet, 0)
    if grid is None:
        hint = "Give the results.xlsx that succession solve wrote."
        report.about(sheet, "error", "E_SHEET", "there is no sheet Decisions in it", hint)
        return sheet, None
    match_columns(grid, sheet, report)
    if "decision" not in sheet.numbers and not sheet.broken:
        hint = "Add it, or give the results.xlsx that succession solve wrote."
        report.about(sheet, "error", "E_COLUMN", "the column decision is missing", hint)
    return sheet, None if sheet.broken else grid


def _keep_marked(sheet: Sheet) -> None:
    """Keeps the marked rows, and the learning of people whose placement or standby is locked."""
    marks = [None if cell is None else cell.text.strip().lower() for cell in sheet.raw["decision"]]
    people = [None if cell is None else cell.text.strip() for cell in sheet.raw["employee"]]
    kinds = [None if cell is None else cell.text.strip().lower() for cell in sheet.raw["kind"]]
    locked = {
        person
        for mark, person, kind in zip(marks, people, kinds, strict=True)
        if mark == "lock" and kind != "learning"
    }
    marked = [
        k
        for k, (mark, person, kind) in enumerate(zip(marks, people, kinds, strict=True))
        if mark is not None or (kind == "learning" and person in locked)
    ]
    sheet.rows = [sheet.rows[k] for k in marked]
    sheet.raw = {name: [cells[k] for k in marked] for name, cells in sheet.raw.items()}


def _check_ids(sheet: Sheet, scenario: Scenario, report: Report) -> None:
    known: Mapping[str, Mapping[str, object]] = {
        "opening": scenario.opening_by_id,
        "employee": scenario.employee_by_id,
        "activity": scenario.activity_by_id,
    }
    for name, ids in known.items():
        for position, value in enumerate(sheet.column(name)):
            if value is None or value is BAD or value in ids:
                continue
            close = nearest(value, ids)
            hint = f"Did you mean {close}?" if close else "Is this the plan's own scenario?"
            table = DECISIONS.by_name[name].table
            verdict = Verdict("error", "E_REF", f"not in {table} of the scenario", hint)
            report.at(sheet, position, name, verdict)


def _check_kinds(sheet: Sheet, report: Report) -> None:
    """Each kind has what it is about, and a decision that can be carried out."""
    columns = [sheet.column(name) for name in ("kind", "decision", "opening", "activity")]
    for position, (kind, decision, opening, activity) in enumerate(zip(*columns, strict=True)):
        wanted, value = ("activity", activity) if kind == "learning" else ("opening", opening)
        if kind is not BAD and value is None:
            verdict = Verdict("error", "E_BLANK", f"a {kind} needs the {wanted}", "Fill it in.")
            report.at(sheet, position, wanted, verdict)
        if kind == "learning" and decision in ("accept", "reject"):
            hint = "Lock it, or decide on the person's placement or standby."
            verdict = Verdict("error", "E_CHOICE", "learning can only be locked", hint)
            report.at(sheet, position, "decision", verdict)


def _check_twice(sheet: Sheet, report: Report) -> None:
    names = ("kind", "opening", "employee", "activity", "decision")
    seen: dict[tuple[object, ...], int] = {}
    for position, values in enumerate(zip(*map(sheet.column, names), strict=True)):
        kind, opening, employee, activity, decision = values
        if BAD in values:
            continue
        about = (employee, activity) if kind == "learning" else (employee, opening)
        first = seen.setdefault(about, position)
        if kind != "learning" and sheet.column("decision")[first] != decision:
            message = f"row {sheet.rows[first]} decides otherwise"
            verdict = Verdict("error", "E_CONFLICT", message, "Keep one of the two.")
            report.at(sheet, position, "decision", verdict)


def _warn_about_scenario(grid: Grid, scenario: Scenario, report: Report) -> None:
    cells = (
        cell.text
        for position in range(min(len(grid.rows), _HEADER_ROWS))
        for cell in grid.row_cells(position).values()
    )
    made = next((text for text in cells if text.startswith(SCENARIO_MARK)), None)
    if made is None or made.removeprefix(SCENARIO_MARK).strip() == scenario.sha256:
        return
    message = "the results were worked out from another state of this scenario"
    hint = "Decisions are carried over by id and period; look through them once."
    report.add(Finding("warning", "W_OTHER_SCENARIO", message, sheet=grid.sheet, hint=hint))


def _decision(sheet: Sheet, position: int) -> Decision:
    values = {name: sheet.column(name)[position] for name in DECISIONS.by_name}
    # Learning that goes with a locked placement need not be marked itself.
    return Decision(sheet.rows[position], **{**values, "decision": values["decision"] or "lock"})
