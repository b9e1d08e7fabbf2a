"""What the tables say together: openings nobody can fill, needs nobody can meet, dead rows."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from succession.domain import Candidate, Opening, Outcome, Profile, Scenario
from succession.io.check.sheet import Report, Sheet
from succession.io.schema import fold_name
from succession.io.values.parse import Verdict

__all__ = ["check_meaning"]

_WHO = ("Roles", "Employees", "CareerPaths", "Openings", "Candidates", "Interests", "Units")
_WHAT = ("Roles", "Requirements", "Profiles", "Outcomes")


def check_meaning(scenario: Scenario, sheets: Mapping[str, Sheet], report: Report) -> None:
    """Runs every check whose tables are free of errors (scenario.md, What is an error)."""
    pages = _Pages(scenario, sheets, report)
    for table in ("Employees", "Openings"):
        sheet = sheets[table]
        if sheet.present and not sheet.rows and not sheet.broken:
            report.about(sheet, "warning", "W_NO_ROWS", f"no rows in {table}", "")
    if pages.clean(*_WHO):
        _check_eligible(pages)
    if pages.clean(*_WHAT):
        _check_requirements(pages)
    if pages.clean("Activities", "Outcomes"):
        _check_outcomes(pages)
    _check_zero_seats(sheets["Activities"], report)
    _check_pools(pages)


@dataclass(frozen=True, slots=True)
class _Pages:
    scenario: Scenario
    sheets: Mapping[str, Sheet]
    report: Report

    def clean(self, *tables: str) -> bool:
        return all(self.sheets[table].clean for table in tables)

    def say(self, table: str, row: int, name: str, verdict: Verdict) -> None:
        sheet = self.sheets[table]
        self.report.at(sheet, bisect_left(sheet.rows, row), name, verdict)

    def rows(self, table: str) -> tuple[int, ...]:
        return self.scenario.source_rows.get(table, ())


def _check_eligible(pages: _Pages) -> None:
    eligible = _Eligible(pages.scenario)
    for opening, row in zip(pages.scenario.openings, pages.rows("Openings"), strict=True):
        if eligible.anyone(opening):
            continue
        if opening.external_cost is None and opening.unfilled_cost is None:
            message = "can be filled in no way: no hire, no leaving it unfilled, nobody eligible"
            hint = "Give an external or unfilled cost, a career path, or nominate someone."
            verdict = Verdict("error", "E_OPENING", message, hint)
        else:
            message = "nobody is eligible for this opening"
            hint = "Look at career paths, interests and candidates."
            verdict = Verdict("warning", "W_NO_CANDIDATE", message, hint)
        pages.say("Openings", row, "opening", verdict)


class _Eligible:
    """Who is eligible for an opening (model.md, section 3)."""

    def __init__(self, scenario: Scenario) -> None:
        self._by_id = scenario.employee_by_id
        self._by_role: dict[str, list[str]] = defaultdict(list)
        for employee in scenario.employees:
            self._by_role[employee.role].append(employee.employee)
        self._from: dict[str, list[str]] = defaultdict(list)
        for path in scenario.career_paths:
            self._from[path.to_role].append(path.from_role)
        self._named: dict[str, dict[str, Candidate]] = defaultdict(dict)
        for row in scenario.candidates:
            self._named[row.opening][row.employee] = row
        self._never = {(row.employee, row.role) for row in scenario.interests if row.interest == 0}

    def anyone(self, opening: Opening) -> bool:
        """Whether somebody is eligible."""
        return any(self._may(person, opening) for person in self._pool(opening))

    def _pool(self, opening: Opening) -> Iterator[str]:
        named = self._named[opening.opening]
        yield from (person for person, row in named.items() if row.status != "exclude")
        if not opening.nominated_only:
            for role in self._from[opening.role]:
                yield from self._by_role[role]

    def _may(self, person: str, opening: Opening) -> bool:
        row = self._named[opening.opening].get(person)
        employee = self._by_id[person]
        return not (
            (row is not None and row.status == "exclude")
            or (person, opening.role) in self._never
            or person == opening.incumbent
            or (employee.role == opening.role and employee.unit == opening.unit)
        )


def _check_requirements(pages: _Pages) -> None:
    scenario = pages.scenario
    best: dict[str, int] = {}
    held: list[Profile | Outcome] = [*scenario.profiles, *scenario.outcomes]
    for row_held in held:
        best[row_held.competency] = max(best.get(row_held.competency, 0), row_held.level)
    for need, row in zip(scenario.requirements, pages.rows("Requirements"), strict=True):
        if best.get(need.competency, 0) < need.level:
            message = f"nobody holds it at level {need.level} and no activity gives it"
            hint = "Add an activity with this outcome, or correct the level."
            verdict = Verdict("warning", "W_UNFILLABLE", message, hint)
            pages.say("Requirements", row, "competency", verdict)
    asked = {need.role for need in scenario.requirements}
    wanted = {opening.role for opening in scenario.openings}
    for role, row in zip(scenario.roles, pages.rows("Roles"), strict=True):
        if role.role in wanted - asked:
            message = "the role of an opening asks for nothing: anybody is ready for it"
            hint = "Add rows to Requirements."
            pages.say("Roles", row, "role", Verdict("warning", "W_ROLE_EMPTY", message, hint))


def _check_outcomes(pages: _Pages) -> None:
    giving = {row.activity for row in pages.scenario.outcomes}
    for activity, row in zip(pages.scenario.activities, pages.rows("Activities"), strict=True):
        if activity.activity not in giving:
            message = "an activity without outcomes is of no use to any plan"
            hint = "Add a row to Outcomes."
            verdict = Verdict("warning", "W_NO_OUTCOME", message, hint)
            pages.say("Activities", row, "activity", verdict)


def _check_zero_seats(sheet: Sheet, report: Report) -> None:
    for position, seats in enumerate(sheet.column("seats")):
        if seats == 0:
            message = "sessions without seats take nobody; the activity counts as not offered"
            report.at(sheet, position, "seats", Verdict("warning", "W_SEATS", message, ""))


def _check_pools(pages: _Pages) -> None:
    settings, sheets = pages.scenario.settings, pages.sheets
    if not sheets["Budgets"].clean:
        return
    pools = {row.pool for row in pages.scenario.budgets}
    keys = [cell and fold_name(cell.text) for cell in sheets["Settings"].raw.get("key", ())]
    for name in ("external_pool", "move_pool"):
        pool = getattr(settings, name)
        if pool is None or pool in pools:
            continue
        message = f"{name} {pool!r}: no row of Budgets limits it; it counts as unlimited"
        verdict = Verdict("warning", "W_BUDGET", message, "Add a row to Budgets.")
        pages.report.at(sheets["Settings"], keys.index(fold_name(name)), "value", verdict)
