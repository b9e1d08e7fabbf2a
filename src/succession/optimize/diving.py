"""Diving: a good plan by settling the sessions of the relaxation, with new pathways at each step.

Once it is settled which sessions are held, what is left is little more than an assignment, whose
relaxation is nearly whole. Sessions are settled where strong branching says most clearly which
way, and each step is relaxed again, so that pathways follow the sessions; where sessions are many,
the nearest to a whole number are, half of them at a time.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from succession.optimize.column_generation import Relaxation, relax
from succession.optimize.master import MasterSolution, RestrictedMaster
from succession.optimize.restriction import Restriction
from succession.optimize.stopping import Clock
from succession.optimize.strong_branching import FRACTION, SessionTrials
from succession.pathways.pricing import Pricer

__all__ = ["dive"]

Floats = NDArray[np.float64]
NEARLY = 0.05
SHARE = 3
"""Settled together: what is nearly whole, and of the trials those whose sides differ most."""
HARDLY, HALF = 0.1, 0.5
"""Without trials, settled together is what is so near to a whole number, and half of the rest."""
ROUNDS = 2
"""Of pricing at the end of a dive by estimates."""
SHORTAGE = 1e-7


def dive(
    master: RestrictedMaster,
    pricer: Pricer,
    branch: Restriction,
    relaxation: Relaxation,
    trials: SessionTrials,
    cutoff: float,
    clock: Clock,
    *,
    tolerance: float,
    rough: bool,
    tried: bool,
) -> tuple[Restriction, Relaxation] | None:
    """A branch below with whole sessions, and its relaxation up to `tolerance`; None where nothing
    there could be below `cutoff`, or time is up. `rough`: masters are nearly solved only. `tried`:
    sessions are settled by trials, with a round of pricing after each step; otherwise those nearest
    to a whole number first, and with the pathways known."""
    deeper, deep = branch, False
    few, last = int(tried), ROUNDS if rough else None
    while clock.left > 0:
        solution = relaxation.master
        below = _give_up(master, deeper, solution, branch.floor)
        if below is None and not rough and solution.shortage > SHORTAGE:
            return None
        if below is None:
            below = (_settle if tried else _round_some)(deeper, solution, trials)
        if below is None and deep:
            return deeper, relaxation
        deeper, deep = below or deeper, below is None
        master.raise_empty_seats(solution)
        relaxation = relax(
            master, pricer, deeper, deep=deep, tolerance=tolerance,
            rounds=last if deep else few, rough=rough, expired=lambda: clock.left <= 0,
        )  # fmt: skip
        if relaxation.bound >= cutoff:
            return None
    return None


def _settle(
    branch: Restriction, solution: MasterSolution, trials: SessionTrials
) -> Restriction | None:
    """The branch with some sessions made whole; None where all are."""
    values, nearest = solution.variables, np.round(solution.variables)
    whole = np.where(np.abs(values - nearest) <= NEARLY, nearest, values)
    tried = trials.of(values, solution.value, branch)
    tried = sorted(tried, key=lambda trial: -abs(trial.up - trial.down))
    for trial in tried[: math.ceil(len(tried) / SHARE)]:
        fewer = math.floor(trial.value)
        whole[trial.variable] = fewer if trial.down < trial.up else fewer + 1
    settled = trials.sessions & (np.abs(whole - values) > FRACTION)
    floor, ceiling = branch.floor.copy(), branch.ceiling.copy()
    more = settled & (whole > values)
    floor[more] = whole[more]
    ceiling[settled & ~more] = whole[settled & ~more]
    return branch.bound_variables(floor, ceiling) if settled.any() else None


def _round_some(
    branch: Restriction, solution: MasterSolution, trials: SessionTrials
) -> Restriction | None:
    """The branch with the sessions that are nearest to a whole number settled there; None where
    all are settled."""
    left = np.flatnonzero(trials.sessions & (branch.floor < branch.ceiling))
    if not len(left):
        return None
    nearest = np.round(solution.variables[left])
    away = np.abs(solution.variables[left] - nearest)
    order = np.argsort(away, kind="stable")
    some = order[: len(left) - math.floor((away > HARDLY).sum() * (1 - HALF))]
    floor, ceiling = branch.floor.copy(), branch.ceiling.copy()
    floor[left[some]] = ceiling[left[some]] = nearest[some]
    return branch.bound_variables(floor, ceiling)


def _give_up(
    master: RestrictedMaster, branch: Restriction, solution: MasterSolution, least: Floats
) -> Restriction | None:
    """The branch with a session less of each class that lacks learners for its minimum however
    dear their seats have become, down to `least`; None where none does."""
    empty = [row for row in solution.empty_seats if master.is_dear(row)]
    short = np.array(
        [any(row in empty for row, _ in v.rows) for v in master.instance.limits.variables],
        dtype=np.bool_,
    )
    short &= branch.floor > least
    if not short.any():
        return None
    floor, ceiling = branch.floor.copy(), branch.ceiling.copy()
    floor[short] = ceiling[short] = floor[short] - 1
    return branch.bound_variables(floor, ceiling)
