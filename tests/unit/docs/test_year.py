"""The year in docs/quarterly.md is what the commands say today."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[3]


def story() -> ModuleType:
    spec = importlib.util.spec_from_file_location("year", ROOT / "docs" / "year.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_year_is_what_the_commands_say(tmp_path: Path) -> None:
    """Where it is not: .venv/bin/python docs/year.py writes it anew; then read the words around."""
    page = (ROOT / "docs" / "quarterly.md").read_text(encoding="utf-8")
    for number, block in enumerate(story().year(tmp_path), start=1):
        mark = f"quarter-{number}"
        assert f"<!-- {mark} -->\n\n```console\n{block}```\n\n<!-- /{mark} -->" in page
