"""Whether any plan is legal, and what it costs: the contract read apart from the verifier.

What people do alone is judged by the enumeration's own rules, what they share by the rows of the
exact program with every variable set to what the plan says. Nothing is searched for, so a plan of
any size can be judged.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from tests.oracle.enumerate import PersonPlan, Target, costed, targets
from tests.oracle.exact import Model
from tests.oracle.facts import Facts, Pair
from tests.oracle.learning import Learner
from tests.oracle.readout import Answer, read_plan

from succession.domain import Costs, Employee, Placement, Plan, Scenario, Vacated

__all__ = ["Judge", "Verdict", "truthful"]

SLACK = 1e-6
CHAIN_LISTS = ("vacated", "vacated_hires", "vacated_unfilled")
KEYS: dict[str, int] = {
    "placements": 3,
    "vacated": 3,
    "standbys": 2,
    "learning": 3,
    "sessions": 2,
    "hires": 1,
    "vacated_hires": 1,
    "unfilled": 1,
    "vacated_unfilled": 1,
}
"""How many of the first fields of a list's rows may stand in it but once."""


class Illegal(Exception):
    """A rule is broken; the message says which."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """The costs of a legal plan, or None and why it is illegal."""

    costs: Costs | None
    why: str = ""


@dataclass
class Judge:
    """Judges plans for one scenario and the previous plan that changes count against."""

    scenario: Scenario
    previous: Plan | None = None
    facts: Facts = field(init=False)
    _targets: dict[str, frozenset[Target]] = field(default_factory=dict)
    _learners: dict[str, Learner] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.facts = Facts(self.scenario, self.previous)

    def verdict(self, plan: Plan) -> Verdict:
        """Legal or not, and the costs; what the plan claims of itself is not looked at."""
        try:
            _check_form(self.scenario, plan)
            chosen = self._people(plan)
            answers = self._vacated(plan)
            values = _Fixed(self.facts, chosen).values_of(plan, answers)
        except Illegal as fault:
            return Verdict(None, str(fault))
        return Verdict(read_plan(Answer(self.facts, chosen, values)).costs)

    def _people(self, plan: Plan) -> list[PersonPlan]:
        committed = {(row.employee, row.activity, row.start) for row in self.scenario.commitments}
        new: dict[str, list[Pair]] = {}
        for row in plan.learning:
            if (row.employee, row.activity, row.start) not in committed:
                new.setdefault(row.employee, []).append((row.activity, row.start))
        aims: dict[str, list[Target]] = {}
        for name, target in self._aims(plan):
            aims.setdefault(name, []).append(target)
        for name in new.keys() - aims.keys():
            raise Illegal(f"{name} learns for nothing")
        return [self._person(name, aims[name], tuple(new.get(name, ()))) for name in sorted(aims)]

    def _aims(self, plan: Plan) -> Iterator[tuple[str, Target]]:
        openings, people = self.scenario.opening_by_id, self.scenario.employee_by_id
        for placed in plan.placements:
            row = openings[placed.opening]
            seat = row.role, row.unit
            yield placed.employee, Target("placement", row.opening, seat, placed.period)
        for standby in plan.standbys:
            row = openings[standby.opening]
            seat = row.role, row.unit
            yield standby.employee, Target("standby", row.opening, seat, row.needed)
        for fill in plan.vacated:
            leaver = people[fill.vacated_by]
            seat = leaver.role, leaver.unit
            yield fill.employee, Target("vacated", None, seat, fill.period)

    def _person(self, name: str, aims: Sequence[Target], new: tuple[Pair, ...]) -> PersonPlan:
        person = self.scenario.employee_by_id[name]
        if len(aims) > 1:
            raise Illegal(f"{name} has {len(aims)} targets")
        target = aims[0]
        if name not in self._targets:
            self._targets[name] = frozenset(targets(self.facts, person))
        if target not in self._targets[name]:
            raise Illegal(f"{name} may not have {target}")
        self._check_learning(person, target.period, new)
        learning = self._learner(person).judged(new, target.seat[0], target.period)
        if learning is None:
            raise Illegal(f"{name} is not ready for {target}, or learns what is not needed")
        return costed(self.facts, person, target, learning)

    def _check_learning(self, person: Employee, period: int, new: tuple[Pair, ...]) -> None:
        learner = self._learner(person)
        names = Counter([name for name, _ in new])
        committed = {name for name, _ in learner.committed}
        for place, (name, start) in enumerate(new):
            if names[name] > 1 or name in committed:
                raise Illegal(f"{person.employee} does {name} twice")
            if start not in learner.starts(name, period):
                raise Illegal(f"{person.employee} cannot start {name} in {start}")
            if not learner.fits(new[: place + 1]):
                raise Illegal(f"{person.employee} has no time for {name}")

    def _learner(self, person: Employee) -> Learner:
        if person.employee not in self._learners:
            self._learners[person.employee] = Learner(self.facts, person)
        return self._learners[person.employee]

    def _vacated(self, plan: Plan) -> Counter[Hashable]:
        """What becomes of vacated seats, counted as the program's variables (section 7)."""
        values: Counter[Hashable] = Counter()
        if not self.facts.chains:
            return values
        moves: list[Placement | Vacated] = [*plan.placements, *plan.vacated]
        left = {
            row.employee: row.period for row in moves if row.employee not in self.facts.incumbents
        }
        hired = {row.vacated_by for row in plan.vacated_hires}
        empty = {row.vacated_by for row in plan.vacated_unfilled}
        fills = Counter(row.vacated_by for row in plan.vacated)
        if (hired | empty | fills.keys()) - left.keys():
            raise Illegal("somebody who leaves no seat is followed")
        for fill in plan.vacated:
            if fill.period < left[fill.vacated_by]:
                raise Illegal(f"{fill.employee} takes a seat before it is left")
        for name, period in left.items():
            if (name in hired) + (name in empty) + fills[name] != 1:
                raise Illegal(f"the seat of {name} needs one answer")
            person = self.scenario.employee_by_id[name]
            seat = person.role, person.unit
            values["vacated_hire", *seat, period] += name in hired
            values["vacated_unfilled", *seat, period] += name in empty
            until = next((row.period for row in plan.vacated if row.vacated_by == name), period)
            for waiting in range(period, until):
                values["wait", *seat, waiting] += 1
        return values


