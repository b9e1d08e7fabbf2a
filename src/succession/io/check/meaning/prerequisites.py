"""Activities whose prerequisites can never be met, and the cycles that make it so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from succession.domain import Scenario
from succession.io.check.meaning.pages import Pages
from succession.io.values.parse import Verdict

__all__ = ["check_prerequisites"]

_TABLES = ("Activities", "Sessions", "Prerequisites", "Outcomes", "Profiles", "Commitments")


def check_prerequisites(pages: Pages) -> None:
    """Warns about prerequisites that nobody can ever come to hold."""
    if not pages.clean(*_TABLES):
        return
    scenario = pages.scenario
    needs: dict[str, dict[str, int]] = defaultdict(dict)
    for need in scenario.prerequisites:
        needs[need.activity][need.competency] = need.level
    dead = _never_started(scenario, needs)
    if not dead:
        return
    said = set()
    for need, row in zip(scenario.prerequisites, pages.rows("Prerequisites"), strict=True):
        if need.activity in dead and need.activity not in said:
            said.add(need.activity)
            verdict = _verdict(need.activity, dead, needs, scenario)
            pages.say("Prerequisites", row, "activity", verdict)


def _never_started(scenario: Scenario, needs: Mapping[str, Mapping[str, int]]) -> set[str]:
    """Activities that stay out of reach even if one person held what everybody holds."""
    held: dict[str, int] = defaultdict(int)
    for profile in scenario.profiles:
        held[profile.competency] = max(held[profile.competency], profile.level)
    gives: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for outcome in scenario.outcomes:
        gives[outcome.activity].append((outcome.competency, outcome.level))
    committed = {row.activity for row in scenario.commitments}
    waiting = [row.activity for row in scenario.activities]
    closed = _never_offered(scenario) - committed
    while True:
        ready = [
            activity
            for activity in waiting
            if activity in committed
            or (
                activity not in closed
                and all(held[c] >= level for c, level in needs.get(activity, {}).items())
            )
        ]
        if not ready:
            return set(waiting) - closed
        for activity in ready:
            for competency, level in gives[activity]:
                held[competency] = max(held[competency], level)
        started = set(ready)
        waiting = [activity for activity in waiting if activity not in started]


def _never_offered(scenario: Scenario) -> set[str]:
    """Activities without a session in the horizon, or too long to end in it."""
    held: dict[str, int] = defaultdict(int)
    for session in scenario.sessions:
        held[session.activity] += session.sessions
    closed = {activity for activity, sessions in held.items() if sessions == 0}
    horizon = scenario.settings.periods
    return closed | {row.activity for row in scenario.activities if row.duration > horizon}


def _verdict(
    activity: str, dead: set[str], needs: Mapping[str, Mapping[str, int]], scenario: Scenario
) -> Verdict:
    hint = "Break the circle, or enter who holds it in Profiles."
    cycle = _cycle(activity, dead, needs, scenario)
    if cycle:
        message = f"prerequisites in a circle: {' → '.join(cycle)}"
        return Verdict("warning", "W_CYCLE", message, hint)
    message = (
        "its prerequisites can never be met: nobody holds them and no activity on offer gives them"
    )
    return Verdict("warning", "W_UNREACHABLE", message, "Add an activity that gives them.")


def _cycle(
    start: str, dead: set[str], needs: Mapping[str, Mapping[str, int]], scenario: Scenario
) -> list[str]:
    """A shortest circle of dead activities through `start`, or an empty list."""
    givers: dict[str, list[tuple[str, int]]] = defaultdict(list)
    for outcome in scenario.outcomes:
        if outcome.activity in dead:
            givers[outcome.competency].append((outcome.activity, outcome.level))
    paths = {start: [start]}
    layer = [start]
    while layer:
        following = []
        for activity in layer:
            for competency, level in needs.get(activity, {}).items():
                for giver, given in givers[competency]:
                    if given >= level and giver == start:
                        return [*paths[activity], start]
                    if given >= level and giver not in paths:
                        paths[giver] = [*paths[activity], giver]
                        following.append(giver)
        layer = following
    return []
