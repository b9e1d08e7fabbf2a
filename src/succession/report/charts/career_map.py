"""The career map: who moves from which role to which, drawn by family and grade."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from succession.report.columns import clean
from succession.report.reading import Reading

__all__ = ["CareerMap", "Family", "Flow", "FlowRow", "RoleNode", "career_map"]

PathKind = Literal["ladder", "lattice", "nominated"]

_WIDTH, _HEIGHT, _GAP, _RISE, _TOP, _LEFT = 76, 34, 18, 104, 34, 46
_NAME_LINE, _NAME_CHARS = 14, 15


@dataclass(frozen=True, slots=True)
class FlowRow:
    """Moves from a role to another, or within it."""

    source: str
    goal: str
    kind: PathKind
    moves: int


@dataclass(frozen=True, slots=True)
class RoleNode:
    """A role at its place in the drawing; `inside` are moves within the role."""

    role: str
    label: str
    title: str
    x: int
    y: int
    arriving: int
    leaving: int
    inside: int


@dataclass(frozen=True, slots=True)
class Flow:
    """A curve from role to role; `width` in pixels, the label stands at (x, y)."""

    source: str
    goal: str
    kind: PathKind
    moves: int
    path: str
    width: float
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Family:
    """A column's name in lines, each with its height, and where the column's middle is."""

    lines: tuple[tuple[str, int], ...]
    x: int


@dataclass(frozen=True, slots=True)
class CareerMap:
    """The drawing and the same moves as rows."""

    width: int
    height: int
    nodes: tuple[RoleNode, ...]
    flows: tuple[Flow, ...]
    families: tuple[Family, ...]
    grades: tuple[tuple[str, int], ...]
    rows: tuple[FlowRow, ...]


def career_map(reading: Reading) -> CareerMap:
    """Every placement, and every fill of a vacated seat, as a move between roles."""
    moves: Counter[tuple[str, str]] = Counter()
    for prospect in reading.prospects:
        if prospect.target.moves:
            moves[prospect.target.employee.role, prospect.target.seat.role] += 1
    kinds: dict[tuple[str, str], PathKind] = {
        (row.from_role, row.to_role): row.kind for row in reading.scenario.career_paths
    }
    layout = _Layout(reading, moves)
    ordered = sorted(moves.items(), key=lambda item: (-item[1], item[0]))
    flows = [
        layout.flow(source, goal, kinds.get((source, goal), "nominated"), number)
        for (source, goal), number in reversed(ordered)
        if source != goal
    ]
    return CareerMap(
        width=layout.width,
        height=layout.height,
        nodes=tuple(layout.node(role) for role in sorted(layout.place)),
        flows=tuple(flows),
        families=layout.headings,
        grades=layout.grades,
        rows=tuple(
            FlowRow(
                clean(reading.role(source)),
                clean(reading.role(goal)),
                kinds.get((source, goal), "nominated"),
                number,
            )
            for (source, goal), number in ordered
        ),
    )


class _Layout:
    """Families are columns, grades are rows, the highest on top; roles without moves stay out."""

    def __init__(self, reading: Reading, moves: Counter[tuple[str, str]]) -> None:
        self._reading = reading
        self._moves = moves
        roles = {role for pair in moves for role in pair}
        self._family = {role: reading.scenario.role_by_id[role].family for role in roles}
        levels = _levels(reading, roles, moves)
        ranks = {level: rank for rank, level in enumerate(sorted(set(levels.values())))}
        self._level = {role: ranks[level] for role, level in levels.items()}
        self.place: dict[str, tuple[int, int]] = {}
        self._floor = self._y(0) + _HEIGHT + 18
        self.headings = self._columns(_ordered(self._family, moves))
        most = max((len(item.lines) for item in self.headings), default=0)
        self.height = self._floor + _NAME_LINE * most
        graded = all(reading.scenario.role_by_id[role].grade is not None for role in roles)
        self.grades = tuple(
            (f"Grade {level}" if graded else "", self._y(rank) + _HEIGHT // 2)
            for level, rank in ranks.items()
        )

    def _y(self, rank: int) -> int:
        top = max(self._level.values(), default=0)
        return _TOP + (top - rank) * _RISE

    def _columns(self, families: Sequence[str]) -> tuple[Family, ...]:
        headings, left = [], _LEFT
        for family in families:
            cells: dict[int, list[str]] = defaultdict(list)
            for role in sorted(role for role, name in self._family.items() if name == family):
                cells[self._level[role]].append(role)
            width = max(len(row) for row in cells.values()) * (_WIDTH + _GAP) + _GAP
            for rank, row in cells.items():
                first = left + (width - len(row) * (_WIDTH + _GAP) + _GAP) // 2
                for number, role in enumerate(row):
                    self.place[role] = (first + number * (_WIDTH + _GAP), self._y(rank))
            lines = enumerate(_wrapped(clean(family)))
            named = tuple((line, self._floor + _NAME_LINE * number) for number, line in lines)
            headings.append(Family(named, left + width // 2))
            left += width
        self.width = left
        return tuple(headings)

    def node(self, role: str) -> RoleNode:
        x, y = self.place[role]
        others = [(pair, n) for pair, n in self._moves.items() if pair[0] != pair[1]]
        label = clean(role)
        return RoleNode(
            role=label,
            label=label if len(label) <= 9 else label[:8] + "…",
            title=clean(self._reading.role(role)),
            x=x,
            y=y,
            arriving=sum(n for pair, n in others if pair[1] == role),
            leaving=sum(n for pair, n in others if pair[0] == role),
            inside=self._moves[role, role],
        )

    def flow(self, source: str, goal: str, kind: PathKind, moves: int) -> Flow:
        (x1, y1), (x2, y2) = self.place[source], self.place[goal]
        x1, x2 = x1 + _WIDTH // 2, x2 + _WIDTH // 2
        if y1 == y2:
            bend = y1 - 26 - min(40, abs(x2 - x1) // 12)
            points = ((x1, y1), (x1, bend), (x2, bend), (x2, y1 - 5))
        else:
            up = y2 < y1
            start, end = (y1, y2 + _HEIGHT + 5) if up else (y1 + _HEIGHT, y2 - 5)
            aside = _WIDTH if x1 == x2 and abs(y1 - y2) > _RISE else 0
            half = (start - end) // 2
            points = ((x1, start), (x1 + aside, start - half), (x2 + aside, end + half), (x2, end))
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
        return Flow(
            source=clean(source),
            goal=clean(goal),
            kind=kind,
            moves=moves,
            path=f"M{ax} {ay}C{bx} {by} {cx} {cy} {dx} {dy}",
            width=round(min(12.0, 1.0 + 1.1 * moves), 1),
            x=round((ax + 3 * bx + 3 * cx + dx) / 8, 1),
            y=round((ay + 3 * by + 3 * cy + dy) / 8, 1),
        )


def _levels(
    reading: Reading, roles: Iterable[str], moves: Counter[tuple[str, str]]
) -> Mapping[str, int]:
    """Grades, or how many moves up a role is where some role has no grade."""
    grades = {role: reading.scenario.role_by_id[role].grade for role in roles}
    if all(grade is not None for grade in grades.values()):
        return {role: grade or 0 for role, grade in grades.items()}
    levels = dict.fromkeys(grades, 1)
    for _ in levels:
        for source, goal in sorted(moves):
            if source != goal and levels[goal] <= levels[source] < len(levels):
                levels[goal] = levels[source] + 1
    return levels


def _ordered(family: Mapping[str, str], moves: Counter[tuple[str, str]]) -> list[str]:
    """Families in an order that keeps those that exchange people close together."""
    ties: Counter[frozenset[str]] = Counter()
    for (source, goal), number in moves.items():
        ties[frozenset((family[source], family[goal]))] += number
    left = sorted(set(family.values()))
    weight = {name: sum(n for pair, n in ties.items() if name in pair) for name in left}
    order: list[str] = []
    while left:
        ends = (order[0], order[-1]) if order else ("", "")
        best = max(
            (
                (ties[frozenset((end, name))], weight[name], side, name)
                for name in left
                for side, end in enumerate(ends)
            ),
            key=lambda found: (found[0], found[1], found[2]),
        )
        left.remove(best[3])
        order = [best[3], *order] if best[2] == 0 else [*order, best[3]]
    return order


def _wrapped(text: str) -> tuple[str, ...]:
    """A name in lines that fit under a column."""
    lines = [""]
    for word in text.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _NAME_CHARS:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()[:_NAME_CHARS]
    return tuple(lines[:3])
