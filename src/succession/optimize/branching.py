"""Branch and bound over the relaxation: which question to ask next.

Questions, the most telling first: how many sessions, hires or unfilled seats, whether a person has
an opening at all, in which period. Each is kept by the master's bounds or by leaving out targets,
so pricing stays exact and unchanged. Sessions are shared by many: most of the gap is in them.
"""

from __future__ import annotations

import math
from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from succession.optimize.master import MasterSolution, RestrictedMaster
from succession.optimize.restriction import Restriction
from succession.optimize.strong_branching import FRACTION, SessionTrials

__all__ = ["Question", "children", "target_shares", "targets_of"]

Floats = NDArray[np.float64]
Question = tuple[int, int, int, int]
"""(person, kind, place, period or 0)."""


def children(
    master: RestrictedMaster, solution: MasterSolution, branch: Restriction, trials: SessionTrials
) -> list[Restriction]:
    """The branches below one: empty where the solution has nothing fractional to ask about."""
    tried = trials.of(solution.variables, solution.value, branch)
    if tried:
        most = max(tried, key=lambda trial: trial.score)
        return _either(branch, most.variable, most.value)
    return _ask_variable(master, solution.variables, branch) or _ask_person(
        master, solution, branch
    )


def _either(branch: Restriction, variable: int, value: float) -> list[Restriction]:
    """Less of a fixed variable, or more."""
    low, high = math.floor(value), math.ceil(value)
    return [
        branch.bound_variable(variable, branch.floor[variable], low),
        branch.bound_variable(variable, high, branch.ceiling[variable]),
    ]


def _ask_variable(
    master: RestrictedMaster, values: Floats, branch: Restriction
) -> list[Restriction]:
    """The fixed variable whose fraction, rounded either way, moves most money."""
    distance = np.abs(values - np.round(values))
    if not len(values) or distance.max() <= FRACTION:
        return []
    weighed = np.where(distance > FRACTION, distance * (1.0 + master.variable_cost), -1.0)
    k = int(weighed.argmax())
    return _either(branch, k, float(values[k]))


def _ask_person(
    master: RestrictedMaster, solution: MasterSolution, branch: Restriction
) -> list[Restriction]:
    """The person most undecided about an opening, or else a period: that one, or not that one."""
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
    first, last = master.instance.targets.start[question[0] : question[0] + 2].tolist()
    allowed = [t for t in range(first, last) if branch.allowed[t]]
    own = [t for t in allowed if _question(master, t, by_period) == question]
    return own, sorted(set(allowed) - set(own))


def _question(master: RestrictedMaster, target: int, by_period: bool) -> Question:
    targets = master.instance.targets
    period = int(targets.period[target]) if by_period else 0
    return (
        int(targets.person[target]),
        int(targets.kind[target]),
        int(targets.place[target]),
        period,
    )
