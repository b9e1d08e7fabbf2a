"""A plan read against its scenario once, by the verifier's own reader, for every table to use."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from succession.domain.plan import Plan
from succession.domain.records import Activity, Competency
from succession.domain.scenario import Scenario
from succession.metrics import ready_since
from succession.verify.facts import Facts, index
from succession.verify.holdings import Prospect, chance, prospects
from succession.verify.ledger import Ledger, Person, Target, read

__all__ = ["Reading", "read_plan"]


@dataclass(frozen=True)
class Reading:
    """A plan with what it does to people and seats, and the names to call them by."""

    plan: Plan
    facts: Facts
    ledger: Ledger
    prospects: tuple[Prospect, ...]

    @property
    def scenario(self) -> Scenario:
        """The scenario that the plan is for."""
        return self.facts.scenario

    @cached_property
    def prospect_of(self) -> Mapping[str, Prospect]:
        """The prospect of everybody who has a target."""
        return {row.target.employee.employee: row for row in self.prospects}

    def label(self, period: int) -> str:
        """The calendar's label of any period, those outside the horizon too."""
        return self.scenario.settings.calendar.label(period)

    def role(self, role: str) -> str:
        """A role's title, or its id where it has none."""
        row = self.scenario.role_by_id.get(role)
        return (row.title if row is not None else "") or role

    def unit(self, unit: str | None) -> str:
        """A unit's name, or its id where it has none."""
        row = None if unit is None else self.facts.units.get(unit)
        return (row.name if row is not None else "") or unit or ""

    @cached_property
    def competencies(self) -> Mapping[str, Competency]:
        """Every declared competency by id."""
        return {row.competency: row for row in self.scenario.competencies}

    def competency(self, competency: str) -> str:
        """A competency's name, or its id where it has none."""
        row = self.competencies.get(competency)
        return (row.name if row is not None else "") or competency

    def top_level(self, competency: str) -> int:
        """A competency's top level; the default of a skill where it is not declared."""
        row = self.competencies.get(competency)
        return 5 if row is None else row.levels

    def activity(self, activity: Activity) -> str:
        """An activity's name, or its id where it has none."""
        return activity.name or activity.activity

    def person(self, target: Target) -> Person:
        """The person plan that a target belongs to."""
        return self.ledger.people[target.employee.employee]

    def chance(self, target: Target) -> float:
        """The chance that a target comes true, whatever its seat would fall back to."""
        return chance(self.facts, self.person(target), target)

    def learning_cost(self, target: Target) -> float:
        """What is newly learned for a target, sessions shared with others apart."""
        return sum(item.activity.cost for item in self.person(target).new)

    def ready_period(self, target: Target) -> int:
        """The period since when the person is ready without a break."""
        return ready_since(self.facts, self.person(target), target)

    def ready(self, target: Target) -> str:
        """Since when the person is ready for the target's role without a break."""
        period = self.ready_period(target)
        return "now" if period == 1 else self.label(period)


def read_plan(scenario: Scenario, plan: Plan) -> Reading:
    """Read a verified plan."""
    facts = index(scenario, plan)
    ledger, _ = read(facts, plan)
    return Reading(plan, facts, ledger, prospects(facts, ledger))
