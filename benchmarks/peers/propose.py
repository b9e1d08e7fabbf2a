"""How a planner would get one person ready: the cheapest way to each gap, as early as can be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from random import Random

from tests.oracle.enumerate import PersonPlan, Target, costed, targets
from tests.oracle.facts import Facts, Pair
from tests.oracle.learning import Demand, Learner

from succession.domain import Activity, Employee

__all__ = ["Proposer"]

Free = Callable[[str, int], bool]
"""Whether one more learner may start an activity in a period."""

RISK_PRICE = 5000.0
"""What a planner reckons for a failed activity, times the chance of it."""


WAIT = 0.3
"""How often an activity is put off, where choices vary."""


class Proposer:
    """Person plans by rule of thumb; the first one found, and legal, or None."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._learners: dict[str, Learner] = {}

    @cached_property
    def _teachers(self) -> dict[str, list[tuple[Activity, int]]]:
        found: dict[str, list[tuple[Activity, int]]] = {}
        for row in self.facts.scenario.outcomes:
            activity = self.facts.scenario.activity_by_id[row.activity]
            found.setdefault(row.competency, []).append((activity, row.level))
        return found

    def learner(self, person: Employee) -> Learner:
        if person.employee not in self._learners:
            self._learners[person.employee] = Learner(self.facts, person)
        return self._learners[person.employee]

    def targets(self, person: Employee) -> Iterator[Target]:
        """Openings that the person may aim at, vacated seats left aside."""
        return (found for found in targets(self.facts, person) if found.kind != "vacated")

    @cached_property
    def decided(self) -> list[tuple[Employee, list[Target]]]:
        """Who must be placed or stand by, and the targets that would do."""
        found = []
        for row in self.facts.scenario.candidates:
            if row.status in ("require", "standby"):
                kind = "placement" if row.status == "require" else "standby"
                person = self.facts.scenario.employee_by_id[row.employee]
                found.append(
                    (
                        person,
                        [
                            target
                            for target in self.targets(person)
                            if (target.kind, target.opening) == (kind, row.opening)
                            and (
                                row.period is None
                                or kind == "standby"
                                or target.period == row.period
                            )
                        ],
                    )
                )
        return found

    def plan(
        self, person: Employee, target: Target, free: Free, rng: Random | None = None
    ) -> PersonPlan | None:
        """A legal way to the target; `rng` makes the choice of activities vary."""
        learner = self.learner(person)
        chosen = self._activities(learner, target, rng)
        if chosen is None:
            return None
        new = self._dated(learner, chosen, target.period, free, rng)
        found = None if new is None else learner.judged(new, target.seat[0], target.period)
        return None if found is None else costed(self.facts, person, target, found)

    def missing(self, person: Employee, target: Target) -> list[Demand]:
        """What the person lacks for the target, commitments counted as learnt."""
        learner = self.learner(person)
        taught = [row for pair in learner.committed for row in learner.given(pair)]
        return [
            (name, level)
            for name, level in self.facts.requirements.get(target.seat[0], [])
            if not learner.in_profile((name, level), 1 << target.period)
            and not any(
                name == other and height >= level and mask >> target.period & 1
                for other, height, mask in taught
            )
        ]

    def _activities(
        self, learner: Learner, target: Target, rng: Random | None
    ) -> list[Activity] | None:
        """Activities for every gap, what they presuppose first."""
        chosen: list[Activity] = []
        taken = {name for name, _ in learner.committed}
        everything = ((1 << (target.period + 1)) - 1) & ~1

        def learn(demand: Demand, depth: int) -> bool:
            if any(level >= demand[1] for a in chosen for level in self._levels(a, demand[0])):
                return True
            options = [row for row in self._ways(demand) if row.activity not in taken]
            options.sort(key=lambda row: self._price(row, rng))
            for row in options[:3] if depth < 6 else []:
                before = len(chosen)
                if all(
                    learner.in_profile(need, everything) or learn(need, depth + 1)
                    for need in self.facts.prerequisites.get(row.activity, [])
                ):
                    chosen.append(row)
                    return True
                del chosen[before:]
            return False

        for gap in self.missing(learner.person, target):
            if not learn(gap, 0):
                return None
        return chosen

    def _ways(self, demand: Demand) -> list[Activity]:
        """Activities that teach it and do not presuppose it."""
        return [
            row
            for row, level in self._teachers.get(demand[0], [])
            if level >= demand[1]
            and not any(
                name == demand[0] and least >= demand[1]
                for name, least in self.facts.prerequisites.get(row.activity, [])
            )
        ]

    def _levels(self, activity: Activity, competency: str) -> list[int]:
        rows = self.facts.outcomes.get(activity.activity, [])
        return [level for name, level, _ in rows if name == competency]

    def _price(self, row: Activity, rng: Random | None) -> float:
        share = (
            0.0 if row.seats is None else row.session_cost / max(1, row.min_seats, row.seats / 2)
        )
        price = row.cost + share + RISK_PRICE * (1 - row.pass_rate)
        return price if rng is None else price * rng.uniform(0.4, 1.6)

    def _dated(
        self,
        learner: Learner,
        chosen: list[Activity],
        period: int,
        free: Free,
        rng: Random | None,
    ) -> tuple[Pair, ...] | None:
        """Each as early as it fits, with `rng` at times later; None where one finds no place."""
        new: tuple[Pair, ...] = ()
        for row in chosen:
            starts = [s for s in learner.starts(row.activity, period) if free(row.activity, s)]
            if rng is not None and starts and rng.random() < WAIT:
                starts = starts[rng.randrange(len(starts)) :]
            for start in starts:
                wider = (*new, (row.activity, start))
                if self._begun(learner, wider) and learner.fits(wider):
                    new = wider
                    break
            else:
                return None
        return new

    def _begun(self, learner: Learner, new: tuple[Pair, ...]) -> bool:
        """Whether the last one's prerequisites are held when it starts."""
        name, start = new[-1]
        taught = [row for pair in (*learner.committed, *new) for row in learner.given(pair)]
        return all(
            learner.in_profile(need, 1 << start)
            or any(c == need[0] and lv >= need[1] and mask >> start & 1 for c, lv, mask in taught)
            for need in self.facts.prerequisites.get(name, [])
        )
