"""Loading the search ahead of time: there is a target to call it for, and nothing is compiled."""

from __future__ import annotations

import importlib

import pytest

from succession.optimize import warm_up
from succession.pathways.pricing import Pricer


@pytest.mark.parametrize(("compiled", "targets"), [(True, [1]), (False, [])])
def test_the_search_is_loaded_only_where_it_is_compiled(
    monkeypatch: pytest.MonkeyPatch, compiled: bool, targets: list[int]
) -> None:
    seen: list[int] = []
    module = importlib.import_module("succession.optimize.warm_up")
    monkeypatch.setattr(module, "is_compiled", lambda: compiled)
    monkeypatch.setattr(Pricer, "compile", lambda self: seen.append(len(self.instance.targets)))
    warm_up()
    assert seen == targets
