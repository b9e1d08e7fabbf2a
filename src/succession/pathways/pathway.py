"""A pathway: a column of the master."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Pathway"]


@dataclass(frozen=True, slots=True)
class Pathway:
    """A person's target and new starts, with its cost and use of shared rows.

    `cost` is relative to the person keeping commitments only (currency); `chance` is σ.
    """

    person: int
    target: int
    starts: tuple[tuple[int, int], ...]
    chance: float
    cost: float
    rows: tuple[tuple[int, float], ...]

    @property
    def key(self) -> tuple[int, tuple[tuple[int, int], ...]]:
        """What tells two pathways apart."""
        return self.target, self.starts
