"""Neighbourhoods of a plan: some openings are decided anew, all others keep what they have.

Openings of neighbouring roles share people, courses and mentors, so that runs of openings by role
are decided together, each run as a small program over its likely pathways.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from succession.optimize.integer import IntegerSolution, solve_restricted
from succession.optimize.master import RestrictedMaster
from succession.optimize.restriction import Restriction
from succession.optimize.stopping import Clock
from succession.pathways.pathway import Pathway

__all__ = ["improve"]

TOGETHER = (50, 100, 200)
NODES = 20


def improve(
    master: RestrictedMaster,
    branch: Restriction,
    likely: Sequence[Pathway],
    known: IntegerSolution,
    clock: Clock,
    gap: float,
) -> IntegerSolution:
    """The plan `known`, or a better one that mixes it with `likely` pathways."""
    openings = len(master.instance.scenario.openings)
    role = master.instance.targets.places.role[:openings]
    order = np.argsort(role, kind="stable")
    for together in TOGETHER:
        runs = max(1, round(openings / together))
        for shift in (0, openings // (2 * runs)) if runs > 1 else (0,):
            for run in np.array_split(np.roll(order, shift), runs):
                if clock.left <= 0:
                    return known
                known = _decide_anew(master, branch, likely, known, run, clock, gap)
        if runs == 1:
            break
    return known


def _decide_anew(
    master: RestrictedMaster, branch: Restriction, likely: Sequence[Pathway],
    known: IntegerSolution, run: NDArray[np.int64], clock: Clock, gap: float,
) -> IntegerSolution:  # fmt: skip
    targets = master.instance.targets
    free = np.ones(len(targets.places), dtype=np.bool_)
    free[: len(master.instance.scenario.openings)] = False
    free[run] = True
    place = targets.place
    kept = [p for p in known.pathways if not free[place[p.target]]]
    own = {p.key: p for p in (*known.pathways, *likely) if free[place[p.target]]}
    found = solve_restricted(
        master, list(own.values()), branch, clock, gap=gap, nodes=NODES, known=known, kept=kept
    )
    return known if found is None or found.cost >= known.cost else found
