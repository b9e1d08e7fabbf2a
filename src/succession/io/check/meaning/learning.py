"""Requirements, activities and pools: needs nobody can meet, rows that serve nothing."""

from __future__ import annotations

from itertools import pairwise

from succession.domain import Outcome, Profile
from succession.io.check.meaning.pages import Pages
from succession.io.check.sheet import Report, Sheet
from succession.io.schema import fold_name
from succession.io.values.parse import Verdict

__all__ = ["check_learning"]

_WHAT = ("Roles", "Requirements", "Profiles", "Outcomes")


def check_learning(pages: Pages) -> None:
    """Reports requirements out of reach, activities of no use, and pools without a limit."""
    if pages.clean(*_WHAT):
        _check_requirements(pages)
        _check_profiles(pages)
    if pages.clean("Activities", "Outcomes"):
        _check_outcomes(pages)
    _check_zero_seats(pages.sheets["Activities"], pages.report)
    _check_pools(pages)


def _check_profiles(pages: Pages) -> None:
    """Rows of one employee and competency of which the higher level covers the lower."""
    profiles = pages.scenario.profiles
    rows = pages.rows("Profiles")
    twins = [
        number
        for number, (one, other) in enumerate(pairwise(profiles))
        if one.employee == other.employee and one.competency == other.competency
    ]
    groups: dict[tuple[str, str], set[int]] = {}
    for number in twins:
        key = profiles[number].employee, profiles[number].competency
        groups.setdefault(key, set()).update((number, number + 1))
    for group in groups.values():
        for number in sorted(group):
            over = next((k for k in sorted(group) if _covers(profiles[k], profiles[number])), None)
            if over is not None:
                message = f"level {profiles[over].level} in row {rows[over]} covers it"
                verdict = Verdict("warning", "W_CONFLICT", message, "Keep the row that is right.")
                pages.say("Profiles", rows[number], "level", verdict)


def _covers(one: Profile, other: Profile) -> bool:
    first, last = float("-inf"), float("inf")
    return (
        one.level > other.level
        and (first if one.valid_from is None else one.valid_from)
        <= (first if other.valid_from is None else other.valid_from)
        and (last if one.valid_to is None else one.valid_to)
        >= (last if other.valid_to is None else other.valid_to)
    )


def _check_requirements(pages: Pages) -> None:
    scenario = pages.scenario
    best: dict[str, int] = {}
    held: list[Profile | Outcome] = [*scenario.profiles, *scenario.outcomes]
    for row_held in held:
        best[row_held.competency] = max(best.get(row_held.competency, 0), row_held.level)
    for need, row in zip(scenario.requirements, pages.rows("Requirements"), strict=True):
        if best.get(need.competency, 0) < need.level:
            message = f"nobody holds it at level {need.level} and no activity gives it"
            hint = "Add an activity with this outcome, or correct the level."
            verdict = Verdict("warning", "W_UNFILLABLE", message, hint)
            pages.say("Requirements", row, "competency", verdict)
    asked = {need.role for need in scenario.requirements}
    wanted = {opening.role for opening in scenario.openings}
    for role, row in zip(scenario.roles, pages.rows("Roles"), strict=True):
        if role.role in wanted - asked:
            message = "the role of an opening asks for nothing: anybody is ready for it"
            hint = "Add rows to Requirements."
            pages.say("Roles", row, "role", Verdict("warning", "W_ROLE_EMPTY", message, hint))


def _check_outcomes(pages: Pages) -> None:
    giving = {row.activity for row in pages.scenario.outcomes}
    for activity, row in zip(pages.scenario.activities, pages.rows("Activities"), strict=True):
        if activity.activity not in giving:
            message = "an activity without outcomes is of no use to any plan"
            hint = "Add a row to Outcomes."
            verdict = Verdict("warning", "W_NO_OUTCOME", message, hint)
            pages.say("Activities", row, "activity", verdict)


def _check_zero_seats(sheet: Sheet, report: Report) -> None:
    for position, seats in enumerate(sheet.column("seats")):
        if seats == 0:
            message = "sessions without seats take nobody; the activity counts as not offered"
            report.at(sheet, position, "seats", Verdict("warning", "W_SEATS", message, ""))


def _check_pools(pages: Pages) -> None:
    settings, sheets = pages.scenario.settings, pages.sheets
    if not sheets["Budgets"].clean:
        return
    pools = {row.pool for row in pages.scenario.budgets}
    keys = [cell and fold_name(cell.text) for cell in sheets["Settings"].raw.get("key", ())]
    for name in ("external_pool", "move_pool"):
        pool = getattr(settings, name)
        if pool is None or pool in pools:
            continue
        message = f"{name} {pool!r}: no row of Budgets limits it; it counts as unlimited"
        verdict = Verdict("warning", "W_BUDGET", message, "Add a row to Budgets.")
        pages.report.at(sheets["Settings"], keys.index(fold_name(name)), "value", verdict)
