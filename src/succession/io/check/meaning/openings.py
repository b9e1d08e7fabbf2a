"""Openings: who may take them, who is named for them in vain, who can be ready in time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from succession.domain import Candidate, Employee, Opening, Scenario
from succession.io.check.meaning.pages import Pages
from succession.io.check.meaning.reach import Reach
from succession.io.values.parse import Verdict

__all__ = ["check_openings"]

_WHO = ("Roles", "Employees", "CareerPaths", "Openings", "Candidates", "Interests", "Units")
_HOW = ("Requirements", "Profiles", "Activities", "Sessions", "Prerequisites", "Outcomes")


def check_openings(pages: Pages) -> None:
    """Reports openings that nobody can take, pins that cannot hold, and paths that are too long."""
    if not pages.clean(*_WHO):
        return
    eligible = Eligible(pages.scenario)
    _check_named(pages, eligible)
    reach = Reach(pages.scenario) if pages.clean(*_HOW, "Commitments") else None
    for opening, row in zip(pages.scenario.openings, pages.rows("Openings"), strict=True):
        if next(eligible.people(opening), None) is None:
            pages.say("Openings", row, "opening", _nobody(opening))
        elif reach is not None:
            _check_in_time(pages, opening, row, reach, eligible)


def _nobody(opening: Opening) -> Verdict:
    if opening.external_cost is None and opening.unfilled_cost is None:
        message = "can be filled in no way: no hire, no leaving it unfilled, nobody eligible"
        hint = "Give an external or unfilled cost, a career path, or nominate someone."
        return Verdict("error", "E_OPENING", message, hint)
    hint = "Look at career paths, interests and candidates."
    return Verdict("warning", "W_NO_CANDIDATE", "nobody is eligible for this opening", hint)


def _check_named(pages: Pages, eligible: Eligible) -> None:
    """Candidates who are named for an opening that they may not, or cannot, take."""
    openings = {opening.opening: opening for opening in pages.scenario.openings}
    people = pages.scenario.employee_by_id
    for row, number in zip(pages.scenario.candidates, pages.rows("Candidates"), strict=True):
        if row.status == "exclude":
            continue
        opening, person = openings[row.opening], people[row.employee]
        reason = eligible.why_not(row.employee, opening)
        if reason and row.status != "nominate":
            hint = "Take the row out, or what forbids it."
            verdict = Verdict("error", "E_PIN", f"{row.employee} {reason}", hint)
            pages.say("Candidates", number, "status", verdict)
        elif reason and not eligible.said_no(row.employee, opening):
            message = f"{row.employee} {reason}; the row has no effect"
            verdict = Verdict("warning", "W_NOT_ELIGIBLE", message, "Delete the row.")
            pages.say("Candidates", number, "employee", verdict)
        elif not reason and not _is_there(pages.scenario, row, person, opening):
            message = f"{row.employee} is not available when the opening needs them"
            hint = "Look at available_from, available_to and move_from in Employees."
            verdict = Verdict("warning", "W_NOT_AVAILABLE", message, hint)
            pages.say("Candidates", number, "employee", verdict)


def _is_there(scenario: Scenario, row: Candidate, person: Employee, opening: Opening) -> bool:
    """Whether availability leaves a period for the target (model.md, section 2, rule 6)."""
    horizon = scenario.settings.periods
    if row.status == "standby":
        return person.available_from <= opening.needed <= person.available_to
    last = min(opening.needed + opening.max_delay, horizon)
    periods = range(opening.needed, last + 1) if row.period is None else [row.period]
    return any(
        max(person.available_from, person.move_from) <= t <= person.available_to
        and person.available_to >= min(horizon, t + scenario.settings.min_stay - 1)
        for t in periods
    )


def _check_in_time(
    pages: Pages, opening: Opening, row: int, reach: Reach, eligible: Eligible
) -> None:
    last = min(opening.needed + opening.max_delay, pages.scenario.settings.periods)
    earliest = reach.earliest(opening.role, eligible.people(opening), last)
    if earliest is None or earliest <= last:
        return
    message = f"nobody who is eligible can be ready by period {last}; the shortest path"
    message += f" ends in period {earliest}"
    hint = "Look at max_delay, durations and sessions."
    pages.say("Openings", row, "needed", Verdict("warning", "W_TOO_LATE", message, hint))


class Eligible:
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

    def people(self, opening: Opening) -> Iterator[str]:
        """Those who are eligible for an opening; who is named may come twice."""
        return (person for person in self._pool(opening) if not self.why_not(person, opening))

    def _pool(self, opening: Opening) -> Iterator[str]:
        named = self._named[opening.opening]
        yield from (person for person, row in named.items() if row.status != "exclude")
        if not opening.nominated_only:
            for role in self._from[opening.role]:
                yield from self._by_role[role]

    def said_no(self, person: str, opening: Opening) -> bool:
        """Whether a person does not want the role: who nominates them need not know."""
        return (person, opening.role) in self._never

    def why_not(self, person: str, opening: Opening) -> str:
        """Why a person who is named for an opening, or could be, is not eligible; or nothing."""
        row = self._named[opening.opening].get(person)
        employee = self._by_id[person]
        if row is not None and row.status == "exclude":
            return "is excluded"
        if self.said_no(person, opening):
            return f"is not interested in {opening.role} (Interests: 0)"
        if person == opening.incumbent:
            return "is the opening's incumbent"
        if employee.role == opening.role and employee.unit == opening.unit:
            return "has the opening's role and unit already, so that it would be no move"
        return ""
