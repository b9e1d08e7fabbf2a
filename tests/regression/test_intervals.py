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
    1: (23476.48737493654, 23476.487374936543),
    2: (26034.998938116667, 26035.0),
    5: (22399.999395833333, 22400.0),
    6: (11783.910327933649, 11783.91142776538),
    8: (15713.012542126602, 15713.013205110488),
    10: (29196.498240768335, 29196.5),
    22: (6536.889105027725, 6536.889584399629),
    25: (8998.713693842989, 8998.71392374439),
    27: (19051.881045174123, 19051.882219843526),
    28: (3356.5527015405028, 3356.553014818784),
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
