"""Years of the company scenario, quarter by quarter, through the real commands.

Two quarters unless SUCCESSION_QUARTERS says more; CI plays all twelve.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.years.play import play, table

QUARTERS = int(os.environ.get("SUCCESSION_QUARTERS", "2"))


def test_every_plan_verifies_every_budget_adds_up_and_promises_are_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], database_url: str | None
) -> None:
    """`play` asserts it quarter by quarter; here, that the years were worth playing."""
    rows = list(play(tmp_path, QUARTERS, url=database_url))
    with capsys.disabled():
        print(f"\n{table(rows)}")
    assert len(rows) == QUARTERS
    assert all(row.leavers > 0 for row in rows)
    assert sum(row.passed for row in rows) > 0
    assert sum(row.kept for row in rows) > sum(row.changed for row in rows)
    if QUARTERS >= 4:
        assert sum(row.failed for row in rows) > 0
        assert 0 < sum(row.within for row in rows) <= sum(row.planned_within for row in rows)
