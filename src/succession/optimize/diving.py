"""Diving: a good plan by rounding the relaxation step by step, with new columns at each step.

Sessions that are mostly held are held, those hardly held are dropped, and the people closest to a
target get it; each step is relaxed again, so that the others' pathways can follow the decision.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from succession.optimize.branching import FRACTION, target_shares, targets_of
from succession.optimize.column_generation import Relaxation, relax
from succession.optimize.integer import IntegerSolution, solve_restricted
from succession.optimize.master import RestrictedMaster
from succession.optimize.restriction import Restriction
from succession.optimize.stopping import Clock
from succession.pathways.pricing import Pricer

__all__ = ["dive"]

Floats = NDArray[np.float64]
MOSTLY, HARDLY = 0.6, 0.2
SHORTAGE = 1e-7
NODES = 200


def dive(
    master: RestrictedMaster,
    pricer: Pricer,
    branch: Restriction,
    relaxation: Relaxation,
    cutoff: float,
    clock: Clock,
) -> IntegerSolution | None:
    """A plan below a branch; None where the dive runs dry or cannot get below `cutoff`."""
    while clock.left > 0:
        solution = relaxation.master
        if solution.shortage > SHORTAGE or relaxation.bound >= cutoff:
            return None
        deeper = (
            _round_variables(master, solution.variables, branch, ("session",))
            or _lock_people(master, solution.pathways, branch)
            or _round_variables(master, solution.variables, branch, None)
        )
        if deeper is None:
            return solve_restricted(master, master.pathways, branch, clock, nodes=NODES)
        branch = deeper
        relaxation = relax(master, pricer, branch, expired=lambda: clock.left <= 0)
    return None


def _round_variables(
    master: RestrictedMaster, values: Floats, branch: Restriction, kinds: tuple[str, ...] | None
) -> Restriction | None:
    """Hold what is mostly held and drop what is hardly held; the greatest share if neither."""
    variables = master.instance.limits.variables
    share = values - np.floor(values + FRACTION)
    asked = share > FRACTION
    if kinds is not None:
        asked &= np.array([v.kind in kinds for v in variables], dtype=np.bool_)
    if not asked.any():
        return None
    floor, ceiling = branch.floor.copy(), branch.ceiling.copy()
    up, down = asked & (share >= MOSTLY), asked & (share <= HARDLY)
    if not up.any() and not down.any():
        up[int(np.where(asked, share, -1.0).argmax())] = True
    floor[up] = np.ceil(values[up] - FRACTION)
    ceiling[down] = np.floor(values[down] + FRACTION)
    return branch.bound_variables(floor, ceiling)


def _lock_people(
    master: RestrictedMaster, values: Floats, branch: Restriction
) -> Restriction | None:
    """Give the people closest to a target (and period) their target."""
    for by_period in (False, True):
        share = target_shares(master, values, by_period)
        asked = {key: value for key, value in share.items() if value < 1 - FRACTION}
        if not asked:
            continue
        chosen = sorted(key for key, value in asked.items() if value >= MOSTLY)
        for key in chosen or [max(asked, key=lambda key: (asked[key], key))]:
            _, others = targets_of(master, branch, key, by_period)
            branch = branch.forbid(others).lock(key[0])
        return branch
    return None
