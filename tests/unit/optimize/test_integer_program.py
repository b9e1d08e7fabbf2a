"""Integer programs: what a cutoff and an exact search leave of the truth."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from succession.optimize.integer_program import solve_mixed
from succession.optimize.program import Program


def _program(seed: int) -> Program:
    """Six columns of 0 or 1, choose two of the first three, and two knapsacks."""
    rng = np.random.default_rng(seed)
    rows = np.vstack([np.repeat([1.0, 0.0], 3), rng.integers(-3, 6, (2, 6))])
    return Program(
        cost=rng.integers(-20, 21, 6).astype(np.float64),
        matrix=sparse.csc_matrix(rows),
        lower=np.array([2.0, -np.inf, -np.inf]),
        upper=np.array([2.0, *rng.integers(0, 8, 2)]),
        floor=np.zeros(6),
        ceiling=np.ones(6),
    )


def _optimum(program: Program) -> float:
    """By trying all 64."""
    values = np.array(list(itertools.product((0.0, 1.0), repeat=6)))
    used = values @ program.matrix.toarray().T
    legal = ((used >= program.lower) & (used <= program.upper)).all(axis=1)
    return float((values[legal] @ program.cost).min()) if legal.any() else np.inf


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), exact=st.booleans())
def test_the_best_of_all_is_found(seed: int, exact: bool) -> None:
    program = _program(seed)
    found = solve_mixed(program, 10.0, exact=exact)
    assert found.finished
    assert found.value == pytest.approx(_optimum(program))
    assert found.bound == pytest.approx(_optimum(program))


@settings(max_examples=60, deadline=None)
@given(
    seed=st.integers(0, 10_000), exact=st.booleans(), off=st.sampled_from([-7.5, -0.5, 0.5, 7.5])
)
def test_below_a_cutoff_the_best_is_found_and_else_the_cutoff_is_the_bound(
    seed: int, exact: bool, off: float
) -> None:
    program = _program(seed)
    best = _optimum(program)
    cutoff = (best if best < np.inf else 0.0) + off
    found = solve_mixed(program, 10.0, cutoff=cutoff, exact=exact)
    assert found.bound == pytest.approx(min(best, cutoff))
    if best < cutoff:
        assert found.finished
        assert found.value == pytest.approx(best)
