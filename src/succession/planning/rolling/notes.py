"""What a planner should know of the next scenario; nothing in it is an error."""

from __future__ import annotations

from collections.abc import Iterator

from succession.domain import Scenario
from succession.planning.rolling.limits import spent_on
from succession.planning.rolling.outcome import Outcome
from succession.planning.stability.keeping import promises_at_risk

__all__ = ["notes"]

_NAMED = 10


def notes(outcome: Outcome, following: Scenario) -> tuple[str, ...]:
    """Money overspent, pools without a limit, calendars that ran out, seats still sat in."""
    return (
        *_overspent(outcome),
        *_unlimited(following),
        *_not_offered(outcome, following),
        *_gone(outcome),
        *_still_sitting(outcome, following),
        *(f"A promise is at risk: {breach.message}" for breach in promises_at_risk(following)),
    )


def _overspent(outcome: Outcome) -> Iterator[str]:
    for row in outcome.scenario.budgets:
        spent = spent_on(outcome, row)
        if spent > row.amount * (1 + 1e-9):
            owner = f" of {row.unit}" if row.unit else ""
            yield (
                f"Budget {row.pool}{owner}: {spent:,.2f} was spent, {row.amount:,.2f} was there; "
                "nothing is left."
            )


def _unlimited(following: Scenario) -> Iterator[str]:
    """Pools that some row limits, in periods that none does."""
    label, horizon = following.settings.calendar.label, following.settings.periods
    pools: dict[tuple[str, str | None], set[int]] = {}
    for row in following.budgets:
        covered = pools.setdefault((row.pool, row.unit), set())
        covered |= set(range(max(1, row.from_period), min(horizon, row.to_period) + 1))
    for (pool, unit), covered in sorted(
        pools.items(), key=lambda item: (item[0][0], item[0][1] or "")
    ):
        missing = [label(period) for period in range(1, horizon + 1) if period not in covered]
        if missing:
            owner = f" of {unit}" if unit else ""
            yield f"Budget {pool}{owner} has no row for {', '.join(missing)}: no limit then."


def _not_offered(outcome: Outcome, following: Scenario) -> Iterator[str]:
    before = {row.activity for row in outcome.scenario.sessions if row.sessions}
    after = {row.activity for row in following.sessions if row.sessions}
    listed = {row.activity for row in following.sessions}
    for activity in sorted((before - after) & listed):
        yield f"Activity {activity} has no sessions left: it is not offered any more."


def _gone(outcome: Outcome) -> Iterator[str]:
    told = {row.employee for row in outcome.actuals.leavers}
    over = sorted(outcome.gone - told)
    if over:
        more = f" and {len(over) - _NAMED} more" if len(over) > _NAMED else ""
        yield f"Left out, since their last period is over: {', '.join(over[:_NAMED])}{more}."


def _still_sitting(outcome: Outcome, following: Scenario) -> Iterator[str]:
    """Incumbents whose seat is taken and who are neither gone nor moved."""
    open_now = {row.opening for row in following.openings}
    here = following.employee_by_id
    for row in outcome.scenario.openings:
        who = row.incumbent
        if row.opening in open_now or who is None or who not in here or who in outcome.moved_to:
            continue
        yield f"Opening {row.opening} is closed, but {who} is still there in the same role."
