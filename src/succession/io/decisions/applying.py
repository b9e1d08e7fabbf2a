"""Decisions as rows of Candidates and Commitments in a new copy of the scenario."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from succession.domain import Finding, Scenario
from succession.errors import BadInput, Refused
from succession.io.convert import read_sheets, write_sheets
from succession.io.decisions.reading import read_decisions
from succession.io.decisions.table import Decision
from succession.io.loading import load
from succession.io.schema import TABLE_BY_SHEET, TABLES
from succession.io.values.text import clean
from succession.io.write import OutCell, OutSheet

__all__ = ["Decided", "decide"]

_Row = dict[str, OutCell]


@dataclass(frozen=True, slots=True)
class Decided:
    """What came of the decisions: marks by word, rows of the new scenario, what to know."""

    accepted: int
    rejected: int
    locked: int
    candidates: int
    commitments: int
    findings: tuple[Finding, ...]


def decide(
    source: str | PathLike[str], results: str | PathLike[str], target: str | PathLike[str]
) -> Decided:
    """Writes the scenario at `source`, with what was decided in `results`, to `target`.

    accept   the person is required for the opening, or stands by for it (Candidates)
    reject   the person is excluded from the opening (Candidates)
    lock     as accept, in the planned period, with all planned learning (Commitments)

    The target (a workbook where it ends in .xlsx, or else a CSV folder) must not exist: Refused.
    Raises BadInput with every finding where the inputs, or the scenario that would come of them,
    cannot be used; nothing is written then.
    """
    out = Path(target)
    if out.exists() or out.is_symlink():
        raise Refused(f"{out} is there already, and decisions never overwrite. Give another name.")
    sheets, scenario = read_sheets(Path(source))
    decisions, findings = read_decisions(Path(results), scenario)
    candidates = _candidates(decisions, scenario)
    commitments = _commitments(decisions, scenario)
    sheets = _with_rows(sheets, "Candidates", candidates)
    sheets = _with_rows(sheets, "Commitments", commitments)
    _must_load(sheets, out)
    write_sheets(sheets, out)
    words = [row.decision for row in decisions if row.kind != "learning"]
    return Decided(
        words.count("accept"),
        words.count("reject"),
        words.count("lock"),
        len(candidates),
        len(commitments),
        findings,
    )


def _candidates(decisions: Sequence[Decision], scenario: Scenario) -> list[_Row]:
    """One row for each decided placement or standby."""
    label = scenario.settings.calendar.label
    rows: dict[tuple[str | None, str], _Row] = {}
    for row in decisions:
        if row.kind == "learning":
            continue
        status = "require" if row.kind == "placement" else "standby"
        fixed = row.decision == "lock" and row.kind == "placement"
        rows[row.opening, row.employee] = {
            "opening": row.opening,
            "employee": row.employee,
            "status": "exclude" if row.decision == "reject" else status,
            "period": label(row.period) if fixed else None,
        }
    return list(rows.values())


def _commitments(decisions: Sequence[Decision], scenario: Scenario) -> list[_Row]:
    """One row for each locked activity that is not committed yet."""
    label = scenario.settings.calendar.label
    committed = {(row.employee, row.activity, row.start) for row in scenario.commitments}
    locked = dict.fromkeys(
        (row.employee, row.activity, row.period) for row in decisions if row.kind == "learning"
    )
    return [
        {"employee": employee, "activity": activity, "start": label(start)}
        for employee, activity, start in locked
        if (employee, activity, start) not in committed
    ]


def _with_rows(sheets: Sequence[OutSheet], name: str, rows: Sequence[_Row]) -> list[OutSheet]:
    """The sheets with rows put into one of them: in place of one of the same key, or below."""
    if not rows:
        return list(sheets)
    table = TABLE_BY_SHEET[name]
    old = next((sheet for sheet in sheets if sheet.name == name), None)
    header = list(old.header) if old else [column.name for column in table.columns]
    known = OutSheet(name, header, [], table)
    header += [text for text in rows[0] if known.place(text) is None]
    known = OutSheet(name, header, [], table)
    place = {text: known.place(text) or 0 for text in rows[0]}
    width = len(header)
    lines = [[*line, *[None] * (width - len(line))] for line in (old.rows if old else ())]
    by_key = {_key(line, place, table.key): line for line in lines}
    for row in rows:
        line = by_key.get(tuple(clean(str(row[part]), []) for part in table.key))
        if line is None:
            line = [None] * width
            lines.append(line)
        for text, value in row.items():
            line[place[text]] = value
    order = [one.sheet for one in TABLES]
    others = [sheet for sheet in sheets if sheet.name != name]
    after = [
        sheet
        for sheet in others
        if sheet.table is None or order.index(sheet.name) > order.index(name)
    ]
    before = [sheet for sheet in others if sheet not in after]
    return [*before, OutSheet(name, header, lines, table), *after]


def _key(line: Sequence[OutCell], place: dict[str, int], key: Sequence[str]) -> tuple[str, ...]:
    cells = (line[place[part]] for part in key)
    return tuple("" if cell is None else clean(str(cell), []) for cell in cells)


def _must_load(sheets: Sequence[OutSheet], out: Path) -> None:
    """Raises BadInput where the new scenario has errors that its parts did not have."""
    with tempfile.TemporaryDirectory(prefix="succession-") as folder:
        trial = Path(folder) / out.name
        write_sheets(sheets, trial)
        loaded = load(trial)
    if loaded.scenario is None:
        raise BadInput(loaded.findings)
