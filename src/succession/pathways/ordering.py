"""Millions of targets put in order, and cut into runs for the threads."""

from __future__ import annotations

import numpy as np

from succession.pathways.kernel.arrays import Ints, Narrow

__all__ = ["runs", "stable_order"]

RUNS = 16
"""To share out, at least."""


def stable_order(numbers: Narrow) -> Narrow:
    """Positions in ascending order of numbers ≥ 0, equal ones in their own; 16 bits at a time,
    which NumPy sorts in linear time."""
    order = np.argsort(numbers.astype(np.uint16), kind="stable").astype(np.int32)
    if numbers.max(initial=0) >= 1 << 16:
        high = (numbers >> 16).astype(np.uint16)
        order = order[np.argsort(high[order], kind="stable")]
    return order


def runs(jobs: Narrow, first: Ints, most: int) -> list[Narrow]:
    """Runs of about `most` jobs, of fewer where there would be few runs for the threads to share,
    each from one of the places `first` on."""
    size = min(most, 1 + len(jobs) // RUNS)
    wanted = np.arange(size, len(jobs), size)
    cuts = np.unique(first[np.minimum(np.searchsorted(first, wanted), len(first) - 1)])
    return [block for block in np.split(jobs, cuts) if len(block)]
