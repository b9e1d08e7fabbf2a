"""Activities whose prerequisites can never be met, and the cycles that make it so."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping

from succession.domain import Scenario
from succession.io.check.sheet import Report, Sheet
from succession.io.values.parse import Verdict

__all__ = ["check_prerequisites"]

_TABLES = ("Activities", "Prerequisites", "Outcomes", "Profiles", "Commitments")


def check_prerequisites(scenario: Scenario, sheets: Mapping[str, Sheet], report: Report) -> None:
    """Warns about prerequisites that nobody can ever come to hold."""
    if not all(sheets[table].clean for table in _TABLES):
        return
    needs: dict[str, dict[str, int]] = defaultdict(dict)
    for need in scenario.prerequisites:
        needs[need.activity][need.competency] = need.level
    dead = _never_started(scenario, needs)
    if not dead:
        return
    sheet = sheets["Prerequisites"]
    rows = scenario.source_rows.get("Prerequisites", ())
    said = set()
    for need, row in zip(scenario.prerequisites, rows, strict=True):
        if need.activity in dead and need.activity not in said:
            said.add(need.activity)
            verdict = _verdict(need.activity, dead, needs, scenario)
            report.at(sheet, bisect_left(sheet.rows, row), "activity", verdict)


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
    while True:
        ready = [
            activity
            for activity in waiting
            if activity in committed
            or all(held[c] >= level for c, level in needs.get(activity, {}).items())
        ]
        if not ready:
            return set(waiting)
        for activity in ready:
            for competency, level in gives[activity]:
                held[competency] = max(held[competency], level)
        started = set(ready)
        waiting = [activity for activity in waiting if activity not in started]


def _verdict(
    activity: str, dead: set[str], needs: Mapping[str, Mapping[str, int]], scenario: Scenario
) -> Verdict:
    hint = "Break the circle, or enter who holds it in Profiles."
    cycle = _cycle(activity, dead, needs, scenario)
    if cycle:
        message = f"prerequisites in a circle: {' → '.join(cycle)}"
        return Verdict("warning", "W_CYCLE", message, hint)
    message = "its prerequisites can never be met: nobody holds them and no activity gives them"
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
