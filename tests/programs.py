"""Programs that some tests need and that Python does not bring."""

from __future__ import annotations

import os
import shutil

import pytest

__all__ = ["needed"]


def needed(name: str) -> str:
    """Where the program is; without it a test fails in CI and is skipped elsewhere."""
    found = shutil.which(name)
    if found is None:
        if os.environ.get("CI") == "true":
            pytest.fail(f"{name} is needed")
        pytest.skip(f"{name} is not installed")
    return found
