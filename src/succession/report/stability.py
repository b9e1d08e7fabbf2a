"""Changes against the previous plan, with their reasons."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from succession.domain.scenario import Scenario
from succession.domain.stability import Cause, PreviousDecision, Stability
from succession.report.columns import Table, column

__all__ = ["CAUSES", "ChangeRow", "changes_table", "stability_summary"]

CAUSES: dict[Cause, str] = {
    "people": "the person can no longer",
    "capacity": "no place for it",
    "money": "no money for it",
    "opening": "the seat is taken",
    "purpose": "serves no opening any more",
    "pays": "the new plan is cheaper",
}
"""Why a decision was given up, in a few words."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A decision of the previous plan that does not stand any more."""

    employee: str = field(metadata=column("Employee", "id"))
    name: str = field(metadata=column("Name"))
    was: str = field(metadata=column("Was planned"))
    title: str = field(metadata=column("What"))
    period: str = field(metadata=column("For", "period"))
    now: str = field(metadata=column("Now"))
    cause: str = field(metadata=column("Reason"))
    why: str = field(metadata=column("In full"))


def changes_table(scenario: Scenario, stability: Stability) -> Table[ChangeRow]:
    """Every previous decision that was changed, placements first, then those that lapsed."""
    rows = sorted(
        stability.decisions,
        key=lambda row: (row.fate == "gone", row.kind, row.period, row.employee, row.what),
    )
    return Table(
        "Changes",
        "Changes against the previous plan",
        " ".join(stability_summary(stability, scenario.settings.currency)),
        ChangeRow,
        [_row(scenario, stability, row) for row in rows],
    )


def stability_summary(stability: Stability, currency: str) -> tuple[str, ...]:
    """A sentence each: what stands, what changed and why, what lapsed, what keeping would cost."""
    changes, kept, gone = stability.changes, stability.kept, len(stability.gone)
    lines = [f"{kept} of {kept + len(changes)} decisions of the previous plan stand."]
    if changes:
        causes = Counter(row.cause for row in changes)
        reasons = ", ".join(f"{causes[key]} {text}" for key, text in CAUSES.items() if causes[key])
        lines.append(f"{_count(len(changes), 'change')}: {reasons}.")
    if gone:
        lines.append(f"{_count(gone, 'decision')} lapsed with people, openings or activities.")
    lines += _price(stability, currency)
    return tuple(lines)


def _price(stability: Stability, currency: str) -> list[str]:
    if not any(row.cause == "pays" for row in stability.changes):
        return ["All that can be kept is kept."] if stability.changes else []
    if stability.extra is None:
        return ["What keeping all that can be kept would cost was not found."]
    text = f"Keeping all that can be kept would cost {stability.extra:,.0f} {currency} more"
    least = stability.extra_at_least
    if least is not None and round(least) < round(stability.extra):
        text += f" (proven: at least {least:,.0f})"
    return [f"{text}, before {stability.change_cost:,.0f} a change."]


def _row(scenario: Scenario, stability: Stability, row: PreviousDecision) -> ChangeRow:
    employee = scenario.employee_by_id.get(row.employee)
    if row.kind == "start":
        activity = scenario.activity_by_id.get(row.what)
        title = "" if activity is None else activity.name
    else:
        opening = scenario.opening_by_id.get(row.what)
        role = None if opening is None else scenario.role_by_id[opening.role]
        title = "" if role is None else role.title or role.role
    return ChangeRow(
        employee=row.employee,
        name="" if employee is None else employee.name,
        was=f"{'start' if row.kind == 'start' else 'placement in'} {row.what}",
        title=title,
        period=stability.calendar.label(row.period),
        now=row.now,
        cause="no longer there" if row.fate == "gone" else CAUSES[row.cause],
        why=row.why,
    )


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
