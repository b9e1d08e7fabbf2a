"""The comparison, worked out once from plan files alone; every output shows this record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal, TypeVar

from succession.domain.plan import Plan
from succession.report.columns import Cell, Table, clean
from succession.report.comparison.changes import (
    BenchChangeRow,
    LearningChangeRow,
    SeatChangeRow,
    bench_changes,
    learning_changes,
    seat_changes,
)
from succession.report.comparison.notes import SAME, notes
from succession.report.tables import money

__all__ = ["Comparison", "Line", "LineKind", "build_comparison", "counts"]

LineKind = Literal["text", "amount", "count", "share", "gap"]
"""gap: a share that is worth four decimals."""

_PRECISE_BELOW = 10_000.0
_DECIMALS = 6

_Row = TypeVar("_Row")

_COUNTS = {
    "placements": "Placements",
    "hires": "Seats hired for",
    "unfilled": "Seats left unfilled",
    "vacated": "Vacated seats filled from within",
    "vacated_hires": "Vacated seats hired for",
    "vacated_unfilled": "Vacated seats left unfilled",
    "standbys": "Standbys",
    "learners": "People who learn",
    "learning": "Activities started",
    "sessions": "Sessions held",
}


@dataclass(frozen=True, slots=True)
class Line:
    """A measure of every plan; differences are against the first, which has none itself."""

    group: str
    key: str
    label: str
    kind: LineKind
    values: tuple[Cell, ...]
    differences: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """What a plan costs, ready to print, and how that is against the first."""

    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two to six plans side by side. No clock is in it: equal plans give equal comparisons."""

    names: tuple[str, ...]
    plans: tuple[Plan, ...]
    currency: str
    decimals: int
    headline: str
    notes: tuple[str, ...]
    cards: tuple[Card, ...]
    lines: tuple[Line, ...]
    seats: Table[SeatChangeRow]
    bench: Table[BenchChangeRow]
    learning: Table[LearningChangeRow]

    @property
    def tables(self) -> tuple[Table[Any], ...]:
        """What changed and for whom, in reading order."""
        return (self.seats, self.bench, self.learning)

    @property
    def groups(self) -> tuple[str, ...]:
        """The headings of the lines, in order."""
        return tuple(dict.fromkeys(line.group for line in self.lines))

    def line(self, key: str) -> Line:
        """The line of that key; raises KeyError where there is none."""
        for line in self.lines:
            if line.key == key:
                return line
        raise KeyError(key)


def build_comparison(plans: Sequence[Plan], names: Sequence[str]) -> Comparison:
    """Compare plans, each of which holds a plan in the same currency, with the first of them."""
    if len(plans) != len(names) or len(set(names)) != len(names):
        raise ValueError("every plan needs a name of its own")
    if len(plans) < 2 or any(plan.cost is None for plan in plans):
        raise ValueError("a comparison needs two plans or more, each with a cost")
    called = tuple(clean(name) for name in names)
    costs = [plan.cost or 0.0 for plan in plans]
    decimals = 2 if max(map(abs, costs)) < _PRECISE_BELOW else 0
    seats = _changes(seat_changes, called, plans)
    bench = _changes(bench_changes, called, plans)
    learning = _changes(learning_changes, called, plans)
    lines = [*_plan_lines(plans), *_cost_lines(plans), *_count_lines(plans)]
    lines += _change_lines(called, seats, bench, learning)
    return Comparison(
        names=called,
        plans=tuple(plans),
        currency=clean(plans[0].currency),
        decimals=decimals,
        headline=_headline(called, plans, decimals),
        notes=notes(called, plans),
        cards=_cards(called, plans, decimals),
        lines=tuple(lines),
        seats=Table("Seats", "Seats filled otherwise", _SEATS, SeatChangeRow, seats),
        bench=Table("Bench", "Other standbys", _BENCH, BenchChangeRow, bench),
        learning=Table("Learning", "Other learning", _LEARNING, LearningChangeRow, learning),
    )


_SEATS = "Every seat that is dealt with otherwise than in the first plan."
_BENCH = "Openings for which other people stand by than in the first plan."
_LEARNING = (
    "People whose learning differs from the first plan, in the periods that both plans have."
)


