"""Branch and bound over the relaxation: which question to ask next.

Questions, the most telling first: how many hires (unfilled seats, sessions), whether a person has
an opening at all, in which period. Each is kept by the master's bounds or by leaving out targets,
so pricing stays exact and unchanged.
"""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np

from succession.optimize.master import MasterSolution, RestrictedMaster
from succession.optimize.restriction import Restriction

__all__ = ["children"]

FRACTION = 1e-6


def children(
    master: RestrictedMaster, solution: MasterSolution, branch: Restriction
) -> list[Restriction]:
    """The branches below one: empty where the solution has nothing fractional to ask about."""
    variable = _most_fractional(solution.variables)
    if variable is not None:
        value = solution.variables[variable]
        floor, ceiling = branch.floor[variable], branch.ceiling[variable]
        return [
            branch.bound_variable(variable, floor, math.floor(value)),
            branch.bound_variable(variable, math.ceil(value), ceiling),
        ]
    for by_period in (False, True):
        targets = _fractional_targets(master, solution, branch, by_period)
        if targets is not None:
            person = master.instance.target_person[targets[0]]
            own = np.flatnonzero(branch.allowed & (master.instance.target_person == person))
            others = np.setdiff1d(own, targets)
            return [branch.forbid(others).lock(int(person)), branch.forbid(targets)]
    return []


def _most_fractional(values: np.ndarray) -> int | None:
    distance = np.abs(values - np.round(values))
    if not len(values) or distance.max() <= FRACTION:
        return None
    return int(distance.argmax())


def _fractional_targets(
    master: RestrictedMaster, solution: MasterSolution, branch: Restriction, by_period: bool
) -> list[int] | None:
    """All allowed targets of a person for one opening (and period) that is neither 0 nor 1."""
    share: dict[tuple[int, str, str, int], float] = defaultdict(float)
    for pathway, value in zip(master.pathways, solution.pathways, strict=True):
        if value > FRACTION:
            share[_question(master, pathway.target, by_period)] += value
    open_questions = {key: v for key, v in share.items() if v < 1 - FRACTION}
    if not open_questions:
        return None
    chosen = max(open_questions, key=lambda key: (min(share[key], 1 - share[key]), key))
    own = np.flatnonzero(branch.allowed & (master.instance.target_person == chosen[0]))
    return [int(t) for t in own if _question(master, int(t), by_period) == chosen]


def _question(master: RestrictedMaster, target: int, by_period: bool) -> tuple[int, str, str, int]:
    record = master.instance.targets[target]
    person = int(master.instance.target_person[target])
    return person, record.kind, record.seat, record.period if by_period else 0
