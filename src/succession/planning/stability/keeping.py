"""What of the previous plan could be kept: the verifier says what stands in the way.

Whoever breaks a rule is taken out with all that was planned for them, until nothing is broken.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace

from succession.domain import (
    Cause,
    Hires,
    Learning,
    Placement,
    Plan,
    RuleId,
    Scenario,
    SessionsHeld,
    Standby,
    Unfilled,
    VacatedHire,
    VacatedUnfilled,
    Violation,
)
from succession.planning.stability.carried import Carried
from succession.verify import verify

__all__ = ["Obstacle", "find_obstacles", "promises_at_risk"]

_ABOUT_PEOPLE = {
    RuleId.ONE_TARGET, RuleId.ONCE, RuleId.OFFERED, RuleId.PREREQUISITES, RuleId.HOURS,
    RuleId.AT_ONCE, RuleId.AVAILABILITY, RuleId.ELIGIBLE, RuleId.TARGET,
}  # fmt: skip
_CAUSES: Mapping[RuleId, Cause] = {
    **dict.fromkeys(_ABOUT_PEOPLE, "people"),
    RuleId.PURPOSE: "purpose",
    RuleId.SEATS: "capacity",
    RuleId.SESSIONS: "capacity",
    RuleId.MIN_SEATS: "capacity",
    RuleId.RESOURCES: "capacity",
    RuleId.AWAY: "capacity",
    RuleId.MOVES_OUT: "capacity",
    RuleId.BUDGETS: "money",
    RuleId.OPENINGS: "opening",
    RuleId.BENCH: "opening",
    RuleId.VACATED: "opening",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why somebody's part of the previous plan cannot be kept."""

    cause: Cause
    why: str


@dataclass(slots=True)
class _Draft:
    """The previous plan in the new scenario, without those who were taken out."""

    carried: Carried
    without: dict[str, Obstacle] = field(default_factory=dict)

    def plan(self) -> Plan:
        """As a plan that the verifier can read; what nobody takes is hired for."""
        scenario = self.carried.scenario
        placements, standbys = self._placements(), self._standbys()
        learning = self._learning()
        hires, unfilled = _seats_left(scenario, placements)
        movers = {row.employee for row in placements}
        vacated = tuple(
            row
            for row in self.carried.vacated
            if row.vacated_by in movers and self._in(row.employee)
        )
        answered = {row.vacated_by for row in vacated}
        leavers = _leavers(scenario, movers | {row.employee for row in vacated}) - answered
        can_hire = {row.role: row.external_cost is not None for row in scenario.roles}
        role_of = {name: scenario.employee_by_id[name].role for name in leavers}
        return replace(
            Plan.blank(scenario),
            placements=placements,
            vacated=vacated,
            standbys=standbys,
            learning=learning,
            sessions=_sessions(scenario, learning),
            hires=hires,
            unfilled=unfilled,
            vacated_hires=tuple(VacatedHire(n) for n in sorted(leavers) if can_hire[role_of[n]]),
            vacated_unfilled=tuple(
                VacatedUnfilled(n) for n in sorted(leavers) if not can_hire[role_of[n]]
            ),
        )

    def users(self, breach: Violation) -> Iterator[str]:
        """Who uses what a shared rule says is overused, new starts and targets alone."""
        scenario = self.carried.scenario
        committed = {(r.employee, r.activity, r.start) for r in scenario.commitments}
        for row in self._learning():
            activity = scenario.activity_by_id[row.activity]
            unit = scenario.employee_by_id[row.employee].unit
            named = {
                RuleId.RESOURCES: activity.resource,
                RuleId.AWAY: unit if activity.away else None,
                RuleId.BUDGETS: activity.pool,
            }.get(breach.rule, row.activity)
            new = (row.employee, row.activity, row.start) not in committed
            if new and named == breach.who and self._concerns(breach, row, unit):
                yield row.employee
        locked = {(r.opening, r.employee) for r in scenario.candidates if r.status == "require"}
        for placement in self._placements():
            unit = scenario.employee_by_id[placement.employee].unit
            pools = (scenario.settings.move_pool, scenario.settings.external_pool)
            hit = breach.who in (placement.opening, unit, placement.employee, *pools)
            if hit and (placement.opening, placement.employee) not in locked:
                yield placement.employee
        for standby in self._standbys():
            if breach.rule is RuleId.BENCH and breach.who == standby.opening:
                yield standby.employee

    def _concerns(self, breach: Violation, row: Learning, unit: str | None) -> bool:
        """Whether a start falls into the periods, or the unit, that a shared rule speaks of."""
        if breach.rule is RuleId.BUDGETS:
            return breach.what in ("", unit)
        scenario = self.carried.scenario
        underway = range(row.start, row.start + scenario.activity_by_id[row.activity].duration)
        return breach.when in map(scenario.settings.calendar.label, underway)

    def _in(self, employee: str) -> bool:
        return employee in self.carried.scenario.employee_by_id and employee not in self.without

    def _placements(self) -> tuple[Placement, ...]:
        scenario = self.carried.scenario
        locks = {
            row.employee: Placement(
                row.opening, row.employee, row.period or scenario.opening_by_id[row.opening].needed
            )
            for row in scenario.candidates
            if row.status == "require"
        }
        kept = {
            row.employee: row
            for row in self.carried.placements
            if self._in(row.employee) and row.opening in scenario.opening_by_id
        }
        for employee, lock in locks.items():
            if employee not in kept or kept[employee].opening != lock.opening:
                kept[employee] = lock
        return tuple(sorted(kept.values()))

    def _standbys(self) -> tuple[Standby, ...]:
        placed = {row.employee for row in self._placements()}
        return tuple(
            row
            for row in self.carried.standbys
            if self._in(row.employee) and row.employee not in placed
        )

    def _learning(self) -> tuple[Learning, ...]:
        scenario = self.carried.scenario
        rows = {
            row
            for row in self.carried.learning
            if self._in(row.employee) and row.activity in scenario.activity_by_id
        }
        rows |= {
            Learning(row.employee, row.activity, row.start)
            for row in scenario.commitments
            if row.start >= 1
        }
        return tuple(sorted(rows))


