"""What parsers say: notes, rejections, and the nearest right word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import NamedTuple

from succession.domain import Severity

__all__ = ["Note", "Reject", "nearest"]

_MOST_WORDS = 20_000


class Note(NamedTuple):
    """Something mended or odd about a cell that could be read."""

    severity: Severity
    code: str
    message: str
    hint: str


class Reject(Exception):
    """A cell cannot be read; says why and how to mend it."""

    def __init__(self, code: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def nearest(word: str, words: Iterable[str]) -> str | None:
    """The word that `word` was most likely meant to be, or None."""
    folded: dict[str, str] = {}
    for candidate in words:
        folded.setdefault(candidate.casefold(), candidate)
    key = word.strip().casefold()
    if key in folded:
        return folded[key]
    pool: Iterable[str] = folded
    if len(folded) > _MOST_WORDS:
        pool = [name for name in folded if name[:1] == key[:1] and abs(len(name) - len(key)) < 3]
        pool = pool[:_MOST_WORDS]
    close = difflib.get_close_matches(key, pool, n=1, cutoff=0.7)
    return folded[close[0]] if close else None
