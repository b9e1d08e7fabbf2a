"""Order and runs of many targets are those of plain sorting."""

from __future__ import annotations

import numpy as np
import pytest

from succession.pathways.ordering import runs, stable_order


@pytest.mark.parametrize("most", [1, 9, 1 << 16, 1 << 24])
@pytest.mark.parametrize("count", [0, 1, 5_000])
def test_order_is_ascending_and_stable(most: int, count: int) -> None:
    """Numbers of up to 16 bits, and of more, which take two passes."""
    numbers = np.random.default_rng(most + count).integers(0, most, count).astype(np.int32)
    assert (stable_order(numbers) == np.argsort(numbers, kind="stable")).all()


def test_runs_begin_where_they_may_and_leave_nothing_out() -> None:
    jobs = np.arange(100, dtype=np.int32)
    first = np.array([0, 7, 40, 41, 90])
    found = runs(jobs, first, 20)
    assert (np.concatenate(found) == jobs).all()
    assert {int(run[0]) for run in found} <= set(first.tolist())
    assert len(found) > 2


def test_few_jobs_are_shared_out_and_many_come_in_runs_of_the_size_asked_for() -> None:
    few, many = np.arange(100, dtype=np.int32), np.arange(100_000, dtype=np.int32)
    assert len(runs(few, few.astype(np.int64), 1024)) > 10
    assert {len(run) for run in runs(many, many.astype(np.int64), 1024)[:-1]} == {1024}