def counts(plan: Plan) -> dict[str, int]:
    """How many of each thing a plan has."""
    return {
        "placements": len(plan.placements),
        "hires": sum(row.seats for row in plan.hires),
        "unfilled": sum(row.seats for row in plan.unfilled),
        "vacated": len(plan.vacated),
        "vacated_hires": len(plan.vacated_hires),
        "vacated_unfilled": len(plan.vacated_unfilled),
        "standbys": len(plan.standbys),
        "learners": len({row.employee for row in plan.learning}),
        "learning": len(plan.learning),
        "sessions": sum(row.sessions for row in plan.sessions),
    }


def _plan_lines(plans: Sequence[Plan]) -> list[Line]:
    def horizon(plan: Plan) -> str:
        calendar = plan.calendar
        return f"{calendar.label(1)} to {calendar.label(plan.periods)}"

    return [
        _texts("scenario", "Scenario", [plan.scenario for plan in plans]),
        _texts("scenario_sha256", "Its fingerprint", [plan.scenario_sha256[:8] for plan in plans]),
        _texts("horizon", "Horizon", [horizon(plan) for plan in plans]),
        _texts("status", "Status", [plan.status for plan in plans]),
        _numbers("Plan", "cost", "Cost", "amount", [plan.cost for plan in plans]),
        _numbers("Plan", "bound", "No plan is below", "amount", [plan.bound for plan in plans]),
        _numbers("Plan", "gap", "Proven gap", "gap", [plan.gap for plan in plans]),
    ]


def _cost_lines(plans: Sequence[Plan]) -> list[Line]:
    found = [asdict(plan.costs) for plan in plans]
    lines = []
    for part in found[0]:
        amounts = [row[part] for row in found]
        lines.append(_numbers("Costs", f"costs.{part}", part.capitalize(), "amount", amounts))
    return lines


def _count_lines(plans: Sequence[Plan]) -> list[Line]:
    found = [counts(plan) for plan in plans]
    lines = [
        _numbers("Counts", f"counts.{key}", label, "count", [row[key] for row in found])
        for key, label in _COUNTS.items()
    ]
    shares = []
    for row in found:
        seats = row["placements"] + row["hires"] + row["unfilled"]
        shares.append(row["placements"] / seats if seats else None)
    lines.insert(3, _numbers("Counts", "internal_share", "Filled from within", "share", shares))
    return lines


def _change_lines(
    names: Sequence[str],
    seats: Sequence[SeatChangeRow],
    bench: Sequence[BenchChangeRow],
    learning: Sequence[LearningChangeRow],
) -> list[Line]:
    """How much differs from the first plan; that has nothing to say here."""
    kinds = Counter((row.plan, row.change) for row in seats)
    lines = [
        _against("seats." + change, f"Seats {change}", [kinds[name, change] for name in names[1:]])
        for change in dict.fromkeys(row.change for row in sorted(seats, key=lambda r: r.change))
    ]
    totals = {
        "seats": ("Seats dealt with otherwise", Counter(row.plan for row in seats)),
        "bench": ("Openings with other standbys", Counter(row.plan for row in bench)),
        "people": ("People who learn otherwise", Counter(row.plan for row in learning)),
    }
    for part, label in (("added", "added"), ("dropped", "dropped"), ("moved", "in another period")):
        count: Counter[str] = Counter()
        for row in learning:
            count[row.plan] += getattr(row, part)
        totals[f"learning.{part}"] = (f"Activities {label}", count)
    first, *others = (
        _against(key, label, [count[name] for name in names[1:]])
        for key, (label, count) in totals.items()
    )
    return [first, *lines, *others]


def _texts(key: str, label: str, values: Sequence[str]) -> Line:
    texts = tuple(clean(value) for value in values)
    return Line("Plan", key, label, "text", texts, (None,) * len(texts))


def _numbers(
    group: str, key: str, label: str, kind: LineKind, values: Sequence[float | None]
) -> Line:
    first = values[0]
    differences: list[float | None] = [None]
    for value in values[1:]:
        known = value is not None and first is not None
        differences.append(round(value - first, _DECIMALS) + 0.0 if known else None)  # type: ignore[operator]
    return Line(group, key, label, kind, tuple(values), tuple(differences))


def _against(key: str, label: str, values: Sequence[int]) -> Line:
    group = "Against the first plan"
    return Line(group, key, label, "count", (None, *values), (None,) * (len(values) + 1))


def _changes(
    find: Callable[[str, Plan, Plan], list[_Row]], names: Sequence[str], plans: Sequence[Plan]
) -> list[_Row]:
    pairs = zip(names[1:], plans[1:], strict=True)
    return [row for name, plan in pairs for row in find(name, plans[0], plan)]


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
