"""The front door of reading: a path to a scenario and its findings (scenario.md)."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from succession.domain import Finding, Scenario
from succession.errors import BadInput
from succession.io.check import check_book
from succession.io.read import Stop
from succession.io.read.sandbox import read_isolated

__all__ = ["Loaded", "load", "load_scenario"]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read; `scenario` is None when one of the findings is an error."""

    scenario: Scenario | None
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """The findings that forbid using the input."""
        return tuple(finding for finding in self.findings if finding.severity == "error")

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """The findings that a planner should look at."""
        return tuple(finding for finding in self.findings if finding.severity == "warning")


def load(path: str | PathLike[str]) -> Loaded:
    """Reads a workbook or a CSV folder; reports every problem and never raises for bad input."""
    with _no_garbage_collection():
        try:
            book = read_isolated(Path(path))
        except Stop as stop:
            return Loaded(None, (stop.finding,))
        return Loaded(*check_book(book))


def load_scenario(path: str | PathLike[str], *, strict: bool = False) -> Scenario:
    """The scenario of a workbook or CSV folder.

    Raises BadInput with every finding where one is an error, or, with `strict`, a warning.
    """
    loaded = load(path)
    if loaded.scenario is None or (strict and loaded.warnings):
        raise BadInput(loaded.findings)
    return loaded.scenario


@contextmanager
def _no_garbage_collection() -> Iterator[None]:
    """Millions of small records make the cycle collector run often and find nothing."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
