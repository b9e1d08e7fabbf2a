"""The comparison, worked out once from plans and their figures; every output shows this record."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from succession.domain.plan import Plan
from succession.metrics import Figures
from succession.report.columns import Table, clean, column
from succession.report.comparison.changes import (
    BenchChangeRow,
    LearningChangeRow,
    SeatChangeRow,
    Words,
    bench_changes,
    learning_changes,
    seat_changes,
)
from succession.report.comparison.lines import (
    Line,
    change_lines,
    cost_lines,
    count_lines,
    kpi_lines,
    plan_lines,
)
from succession.report.comparison.notes import SAME, notes
from succession.report.tables import money

__all__ = ["BudgetUseRow", "Card", "Comparison", "build_comparison"]

_PRECISE_BELOW = 10_000.0

_Row = TypeVar("_Row")

_IN_KPIS = frozenset(
    {
        "counts.placements",
        "counts.hires",
        "counts.unfilled",
        "counts.vacated",
        "counts.standbys",
        "counts.learners",
        "counts.learning",
        "counts.sessions",
        "internal_share",
    }
)
"""Counts that are not shown where the key figures have them."""

_SEATS = "Every seat that is dealt with otherwise than in the first plan."
_BENCH = "Openings for which other people stand by than in the first plan."
_LEARNING = (
    "People whose learning differs from the first plan, in the periods that both plans have."
)
_BUDGETS = "What each plan charges to each budget."


@dataclass(frozen=True, slots=True)
class Card:
    """What a plan costs, ready to print, and how that is against the first."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class BudgetUseRow:
    """A budget in one of the plans."""

    plan: str = field(metadata=column("Plan"))
    pool: str = field(metadata=column("Pool", "id"))
    unit: str = field(metadata=column("Unit", "id"))
    start: str = field(metadata=column("From", "period"))
    end: str = field(metadata=column("To", "period"))
    amount: float = field(metadata=column("Budget", "amount"))
    used: float = field(metadata=column("Used", "amount"))
    share: float | None = field(metadata=column("Used share", "share"))


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two to six plans side by side. No clock is in it: equal plans give equal comparisons."""

    names: tuple[str, ...]
    plans: tuple[Plan, ...]
    figures: tuple[Figures | None, ...]
    currency: str
    decimals: int
    headline: str
    notes: tuple[str, ...]
    cards: tuple[Card, ...]
    lines: tuple[Line, ...]
    seats: Table[SeatChangeRow]
    bench: Table[BenchChangeRow]
    learning: Table[LearningChangeRow]
    budgets: Table[BudgetUseRow]

    @property
    def changes(self) -> tuple[Table[Any], ...]:
        """What changed and for whom, in reading order."""
        return (self.seats, self.bench, self.learning)

    @property
    def tables(self) -> tuple[Table[Any], ...]:
        """The changes, and the budgets where they are known."""
        return (*self.changes, self.budgets) if self.budgets.rows else self.changes

    @property
    def shown(self) -> tuple[Line, ...]:
        """The lines for people: counts that the key figures of all plans have are left out."""
        if any(item is None for item in self.figures):
            return self.lines
        return tuple(line for line in self.lines if line.key not in _IN_KPIS)

    @property
    def groups(self) -> tuple[str, ...]:
        """The headings of the lines shown, in order."""
        return tuple(dict.fromkeys(line.group for line in self.shown))

    def line(self, key: str) -> Line:
        """The line of that key; raises KeyError where there is none."""
        for line in self.lines:
            if line.key == key:
                return line
        raise KeyError(key)


def build_comparison(
    plans: Sequence[Plan],
    names: Sequence[str],
    figures: Sequence[Figures | None] | None = None,
) -> Comparison:
    """Compare plans, each of which holds a plan in the same currency, with the first of them.

    `figures` are the key figures of each plan, None where they are not known.
    """
    if len(plans) != len(names) or len(set(names)) != len(names):
        raise ValueError("every plan needs a name of its own")
    if len(plans) < 2 or any(plan.cost is None for plan in plans):
        raise ValueError("a comparison needs two plans or more, each with a cost")
    found = tuple(figures) if figures is not None else (None,) * len(plans)
    if len(found) != len(plans):
        raise ValueError("figures are given for every plan or for none")
    called = tuple(clean(name) for name in names)
    costs = [plan.cost or 0.0 for plan in plans]
    decimals = 2 if max(map(abs, costs)) < _PRECISE_BELOW else 0
    words = Words.of(found)
    seats = _changes(seat_changes, called, plans, words)
    bench = _changes(bench_changes, called, plans, words)
    learning = _changes(learning_changes, called, plans, words)
    lines = [*plan_lines(plans), *kpi_lines(found), *cost_lines(plans), *count_lines(plans)]
    return Comparison(
        names=called,
        plans=tuple(plans),
        figures=found,
        currency=clean(plans[0].currency),
        decimals=decimals,
        headline=_headline(called, plans, decimals),
        notes=notes(called, plans, found),
        cards=_cards(called, plans, decimals),
        lines=(*lines, *change_lines(called, seats, bench, learning)),
        seats=Table("Seats", "Seats filled otherwise", _SEATS, SeatChangeRow, seats),
        bench=Table("Bench", "Other standbys", _BENCH, BenchChangeRow, bench),
        learning=Table("Learning", "Other learning", _LEARNING, LearningChangeRow, learning),
        budgets=Table("Budgets", "Budgets", _BUDGETS, BudgetUseRow, _budgets(called, plans, found)),
    )


def _budgets(
    names: Sequence[str], plans: Sequence[Plan], figures: Sequence[Figures | None]
) -> list[BudgetUseRow]:
    rows = []
    for name, plan, item in zip(names, plans, figures, strict=True):
        for row in item.budgets if item is not None else ():
            start, end = max(1, row.from_period), min(plan.periods, row.to_period)
            rows.append(
                BudgetUseRow(
                    plan=name,
                    pool=clean(row.pool),
                    unit=clean(row.unit or ""),
                    start=plan.calendar.label(start),
                    end=plan.calendar.label(end),
                    amount=row.amount,
                    used=row.used,
                    share=row.used / row.amount if row.amount else None,
                )
            )
    return rows


def _changes(
    find: Callable[[str, Plan, Plan, Words], list[_Row]],
    names: Sequence[str],
    plans: Sequence[Plan],
    words: Words,
) -> list[_Row]:
    pairs = zip(names[1:], plans[1:], strict=True)
    return [row for name, plan in pairs for row in find(name, plans[0], plan, words)]


def _headline(names: Sequence[str], plans: Sequence[Plan], decimals: int) -> str:
    costs = [plan.cost or 0.0 for plan in plans]
    best = min(range(len(costs)), key=costs.__getitem__)
    if max(costs) - min(costs) < SAME:
        return f"All plans cost {money(costs[0], decimals)} {plans[0].currency}."
    if best == 0:
        return f"No plan costs less than {names[0]}."
    less = _versus(costs[best], plans[0], names[0], decimals)
    return f"{names[best]} costs least: {less}."


def _versus(cost: float, first: Plan, name: str, decimals: int) -> str:
    base = first.cost or 0.0
    difference = abs(cost - base)
    if difference < SAME:
        return f"the same as {name}"
    share = f" ({difference / abs(base):.1%})" if base else ""
    word = "less" if cost < base else "more"
    return f"{money(difference, decimals)} {clean(first.currency)}{share} {word} than {name}"


def _cards(names: Sequence[str], plans: Sequence[Plan], decimals: int) -> tuple[Card, ...]:
    cards = []
    for number, (name, plan) in enumerate(zip(names, plans, strict=True)):
        cost = plan.cost or 0.0
        note = "the others are compared with this plan"
        if number:
            note = _versus(cost, plans[0], names[0], decimals)
        cards.append(Card(name, f"{money(cost, decimals)} {clean(plan.currency)}", note))
    return tuple(cards)
