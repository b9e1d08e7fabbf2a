"""The Python API: `import succession` is cheap, and its names are what they say."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from tests.unit.planning import fakes

import succession

ROOT = Path(__file__).parents[2]
BASE = ROOT / "scenarios" / "toy" / "base"


def test_every_public_name_is_there() -> None:
    for name in succession.__all__:
        assert getattr(succession, name) is not None
    assert set(succession.__all__) <= set(dir(succession))
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        _ = succession.nonsense


def test_the_version_is_the_package_s() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert succession.__version__ == project["version"]


def test_load_solve_verify(monkeypatch: pytest.MonkeyPatch) -> None:
    fakes.install(monkeypatch, fakes.hired)
    scenario = succession.load(BASE)
    result = succession.solve(scenario)
    assert succession.verify(scenario, result.plan).ok
    assert result.plan.cost == 10_000.0


def test_verify_stays_a_function_whatever_is_imported() -> None:
    program = (
        "import succession, succession.verify.verifier, succession.planning\n"
        "assert callable(succession.verify)\n"
        "from succession.verify import Verification\n"
        "assert callable(succession.verify)"
    )
    subprocess.run([sys.executable, "-c", program], check=True, timeout=60)


def test_bad_input_raises_with_its_findings(tmp_path: Path) -> None:
    with pytest.raises(succession.BadInput) as caught:
        succession.load(tmp_path / "missing.xlsx")
    assert caught.value.findings[0].severity == "error"
