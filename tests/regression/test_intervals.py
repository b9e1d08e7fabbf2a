"""Proven intervals of larger scenarios: new ones must overlap those found before.

A plan is never stored, only (cost, bound): two versions may find different plans, but an interval
that misses the old one is a wrong cost or a wrong bound, then or now. Run this file to print the
intervals of today.
"""

from __future__ import annotations

import pytest
from tests.generator import small_scenario

from succession.domain import Plan
from succession.optimize import solve
from succession.verify import verify

GAP, SECONDS = 1e-3, 20.0
INTERVALS: dict[int, tuple[float, float]] = {
    1: (17420.875785581957, 17420.875785581957),
    2: (30512.49829158333, 30512.5),
    5: (24299.999699666667, 24300.0),
    6: (25676.287891529002, 25676.287891529002),
    8: (25991.168765334125, 25991.17033271605),
    10: (32844.99849033333, 32845.0),
    22: (22952.666869045326, 22952.668552241023),
    25: (14149.999757, 14150.0),
    27: (14527.139102352601, 14527.139157633788),
    28: (12652.76457847947, 12652.765057469487),
}
"""Seed → (bound, cost)."""


def planned(seed: int) -> Plan:
    return solve(small_scenario(seed), gap=GAP, time_limit=SECONDS).plan


@pytest.mark.parametrize("seed", INTERVALS)
def test_interval_overlaps_the_one_found_before(seed: int) -> None:
    plan, (low, high) = planned(seed), INTERVALS[seed]
    assert plan.cost is not None
    assert plan.bound is not None
    slack = 1e-6 * abs(high)
    assert plan.bound <= high + slack
    assert plan.cost >= low - slack
    assert verify(small_scenario(seed), plan).violations == ()


if __name__ == "__main__":
    for number in INTERVALS:
        found = planned(number)
        print(f"    {number}: ({found.bound}, {found.cost}),  # {found.status} {found.gap}")
