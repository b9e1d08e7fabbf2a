"""The obvious model: one variable for every (person, activity, start) and (person, target).

It is the whole problem in one integer program but for rule 8 (a set may hold more than is needed),
so its bound is a bound of the problem; answers are brought back under rule 8. σ multiplies pass
rates: a chain of bounded variables π0 ≥ π1 ≥ … stands for the product, exact at whole numbers.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict

from tests.oracle.enumerate import Charge, PersonPlan, Target, costed, targets
from tests.oracle.exact import Model
from tests.oracle.facts import Facts, Pair
from tests.oracle.learning import Demand, Learner, LearningSet
from tests.oracle.program import INFINITY

from succession.domain import Costs, Employee

__all__ = ["TimeIndexed"]

NO_COSTS = Costs()
NOTHING = LearningSet((), 1.0)
FAILED = LearningSet((), 0.0)


class TimeIndexed(Model):
    """Variables of a person: starts of activities, targets, and the chance that all is passed.

    `ease` loosens the chain of chances for solvers that keep whole numbers alone; the bound stays
    one.
    """

    def __init__(self, facts: Facts, ease: float = 0.0) -> None:
        self.ease = ease
        super().__init__(facts)

    def add_people(self) -> None:
        """Everybody who may aim at something; commitments count in the limits."""
        for person in self.facts.scenario.employees:
            aims = list(targets(self.facts, person))
            if aims:
                _Person(self, person, aims).add()


class _Person:
    def __init__(self, model: TimeIndexed, person: Employee, aims: list[Target]) -> None:
        self.model = model
        self.person = person
        self.learner = Learner(model.facts, person)
        self.starts: dict[Pair, int] = {}
        self.aims: dict[Target, int] = {}
        self._wanted = aims
        self._teaching: dict[str, list[tuple[Pair, int]]] = defaultdict(list)
        self._found: dict[tuple[Demand, int], dict[int, float] | None] = {}

    def add(self) -> None:
        self._add_aims()
        self._add_starts()
        self._ready()
        self._prerequisites()
        self._finished_by_then()
        self._loads()
        if self.model.facts.scenario.settings.risk == "expected":
            self._risk()

    def _row(self, terms: dict[int, float], lower: float, upper: float) -> None:
        self.model.program.row(terms, lower, upper)

    def _variable(self, name: str, *of: object, cost: float, whole: bool = True) -> int:
        key = (name, self.person.employee, *of)
        return self.model.program.variable(key, cost, 0, 1, whole=whole)

    def _add_aims(self) -> None:
        for target in self._wanted:
            sure = costed(self.model.facts, self.person, target, NOTHING)
            place = self._variable("aim", target, cost=sure.costs.total)
            self.aims[target] = place
            self.model.plans[place] = sure
            self.model.charged[place] += sure.charges
        self._row(dict.fromkeys(self.aims.values(), 1.0), 0, 1)

    def _add_starts(self) -> None:
        last: dict[str, int] = defaultdict(int)
        for target in self._wanted:
            last[target.seat[0]] = max(last[target.seat[0]], target.period)
        # What is held in the last period may be missing in an earlier one.
        useful = {
            name: max(last.values())
            for role, period in sorted(last.items())
            for when in range(1, period + 1)
            for name in self.learner.useful(role, when)
        }
        for name in sorted(useful):
            row = self.model.facts.scenario.activity_by_id[name]
            for start in self.learner.starts(name, useful[name]):
                place = self._variable("start", name, start, cost=row.cost)
                self.starts[name, start] = place
                for competency, _, _ in self.learner.given((name, start)):
                    self._teaching[competency].append(((name, start), place))
                plan = PersonPlan(
                    self.person.employee, None, ((name, start),), NO_COSTS, 0, (), 1.0
                )
                self.model.plans[place] = plan
                if row.pool is not None:
                    charge = Charge(row.pool, self.person.unit, start, row.cost)
                    self.model.charged[place].append(charge)

    def _sources(self, demand: Demand, period: int) -> dict[int, float] | None:
        """Starts that give the demand in a period; None where it is held without them."""
        if (demand, period) not in self._found:
            self._found[demand, period] = self._look_for(demand, period)
        return self._found[demand, period]

    def _look_for(self, demand: Demand, period: int) -> dict[int, float] | None:
        if self.learner.in_profile(demand, 1 << period):
            return None
        if any(self._gives(pair, demand, period) for pair in self.learner.committed):
            return None
        teaching = self._teaching.get(demand[0], ())
        return {place: 1.0 for pair, place in teaching if self._gives(pair, demand, period)}

    def _gives(self, pair: Pair, demand: Demand, period: int) -> bool:
        return any(
            name == demand[0] and level >= demand[1] and mask >> period & 1
            for name, level, mask in self.learner.given(pair)
        )

    def _ready(self) -> None:
        """Rule 7: who aims at a role in a period has what it asks for."""
        alike: dict[tuple[str, int], list[int]] = defaultdict(list)
        for target, place in self.aims.items():
            alike[target.seat[0], target.period].append(place)
        for (role, period), places in alike.items():
            for demand in self.model.facts.requirements.get(role, []):
                sources = self._sources(demand, period)
                if sources is not None:
                    self._row({**sources, **dict.fromkeys(places, -1.0)}, 0, INFINITY)

    def _prerequisites(self) -> None:
        for (name, start), place in self.starts.items():
            for demand in self.model.facts.prerequisites.get(name, []):
                sources = self._sources(demand, start)
                if sources is not None:
                    self._row({**sources, place: -1.0}, 0, INFINITY)

    def _finished_by_then(self) -> None:
        """Nothing new without a target, nor after it; once is implied.

        Of the ends between two targets the first is enough: more starts are late then.
        """
        rows = self.model.facts.scenario.activity_by_id
        ends: dict[str, dict[int, int]] = defaultdict(dict)
        for (name, start), place in self.starts.items():
            ends[name][place] = start + rows[name].duration
        periods = sorted({target.period for target in self.aims})
        for own in ends.values():
            done = None
            for end in sorted(set(own.values())):
                next_aim = bisect_left(periods, end)
                if next_aim == done:
                    continue
                done = next_aim
                late = {place: -1.0 for place, when in own.items() if when >= end}
                aims = {place: 1.0 for t, place in self.aims.items() if t.period >= end}
                self._row({**late, **aims}, 0, INFINITY)

    def _loads(self) -> None:
        rows = self.model.facts.scenario.activity_by_id
        for period in range(1, self.model.facts.horizon + 1):
            busy = {
                place: rows[name]
                for (name, start), place in self.starts.items()
                if start <= period < start + rows[name].duration
            }
            hours, places = self.learner.free[period]
            self._row({place: row.hours for place, row in busy.items()}, -INFINITY, hours)
            self._row(dict.fromkeys(busy, 1.0), -INFINITY, places)

    def _risk(self) -> None:
        """What changes in cost and charges where the chance π of passing everything is below 1."""
        passed = self._chance()
        if passed is None:
            return
        shares: dict[int, float] = {}
        for target, place in self.aims.items():
            sure = self.model.plans[place]
            lost = costed(self.model.facts, self.person, target, FAILED)
            program = self.model.program
            program.cost[place] = lost.costs.total
            share = self._variable(
                "share", target, cost=sure.costs.total - lost.costs.total, whole=False
            )
            shares[share] = 1.0
            self.model.charged[place] = list(lost.charges)
            self.model.charged[share] = [*sure.charges, *(_negative(c) for c in lost.charges)]
            self._row({share: 1.0, place: -1.0}, -INFINITY, 0)
        self._row({**shares, passed: -1.0}, -INFINITY, self.model.ease)
        aims = dict.fromkeys(self.aims.values(), -1.0)
        self._row({**shares, passed: -1.0, **aims}, -1.0 - self.model.ease, INFINITY)

    def _chance(self) -> int | None:
        """π after every risky activity; None where nothing can fail."""
        rows = self.model.facts.scenario.activity_by_id
        least = 1.0
        for name, start in self.learner.committed:
            if start + rows[name].duration > 1:
                least *= rows[name].pass_rate
        risky = sorted({name for name, _ in self.starts if rows[name].pass_rate < 1})
        if not risky and least == 1.0:
            return None
        before = self._variable("chance", 0, cost=0.0, whole=False)
        self.model.program.lower[before] = max(0.0, least - self.model.ease)
        for number, name in enumerate(risky, start=1):
            rate = rows[name].pass_rate
            chosen = {place: 1.0 for (other, _), place in self.starts.items() if other == name}
            after = self._variable("chance", number, cost=0.0, whole=False)
            ease = self.model.ease
            self._row({after: 1.0, before: -1.0}, -INFINITY, 0)
            self._row({after: 1.0, before: -rate}, -ease, INFINITY)
            self._row({after: 1.0, before: -rate, **chosen}, -INFINITY, 1 + ease)
            shrunk = dict.fromkeys(chosen, 1 - rate)
            self._row({after: 1.0, before: -1.0, **shrunk}, -ease, INFINITY)
            before = after
        return before


def _negative(charge: Charge) -> Charge:
    return Charge(charge.pool, charge.unit, charge.period, -charge.amount)
