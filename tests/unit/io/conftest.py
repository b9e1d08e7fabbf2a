"""The tests of reading and checking read in their own process: hundreds of children take minutes.

That the doors read in a child, and what the child may use, is tested in `test_sandbox` and in
tests/bad_inputs, which go through the command.
"""

from __future__ import annotations

import sys

import pytest

from succession.io import loading
from succession.io.read import read_raw


@pytest.fixture(autouse=True)
def _no_child(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.path.stem != "test_sandbox":
        monkeypatch.setattr(loading, "read_isolated", read_raw)
        monkeypatch.setattr(sys.modules["succession.io.convert"], "read_isolated", read_raw)
