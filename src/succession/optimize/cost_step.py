"""What plans' costs are multiples of: between two of them there is no plan.

Where no chance comes in, amounts are mostly round. A plan better than one of cost UB then costs
UB − step at most, and a bound may be rounded up to the next multiple.
"""

from __future__ import annotations

import numpy as np

from succession.instance import Instance

__all__ = ["cost_step"]

CENTS, EXACT = 100.0, 1e-6
LEAST = 1.0
"""Currency units: smaller steps drown in what HiGHS takes for zero."""


def cost_step(instance: Instance) -> float:
    """The greatest amount (currency) of which every plan's cost, less the constant, is a whole
    multiple; 0 where that is none, or too small to rely on."""
    targets = instance.targets
    if not targets.certain.all():
        return 0.0
    amounts = np.concatenate(
        [
            targets.fixed + targets.slope,
            instance.starts.cost,
            [variable.cost for variable in instance.limits.variables],
            [instance.scenario.settings.change_cost if instance.previous else 0.0],
        ]
    )
    cents = np.rint(CENTS * amounts)
    if (np.abs(CENTS * amounts - cents) > EXACT).any():
        return 0.0
    step = float(np.gcd.reduce(np.unique(np.abs(cents)).astype(np.int64))) / CENTS
    return step if step >= LEAST else 0.0