class _Fixed(Model):
    """The exact program over the person plans chosen alone."""

    def __init__(self, facts: Facts, chosen: Sequence[PersonPlan]) -> None:
        self.chosen = chosen
        super().__init__(facts)

    def add_people(self) -> None:
        for place, plan in enumerate(self.chosen):
            self.plans[place] = plan
            self.program.variable(place, 0.0, 0, 1)
            self.charged[place] += plan.charges

    def values_of(self, plan: Plan, answers: Counter[Hashable]) -> dict[Hashable, int]:
        """The value of every variable; raises Illegal where a row or a limit does not hold."""
        values: Counter[Hashable] = Counter(answers)
        values.update(dict.fromkeys(self.plans, 1))
        values.update({("held", row.activity, row.period): row.sessions for row in plan.sessions})
        values.update({("hire", row.opening): row.seats for row in plan.hires})
        values.update({("unfilled", row.opening): row.seats for row in plan.unfilled})
        standing = Counter(row.opening for row in plan.standbys)
        for opening in self.facts.scenario.openings:
            values["short", opening.opening] = opening.bench - standing[opening.opening]
        program = self.program
        for name, value in values.items():
            if value and name not in program.place:
                raise Illegal(f"there can be no {name}")
        for name, place in program.place.items():
            if not program.lower[place] <= values[name] <= program.upper[place]:
                raise Illegal(f"{name} cannot be {values[name]}")
        amounts = [values[name] for name in program.place]
        for terms, low, high in program.rows:
            total = sum(factor * amounts[place] for place, factor in terms.items())
            if total < low - SLACK * max(1.0, abs(low)) or total > high + SLACK * max(1.0, high):
                raise Illegal(f"{low} <= {total} <= {high} does not hold")
        return {name: values[name] for name in program.place}


def truthful(plan: Plan, costs: Costs) -> bool:
    """Whether a plan's own costs, bound, gap and status agree with what it comes to (section 8)."""
    if plan.cost is None or plan.bound is None or plan.gap is None:
        return False
    pairs = [(getattr(plan.costs, item.name), getattr(costs, item.name)) for item in fields(costs)]
    pairs.append((plan.cost, costs.total))
    gap = max(0.0, (plan.cost - plan.bound) / max(1.0, abs(plan.cost)))
    return (
        all(abs(claimed - amount) <= SLACK * max(1.0, abs(amount)) for claimed, amount in pairs)
        and plan.bound <= plan.cost + SLACK * max(1.0, abs(plan.cost))
        and abs(plan.gap - gap) <= SLACK
        and (plan.status == "feasible" or gap <= SLACK)
    )


def _check_form(scenario: Scenario, plan: Plan) -> None:
    """plan.md: the header is the scenario's; lists are sorted, of known rows, without doubles."""
    settings = scenario.settings
    head = (plan.scenario_sha256, plan.period, plan.periods, plan.currency)
    if head != (scenario.sha256, settings.period, settings.periods, settings.currency):
        raise Illegal("another scenario's plan")
    # A date anywhere in the first month is the same start (scenario.md).
    if (plan.start.year, plan.start.month) != (settings.start.year, settings.start.month):
        raise Illegal("another start")
    if settings.backfill != "chain" and any(getattr(plan, name) for name in CHAIN_LISTS):
        raise Illegal("vacated seats are not planned")
    for name, length in KEYS.items():
        rows = [_values(row) for row in getattr(plan, name)]
        if rows != sorted(rows) or len({row[:length] for row in rows}) < len(rows):
            raise Illegal(f"{name} is not sorted, or something stands in it twice")
        for row in getattr(plan, name):
            _check_row(scenario, row)
    listed = {_values(row) for row in plan.learning}
    for commitment in scenario.commitments:
        if commitment.start >= 1 and _values(commitment) not in listed:
            raise Illegal("a commitment is not listed")


def _values(row: Any) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in row.__slots__)


def _check_row(scenario: Scenario, row: Any) -> None:
    known = {
        "employee": scenario.employee_by_id,
        "vacated_by": scenario.employee_by_id,
        "opening": scenario.opening_by_id,
        "activity": scenario.activity_by_id,
        "period": range(1, scenario.settings.periods + 1),
        "start": range(1, scenario.settings.periods + 1),
        "seats": range(1, 10**9 + 1),
        "sessions": range(1, 10**9 + 1),
    }
    for name in row.__slots__:
        if getattr(row, name) not in known[name]:
            raise Illegal(f"{name} {getattr(row, name)} is not there")
