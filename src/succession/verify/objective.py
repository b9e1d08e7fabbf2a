"""Every cost part of model.md, section 6, recomputed from the ledger in the scenario's currency."""

from __future__ import annotations

import math
from collections import Counter, defaultdict

from succession.domain import Costs, Plan
from succession.verify.facts import Facts
from succession.verify.holdings import Prospect
from succession.verify.ledger import Ledger, Target

__all__ = ["recompute"]


class _Account:
    """Amounts collected by cost part and added up exactly at the end."""

    def __init__(self) -> None:
        self._amounts: dict[str, list[float]] = defaultdict(list)

    def charge(self, part: str, amount: float) -> None:
        self._amounts[part].append(amount)

    def costs(self) -> Costs:
        return Costs(**{part: math.fsum(amounts) for part, amounts in self._amounts.items()})


def recompute(
    facts: Facts, ledger: Ledger, prospects: tuple[Prospect, ...], previous: Plan | None
) -> Costs:
    """All cost parts; `change` counts against `previous` and is 0 without it."""
    account = _Account()
    _learning(facts, ledger, account)
    _hires(facts, ledger, account)
    _unfilled(facts, ledger, account)
    for prospect in prospects:
        target = prospect.target
        if target.moves:
            _move(facts, prospect, account)
        if target.kind == "placement":
            _placement(facts, prospect, account)
            _fallback(facts, prospect, account)
        _interest(facts, target, account)
    _bench(facts, ledger, prospects, account)
    if previous is not None:
        changes = _changes(facts, ledger, previous)
        account.charge("change", facts.scenario.settings.change_cost * changes)
    return account.costs()


def _learning(facts: Facts, ledger: Ledger, account: _Account) -> None:
    for person in ledger.people.values():
        for item in person.enrolments:
            if facts.inside(item.start):
                account.charge("learning", item.activity.cost)
    for (activity, _), held in ledger.sessions.items():
        account.charge("sessions", facts.scenario.activity_by_id[activity].session_cost * held)


def _hires(facts: Facts, ledger: Ledger, account: _Account) -> None:
    hired = [
        (facts.seat_of(facts.scenario.opening_by_id[name]), seats)
        for name, seats in ledger.hires.items()
    ]
    hired += [(ledger.vacated[name], 1) for name in sorted(ledger.vacated_hires)]
    for seat, seats in hired:
        share = seat.probability * seats
        account.charge("external", share * (seat.external_cost or 0.0))
        account.charge("vacancy", share * seat.vacancy_cost * seat.wait(facts.horizon))


def _unfilled(facts: Facts, ledger: Ledger, account: _Account) -> None:
    for name, seats in ledger.unfilled.items():
        seat = facts.seat_of(facts.scenario.opening_by_id[name])
        account.charge("unfilled", seat.probability * seats * (seat.unfilled_cost or 0.0))
    for name in sorted(ledger.vacated_unfilled):
        account.charge("unfilled", ledger.vacated[name].unfilled_cost or 0.0)


def _move(facts: Facts, prospect: Prospect, account: _Account) -> None:
    target, seat = prospect.target, prospect.target.seat
    cost = facts.move_cost(target.employee, seat)
    account.charge("moves", seat.probability * prospect.sigma * cost)
    # σ counts for moves alone in a vacated seat (section 7), for the vacancy too in an opening.
    sigma = prospect.sigma if target.kind == "placement" else 1.0
    delay = target.period - seat.needed
    account.charge("vacancy", seat.probability * sigma * seat.vacancy_cost * delay)


def _placement(facts: Facts, prospect: Prospect, account: _Account) -> None:
    settings, target = facts.scenario.settings, prospect.target
    employee, seat = target.employee, target.seat
    role = facts.scenario.role_by_id[employee.role]
    if settings.backfill == "cost" and employee.employee not in facts.incumbents:
        account.charge("backfill", seat.probability * prospect.sigma * role.backfill_cost)
    if facts.interest(employee.employee, seat.role) >= 2:
        years = settings.periods / settings.calendar.periods_per_year
        leaving = 1.0 - (1.0 - employee.leaving_risk) ** years
        kept = seat.probability * settings.retention_effect * leaving * role.replacement_cost
        account.charge("retention", -kept)


def _fallback(facts: Facts, prospect: Prospect, account: _Account) -> None:
    target, seat = prospect.target, prospect.target.seat
    share = seat.probability * (1.0 - prospect.sigma)
    if prospect.fallback == "hire":
        search = seat.search(target.period, facts.horizon)
        account.charge("external", share * (seat.external_cost or 0.0))
        account.charge("vacancy", share * seat.vacancy_cost * search)
    elif prospect.fallback == "unfilled":
        account.charge("unfilled", share * (seat.unfilled_cost or 0.0))


def _interest(facts: Facts, target: Target, account: _Account) -> None:
    points = 3 - facts.interest(target.employee.employee, target.seat.role)
    account.charge("interest", facts.scenario.settings.interest_cost * points)


def _bench(
    facts: Facts, ledger: Ledger, prospects: tuple[Prospect, ...], account: _Account
) -> None:
    cost = facts.scenario.settings.bench_shortage_cost
    standing = Counter(item.seat.name for item in ledger.targets if item.kind == "standby")
    for opening in facts.scenario.openings:
        account.charge("bench", max(0, opening.bench - standing[opening.opening]) * cost)
    for prospect in prospects:
        if prospect.target.kind == "standby":
            account.charge("bench", (1.0 - prospect.sigma) * cost)


def _changes(facts: Facts, ledger: Ledger, previous: Plan) -> int:
    """Previous activity starts dropped or moved, and placements dropped or given away."""
    scenario = facts.scenario
    starts = {
        (name, item.activity.activity, item.start)
        for name, person in ledger.people.items()
        for item in person.enrolments
    }
    placed = {
        (target.seat.name, target.employee.employee)
        for target in ledger.targets
        if target.kind == "placement"
    }
    changes = 0
    for row in set(previous.learning):
        start = _translated(facts, previous, row.start)
        known = row.employee in scenario.employee_by_id and row.activity in scenario.activity_by_id
        if known and facts.inside(start):
            changes += (row.employee, row.activity, start) not in starts
    for placement in set(previous.placements):
        period = _translated(facts, previous, placement.period)
        known = placement.employee in scenario.employee_by_id
        if known and placement.opening in scenario.opening_by_id and facts.inside(period):
            changes += (placement.opening, placement.employee) not in placed
    return changes


def _translated(facts: Facts, previous: Plan, period: int) -> int:
    """The period of this horizon that holds the first month of a period of the previous plan."""
    here = facts.scenario.settings.calendar
    months = (previous.start.year - here.start.year) * 12 + previous.start.month - here.start.month
    return (months + (period - 1) * previous.calendar.months) // here.months + 1
