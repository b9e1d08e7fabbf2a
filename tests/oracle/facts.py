"""A scenario looked up by name: what the contract says of each row, and nothing derived twice.

Shares no code with the solver; only `succession.domain`. T, Y, σ and the section numbers are those
of model.md.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cached_property

from succession.domain import Activity, Candidate, Employee, Opening, Plan, Profile, Scenario

Pair = tuple[str, int]
"""An activity and its start."""

Seat = tuple[str, str | None]
"""A role and a unit."""


@dataclass(frozen=True)
class Facts:
    """Look-ups over one scenario and the previous plan that `change` is counted against."""

    scenario: Scenario
    previous: Plan | None = None

    @cached_property
    def horizon(self) -> int:
        return self.scenario.settings.periods

    @cached_property
    def chains(self) -> bool:
        return self.scenario.settings.backfill == "chain"

    @cached_property
    def move_cost_of_path(self) -> dict[tuple[str, str], float]:
        return {(row.from_role, row.to_role): row.move_cost for row in self.scenario.career_paths}

    @cached_property
    def requirements(self) -> dict[str, list[tuple[str, int]]]:
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for row in self.scenario.requirements:
            found[row.role].append((row.competency, row.level))
        return found

    @cached_property
    def prerequisites(self) -> dict[str, list[tuple[str, int]]]:
        found: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for row in self.scenario.prerequisites:
            found[row.activity].append((row.competency, row.level))
        return found

    @cached_property
    def outcomes(self) -> dict[str, list[tuple[str, int, int | None]]]:
        found: dict[str, list[tuple[str, int, int | None]]] = defaultdict(list)
        for row in self.scenario.outcomes:
            found[row.activity].append((row.competency, row.level, row.valid_periods))
        return found

    @cached_property
    def candidates(self) -> dict[tuple[str, str], Candidate]:
        return {(row.opening, row.employee): row for row in self.scenario.candidates}

    @cached_property
    def interests(self) -> dict[tuple[str, str], int]:
        return {(row.employee, row.role): row.interest for row in self.scenario.interests}

    @cached_property
    def commitments(self) -> dict[str, list[Pair]]:
        found: dict[str, list[Pair]] = defaultdict(list)
        for row in self.scenario.commitments:
            found[row.employee].append((row.activity, row.start))
        return found

    @cached_property
    def profiles(self) -> dict[str, list[Profile]]:
        found: dict[str, list[Profile]] = defaultdict(list)
        for row in self.scenario.profiles:
            found[row.employee].append(row)
        return found

    @cached_property
    def committed(self) -> list[tuple[Employee, Activity, int]]:
        """All commitments as (employee, activity, start)."""
        people, rows = self.scenario.employee_by_id, self.scenario.activity_by_id
        return [
            (people[row.employee], rows[row.activity], row.start)
            for row in self.scenario.commitments
        ]

    @cached_property
    def committed_starts(self) -> Counter[tuple[str, int]]:
        """Commitments by activity and start; those in the horizon take a seat."""
        return Counter((row.activity, start) for _, row, start in self.committed)

    @cached_property
    def incumbents(self) -> frozenset[str]:
        return frozenset(row.incumbent for row in self.scenario.openings if row.incumbent)

    @cached_property
    def vacatable(self) -> list[Seat]:
        """Seats that a placement can vacate (section 7)."""
        people = [row for row in self.scenario.employees if row.employee not in self.incumbents]
        seats = {(row.role, row.unit) for row in people}
        return sorted(seats, key=lambda seat: (seat[0], seat[1] or ""))

    @cached_property
    def _session_rows(self) -> dict[str, dict[int, int]]:
        found: dict[str, dict[int, int]] = defaultdict(lambda: defaultdict(int))
        for row in self.scenario.sessions:
            found[row.activity][row.period] += row.sessions
        return found

    def sessions_allowed(self, activity: Activity, period: int) -> int:
        """Sessions that the calendar allows; without seats, more than 0 means offered."""
        rows = self._session_rows.get(activity.activity)
        return 1 if rows is None else rows.get(period, 0)

    def interest(self, employee: str, role: str) -> int:
        return self.interests.get((employee, role), 1)

    def probability(self, opening: Opening) -> float:
        return 1.0 if self.chains else opening.probability

    @cached_property
    def _openings_from(self) -> dict[str, list[int]]:
        """Role → places in the table of the openings that a career path leads to."""
        of_role: dict[str, list[int]] = defaultdict(list)
        for place, row in enumerate(self.scenario.openings):
            of_role[row.role].append(place)
        found: dict[str, list[int]] = defaultdict(list)
        for start, goal in self.move_cost_of_path:
            found[start] += of_role.get(goal, [])
        return found

    @cached_property
    def _openings_naming(self) -> dict[str, list[int]]:
        places = {row.opening: place for place, row in enumerate(self.scenario.openings)}
        found: dict[str, list[int]] = defaultdict(list)
        for row in self.scenario.candidates:
            found[row.employee].append(places[row.opening])
        return found

    def near(self, person: Employee) -> list[Opening]:
        """Openings that a career path leads to or that name the person, in the table's order."""
        named = self._openings_naming.get(person.employee, [])
        places = {*self._openings_from.get(person.role, []), *named}
        return [self.scenario.openings[place] for place in sorted(places)]

    def eligible(self, person: Employee, opening: Opening) -> bool:
        """Section 3."""
        row = self.candidates.get((opening.opening, person.employee))
        if row is not None and row.status == "exclude":
            return False
        if row is None and (
            opening.nominated_only or (person.role, opening.role) not in self.move_cost_of_path
        ):
            return False
        return (
            self.interest(person.employee, opening.role) != 0
            and opening.incumbent != person.employee
            and (person.role, person.unit) != (opening.role, opening.unit)
        )

    def may_follow(self, person: Employee, seat: Seat) -> bool:
        """Section 7: whether the person may take a vacated seat."""
        return (
            (person.role, seat[0]) in self.move_cost_of_path
            and self.interest(person.employee, seat[0]) != 0
            and (person.role, person.unit) != seat
        )

    def move_cost(self, person: Employee, opening: Opening) -> float:
        row = self.candidates.get((opening.opening, person.employee))
        if row is not None and row.move_cost is not None:
            return row.move_cost
        return self.move_cost_of_path.get((person.role, opening.role), 0.0)

    @cached_property
    def previous_learning(self) -> frozenset[tuple[str, str, int]]:
        """The previous plan's starts that are compared, in this horizon's periods (section 6)."""
        if self.previous is None:
            return frozenset()
        rows = {
            (row.employee, row.activity, self._translated(row.start))
            for row in self.previous.learning
            if row.employee in self.scenario.employee_by_id
            and row.activity in self.scenario.activity_by_id
        }
        return frozenset(row for row in rows if 1 <= row[2] <= self.horizon)

    @cached_property
    def previous_placements(self) -> frozenset[tuple[str, str]]:
        """The previous plan's (opening, employee) pairs that are compared."""
        if self.previous is None:
            return frozenset()
        return frozenset(
            (row.opening, row.employee)
            for row in self.previous.placements
            if row.employee in self.scenario.employee_by_id
            and row.opening in self.scenario.opening_by_id
            and 1 <= self._translated(row.period) <= self.horizon
        )

    def _translated(self, period: int) -> int:
        assert self.previous is not None
        return self.scenario.settings.calendar.period_of(self.previous.calendar.first_day(period))
