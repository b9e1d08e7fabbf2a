"""Key figures from a scenario and its verified plan; docs/kpis.md has every formula."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from succession.domain import Costs, Plan, Scenario
from succession.metrics.baseline import all_external_costs
from succession.metrics.breakdowns import (
    BenchCell,
    BudgetUse,
    CostStep,
    PeriodFill,
    PoolSpend,
    bench_by_unit_and_role,
    budget_uses,
    cost_steps,
    fill_by_period,
    spend_by_pool,
)
from succession.metrics.definitions import DEFINITIONS, DIGITS, Definition, KpiKind
from succession.metrics.readiness import ready_since
from succession.verify.facts import Facts, Seat, index
from succession.verify.holdings import Prospect, chance, prospects
from succession.verify.ledger import Ledger, read
from succession.verify.limits import start_counts

__all__ = ["Kpi", "Kpis", "compute_kpis"]

_Values = dict[str, float | None]


@dataclass(frozen=True, slots=True)
class Kpi:
    """A key figure; `value` is None where there is nothing to count (no seats, no budgets)."""

    key: str
    label: str
    kind: KpiKind
    group: str
    note: str
    value: float | None


@dataclass(frozen=True, slots=True)
class Kpis:
    """Every key figure of a plan, amounts to the cent, and the figures behind the charts."""

    rows: tuple[Kpi, ...]
    costs: tuple[CostStep, ...]
    fill: tuple[PeriodFill, ...]
    bench: tuple[BenchCell, ...]
    budgets: tuple[BudgetUse, ...]
    spend: tuple[PoolSpend, ...]

    def __getitem__(self, key: str) -> float | None:
        """The value of a figure; raises KeyError where there is no such figure."""
        return self.values[key]

    @property
    def values(self) -> Mapping[str, float | None]:
        """Values by key, in the order of DEFINITIONS."""
        return {row.key: row.value for row in self.rows}


def compute_kpis(scenario: Scenario, plan: Plan) -> Kpis:
    """All key figures of a plan that has been verified.

    Raises ValueError where there is nothing to count: the plan's status is infeasible or unknown.
    """
    if not plan.has_plan or plan.cost is None:
        raise ValueError(f"there is nothing to count: the plan's status is {plan.status}")
    facts = index(scenario, plan)
    ledger, _ = read(facts, plan)
    outlook = prospects(facts, ledger)
    budgets, external = budget_uses(facts, ledger, outlook), all_external_costs(facts, plan)
    values = {
        **_money(plan, external),
        **_filling(facts, ledger),
        **_bench(facts, ledger),
        **_time(facts, ledger, outlook),
        **_learning(facts, ledger),
        **_budgets(budgets),
        "bound": plan.bound,
        "gap": plan.gap,
    }
    return Kpis(
        rows=tuple(_kpi(definition, values[definition.key]) for definition in DEFINITIONS),
        costs=cost_steps(external, plan.costs),
        fill=fill_by_period(facts, ledger),
        bench=bench_by_unit_and_role(facts, ledger),
        budgets=budgets,
        spend=spend_by_pool(facts, ledger, outlook),
    )


def _kpi(row: Definition, value: float | None) -> Kpi:
    if value is not None:
        digits = DIGITS[row.kind]
        # Adding 0.0 turns a negative zero into zero.
        value = round(value, digits) + 0.0 if digits else round(value)
    return Kpi(row.key, row.label, row.kind, row.group, row.note, value)


def _money(plan: Plan, external: Costs) -> _Values:
    cost = plan.cost or 0.0
    spent = plan.costs.learning + plan.costs.sessions
    new = spent - external.learning - external.sessions
    saving = external.total - cost
    return {
        "cost": cost,
        "cost_all_external": external.total,
        "saving": saving,
        "saving_share": _share(saving, external.total),
        "learning_spend": spent,
        "new_learning_spend": new,
        "return_on_learning": _share(saving, new),
    }


def _filling(facts: Facts, ledger: Ledger) -> _Values:
    seats = sum(row.seats for row in facts.scenario.openings)
    weights = [facts.seat_of(row).probability * row.seats for row in facts.scenario.openings]
    placed = [row for row in ledger.targets if row.kind == "placement"]
    expected = math.fsum(
        row.seat.probability * chance(facts, ledger.people[row.employee.employee], row)
        for row in placed
    )
    fills = sum(1 for row in ledger.targets if row.kind == "fill")
    return {
        "seats": seats,
        "placements": len(placed),
        "hires": sum(ledger.hires.values()),
        "unfilled": sum(ledger.unfilled.values()),
        "internal_fill_rate": _share(len(placed), seats),
        "expected_internal_fill_rate": _share(expected, math.fsum(weights)),
        "vacated": len(ledger.vacated),
        "vacated_fill_rate": _share(fills, len(ledger.vacated)),
    }


def _bench(facts: Facts, ledger: Ledger) -> _Values:
    openings = facts.scenario.openings
    successors = [row for row in ledger.targets if row.kind != "fill"]
    standing = sum(1 for row in successors if row.kind == "standby")
    wanted = sum(row.bench for row in openings)
    year = facts.scenario.settings.calendar.periods_per_year
    waits = [
        ready_since(facts, ledger.people[row.employee.employee], row) - 1 for row in successors
    ]
    number = len(successors)
    return {
        "successor_coverage": _share(number, sum(row.seats for row in openings)),
        "openings_covered": _share(len({row.seat.name for row in successors}), len(openings)),
        "bench_wanted": wanted,
        "standbys": standing,
        "bench_strength": _share(standing, wanted),
        "ready_now": _share(sum(wait == 0 for wait in waits), number),
        "ready_in_a_year": _share(sum(0 < wait <= year for wait in waits), number),
        "ready_later": _share(sum(wait > year for wait in waits), number),
        "time_to_ready": _share(sum(waits), number),
    }


def _time(facts: Facts, ledger: Ledger, outlook: tuple[Prospect, ...]) -> _Values:
    """Expected vacancy, and the weight of all seats that it is spread over."""
    openings = facts.scenario.opening_by_id
    hired = [(facts.seat_of(openings[key]), n) for key, n in sorted(ledger.hires.items())]
    hired += [(ledger.vacated[name], 1) for name in sorted(ledger.vacated_hires)]
    empty = [(facts.seat_of(openings[key]), n) for key, n in sorted(ledger.unfilled.items())]
    empty += [(ledger.vacated[name], 1) for name in sorted(ledger.vacated_unfilled)]
    periods = [seat.probability * n * seat.wait(facts.horizon) for seat, n in hired]
    periods += [seat.probability * n * _rest(facts, seat) for seat, n in empty]
    periods += [_vacancy(facts, row) for row in outlook if row.target.moves]
    weight = math.fsum(
        facts.seat_of(row).probability * row.seats for row in facts.scenario.openings
    ) + len(ledger.vacated)
    total = math.fsum(periods)
    return {"vacancy_periods": total, "vacancy_per_seat": _share(total, weight)}


def _vacancy(facts: Facts, prospect: Prospect) -> float:
    target, seat = prospect.target, prospect.target.seat
    delay = target.period - seat.needed
    if target.kind == "fill":
        return float(delay)
    fallback = 0
    if prospect.fallback == "hire":
        fallback = seat.search(target.period, facts.horizon)
    elif prospect.fallback == "unfilled":
        fallback = _rest(facts, seat)
    return seat.probability * (prospect.sigma * delay + (1.0 - prospect.sigma) * fallback)


def _rest(facts: Facts, seat: Seat) -> int:
    """Periods from when a seat is needed to the end of the horizon."""
    return facts.horizon - seat.needed + 1


def _learning(facts: Facts, ledger: Ledger) -> _Values:
    started = [
        (name, item.activity)
        for name, person in ledger.people.items()
        for item in person.enrolments
        if facts.inside(item.start)
    ]
    learners = len({name for name, _ in started})
    hours = math.fsum(activity.hours * activity.duration for _, activity in started)
    activities = facts.scenario.activity_by_id
    used = sum(
        sum(count)
        for (name, _), count in start_counts(ledger).items()
        if activities[name].seats is not None
    )
    held = sum((activities[name].seats or 0) * n for (name, _), n in ledger.sessions.items())
    return {
        "learners": learners,
        "activities": len(started),
        "learning_hours": hours,
        "hours_per_learner": _share(hours, learners),
        "sessions": sum(ledger.sessions.values()),
        "seat_use": _share(used, held),
    }


def _budgets(budgets: tuple[BudgetUse, ...]) -> _Values:
    """All pools: by the rows for everyone, by those of units where a pool has no other."""
    whole = {row.pool for row in budgets if row.unit is None}
    rows = [row for row in budgets if row.unit is None or row.pool not in whole]
    amount = math.fsum(row.amount for row in rows)
    used = math.fsum(row.used for row in rows)
    return {
        "budget": amount if rows else None,
        "budget_used": used if rows else None,
        "budget_use": _share(used, amount),
    }


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None
