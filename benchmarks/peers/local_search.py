"""An honest local search: annealed swaps of who is developed for what, from the greedy plan on.

Seats that nobody inside takes are reckoned at the hire's price while it searches; where the money
for hires runs out, the finished plan pays for the seats left unfilled.
"""

from __future__ import annotations

from math import exp
from random import Random
from time import perf_counter

from benchmarks.peers.draft import Answer, Draft, checked
from benchmarks.peers.greedy import aims, fill_greedily
from benchmarks.peers.propose import Proposer
from tests.oracle.enumerate import PersonPlan, Target
from tests.oracle.facts import Facts

from succession.domain import Scenario

__all__ = ["solve_by_local_search"]

START_HEAT = 2000.0
END_HEAT = 20.0
CLASS_PENALTY = 3000.0
"""For each start that a class lacks of its minimum while the search goes on."""

CLOSE = 500
"""Ways of aiming at an opening that are tried, those who lack least more often."""


def solve_by_local_search(scenario: Scenario, *, seconds: float = 60.0, seed: int = 1) -> Answer:
    """The best plan met within the time; the greedy one at worst."""
    began = perf_counter()
    facts = Facts(scenario)
    search = _Search(facts, Random(f"search/{seed}"))
    search.run(began, seconds)
    plan = checked(facts, search.best().plan())
    taken = perf_counter() - began
    return Answer(plan.cost, None, plan, taken, trace=(*search.trace, (taken, plan.cost, None)))


class _Search:
    """The draft that is changed, and the person plans of the best one so far."""

    def __init__(self, facts: Facts, rng: Random) -> None:
        self.facts = facts
        self.rng = rng
        self.proposer = Proposer(facts)
        reach = aims(facts, self.proposer, kinds=("placement", "standby"))
        self.aims = {name: rows[:CLOSE] for name, rows in reach.items()}
        self.draft = Draft(facts)
        self.decided = {person.employee for person, _ in self.proposer.decided}
        fill_greedily(self.draft, self.proposer, reach)
        self.cost = 0.0
        self._best_cost = 0.0
        self._best = dict(self.draft.chosen)
        self.trace: list[tuple[float, float | None, float | None]] = []

    def run(self, began: float, seconds: float) -> None:
        """Searches on; looks at the best plan with all that it costs whenever time has doubled."""
        openings, look = sorted(self.aims), 0.0
        while openings and (share := (perf_counter() - began) / seconds) < 1.0:
            if perf_counter() - began >= look:
                plan = self.best().plan()
                look = 2 * (perf_counter() - began)
                self.trace.append((look / 2, plan.cost, None))
            heat = START_HEAT * (END_HEAT / START_HEAT) ** share
            for _ in range(50):
                self._step(self.rng.choice(openings), heat)

    def best(self) -> Draft:
        """The best plan met, its classes viable."""
        draft = Draft(self.facts)
        for plan in self._best.values():
            draft.add(plan)
        draft.drop_unviable()
        return draft

    def _step(self, opening: str, heat: float) -> None:
        """One person aims at the opening; who stands in the way gives way."""
        reach = self.aims[opening]
        name, target = reach[int(len(reach) * self.rng.random() ** 2)]
        delta, gone, blocking = 0.0, [], self._in_the_way(name, target)
        if not self.decided.isdisjoint(blocking):
            return
        for other in blocking:
            plan, change = self._taken_out(other)
            gone.append(plan)
            delta += change
        person = self.facts.scenario.employee_by_id[name]
        free = self.draft.shared.places_of(person.unit)
        new = self.proposer.plan(person, target, free, self.rng)
        fits = new is not None and self.draft.fits(new)
        if new is not None and fits:
            delta += self._put_in(new)
        accepted = delta <= 0 or self.rng.random() < exp(-delta / heat)
        if (fits or gone) and accepted:
            self._count(delta)
            return
        if new is not None and fits:
            self.draft.remove(new.employee)
        for plan in reversed(gone):
            self.draft.add(plan)

    def _count(self, delta: float) -> None:
        self.cost += delta
        if self.cost < self._best_cost - 1e-6:
            self._best_cost, self._best = self.cost, dict(self.draft.chosen)

    def _in_the_way(self, name: str, target: Target) -> list[str]:
        out = [name] if name in self.draft.chosen else []
        room = self.draft.bench if target.kind == "standby" else self.draft.seats
        if room[str(target.opening)] == 0:
            holders = list(self.draft.holders[target.kind, str(target.opening)])
            if holders and name not in holders:
                out.append(self.rng.choice(holders))
        return out

    def _taken_out(self, name: str) -> tuple[PersonPlan, float]:
        plan = self.draft.chosen[name]
        before = self._shared_cost(plan)
        self.draft.remove(name)
        return plan, self._shared_cost(plan) - before - self._own_cost(plan)

    def _put_in(self, plan: PersonPlan) -> float:
        before = self._shared_cost(plan)
        self.draft.add(plan)
        return self._shared_cost(plan) - before + self._own_cost(plan)

    def _own_cost(self, plan: PersonPlan) -> float:
        """The plan's cost less what the seat or the missing standby would cost without it."""
        assert plan.target is not None
        own = plan.costs.total + self.draft.price_of_leaving(plan)
        if plan.target.kind == "standby":
            return own - self.facts.scenario.settings.bench_shortage_cost
        opening = self.facts.scenario.opening_by_id[str(plan.target.opening)]
        return own - self.draft.price_of_seat(opening)

    def _shared_cost(self, plan: PersonPlan) -> float:
        """Sessions of the plan's activities, with a penalty for classes that are too small."""
        total, shared = 0.0, self.draft.shared
        for name, start in plan.learning:
            row = self.facts.scenario.activity_by_id[name]
            total += row.session_cost * shared.sessions(row, start)
            total += CLASS_PENALTY * shared.lacking(row, start)
        return total
