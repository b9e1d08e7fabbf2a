"""Everything that can be said about a scenario before it is solved."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path

from succession import io
from succession.domain.findings import Finding
from succession.domain.plan import Learning, Plan, SessionsHeld
from succession.domain.scenario import Scenario
from succession.verify import verify

__all__ = ["check_scenario"]


def check_scenario(source: Path) -> io.Loaded:
    """What reading finds, and where commitments alone exceed a limit (model.md, section 4)."""
    loaded = io.load(source)
    if loaded.scenario is None or not loaded.scenario.commitments:
        return loaded
    sheet = "Commitments.csv" if source.is_dir() else "Commitments"
    hint = "Take commitments out, or raise the limit; nothing new is planned there."
    found = [
        Finding("warning", "W_COMMITMENTS", excess.message, sheet=sheet, hint=hint)
        for excess in verify(loaded.scenario, _committed(loaded.scenario)).excesses
    ]
    return io.Loaded(loaded.scenario, (*loaded.findings, *found))


def _committed(scenario: Scenario) -> Plan:
    """What happens if nothing at all is planned: the commitments and the sessions they need."""
    rows = [row for row in scenario.commitments if row.start >= 1]
    seats = {row.activity: row.seats for row in scenario.activities}
    allowed: dict[str, Counter[int]] = {}
    for session in scenario.sessions:
        allowed.setdefault(session.activity, Counter())[session.period] += session.sessions
    held = []
    for (activity, period), starts in Counter((row.activity, row.start) for row in rows).items():
        room = seats[activity]
        if room:
            most = allowed[activity][period] if activity in allowed else 1
            held.append(SessionsHeld(activity, period, min(-(-starts // room), most)))
    return replace(
        Plan.blank(scenario),
        learning=tuple(sorted(Learning(row.employee, row.activity, row.start) for row in rows)),
        sessions=tuple(sorted(row for row in held if row.sessions)),
    )
