"""One name for every rule, wherever it appears: verifier, master row, report line."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

__all__ = ["RULE_TITLES", "RuleId", "Violation"]


class RuleId(StrEnum):
    """The rules of model.md, sections 2 to 7, and of plan.md."""

    FORMAT = "format"
    REFERENCE = "reference"
    COMMITMENTS = "commitments"
    ONE_TARGET = "one_target"
    ONCE = "once"
    OFFERED = "offered"
    PREREQUISITES = "prerequisites"
    HOURS = "hours"
    AT_ONCE = "at_once"
    AVAILABILITY = "availability"
    ELIGIBLE = "eligible"
    TARGET = "target"
    PURPOSE = "purpose"
    LOCK = "lock"
    SEATS = "seats"
    SESSIONS = "sessions"
    MIN_SEATS = "min_seats"
    RESOURCES = "resources"
    AWAY = "away"
    MOVES_OUT = "moves_out"
    BUDGETS = "budgets"
    OPENINGS = "openings"
    BENCH = "bench"
    VACATED = "vacated"
    COST = "cost"
    BOUND = "bound"


RULE_TITLES: dict[RuleId, str] = {
    RuleId.FORMAT: "The plan file is complete and belongs to this scenario",
    RuleId.REFERENCE: "Everything the plan names is in the scenario",
    RuleId.COMMITMENTS: "Every commitment is kept",
    RuleId.ONE_TARGET: "Nobody is placed or stands by more than once",
    RuleId.ONCE: "No activity twice, none that is already committed",
    RuleId.OFFERED: "Activities start when they are offered and end within the horizon",
    RuleId.PREREQUISITES: "Prerequisites are held when an activity starts",
    RuleId.HOURS: "Learning hours fit the person's hours",
    RuleId.AT_ONCE: "No more activities at once than allowed",
    RuleId.AVAILABILITY: "The person is available and long enough there",
    RuleId.ELIGIBLE: "The person is eligible for the opening",
    RuleId.TARGET: "The person is ready in time, and nothing is unfinished then",
    RuleId.PURPOSE: "Every planned activity is needed for the target",
    RuleId.LOCK: "Required placements and named standbys are kept",
    RuleId.SEATS: "Starts fit the seats of the sessions held",
    RuleId.SESSIONS: "Sessions held are allowed by the calendar",
    RuleId.MIN_SEATS: "Classes are viable",
    RuleId.RESOURCES: "Hosts and other resources are not overbooked",
    RuleId.AWAY: "No more of a unit away than allowed",
    RuleId.MOVES_OUT: "No more moves out of a unit than allowed",
    RuleId.BUDGETS: "Budgets are kept",
    RuleId.OPENINGS: "Every seat is placed, hired or left unfilled, where that is allowed",
    RuleId.BENCH: "No more standbys than the bench wants",
    RuleId.VACATED: "Every vacated seat is filled, hired or left unfilled, where allowed",
    RuleId.COST: "The costs in the plan are right",
    RuleId.BOUND: "Bound, gap and status agree with the cost",
}


@dataclass(frozen=True, slots=True, order=True)
class Violation:
    """One breach: the rule, who or what it concerns, when, and by how much (0: no amount)."""

    rule: RuleId
    who: str
    what: str
    when: str
    amount: float
    message: str
