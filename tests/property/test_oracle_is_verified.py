"""The oracle and the verifier, written apart from each other, agree on every rule and cost."""

from __future__ import annotations

import pytest
from tests.generator import tiny_previous, tiny_scenario
from tests.oracle.exact import solve_exactly

from succession.verify import verify


@pytest.mark.parametrize("seed", range(200))
def test_optimum_of_the_oracle_passes_the_verifier(seed: int) -> None:
    """Every optimal plan of the oracle is legal, and its costs are the recomputed ones."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    truth = solve_exactly(scenario, previous, "previous" if previous else None)
    if truth.plan is None:
        assert truth.status == "infeasible"
        return
    assert verify(scenario, truth.plan, previous).violations == ()
