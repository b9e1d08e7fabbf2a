"""The scenario, indexed once for the people whom a plan or a commitment concerns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from succession.domain import (
    Activity,
    Candidate,
    Commitment,
    Employee,
    Opening,
    Outcome,
    Plan,
    Prerequisite,
    Profile,
    Requirement,
    Role,
    Scenario,
    Unit,
)

__all__ = ["Facts", "Seat", "exceeds", "index"]

TOLERANCE = 1e-6
"""Relative to max(1, |limit|): the room that amounts and hours get for rounding."""

_Row = TypeVar("_Row")
_Key = TypeVar("_Key")


def exceeds(used: float, limit: float) -> bool:
    """Whether an amount is over a limit by more than rounding; not-a-number always is."""
    return not used <= limit + TOLERANCE * max(1.0, abs(limit))


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat that a person may aim at: of an opening, or one vacated (model.md, section 7).

    `name` is the opening, or the employee who leaves the seat; `opening` is None for the latter.
    Costs are in the scenario's currency; `probability` is already 1 where chains are planned.
    """

    name: str
    opening: Opening | None
    role: str
    unit: str | None
    needed: int
    latest: int
    probability: float
    external_cost: float | None
    external_lead: int
    vacancy_cost: float
    unfilled_cost: float | None

    def fallback(self, period: int, horizon: int) -> Literal["hire", "unfilled"] | None:
        """Where the seat falls back to if a placement in `period` fails (section 6)."""
        if self.external_cost is None:
            return None if self.unfilled_cost is None else "unfilled"
        hire = self.external_cost + self.vacancy_cost * self.search(period, horizon)
        if self.unfilled_cost is None or hire <= self.unfilled_cost:
            return "hire"
        return "unfilled"

    def search(self, period: int, horizon: int) -> int:
        """Periods without anybody if a placement in `period` fails and a hire is searched then."""
        return min(period - self.needed + self.external_lead, horizon - self.needed + 1)

    def wait(self, horizon: int) -> int:
        """Periods without anybody if the seat is hired for, searched from period 1 on."""
        return min(max(0, 1 + self.external_lead - self.needed), horizon - self.needed + 1)


