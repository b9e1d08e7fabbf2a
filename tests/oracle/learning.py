"""Every legal set of new activities of a person for a role and a period (model.md, section 2).

Brute force: every subset of activities that could be of use, every combination of starts.
What is cut away has no say in the answer: activities that serve no demand of the subset can
never be needed (rule 8), and a load that is too high stays so when more is added.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from tests.oracle.facts import Facts, Pair

from succession.domain import Employee

Demand = tuple[str, int]
"""A competency and the level asked for."""

TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True)
class LearningSet:
    """New (activity, start) pairs that suffice, and the pass rates of all that is needed."""

    new: tuple[Pair, ...]
    pass_chance: float


class Learner:
    """One employee's own rules: 1 to 4, 6 for activities, the learning half of 5, 7 and 8."""

    def __init__(self, facts: Facts, person: Employee) -> None:
        self.facts = facts
        self.person = person
        self.committed = facts.commitments.get(person.employee, [])
        self._everything = ((1 << (facts.horizon + 1)) - 1) & ~1
        self._profile = [
            (row.competency, row.level, self._span(row.valid_from, row.valid_to))
            for row in facts.profiles.get(person.employee, [])
        ]
        self._gives: dict[Pair, list[tuple[str, int, int]]] = {}
        self.free = [self._free_load(period) for period in range(facts.horizon + 1)]

    def sets(self, role: str, period: int) -> Iterator[LearningSet]:
        """Every legal set of new activities that makes the person ready for `role`."""
        useful = self.useful(role, period)
        for size in range(len(useful) + 1):
            for subset in combinations(useful, size):
                if not self._could_serve(subset, role, period):
                    continue
                for new in self._dated(subset, period):
                    found = self.judged(new, role, period)
                    if found is not None:
                        yield found

    def _span(self, first: int | None, last: int | None) -> int:
        periods = range(
            max(1, first if first is not None else 1),
            min(self.facts.horizon, last if last is not None else self.facts.horizon) + 1,
        )
        return sum(1 << period for period in periods)

    def given(self, pair: Pair) -> list[tuple[str, int, int]]:
        if pair not in self._gives:
            finished = pair[1] + self.facts.scenario.activity_by_id[pair[0]].duration
            self._gives[pair] = [
                (name, level, self._span(finished, None if valid is None else finished + valid - 1))
                for name, level, valid in self.facts.outcomes.get(pair[0], [])
            ]
        return self._gives[pair]

    def _free_load(self, period: int) -> tuple[float, int]:
        """Hours and places at once that commitments leave for new activities (section 4)."""
        rows = [
            self.facts.scenario.activity_by_id[name]
            for name, start in self.committed
            if start <= period < start + self.facts.scenario.activity_by_id[name].duration
        ]
        hours = self.person.hours - sum(row.hours for row in rows)
        return max(0.0, hours), max(0, self.facts.scenario.settings.max_at_once - len(rows))

    def in_profile(self, demand: Demand, periods: int) -> bool:
        held = 0
        for name, level, mask in self._profile:
            if name == demand[0] and level >= demand[1]:
                held |= mask
        return held & periods == periods

    def useful(self, role: str, period: int) -> list[str]:
        """Activities that may be the only source of a demand of the role or of each other."""
        demands = {
            demand
            for demand in self.facts.requirements.get(role, [])
            if not self.in_profile(demand, 1 << period)
        }
        committed = {name for name, _ in self.committed}
        useful: list[str] = []
        grown = True
        while grown:
            grown = False
            for name in self.facts.scenario.activity_by_id:
                if name in useful or name in committed or not self._serves(name, demands):
                    continue
                if not self.starts(name, period):
                    continue
                useful.append(name)
                grown = True
                demands |= {
                    demand
                    for demand in self.facts.prerequisites.get(name, [])
                    if not self.in_profile(demand, self._everything)
                }
        return useful

    def _serves(self, activity: str, demands: set[Demand]) -> bool:
        return any(
            name == wanted and level >= least
            for name, level, _ in self.facts.outcomes.get(activity, [])
            for wanted, least in demands
        )

    def _could_serve(self, subset: Sequence[str], role: str, period: int) -> bool:
        """Whether, time left aside, the subset may suffice and each of it may be needed."""
        goal = set(self.facts.requirements.get(role, []))
        for name in subset:
            others = {d for a in subset if a != name for d in self.facts.prerequisites.get(a, [])}
            if not self._serves(name, goal | others):
                return False
        taught = [row for pair in self.committed for row in self.given(pair)]
        for demand in goal:
            if self.in_profile(demand, 1 << period):
                continue
            if any(name == demand[0] and level >= demand[1] for name, level, _ in taught):
                continue
            if not any(self._serves(name, {demand}) for name in subset):
                return False
        return True

    def starts(self, activity: str, period: int) -> list[int]:
        """Rules 2 and 6 and "finished by then" of rule 7."""
        row = self.facts.scenario.activity_by_id[activity]
        return [
            start
            for start in range(1, period - row.duration + 1)
            if self.facts.sessions_allowed(row, start) > 0
            and start >= self.person.available_from
            and start + row.duration - 1 <= self.person.available_to
        ]

    def _dated(self, subset: Sequence[str], period: int) -> Iterator[tuple[Pair, ...]]:
        """Every choice of starts that keeps hours and at once (rules 4 and 5)."""
        if not subset:
            yield ()
            return
        for rest in self._dated(subset[:-1], period):
            for start in self.starts(subset[-1], period):
                new = (*rest, (subset[-1], start))
                if self.fits(new):
                    yield new

    def fits(self, new: Sequence[Pair]) -> bool:
        name, start = new[-1]
        for period in range(start, start + self.facts.scenario.activity_by_id[name].duration):
            hours, count = 0.0, 0
            for other, begun in new:
                row = self.facts.scenario.activity_by_id[other]
                if begun <= period < begun + row.duration:
                    hours += row.hours
                    count += 1
            free_hours, free_places = self.free[period]
            if hours > free_hours + TOLERANCE or count > free_places:
                return False
        return True

    def judged(self, new: tuple[Pair, ...], role: str, period: int) -> LearningSet | None:
        """The set if it keeps rules 3, 7 and 8; the sole sources of a demand are needed."""
        needed = self._needed(new, role, period)
        everything = [*self.committed, *new]
        if needed is None or not needed.issuperset(range(len(self.committed), len(everything))):
            return None
        return LearningSet(new, self._pass_chance([everything[place] for place in sorted(needed)]))

    def suffices(self, new: tuple[Pair, ...], role: str, period: int) -> bool:
        """Whether the set keeps rules 3 and 7, needed or not."""
        return self._needed(new, role, period) is not None

    def _needed(self, new: tuple[Pair, ...], role: str, period: int) -> set[int] | None:
        """Places in commitments and `new` that are the sole source of a demand; None: one fails."""
        everything = [*self.committed, *new]
        demands = [(demand, period) for demand in self.facts.requirements.get(role, [])]
        for name, start in new:
            demands += [(demand, start) for demand in self.facts.prerequisites.get(name, [])]
        needed: set[int] = set()
        for demand, when in demands:
            if self.in_profile(demand, 1 << when):
                continue
            sources = [
                place
                for place, pair in enumerate(everything)
                if any(
                    name == demand[0] and level >= demand[1] and mask >> when & 1
                    for name, level, mask in self.given(pair)
                )
            ]
            if not sources:
                return None
            if len(sources) == 1:
                needed.add(sources[0])
        return needed

    def _pass_chance(self, needed: Sequence[Pair]) -> float:
        chance = 1.0
        for name, start in needed:
            row = self.facts.scenario.activity_by_id[name]
            if start + row.duration > 1:
                chance *= row.pass_rate
        return chance
