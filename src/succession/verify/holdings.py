"""What a person holds over time, what of it is needed, and the chance σ (sections 1, 2, 6)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from succession.verify.facts import Facts
from succession.verify.ledger import Enrolment, Ledger, Person, Target

__all__ = ["Demand", "Holdings", "Prospect", "chance", "prospects"]


@dataclass(frozen=True, slots=True)
class Demand:
    """A competency at a level that must be held in a period: by an activity, or a target's role."""

    competency: str
    level: int
    period: int
    enrolment: Enrolment | None


@dataclass(frozen=True, slots=True)
class _Span:
    level: int
    first: float
    last: float
    source: Enrolment | None


class Holdings:
    """The competencies of one person, each with the periods in which it is held and why."""

    def __init__(self, facts: Facts, person: Person) -> None:
        self._spans: dict[str, list[_Span]] = {}
        for row in facts.profiles.get(person.employee.employee, ()):
            first = -math.inf if row.valid_from is None else row.valid_from
            last = math.inf if row.valid_to is None else row.valid_to
            self._add(row.competency, _Span(row.level, first, last, None))
        for item in person.enrolments:
            for outcome in facts.outcomes.get(item.activity.activity, ()):
                periods = math.inf if outcome.valid_periods is None else outcome.valid_periods
                last = item.finished + periods - 1
                self._add(outcome.competency, _Span(outcome.level, item.finished, last, item))

    def _add(self, competency: str, span: _Span) -> None:
        self._spans.setdefault(competency, []).append(span)

    def meets(self, demand: Demand) -> bool:
        """Whether a demand is met in its period."""
        return any(_serves(span, demand) for span in self._spans.get(demand.competency, ()))

    def needed(self, demands: Iterable[Demand]) -> Callable[[Enrolment], bool]:
        """Which activities are needed: those whose removal alone breaks a demand that is met.

        No activity is finished when it starts, so none serves its own prerequisites.
        """
        alone: set[int] = set()
        for demand in demands:
            spans = self._spans.get(demand.competency, ())
            sources = [span.source for span in spans if _serves(span, demand)]
            if len(sources) == 1 and sources[0] is not None:
                alone.add(id(sources[0]))
        return lambda enrolment: id(enrolment) in alone


def _serves(span: _Span, demand: Demand) -> bool:
    return span.level >= demand.level and span.first <= demand.period <= span.last


def prerequisite_demands(facts: Facts, person: Person) -> Iterator[Demand]:
    """Rule 3: what new activities ask for in the period they start; commitments ask nothing."""
    for item in person.new:
        for row in facts.prerequisites.get(item.activity.activity, ()):
            yield Demand(row.competency, row.level, item.start, item)


def role_demands(facts: Facts, target: Target) -> Iterator[Demand]:
    """Rule 7: what the target's role asks for in the target's period."""
    for row in facts.requirements.get(target.seat.role, ()):
        yield Demand(row.competency, row.level, target.period, None)


def chance(facts: Facts, person: Person, target: Target) -> float:
    """σ: the chance 0…1 that a target comes true (section 6); 1 with `risk = ignore`."""
    settings = facts.scenario.settings
    if settings.risk == "ignore":
        return 1.0
    demands = [*prerequisite_demands(facts, person), *role_demands(facts, target)]
    needed = Holdings(facts, person).needed(demands)
    years = (target.period - 1) / settings.calendar.periods_per_year
    sigma = float((1.0 - person.employee.leaving_risk) ** years)
    for item in person.enrolments:
        over_before = item.committed and item.finished <= 1
        if not over_before and needed(item):
            sigma *= item.activity.pass_rate
    return sigma


@dataclass(frozen=True, slots=True)
class Prospect:
    """A target with its σ as section 6 counts it, and what the seat falls back to if it fails."""

    target: Target
    sigma: float
    fallback: Literal["hire", "unfilled"] | None


def prospects(facts: Facts, ledger: Ledger) -> tuple[Prospect, ...]:
    """Every target's prospect; a seat that can only be filled from within counts with σ = 1."""
    return tuple(
        _prospect(facts, person, target)
        for person in ledger.people.values()
        for target in person.targets
    )


def _prospect(facts: Facts, person: Person, target: Target) -> Prospect:
    if target.kind == "fill":
        return Prospect(target, chance(facts, person, target), None)
    fallback = target.seat.fallback(target.period, facts.horizon)
    sigma = 1.0 if fallback is None else chance(facts, person, target)
    return Prospect(target, sigma, fallback)
