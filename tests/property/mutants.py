"""Every single change of a plan: rows dropped, doubled, changed, added, exchanged, and claims.

A decision mutant changes what the plan does and leaves what it claims; a claim mutant changes
what it claims of itself. Nothing here knows which of them are legal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from random import Random
from typing import Any

from succession.domain import (
    Hires,
    Learning,
    Placement,
    Plan,
    Scenario,
    SessionsHeld,
    Standby,
    Unfilled,
    Vacated,
    VacatedHire,
    VacatedUnfilled,
)

__all__ = ["Mutant", "claim_mutants", "decision_mutants"]

ROWS: dict[str, type[Any]] = {
    "placements": Placement,
    "vacated": Vacated,
    "standbys": Standby,
    "learning": Learning,
    "sessions": SessionsHeld,
    "hires": Hires,
    "vacated_hires": VacatedHire,
    "unfilled": Unfilled,
    "vacated_unfilled": VacatedUnfilled,
}
NAMES_TRIED = 6
"""Other ids tried in a cell, beside one that nobody has."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A changed plan and what was done to it."""

    change: str
    plan: Plan


def claim_mutants(plan: Plan) -> Iterator[Mutant]:
    """Every number, and every word of the header, changed alone."""
    assert plan.cost is not None
    assert plan.bound is not None
    assert plan.gap is not None
    step = max(0.01, 1e-5 * abs(plan.cost))
    for item in fields(plan.costs):
        value = getattr(plan.costs, item.name)
        for other in (value + step, value - step, -value if value else 1.0):
            changed = replace(plan.costs, **{item.name: other})
            yield Mutant(f"costs.{item.name}", replace(plan, costs=changed))
    for other in (plan.cost + step, plan.cost - step, 0.0 if plan.cost else 1.0, None):
        yield Mutant("cost", replace(plan, cost=other))
    for other in (plan.bound - step, plan.cost + step, plan.cost * 2 + 1, None):
        yield Mutant("bound", replace(plan, bound=other))
    for other in (plan.gap + 1e-5, plan.gap + 0.5, -1.0, None):
        yield Mutant("gap", replace(plan, gap=other))
    claimed = {"optimal": "feasible", "feasible": "optimal"}
    changes: dict[str, Sequence[Any]] = {
        "status": [claimed[plan.status]],
        "scenario_sha256": ["0" * 64],
        "currency": ["XXX"],
        "periods": [plan.periods - 1, plan.periods + 1],
        "period": [{"quarter": "month", "month": "quarter"}[plan.period]],
        "start": [_later(plan.start), plan.start.replace(year=plan.start.year - 1)],
    }
    for name, others in changes.items():
        for other in others:
            yield Mutant(name, replace(plan, **{name: other}))


def decision_mutants(scenario: Scenario, plan: Plan, rng: Random) -> list[Mutant]:
    """Single changes of what the plan does, none of them twice; one of each kind, then another."""
    found: dict[Plan, str] = {}
    for mutant in [
        *_rows_gone_or_doubled(plan),
        *_cells_changed(scenario, plan, rng),
        *_rows_added(scenario, plan, rng),
        *_answers_exchanged(scenario, plan, rng),
        *_people_exchanged(plan, rng),
        *_learning_moved_with_its_session(scenario, plan),
    ]:
        if mutant.plan != plan:
            found.setdefault(mutant.plan, mutant.change)
    mutants = [Mutant(change, changed) for changed, change in found.items()]
    rng.shuffle(mutants)
    kinds: Counter[str] = Counter()
    rounds: list[tuple[int, Mutant]] = []
    for mutant in mutants:
        kinds[mutant.change] += 1
        rounds.append((kinds[mutant.change], mutant))
    return [mutant for _, mutant in sorted(rounds, key=lambda pair: pair[0])]


