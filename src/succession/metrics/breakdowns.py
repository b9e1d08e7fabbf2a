"""Key figures broken down: by period, by unit and role, by budget. Shown as charts and tables."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import asdict, dataclass

from succession.domain import Costs
from succession.verify.facts import Facts
from succession.verify.holdings import Prospect
from succession.verify.ledger import Ledger
from succession.verify.limits import budget_limits, charges

__all__ = [
    "BenchCell",
    "BudgetUse",
    "CostStep",
    "PeriodFill",
    "PoolSpend",
    "bench_by_unit_and_role",
    "budget_uses",
    "cost_steps",
    "fill_by_period",
    "spend_by_pool",
]


@dataclass(frozen=True, slots=True)
class CostStep:
    """A cost part all-external and in the plan, in the currency, to the cent."""

    part: str
    all_external: float
    plan: float


@dataclass(frozen=True, slots=True)
class PeriodFill:
    """The openings needed in a period: how their seats are filled."""

    period: int
    label: str
    seats: int
    placed: int
    hired: int
    unfilled: int


@dataclass(frozen=True, slots=True)
class BenchCell:
    """The openings of a role in a unit: seats, successors (placed), bench wanted, standbys."""

    unit: str | None
    role: str
    openings: int
    seats: int
    placed: int
    wanted: int
    standing: int


@dataclass(frozen=True, slots=True)
class BudgetUse:
    """A budget row with what is charged to it, in the currency, to the cent."""

    pool: str
    unit: str | None
    from_period: int
    to_period: int
    amount: float
    used: float


@dataclass(frozen=True, slots=True)
class PoolSpend:
    """What is charged to a pool in each period 1…T, limited or not, to the cent."""

    pool: str
    amounts: tuple[float, ...]


def cost_steps(all_external: Costs, plan: Costs) -> tuple[CostStep, ...]:
    """Every cost part, in the order of the model, section 6."""
    external = asdict(all_external)
    return tuple(
        CostStep(part, round(external[part], 2) + 0.0, round(amount, 2) + 0.0)
        for part, amount in asdict(plan).items()
    )


def fill_by_period(facts: Facts, ledger: Ledger) -> tuple[PeriodFill, ...]:
    """Every period 1…T by the openings needed in it."""
    placed = Counter(row.seat.name for row in ledger.targets if row.kind == "placement")
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for row in facts.scenario.openings:
        counts[row.needed] += Counter(
            seats=row.seats,
            placed=placed[row.opening],
            hired=ledger.hires.get(row.opening, 0),
            unfilled=ledger.unfilled.get(row.opening, 0),
        )
    return tuple(
        PeriodFill(
            period,
            facts.label(period),
            counts[period]["seats"],
            counts[period]["placed"],
            counts[period]["hired"],
            counts[period]["unfilled"],
        )
        for period in range(1, facts.horizon + 1)
    )


def bench_by_unit_and_role(facts: Facts, ledger: Ledger) -> tuple[BenchCell, ...]:
    """Every unit and role that has an opening; without a unit last."""
    targets = Counter((row.kind, row.seat.name) for row in ledger.targets)
    counts: dict[tuple[str | None, str], Counter[str]] = defaultdict(Counter)
    for row in facts.scenario.openings:
        counts[row.unit, row.role] += Counter(
            openings=1,
            seats=row.seats,
            placed=targets["placement", row.opening],
            wanted=row.bench,
            standing=targets["standby", row.opening],
        )
    keys = sorted(counts, key=lambda key: (key[0] is None, key[0] or "", key[1]))
    names = ("openings", "seats", "placed", "wanted", "standing")
    return tuple(BenchCell(*key, *(counts[key][name] for name in names)) for key in keys)


def budget_uses(
    facts: Facts, ledger: Ledger, prospects: tuple[Prospect, ...]
) -> tuple[BudgetUse, ...]:
    """Every budget row, in the scenario's order."""
    limits = budget_limits(facts, ledger, prospects)
    return tuple(
        BudgetUse(
            row.pool,
            row.unit,
            row.from_period,
            row.to_period,
            row.amount,
            round(limit.committed + limit.new, 2),
        )
        for row, limit in zip(facts.scenario.budgets, limits, strict=True)
    )


def spend_by_pool(
    facts: Facts, ledger: Ledger, prospects: tuple[Prospect, ...]
) -> tuple[PoolSpend, ...]:
    """Every pool that something is charged to."""
    found: dict[str, dict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    for charge in charges(facts, ledger, prospects):
        found[charge.pool][charge.period].append(charge.amount)
    periods = range(1, facts.horizon + 1)
    return tuple(
        PoolSpend(pool, tuple(round(math.fsum(found[pool][period]), 2) for period in periods))
        for pool in sorted(found)
    )
