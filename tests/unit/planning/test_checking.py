"""What a check says beyond reading: commitments that alone exceed a limit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from succession.errors import BadInput
from succession.planning import RunSettings, check_scenario, run

TOY = Path(__file__).parents[3] / "scenarios" / "toy"


def test_commitments_over_a_limit_are_a_warning_before_anything_is_solved() -> None:
    loaded = check_scenario(TOY / "commitment-excess")
    assert loaded.scenario is not None
    assert [(finding.code, finding.sheet) for finding in loaded.findings] == [
        ("W_COMMITMENTS", "Commitments.csv")
    ]
    assert "commitments alone" in loaded.findings[0].message


def test_a_strict_run_refuses_them(tmp_path: Path) -> None:
    with pytest.raises(BadInput) as caught:
        run(TOY / "commitment-excess", tmp_path / "out", RunSettings(strict=True))
    assert [finding.code for finding in caught.value.findings] == ["W_COMMITMENTS"]
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("name", ["base", "commitment", "commitment-underway", "commitment-seats"])
def test_commitments_within_the_limits_are_no_warning(name: str) -> None:
    assert check_scenario(TOY / name).findings == ()


def test_a_scenario_with_errors_is_not_looked_at_further(tmp_path: Path) -> None:
    shutil.copytree(TOY / "commitment-excess", tmp_path / "bad")
    (tmp_path / "bad" / "Roles.csv").write_text("role\n")
    assert check_scenario(tmp_path / "bad").scenario is None
