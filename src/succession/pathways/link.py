"""Links: rows that tie starts to a session being held."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Link"]


class Link(NamedTuple):
    """Starts tied to a session being held: those of one person, or of all who are placed in one
    opening (the other number is −1)."""

    person: int
    place: int
    activity: int
    period: int