def find_obstacles(carried: Carried, changed: Collection[str]) -> dict[str, Obstacle]:
    """Why the previous plans of those whose plan has changed cannot be kept, by employee."""
    draft = _Draft(carried)
    while True:
        before = len(draft.without)
        for breach in verify(carried.scenario, draft.plan()).violations:
            cause = _CAUSES.get(breach.rule)
            if cause is None:
                continue
            obstacle = Obstacle(cause, breach.message)
            if breach.rule in _ABOUT_PEOPLE or breach.rule is RuleId.PURPOSE:
                draft.without.setdefault(breach.who, obstacle)
                continue
            users = sorted({who for who in draft.users(breach) if who not in draft.without})
            displaced = next((who for who in users if who in changed), None)
            if displaced is not None:
                draft.without[displaced] = obstacle
        if len(draft.without) == before:
            return draft.without


def promises_at_risk(scenario: Scenario) -> tuple[Violation, ...]:
    """What stands in the way of required placements, as commitments alone leave things.

    Learning that is still to be planned may mend it; where it cannot, there is no plan at all.
    """
    nothing = Carried(scenario, Plan.blank(scenario))
    verification = verify(scenario, _Draft(nothing).plan())
    rules = (*_ABOUT_PEOPLE, RuleId.MOVES_OUT)
    return tuple(breach for breach in verification.violations if breach.rule in rules)


def _seats_left(
    scenario: Scenario, placements: tuple[Placement, ...]
) -> tuple[tuple[Hires, ...], tuple[Unfilled, ...]]:
    placed = Counter(row.opening for row in placements)
    left = {
        row.opening: row.seats - placed[row.opening]
        for row in scenario.openings
        if row.seats > placed[row.opening]
    }
    by_id = scenario.opening_by_id
    return (
        tuple(Hires(n, k) for n, k in left.items() if by_id[n].external_cost is not None),
        tuple(Unfilled(n, k) for n, k in left.items() if by_id[n].external_cost is None),
    )


def _sessions(scenario: Scenario, learning: tuple[Learning, ...]) -> tuple[SessionsHeld, ...]:
    """As many sessions as the starts need."""
    starts = Counter((row.activity, row.start) for row in learning)
    return tuple(
        SessionsHeld(activity, period, math.ceil(count / seats))
        for (activity, period), count in sorted(starts.items())
        if (seats := scenario.activity_by_id[activity].seats) is not None
    )


def _leavers(scenario: Scenario, movers: set[str]) -> set[str]:
    """With chains, who leaves a seat: movers who are nobody's incumbent."""
    if scenario.settings.backfill != "chain":
        return set()
    return movers - {row.incumbent for row in scenario.openings if row.incumbent is not None}
