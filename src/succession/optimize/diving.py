"""Diving: a good plan by rounding the relaxation step by step, with new columns at each step.

People who mostly have a target get it; otherwise the fullest session is held, or the person
closest to a target gets it. Each step is relaxed again, so that the others' pathways can follow.
A step that runs dry is taken back and tried with one decision less, or the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from succession.optimize.branching import (
    FRACTION,
    Question,
    children,
    target_shares,
    targets_of,
)
from succession.optimize.column_generation import Relaxation, relax
from succession.optimize.integer import IntegerSolution, solve_restricted
from succession.optimize.master import MasterSolution, RestrictedMaster
from succession.optimize.restriction import Restriction
from succession.optimize.stopping import Clock
from succession.pathways.pricing import Pricer

__all__ = ["dive"]

Floats = NDArray[np.float64]
MOSTLY = 0.7
FAILURES = 4
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
    failures = 0
    while clock.left > 0:
        for deeper in _steps(master, relaxation.master, branch):
            tried = relax(
                master, pricer, deeper, deep=False,
                stop=lambda bound, _: bound >= cutoff, expired=lambda: clock.left <= 0,
            )  # fmt: skip
            if tried.bound < cutoff and tried.master.shortage <= SHORTAGE:
                branch, relaxation = deeper, tried
                break
            failures += 1
            if failures > FAILURES or clock.left <= 0:
                return None
        else:
            return solve_restricted(master, master.pathways, branch, clock, nodes=NODES)
    return None


def _steps(
    master: RestrictedMaster, solution: MasterSolution, branch: Restriction
) -> Iterator[Restriction]:
    """What to decide next, the boldest first; nothing where nothing is fractional any more."""
    for by_period in (False, True):
        share = target_shares(master, solution.pathways, by_period)
        asked = {key: value for key, value in share.items() if value < 1 - FRACTION}
        likely = sorted(key for key, value in asked.items() if value >= MOSTLY)
        if len(likely) > 1:
            yield _lock(master, branch, likely, by_period)
        sessions = _fullest_session(master, solution.variables)
        if not likely and sessions is not None:
            value = solution.variables[sessions]
            yield branch.bound_variable(sessions, np.ceil(value), branch.ceiling[sessions])
            yield branch.bound_variable(sessions, branch.floor[sessions], np.floor(value))
        if asked:
            best = max(asked, key=lambda key: (asked[key], key))
            yield _lock(master, branch, [best], by_period)
            own, _ = targets_of(master, branch, best, by_period)
            yield branch.forbid(own)
    yield from children(master, solution, branch)


def _lock(
    master: RestrictedMaster, branch: Restriction, questions: list[Question], by_period: bool
) -> Restriction:
    for question in questions:
        _, others = targets_of(master, branch, question, by_period)
        branch = branch.forbid(others).lock(question[0])
    return branch


def _fullest_session(master: RestrictedMaster, values: Floats) -> int | None:
    kinds = [v.kind for v in master.instance.limits.variables]
    share = values - np.floor(values + FRACTION)
    asked = (share > FRACTION) & np.array([kind == "session" for kind in kinds], dtype=np.bool_)
    return int(np.where(asked, share, -1.0).argmax()) if asked.any() else None