@dataclass(frozen=True, slots=True)
class Facts:
    """Look-ups over a scenario; `profiles` hold the people concerned alone."""

    scenario: Scenario
    units: Mapping[str, Unit]
    requirements: Mapping[str, Sequence[Requirement]]
    prerequisites: Mapping[str, Sequence[Prerequisite]]
    outcomes: Mapping[str, Sequence[Outcome]]
    profiles: Mapping[str, Sequence[Profile]]
    commitments: Mapping[str, Sequence[Commitment]]
    paths: Mapping[tuple[str, str], float]
    candidates: Mapping[tuple[str, str], Candidate]
    interests: Mapping[tuple[str, str], int]
    incumbents: frozenset[str]
    calendar_sessions: Mapping[str, Mapping[int, int]]
    capacities: Mapping[str, Mapping[int | None, int]]

    @property
    def horizon(self) -> int:
        """`T` of the contract."""
        return self.scenario.settings.periods

    @property
    def chain(self) -> bool:
        """Whether vacated seats are planned (model.md, section 7)."""
        return self.scenario.settings.backfill == "chain"

    def inside(self, period: int) -> bool:
        """Whether a period lies in 1…T."""
        return 1 <= period <= self.horizon

    def label(self, period: int) -> str:
        """The calendar's label of a period, or its number where it lies outside 1…T."""
        if self.inside(period):
            return self.scenario.settings.calendar.label(period)
        return f"period {period}"

    def name(self, employee: str) -> str:
        """`Ann Lee (E1)`, or the id alone where that is all there is."""
        row = self.scenario.employee_by_id.get(employee)
        if row is None or row.name in ("", employee):
            return employee
        return f"{row.name} ({employee})"

    def interest(self, employee: str, role: str) -> int:
        """0 (not interested) … 3 (aspires); no row means 1."""
        return self.interests.get((employee, role), 1)

    def offered(self, activity: str, period: int) -> bool:
        """Whether an activity may start anew in a period (rule 2)."""
        rows = self.calendar_sessions.get(activity)
        return self.inside(period) and (rows is None or rows.get(period, 0) > 0)

    def sessions_allowed(self, activity: str, period: int) -> int:
        """Sessions of an activity with seats that the calendar allows in a period."""
        rows = self.calendar_sessions.get(activity)
        return 1 if rows is None else rows.get(period, 0)

    def sessions_committed(self, activity: Activity, period: int, commitments: int) -> int:
        """`n0` of section 5: the sessions that the commitments starting in a period need."""
        if not activity.seats:
            return 0
        needed = -(-commitments // activity.seats)
        return min(needed, self.sessions_allowed(activity.activity, period))

    def capacity(self, resource: str, period: int) -> int:
        """Learners that a resource takes at once in a period."""
        rows = self.capacities.get(resource, {})
        return rows.get(period, rows.get(None, 0))

    def move_cost(self, employee: Employee, seat: Seat) -> float:
        """The candidate's own move cost, or else the career path's, or 0."""
        if seat.opening is not None:
            candidate = self.candidates.get((seat.name, employee.employee))
            if candidate is not None and candidate.move_cost is not None:
                return candidate.move_cost
        return self.paths.get((employee.role, seat.role), 0.0)

    def seat_of(self, opening: Opening) -> Seat:
        """A seat of an opening."""
        return Seat(
            name=opening.opening,
            opening=opening,
            role=opening.role,
            unit=opening.unit,
            needed=opening.needed,
            latest=min(opening.needed + opening.max_delay, self.horizon),
            probability=1.0 if self.chain else opening.probability,
            external_cost=opening.external_cost,
            external_lead=opening.external_lead,
            vacancy_cost=opening.vacancy_cost,
            unfilled_cost=opening.unfilled_cost,
        )

    def seat_left_by(self, employee: Employee, period: int) -> Seat:
        """The seat that an employee vacates when they move in a period."""
        role: Role = self.scenario.role_by_id[employee.role]
        return Seat(
            name=employee.employee,
            opening=None,
            role=employee.role,
            unit=employee.unit,
            needed=period,
            latest=self.horizon,
            probability=1.0,
            external_cost=role.external_cost,
            external_lead=role.external_lead,
            vacancy_cost=role.vacancy_cost,
            unfilled_cost=role.unfilled_cost,
        )


def index(scenario: Scenario, plan: Plan) -> Facts:
    """The look-ups that the rules need; time grows with the rows of the scenario."""
    people = _people(scenario, plan)
    sessions: dict[str, dict[int, int]] = defaultdict(dict)
    for session in scenario.sessions:
        held = sessions[session.activity]
        held[session.period] = held.get(session.period, 0) + session.sessions
    capacities: dict[str, dict[int | None, int]] = defaultdict(dict)
    for resource in scenario.resources:
        capacities[resource.resource][resource.period] = resource.capacity
    profiles = (row for row in scenario.profiles if row.employee in people)
    return Facts(
        scenario=scenario,
        units={row.unit: row for row in scenario.units},
        requirements=_grouped(scenario.requirements, lambda row: row.role),
        prerequisites=_grouped(scenario.prerequisites, lambda row: row.activity),
        outcomes=_grouped(scenario.outcomes, lambda row: row.activity),
        profiles=_grouped(profiles, lambda row: row.employee),
        commitments=_grouped(scenario.commitments, lambda row: row.employee),
        paths={(row.from_role, row.to_role): row.move_cost for row in scenario.career_paths},
        candidates={(row.opening, row.employee): row for row in scenario.candidates},
        interests={(row.employee, row.role): row.interest for row in scenario.interests},
        incumbents=frozenset(
            row.incumbent for row in scenario.openings if row.incumbent is not None
        ),
        calendar_sessions=sessions,
        capacities=capacities,
    )


def _people(scenario: Scenario, plan: Plan) -> set[str]:
    people = {row.employee for row in scenario.commitments}
    for rows in (plan.placements, plan.vacated, plan.standbys, plan.learning):
        people.update(row.employee for row in rows)
    return people


def _grouped(rows: Iterable[_Row], key: Callable[[_Row], _Key]) -> Mapping[_Key, Sequence[_Row]]:
    groups: dict[_Key, list[_Row]] = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return groups
