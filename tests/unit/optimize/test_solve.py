"""solve leaves the process as it found it."""

from __future__ import annotations

import gc

import pytest
from tests.generator import tiny_scenario

from succession.domain import Progress
from succession.optimize import solve


@pytest.mark.parametrize("stopped", [False, True])
def test_garbage_is_collected_afterwards_as_before(stopped: bool) -> None:
    before, thresholds = gc.get_freeze_count(), []

    def note(_: Progress) -> None:
        thresholds.append(gc.get_threshold())
        if stopped:
            raise RuntimeError

    usual = gc.get_threshold()
    if stopped:
        with pytest.raises(RuntimeError):
            solve(tiny_scenario(3), progress=note)
    else:
        solve(tiny_scenario(3), progress=note)
    assert thresholds[0] > usual == gc.get_threshold()
    assert gc.get_freeze_count() == before
