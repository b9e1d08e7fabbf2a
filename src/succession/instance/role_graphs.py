"""For each role that can be a target: the competencies and activities that can matter for it.

A *fact* is (competency, level): a requirement of the role, or a prerequisite of an activity that
helps towards it. The graph of a role is the backward closure from its requirements, for people
who hold nothing yet; pricing narrows it down to what a person lacks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from succession.domain import Outcome, Scenario

__all__ = ["RoleGraphs", "build_role_graphs"]

Ints = NDArray[np.int64]
Fact = tuple[int, int]


@dataclass(frozen=True)
class RoleGraphs:
    """All graphs in compressed rows. Slices of role r: facts `fact_start[r]:fact_start[r+1]`,
    activities `use_start[r]:use_start[r+1]`; of a use u: outcomes (fact within the role, valid
    periods or 0 for ever) and prerequisites (fact within the role)."""

    fact_start: Ints
    fact_competency: Ints
    fact_level: Ints
    fact_required: Ints
    use_start: Ints
    use_activity: Ints
    outcome_start: Ints
    outcome_fact: Ints
    outcome_valid: Ints
    prerequisite_start: Ints
    prerequisite_fact: Ints


def build_role_graphs(
    scenario: Scenario,
    roles: Iterable[str],
    competency_index: dict[str, int],
    activity_index: dict[str, int],
) -> RoleGraphs:
    """The graphs of `roles`, in their order."""
    required: dict[str, list[Fact]] = defaultdict(list)
    for row in scenario.requirements:
        required[row.role].append((competency_index[row.competency], row.level))
    catalogue = Catalogue(scenario, competency_index, activity_index)
    columns: list[list[int]] = [[] for _ in range(7)]
    fact_start, use_start, outcome_start, prerequisite_start = [0], [0], [0], [0]
    for role in roles:
        facts, activities = catalogue.closure(required[role])
        number = {fact: k for k, fact in enumerate(facts)}
        columns[0] += [competency for competency, _ in facts]
        columns[1] += [level for _, level in facts]
        columns[2] += [int(fact in required[role]) for fact in facts]
        fact_start.append(len(columns[0]))
        for activity in activities:
            columns[3].append(activity)
            for fact, valid in catalogue.gives(activity, facts):
                columns[4].append(number[fact])
                columns[5].append(valid)
            outcome_start.append(len(columns[4]))
            columns[6] += [number[fact] for fact in catalogue.needs[activity]]
            prerequisite_start.append(len(columns[6]))
        use_start.append(len(columns[3]))
    arrays = [np.array(column, dtype=np.int64) for column in columns]
    return RoleGraphs(
        fact_start=np.array(fact_start, dtype=np.int64),
        fact_competency=arrays[0],
        fact_level=arrays[1],
        fact_required=arrays[2],
        use_start=np.array(use_start, dtype=np.int64),
        use_activity=arrays[3],
        outcome_start=np.array(outcome_start, dtype=np.int64),
        outcome_fact=arrays[4],
        outcome_valid=arrays[5],
        prerequisite_start=np.array(prerequisite_start, dtype=np.int64),
        prerequisite_fact=arrays[6],
    )


class Catalogue:
    """What every activity gives and needs, as facts."""

    def __init__(
        self, scenario: Scenario, competency_index: dict[str, int], activity_index: dict[str, int]
    ) -> None:
        self.needs: dict[int, list[Fact]] = defaultdict(list)
        self.outcomes: dict[int, list[tuple[int, Outcome]]] = defaultdict(list)
        self.givers: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for need in scenario.prerequisites:
            fact = (competency_index[need.competency], need.level)
            self.needs[activity_index[need.activity]].append(fact)
        for outcome in scenario.outcomes:
            activity = activity_index[outcome.activity]
            competency = competency_index[outcome.competency]
            self.outcomes[activity].append((competency, outcome))
            self.givers[competency].append((outcome.level, activity))

    def closure(self, required: list[Fact]) -> tuple[list[Fact], list[int]]:
        """Facts and activities that can help towards the required facts, both sorted."""
        facts, activities = set(required), set[int]()
        frontier = list(facts)
        while frontier:
            competency, level = frontier.pop()
            for given, activity in self.givers[competency]:
                if given < level or activity in activities:
                    continue
                activities.add(activity)
                fresh = [need for need in self.needs[activity] if need not in facts]
                facts.update(fresh)
                frontier += fresh
        return sorted(facts), sorted(activities)

    def gives(self, activity: int, facts: list[Fact]) -> list[tuple[Fact, int]]:
        """The facts among `facts` that the activity gives, with their valid periods (0: ever)."""
        return [
            ((competency, level), outcome.valid_periods or 0)
            for competency, outcome in self.outcomes[activity]
            for fact_competency, level in facts
            if fact_competency == competency and level <= outcome.level
        ]