def _later(day: date) -> date:
    return date(day.year + day.month // 12, day.month % 12 + 1, 1)


def _with(plan: Plan, **lists: Sequence[Any]) -> Plan:
    changes: dict[str, Any] = {name: tuple(sorted(rows)) for name, rows in lists.items()}
    return replace(plan, **changes)


def _without(rows: Sequence[Any], *gone: Any) -> list[Any]:
    left = list(rows)
    for row in gone:
        left.remove(row)
    return left


def _rows_gone_or_doubled(plan: Plan) -> Iterator[Mutant]:
    for name in ROWS:
        rows = getattr(plan, name)
        for place, row in enumerate(rows):
            yield Mutant(f"{name}: row dropped", _with(plan, **{name: _without(rows, row)}))
            yield Mutant(f"{name}: row doubled", _with(plan, **{name: [*rows, row]}))
            if place:
                swapped: dict[str, Any] = {
                    name: (*rows[: place - 1], row, rows[place - 1], *rows[place + 1 :])
                }
                yield Mutant(f"{name}: not sorted", replace(plan, **swapped))


def _cells_changed(scenario: Scenario, plan: Plan, rng: Random) -> Iterator[Mutant]:
    for name in ROWS:
        rows = getattr(plan, name)
        for row in rows:
            for column in row.__slots__:
                for value in _other_values(scenario, rng, column, getattr(row, column)):
                    changed = [*_without(rows, row), replace(row, **{column: value})]
                    yield Mutant(f"{name}: {column} changed", _with(plan, **{name: changed}))


def _ids(scenario: Scenario, column: str) -> Sequence[str]:
    return {
        "employee": [row.employee for row in scenario.employees],
        "vacated_by": [row.employee for row in scenario.employees],
        "opening": [row.opening for row in scenario.openings],
        "activity": [row.activity for row in scenario.activities],
    }[column]


def _other_values(scenario: Scenario, rng: Random, column: str, value: Any) -> list[Any]:
    tried: list[Any]
    if isinstance(value, str):
        names = _ids(scenario, column)
        tried = [*rng.sample(names, min(NAMES_TRIED, len(names))), "nobody and nothing"]
    elif column in ("period", "start"):
        last = scenario.settings.periods
        tried = [value - 1, value + 1, rng.randint(1, last), 1, last, 0, last + 1]
    else:
        tried = [value - 1, value + 1, -1, 0, 10**10]
    return [other for other in dict.fromkeys(tried) if other != value]


def _rows_added(scenario: Scenario, plan: Plan, rng: Random) -> Iterator[Mutant]:
    """Rows of anybody, rows of those whom the plan concerns already, and activities repeated."""
    concerned = sorted(
        {row.employee for name in ("placements", "vacated", "standbys") for row in
         getattr(plan, name)}
    )  # fmt: skip
    for name, kind in ROWS.items():
        for _ in range(12):
            row = _drawn(scenario, rng, kind, concerned)
            if row is not None:
                yield Mutant(
                    f"{name}: row added", _with(plan, **{name: [*getattr(plan, name), row]})
                )
    for done in plan.learning:
        start = rng.randint(1, scenario.settings.periods)
        again = replace(done, start=start)
        yield Mutant("learning: repeated", _with(plan, learning=[*plan.learning, again]))


def _drawn(scenario: Scenario, rng: Random, kind: type[Any], concerned: Sequence[str]) -> Any:
    values: list[Any] = []
    for column in kind.__slots__:
        if column in ("period", "start"):
            values.append(rng.randint(1, scenario.settings.periods))
        elif column in ("seats", "sessions"):
            values.append(1)
        elif column in ("employee", "vacated_by") and concerned and rng.random() < 0.5:
            values.append(rng.choice(concerned))
        elif names := _ids(scenario, column):
            values.append(rng.choice(names))
        else:
            return None
    return kind(*values)


def _answers_exchanged(scenario: Scenario, plan: Plan, rng: Random) -> Iterator[Mutant]:
    """A seat answered in another way: placed, hired for, left unfilled."""
    for placed in plan.placements:
        without = _with(plan, placements=_without(plan.placements, placed))
        for name in ("hires", "unfilled"):
            yield Mutant(f"placement → {name}", _counted(without, name, placed.opening, 1))
            alone = _unlearned(scenario, without, placed.employee)
            yield Mutant(f"person → {name}", _counted(alone, name, placed.opening, 1))
    for name, other in (("hires", "unfilled"), ("unfilled", "hires")):
        for row in getattr(plan, name):
            fewer = _counted(plan, name, row.opening, -1)
            yield Mutant(f"{name} → {other}", _counted(fewer, other, row.opening, 1))
            for _ in range(NAMES_TRIED):
                period = rng.randint(1, scenario.settings.periods)
                new = Placement(row.opening, rng.choice(scenario.employees).employee, period)
                filled = _with(fewer, placements=[*fewer.placements, new])
                yield Mutant(f"{name} → placement", filled)
    yield from _vacated_answers_exchanged(scenario, plan, rng)
    for standby in plan.standbys:
        rest = _with(plan, standbys=_without(plan.standbys, standby))
        yield Mutant("standby dropped", _unlearned(scenario, rest, standby.employee))


def _vacated_answers_exchanged(scenario: Scenario, plan: Plan, rng: Random) -> Iterator[Mutant]:
    kinds = ("vacated_hires", "vacated_unfilled")
    for name, other in (kinds, kinds[::-1]):
        for row in getattr(plan, name):
            rest = {name: _without(getattr(plan, name), row)}
            new = ROWS[other](row.vacated_by)
            swapped = _with(plan, **rest, **{other: [*getattr(plan, other), new]})
            yield Mutant(f"{name} → {other}", swapped)
            for _ in range(NAMES_TRIED):
                period = rng.randint(1, scenario.settings.periods)
                who = rng.choice(scenario.employees).employee
                fill = Vacated(row.vacated_by, who, period)
                yield Mutant(f"{name} → fill", _with(plan, **rest, vacated=[*plan.vacated, fill]))
    for fill in plan.vacated:
        rest = {"vacated": _without(plan.vacated, fill)}
        for name in kinds:
            rows = [*getattr(plan, name), ROWS[name](fill.vacated_by)]
            yield Mutant(f"fill → {name}", _with(plan, **rest, **{name: rows}))


def _counted(plan: Plan, name: str, opening: str, more: int) -> Plan:
    """The plan with more (or fewer) hires or unfilled seats of an opening."""
    counts = {row.opening: row.seats for row in getattr(plan, name)}
    counts[opening] = counts.get(opening, 0) + more
    rows = [ROWS[name](key, seats) for key, seats in counts.items() if seats]
    return _with(plan, **{name: rows})


def _unlearned(scenario: Scenario, plan: Plan, employee: str) -> Plan:
    """The plan without what a person learns beyond commitments; sessions stay as they are."""
    committed = {(row.employee, row.activity, row.start) for row in scenario.commitments}
    rows = [
        row
        for row in plan.learning
        if row.employee != employee or (row.employee, row.activity, row.start) in committed
    ]
    return _with(plan, learning=rows)


def _people_exchanged(plan: Plan, rng: Random) -> Iterator[Mutant]:
    """Two people change seats, or hand an activity over."""
    for name in ("placements", "vacated", "standbys", "learning"):
        rows = list(getattr(plan, name))
        pairs = [(a, b) for place, a in enumerate(rows) for b in rows[place + 1 :]]
        for one, other in rng.sample(pairs, min(NAMES_TRIED, len(pairs))):
            changed = [
                *_without(rows, one, other),
                replace(one, employee=other.employee),
                replace(other, employee=one.employee),
            ]
            yield Mutant(f"{name}: two exchanged", _with(plan, **{name: changed}))


def _learning_moved_with_its_session(scenario: Scenario, plan: Plan) -> Iterator[Mutant]:
    """An activity in another period, one session moved along where it has sessions."""
    for row in plan.learning:
        for start in range(1, scenario.settings.periods + 1):
            if abs(start - row.start) not in (1, 2):
                continue
            moved = [*_without(plan.learning, row), replace(row, start=start)]
            held = {(held.activity, held.period): held.sessions for held in plan.sessions}
            if (row.activity, row.start) in held:
                held[row.activity, row.start] -= 1
                held[row.activity, start] = held.get((row.activity, start), 0) + 1
            sessions = [SessionsHeld(*key, count) for key, count in held.items() if count]
            yield Mutant("learning: moved", _with(plan, learning=moved, sessions=sessions))
