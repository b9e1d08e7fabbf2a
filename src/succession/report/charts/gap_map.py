"""The gap map: what successors lack of their targets' roles, before and after the plan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from succession.report.columns import clean
from succession.report.reading import Reading
from succession.verify.holdings import Demand, Holdings

__all__ = ["GapMap", "GapRow", "gap_map"]

_MOST_ROLES, _MOST_COMPETENCIES = 60, 40
"""The map shows the largest gaps; how many it leaves out stands beneath it."""

_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class GapRow:
    """Levels missing of each competency for a role, today and at the end of the horizon."""

    role: str
    successors: int
    before: tuple[int, ...]
    after: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class GapMap:
    """Roles by competencies; `totals` is what is missing in every period, today first."""

    competencies: tuple[str, ...]
    rows: tuple[GapRow, ...]
    worst: int
    totals: tuple[tuple[str, int], ...]
    hidden_roles: int
    hidden_competencies: int


def gap_map(reading: Reading) -> GapMap:
    """Levels that successors lack of what their targets' roles require.

    Before is period 1 with what people hold by themselves and through commitments; after is the
    last period: what is missing then has run out since they took over.
    """
    horizon = reading.facts.horizon
    before: Counter[_Key] = Counter()
    after: Counter[_Key] = Counter()
    totals: Counter[int] = Counter()
    people: Counter[str] = Counter()
    for prospect in reading.prospects:
        target = prospect.target
        role = target.seat.role
        people[role] += 1
        holdings = Holdings(reading.facts, reading.person(target))
        for row in reading.facts.requirements.get(role, ()):
            missing = [
                _missing(holdings, row.competency, row.level, period)
                for period in range(1, horizon + 1)
            ]
            before[role, row.competency] += missing[0]
            after[role, row.competency] += missing[-1]
            totals.update({period: gap for period, gap in enumerate(missing, start=1) if gap})
    labels = [(reading.label(period), totals[period]) for period in range(1, horizon + 1)]
    return _fold(reading, before, after, people, labels)


def _missing(holdings: Holdings, competency: str, level: int, period: int) -> int:
    """Levels short of the one required."""
    return next(
        short
        for short in range(level + 1)
        if short == level or holdings.meets(Demand(competency, level - short, period, None))
    )


def _fold(
    reading: Reading,
    before: Counter[_Key],
    after: Counter[_Key],
    people: Counter[str],
    totals: Sequence[tuple[str, int]],
) -> GapMap:
    weight = before + after
    by_role: Counter[str] = Counter()
    by_competency: Counter[str] = Counter()
    for (role, competency), gap in weight.items():
        by_role[role] += gap
        by_competency[competency] += gap
    roles = _largest(by_role, _MOST_ROLES)
    competencies = sorted(_largest(by_competency, _MOST_COMPETENCIES))
    names = {row.competency: row.name for row in reading.scenario.competencies}
    rows = [
        GapRow(
            clean(reading.role(role)),
            people[role],
            tuple(before[role, item] for item in competencies),
            tuple(after[role, item] for item in competencies),
        )
        for role in sorted(roles, key=lambda role: (-by_role[role], role))
    ]
    return GapMap(
        competencies=tuple(clean(names.get(item) or item) for item in competencies),
        rows=tuple(rows),
        worst=max((max(row.before + row.after) for row in rows), default=0),
        totals=tuple(totals),
        hidden_roles=len(by_role) - len(roles),
        hidden_competencies=len(by_competency) - len(competencies),
    )


def _largest(weights: Counter[str], most: int) -> list[str]:
    return sorted(weights, key=lambda key: (-weights[key], key))[:most]
