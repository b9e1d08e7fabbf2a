"""Diving: a good plan by settling the sessions of the relaxation, with new pathways at each step.

Once it is settled which sessions are held, what is left is little more than an assignment, whose
relaxation is nearly whole. So sessions are rounded many at a time, the surest first, and each step
is relaxed again, so that pathways follow the sessions; what is left is a small program.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from succession.optimize.branching import FRACTION
from succession.optimize.column_generation import Relaxation, relax
from succession.optimize.master import RestrictedMaster
from succession.optimize.restriction import Restriction
from succession.optimize.stopping import Clock
from succession.pathways.pricing import Pricer

__all__ = ["dive"]

Floats = NDArray[np.float64]
SURE = 0.3
SHARE = 2
ROUNDS = 2
SHORTAGE = 1e-7


def dive(
    master: RestrictedMaster,
    pricer: Pricer,
    branch: Restriction,
    relaxation: Relaxation,
    cutoff: float,
    clock: Clock,
) -> tuple[Restriction, Relaxation] | None:
    """A branch below with whole sessions, and its relaxation; None where nothing there could be
    below `cutoff`, or time is up."""
    while clock.left > 0:
        deeper = _settle(master, branch, relaxation.master.variables)
        if deeper is None:
            return branch, relaxation
        branch = deeper
        relaxation = relax(
            master, pricer, branch, deep=False, rounds=ROUNDS, expired=lambda: clock.left <= 0
        )
        if relaxation.bound >= cutoff or relaxation.master.shortage > SHORTAGE:
            return None
    return None


def _settle(master: RestrictedMaster, branch: Restriction, values: Floats) -> Restriction | None:
    """The branch with the surest sessions made whole: a part of those that are not, and what
    nearly is; None where all are."""
    kinds = master.instance.limits.variables
    session = np.array([v.kind == "session" for v in kinds], dtype=np.bool_)
    whole = np.round(values)
    distance = np.where(session, np.abs(values - whole), 0.0)
    open_ = np.flatnonzero(distance > FRACTION)
    if not len(open_):
        return None
    order = open_[np.argsort(distance[open_], kind="stable")]
    few = math.ceil(len(order) / SHARE)
    settled = order[(np.arange(len(order)) < few) | (distance[order] <= SURE)]
    floor, ceiling = branch.floor.copy(), branch.ceiling.copy()
    up = whole[settled] > values[settled]
    floor[settled[up]] = whole[settled[up]]
    ceiling[settled[~up]] = whole[settled[~up]]
    return branch.bound_variables(floor, ceiling)
