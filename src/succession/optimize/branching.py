"""Branch and bound over the relaxation: which question to ask next.

Questions, the most telling first: how many hires (unfilled seats, sessions), whether a person has
an opening at all, in which period. Each is kept by the master's bounds or by leaving out targets,
so pricing stays exact and unchanged.
"""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from succession.optimize.master import MasterSolution, RestrictedMaster
from succession.optimize.restriction import Restriction

__all__ = ["FRACTION", "Question", "children", "target_shares", "targets_of"]

Floats = NDArray[np.float64]
Question = tuple[int, str, str, int]
"""(person, kind, seat, period or 0)."""

FRACTION = 1e-6


def children(
    master: RestrictedMaster, solution: MasterSolution, branch: Restriction
) -> list[Restriction]:
    """The branches below one: empty where the solution has nothing fractional to ask about."""
    variable = _dearest_fraction(solution.variables, master.variable_cost)
    if variable is not None:
        value = solution.variables[variable]
        floor, ceiling = branch.floor[variable], branch.ceiling[variable]
        return [
            branch.bound_variable(variable, floor, math.floor(value)),
            branch.bound_variable(variable, math.ceil(value), ceiling),
        ]
    for by_period in (False, True):
        share = target_shares(master, solution.pathways, by_period)
        asked = {key: value for key, value in share.items() if value < 1 - FRACTION}
        if asked:
            chosen = max(asked, key=lambda key: (min(share[key], 1 - share[key]), key))
            own, others = targets_of(master, branch, chosen, by_period)
            return [branch.forbid(others).lock(chosen[0]), branch.forbid(own)]
    return []


def target_shares(
    master: RestrictedMaster, values: Floats, by_period: bool
) -> dict[Question, float]:
    """How much of a person each question (opening, with or without the period) has.

    Pathways newer than the solution are not in it yet.
    """
    share: dict[Question, float] = defaultdict(float)
    for pathway, value in zip(master.pathways, values, strict=False):
        if value > FRACTION:
            share[_question(master, pathway.target, by_period)] += value
    return share


def targets_of(
    master: RestrictedMaster, branch: Restriction, question: Question, by_period: bool
) -> tuple[list[int], list[int]]:
    """The allowed targets of a question's person: those that it asks about, and the others."""
    allowed = np.flatnonzero(branch.allowed & (master.instance.target_person == question[0]))
    own = [int(t) for t in allowed if _question(master, int(t), by_period) == question]
    return own, sorted(set(map(int, allowed)) - set(own))


def _dearest_fraction(values: Floats, cost: Floats) -> int | None:
    """The fixed variable whose fraction, rounded either way, moves most money."""
    distance = np.abs(values - np.round(values))
    if not len(values) or distance.max() <= FRACTION:
        return None
    return int(np.where(distance > FRACTION, distance * (1.0 + cost), -1.0).argmax())


def _question(master: RestrictedMaster, target: int, by_period: bool) -> Question:
    record = master.instance.targets[target]
    person = int(master.instance.target_person[target])
    return person, record.kind, record.seat, record.period if by_period else 0
