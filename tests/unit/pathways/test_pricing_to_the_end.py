"""Column generation by hand: pricing's claims at a linear program's duals, round by round.

The program is scipy's, over what pricing found; at the end it is as good as the one over every
legal plan. At such duals many reduced costs are 0, where random duals have none.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import pytest
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, vstack
from tests.generator import tiny_previous, tiny_scenario
from tests.unit.pathways.oracle_columns import Column, legal_columns, reduced_cost

from succession.instance import Instance, build_instance
from succession.pathways.pathway import Pathway
from succession.pathways.prices import Duals
from succession.pathways.pricing import Pricer

SEEDS = range(60)
ROUNDS = 200
TINY = 1e-7


class Solved(NamedTuple):
    """A linear program's value, and its duals."""

    value: float
    duals: Duals


def solved(instance: Instance, columns: Sequence[Column | Pathway]) -> Solved:
    """The linear program over the columns, the decisions that are nobody's, and artificials that
    keep equations feasible at a price above everything."""
    limits, count = instance.limits, len(instance.limits.rows)
    lower = np.array([row.lower for row in limits.rows] + [0.0] * instance.persons)
    upper = np.array([row.upper for row in limits.rows] + [1.0] * instance.persons)
    lower[[count + person for person in instance.locked]] = 1.0
    amounts = [c.cost for c in columns] + [v.cost for v in limits.variables]
    penalty = 10.0 * (1.0 + max(map(abs, amounts), default=0.0))
    entries: list[list[tuple[int, float]]] = [
        [*column.rows, (count + column.person, 1.0)] for column in columns
    ]
    entries += [list(variable.rows) for variable in limits.variables]
    equal = [int(row) for row in np.flatnonzero(lower == upper)]
    entries += [[(row, sign)] for row in equal for sign in (1.0, -1.0)]
    cost = amounts + [penalty] * (2 * len(equal))
    ceiling: list[float | None] = [None] * len(columns)
    ceiling += [variable.upper for variable in limits.variables]
    ceiling += [None] * (2 * len(equal))
    matrix = _matrix(entries, len(lower))
    duals = np.zeros(len(lower))
    inside, above, below = lower == upper, upper < np.inf, lower > -np.inf
    above, below = above & ~inside, below & ~inside
    answer = linprog(
        np.array(cost),
        A_ub=vstack([matrix[above], -matrix[below]]) if (above | below).any() else None,
        b_ub=np.concatenate([upper[above], -lower[below]]) if (above | below).any() else None,
        A_eq=matrix[inside] if inside.any() else None,
        b_eq=upper[inside] if inside.any() else None,
        bounds=[(0.0, most) for most in ceiling],
    )
    assert answer.status == 0, answer.message
    if (above | below).any():
        marginals = answer.ineqlin.marginals
        duals[above] += marginals[: above.sum()]
        duals[below] -= marginals[above.sum() :]
    if inside.any():
        duals[inside] = answer.eqlin.marginals
    return Solved(float(answer.fun), Duals(duals[:count], duals[count:]))


def _matrix(entries: Sequence[Sequence[tuple[int, float]]], rows: int) -> csr_array:
    flat = [(row, column, use) for column, own in enumerate(entries) for row, use in own]
    place: NDArray[np.int64] = np.array([(r, c) for r, c, _ in flat], dtype=np.int64).reshape(-1, 2)
    uses = np.array([use for _, _, use in flat], dtype=np.float64)
    return csr_array((uses, (place[:, 0], place[:, 1])), shape=(rows, len(entries)))


@pytest.mark.parametrize("seed", SEEDS)
def test_pricing_agrees_with_enumeration_until_nothing_improves(seed: int) -> None:
    """In every round a group has an improving pathway exactly where a legal plan improves; when
    pricing finds none, none of all legal plans would lower the program's value."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    instance = build_instance(scenario, previous)
    pricer, legal = Pricer(instance), legal_columns(scenario, instance, previous)
    jobs, found = np.arange(len(instance.targets)), list[Pathway]()
    for _ in range(ROUNDS):
        value, duals = solved(instance, found)
        priced = pricer.price(duals, jobs, -TINY)
        slack = 1e-6 * max([1.0, *(abs(column.cost) for column in legal)])
        group = instance.targets.group
        improving = {int(group[pathway.target]) for pathway in priced.pathways}
        truth = [(int(group[column.target]), reduced_cost(column, duals)) for column in legal]
        assert improving >= {rivals for rivals, least in truth if least < -slack}
        known = {pathway.key for pathway in found}
        new = [pathway for pathway in priced.pathways if pathway.key not in known]
        if not new:
            break
        found += new
    assert min((least for _, least in truth), default=0.0) >= -slack
    whole = solved(instance, legal)
    assert value == pytest.approx(whole.value, rel=1e-7, abs=slack)
