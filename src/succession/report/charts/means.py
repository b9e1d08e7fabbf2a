"""Charts about means: seats by period, budgets and what is spent when, seats used."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from succession.metrics import Kpis
from succession.report.columns import clean
from succession.report.reading import Reading
from succession.verify.limits import start_counts

__all__ = [
    "BudgetBar",
    "Column",
    "SeatRow",
    "SpendRow",
    "budget_bars",
    "columns",
    "seat_rows",
    "spend_rows",
]


@dataclass(frozen=True, slots=True)
class Column:
    """A period's seats; heights in percent of the tallest."""

    label: str
    placed: int
    hired: int
    unfilled: int
    heights: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class BudgetBar:
    """A budget; `share` used of it, None where it is empty."""

    pool: str
    unit: str
    when: str
    amount: float
    used: float
    share: float | None


@dataclass(frozen=True, slots=True)
class SpendRow:
    """What a pool is charged in each period; `levels` 0 … 4 are the colours."""

    pool: str
    amounts: tuple[float, ...]
    levels: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class SeatRow:
    """An activity with seats: (used, held) in each period with a session, else None."""

    activity: str
    title: str
    used: int
    held: int
    cells: tuple[tuple[int, int] | None, ...]


def columns(kpis: Kpis) -> tuple[Column, ...]:
    """Every period of the horizon."""
    tallest = max((row.seats for row in kpis.fill), default=0) or 1
    return tuple(
        Column(
            row.label,
            row.placed,
            row.hired,
            row.unfilled,
            (
                round(100 * row.placed / tallest, 2),
                round(100 * row.hired / tallest, 2),
                round(100 * row.unfilled / tallest, 2),
            ),
        )
        for row in kpis.fill
    )


def budget_bars(reading: Reading, kpis: Kpis) -> tuple[BudgetBar, ...]:
    """Every budget row, those for everyone first."""
    rows = sorted(kpis.budgets, key=lambda row: row.unit is not None)
    horizon = reading.facts.horizon
    return tuple(
        BudgetBar(
            pool=clean(row.pool),
            unit=clean(reading.unit(row.unit)),
            when=f"{reading.label(max(1, row.from_period))} to "
            f"{reading.label(min(horizon, row.to_period))}",
            amount=row.amount,
            used=row.used,
            share=row.used / row.amount if row.amount else None,
        )
        for row in rows
    )


def spend_rows(kpis: Kpis) -> tuple[SpendRow, ...]:
    """Every pool, each on a scale of its own."""
    return tuple(SpendRow(clean(row.pool), row.amounts, _levels(row.amounts)) for row in kpis.spend)


def seat_rows(reading: Reading) -> tuple[SeatRow, ...]:
    """Every activity of which a session is held."""
    starts = start_counts(reading.ledger)
    held: dict[str, dict[int, tuple[int, int]]] = defaultdict(dict)
    for (name, period), sessions in sorted(reading.ledger.sessions.items()):
        seats = (reading.scenario.activity_by_id[name].seats or 0) * sessions
        held[name][period] = (sum(starts.get((name, period), (0, 0))), seats)
    return tuple(
        SeatRow(
            activity=clean(name),
            title=clean(reading.scenario.activity_by_id[name].name or name),
            used=sum(used for used, _ in cells.values()),
            held=sum(seats for _, seats in cells.values()),
            cells=tuple(cells.get(period) for period in range(1, reading.facts.horizon + 1)),
        )
        for name, cells in held.items()
    )


def _levels(amounts: tuple[float, ...]) -> tuple[int, ...]:
    most = max(amounts, default=0.0)
    return tuple(
        0 if amount <= 0 or most <= 0 else 1 + int(3.999 * amount / most) for amount in amounts
    )
