"""Diving: a good plan by settling the sessions of the relaxation, with new pathways at each step.

Once it is settled which sessions are held, what is left is little more than an assignment, whose
relaxation is nearly whole. So sessions are rounded many at a time, the surest first, and each step
is relaxed again, so that pathways follow the sessions; what is left is a small program.
"""

from __future__ import annotations

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
SURE = 0.2
SHARE = 4
ROUNDS = 4
SHORTAGE = 1e-7


def dive(
    master: RestrictedMaster,
    pricer: Pricer,
    branch: Restriction,
    relaxation: Relaxation,
    cutoff: float,
    clock: Clock,
) -> tuple[Restriction, Relaxation] | None:
    """A branch below with whole sessions, and its relaxation; None where the dive cannot get below
    `cutoff` or time is up."""
    session = np.array(
        [v.kind == "session" for v in master.instance.limits.variables], dtype=np.bool_
    )
    while clock.left > 0:
        values = relaxation.master.variables
        deeper = _settle(branch, values, session)
        if deeper is None:
            return branch, relaxation
        branch = deeper
        relaxation = relax(
            master, pricer, branch, deep=False, rounds=ROUNDS,
            stop=lambda bound, _: bound >= cutoff, expired=lambda: clock.left <= 0,
        )  # fmt: skip
        if relaxation.bound >= cutoff or relaxation.master.shortage > SHORTAGE:
            return None
    return None


def _settle(branch: Restriction, values: Floats, session: NDArray[np.bool_]) -> Restriction | None:
    """The branch with sessions that are nearly whole made whole, at least a part of those that
    are not; None where all are."""
    distance = np.where(session, np.abs(values - np.round(values)), 0.0)
    open_ = np.flatnonzero(distance > FRACTION)
    if not len(open_):
        return None
    order = open_[np.argsort(distance[open_], kind="stable")]
    few = max(1, len(order) // SHARE)
    settled = [*order[:few], *(k for k in order[few:] if distance[k] <= SURE)]
    whole = np.round(values)
    floor, ceiling = branch.floor.copy(), branch.ceiling.copy()
    for k in settled:
        if whole[k] > values[k]:
            floor[k] = whole[k]
        else:
            ceiling[k] = whole[k]
    return branch.bound_variables(floor, ceiling)
