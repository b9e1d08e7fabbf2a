"""The plan, read against the scenario: who does what, and what of the file cannot be read.

What a plan names wrongly (unknown ids, periods outside the horizon, rows twice) is reported here
as FORMAT or REFERENCE and left out of the ledger, so that every rule meets known rows only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from succession.domain import (
    Activity,
    Employee,
    Hires,
    Placement,
    Plan,
    RuleId,
    Unfilled,
    Vacated,
    Violation,
)
from succession.verify.facts import Facts, Seat

__all__ = ["Enrolment", "Ledger", "Person", "Target", "read"]

MOST = 10**9
"""More seats or sessions than this in one row are taken for a mistake, not for a number."""


@dataclass(frozen=True, slots=True)
class Enrolment:
    """A person does an activity from period `start` on."""

    activity: Activity
    start: int
    committed: bool

    @property
    def finished(self) -> int:
        """The first period in which it is finished: s + L."""
        return self.start + self.activity.duration

    def underway(self, horizon: int) -> range:
        """The periods of 1…T in which it is underway."""
        return range(max(1, self.start), min(horizon, self.finished - 1) + 1)


@dataclass(frozen=True, slots=True)
class Target:
    """A person takes a seat in a period, or stands by for it in its needed period.

    `placement` is into an opening, `fill` into a vacated seat.
    """

    kind: Literal["placement", "fill", "standby"]
    employee: Employee
    seat: Seat
    period: int

    @property
    def moves(self) -> bool:
        """Whether the person really moves (a standby does not)."""
        return self.kind != "standby"


@dataclass(frozen=True, slots=True)
class Person:
    """A person plan: commitments and new activities, and the target (more than one is a breach)."""

    employee: Employee
    enrolments: tuple[Enrolment, ...]
    targets: tuple[Target, ...]

    @property
    def new(self) -> tuple[Enrolment, ...]:
        """What is not committed."""
        return tuple(item for item in self.enrolments if not item.committed)


@dataclass(frozen=True, slots=True)
class Ledger:
    """What of the plan can be read. Sessions by (activity, period), seats by opening or leaver."""

    people: Mapping[str, Person]
    sessions: Mapping[tuple[str, int], int]
    hires: Mapping[str, int]
    unfilled: Mapping[str, int]
    vacated: Mapping[str, Seat]
    vacated_hires: frozenset[str]
    vacated_unfilled: frozenset[str]

    @property
    def targets(self) -> Iterator[Target]:
        """Every target in the plan."""
        return (target for person in self.people.values() for target in person.targets)


def read(facts: Facts, plan: Plan) -> tuple[Ledger, list[Violation]]:
    """The ledger of a plan, and everything in the plan that could not be read into it."""
    reader = _Reader(facts, plan)
    reader.read_targets()
    reader.read_learning()
    people: dict[str, Person] = {}
    for employee in sorted(reader.enrolments.keys() | reader.targets.keys()):
        people[employee] = Person(
            facts.scenario.employee_by_id[employee],
            tuple(reader.enrolments.get(employee, ())),
            tuple(reader.targets.get(employee, ())),
        )
    ledger = Ledger(
        people=people,
        sessions=reader.sessions(),
        hires=reader.seats("hires"),
        unfilled=reader.seats("unfilled"),
        vacated=reader.vacated,
        vacated_hires=reader.leavers("vacated_hires"),
        vacated_unfilled=reader.leavers("vacated_unfilled"),
    )
    return ledger, reader.violations


class _Reader:
    """Reads one list of the plan after the other and collects what is wrong with it."""

    def __init__(self, facts: Facts, plan: Plan) -> None:
        self.facts = facts
        self.plan = plan
        self.violations: list[Violation] = []
        self.enrolments: dict[str, list[Enrolment]] = {}
        self.targets: dict[str, list[Target]] = {}
        self.vacated = self._vacated_seats()

    def report(self, rule: RuleId, who: str, what: str, when: str, message: str) -> None:
        """Keeps a breach that has no amount."""
        self.violations.append(Violation(rule, who, what, when, 0.0, message))

    def read_targets(self) -> None:
        """Placements, fills of vacated seats and standbys that name known rows."""
        openings = self.facts.scenario.opening_by_id
        for placement in dict.fromkeys(self.plan.placements):
            known = self._opening(placement.opening, "placements")
            known &= self._employee(placement.employee, "placements")
            if known & self._period(placement.period, placement.employee, "placements"):
                seat = self.facts.seat_of(openings[placement.opening])
                self._aim("placement", placement.employee, seat, placement.period)
        for standby in dict.fromkeys(self.plan.standbys):
            known = self._opening(standby.opening, "standbys")
            if known & self._employee(standby.employee, "standbys"):
                seat = self.facts.seat_of(openings[standby.opening])
                self._aim("standby", standby.employee, seat, seat.needed)
        for fill in dict.fromkeys(self.plan.vacated if self.facts.chain else ()):
            known = self._employee(fill.employee, "vacated")
            known &= self._period(fill.period, fill.employee, "vacated")
            if self._leaver(fill.vacated_by, "vacated") and known:
                self._aim("fill", fill.employee, self.vacated[fill.vacated_by], fill.period)

    def read_learning(self) -> None:
        """Commitments from the scenario, everything new from the plan."""
        activities = self.facts.scenario.activity_by_id
        employees = self.facts.scenario.employee_by_id
        committed = set()
        for row in self.facts.scenario.commitments:
            if row.employee in employees and row.activity in activities:
                committed.add((row.employee, row.activity, row.start))
                self._enrol(row.employee, row.activity, row.start, committed=True)
        for learning in dict.fromkeys(self.plan.learning):
            known = self._employee(learning.employee, "learning")
            known &= self._activity(learning.activity, "learning")
            known &= self._period(learning.start, learning.employee, "learning")
            if known and (learning.employee, learning.activity, learning.start) not in committed:
                self._enrol(learning.employee, learning.activity, learning.start, committed=False)
        self._missing_commitments(committed)

    def sessions(self) -> dict[tuple[str, int], int]:
        """Sessions held, by activity and period."""
        held: dict[tuple[str, int], int] = {}
        for row in dict.fromkeys(self.plan.sessions):
            known = self._activity(row.activity, "sessions")
            known &= self._period(row.period, row.activity, "sessions")
            known &= self._positive(row.sessions, row.activity, "sessions")
            if not known:
                continue
            if self.facts.scenario.activity_by_id[row.activity].seats is None:
                message = f"{row.activity} has no seats, so it has no sessions to hold."
                when = self.facts.label(row.period)
                self.report(RuleId.FORMAT, row.activity, "sessions", when, message)
                continue
            key = (row.activity, row.period)
            held[key] = held.get(key, 0) + row.sessions
        return held

    def seats(self, name: Literal["hires", "unfilled"]) -> dict[str, int]:
        """Seats hired for or left unfilled, by opening."""
        rows: list[Hires | Unfilled] = []
        rows += self.plan.hires if name == "hires" else self.plan.unfilled
        counts: dict[str, int] = {}
        for row in dict.fromkeys(rows):
            known = self._opening(row.opening, name)
            if known & self._positive(row.seats, row.opening, name):
                counts[row.opening] = counts.get(row.opening, 0) + row.seats
        return counts

    def leavers(self, name: Literal["vacated_hires", "vacated_unfilled"]) -> frozenset[str]:
        """The people whose vacated seats are hired for or left unfilled."""
        rows = self.plan.vacated_hires if name == "vacated_hires" else self.plan.vacated_unfilled
        if not self.facts.chain:
            return frozenset()
        names = dict.fromkeys(row.vacated_by for row in rows)
        return frozenset(leaver for leaver in names if self._leaver(leaver, name))

    def _vacated_seats(self) -> dict[str, Seat]:
        if not self.facts.chain:
            return {}
        moves: dict[str, int] = {}
        rows: list[Placement | Vacated] = [*self.plan.placements, *self.plan.vacated]
        for row in rows:
            if self.facts.inside(row.period):
                moves[row.employee] = min(row.period, moves.get(row.employee, row.period))
        employees = self.facts.scenario.employee_by_id
        return {
            employee: self.facts.seat_left_by(employees[employee], period)
            for employee, period in sorted(moves.items())
            if employee in employees and employee not in self.facts.incumbents
        }

    def _missing_commitments(self, committed: set[tuple[str, str, int]]) -> None:
        listed = {(row.employee, row.activity, row.start) for row in self.plan.learning}
        for employee, activity, start in sorted(committed - listed):
            if not self.facts.inside(start):
                continue
            message = (
                f"{self.facts.name(employee)} is committed to {activity} from "
                f"{self.facts.label(start)}, but the plan does not list it."
            )
            when = self.facts.label(start)
            self.report(RuleId.COMMITMENTS, employee, activity, when, message)

    def _enrol(self, employee: str, activity: str, start: int, *, committed: bool) -> None:
        record = self.facts.scenario.activity_by_id[activity]
        self.enrolments.setdefault(employee, []).append(Enrolment(record, start, committed))

    def _aim(
        self, kind: Literal["placement", "fill", "standby"], employee: str, seat: Seat, period: int
    ) -> None:
        record = self.facts.scenario.employee_by_id[employee]
        self.targets.setdefault(employee, []).append(Target(kind, record, seat, period))

    def _known(self, known: bool, noun: str, name: str, where: str) -> bool:
        if not known:
            message = f"The plan's {where} name the {noun} {name}, which the scenario has not."
            self.report(RuleId.REFERENCE, name, where, "", message)
        return known

    def _employee(self, name: str, where: str) -> bool:
        return self._known(name in self.facts.scenario.employee_by_id, "employee", name, where)

    def _opening(self, name: str, where: str) -> bool:
        return self._known(name in self.facts.scenario.opening_by_id, "opening", name, where)

    def _activity(self, name: str, where: str) -> bool:
        return self._known(name in self.facts.scenario.activity_by_id, "activity", name, where)

    def _leaver(self, name: str, where: str) -> bool:
        if not self._employee(name, where):
            return False
        if name not in self.vacated:
            why = "is an opening's incumbent" if name in self.facts.incumbents else "does not move"
            message = f"{self.facts.name(name)} {why} and vacates no seat, but {where} lists one."
            self.report(RuleId.VACATED, name, where, "", message)
        return name in self.vacated

    def _period(self, period: int, who: str, where: str) -> bool:
        inside = self.facts.inside(period)
        if not inside:
            message = (
                f"The plan's {where} put {who} into period {period}, "
                f"outside the horizon 1 to {self.facts.horizon}."
            )
            self.report(RuleId.FORMAT, who, where, f"period {period}", message)
        return inside

    def _positive(self, number: int, who: str, where: str) -> bool:
        sane = 0 < number <= MOST
        if not sane:
            message = (
                f"The plan's {where} list {who} with {number}; 1 is the least, {MOST} the most."
            )
            self.report(RuleId.FORMAT, who, where, "", message)
        return sane
