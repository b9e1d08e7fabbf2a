"""Sizes and draws that the tables of a large scenario have in common."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["GRADES", "Ints", "Option", "Staff", "World", "employee_id"]

Option = Literal["plain", "rich", "tight", "chains"]
Ints = NDArray[np.int64]

GRADES = 6
SKILLS_OF_A_FAMILY = 8
ROLE_SKILLS = 6


@dataclass(frozen=True)
class World:
    """Sizes and draws that the tables have in common; `gap` shifts what people lack (levels)."""

    employees: int
    seed: int
    option: Option
    periods: int
    gap: float

    @cached_property
    def rng(self) -> np.random.Generator:
        return np.random.default_rng([self.seed, self.employees])

    @property
    def rich(self) -> bool:
        return self.option != "plain"

    @property
    def slack(self) -> float:
        """Seats and money as a share of what development alone would need."""
        return 0.4 if self.option == "tight" else 1.0

    @property
    def openings(self) -> int:
        return max(1, round(0.05 * self.employees))

    @property
    def families(self) -> int:
        return min(60, max(2, self.employees // 250))

    @property
    def skills(self) -> int:
        scale: float = (self.employees / 1000) ** 0.35
        return max(10, round(14 * scale))

    @property
    def units(self) -> int:
        """Units of one family."""
        return max(1, self.employees // (30 * self.families))

    @cached_property
    def family_skills(self) -> Ints:
        """Families × their skills; the first ROLE_SKILLS matter for roles."""
        rows = [
            self.rng.permutation(self.skills)[:SKILLS_OF_A_FAMILY] for _ in range(self.families)
        ]
        return np.sort(np.array(rows), axis=1)

    @cached_property
    def required(self) -> Ints:
        """Families × grades × skills of the family → level asked for, 0 for none."""
        offset = self.rng.uniform(0, 1.6, (self.families, 1, SKILLS_OF_A_FAMILY))
        grade = np.arange(1, GRADES + 1).reshape(1, GRADES, 1)
        level = np.clip(np.floor(0.65 * grade + offset), 1, 5).astype(np.int64)
        ranks = self.rng.random((self.families, 1, SKILLS_OF_A_FAMILY)).argsort(axis=2)
        return np.where(ranks < ROLE_SKILLS, level, 0)

    def role(self, family: int, grade: int) -> str:
        return f"R{family:02d}-{grade + 1}"

    def unit(self, family: int, number: int) -> str:
        return f"U{family:02d}-{number:03d}"


@dataclass(frozen=True)
class Staff:
    """Columns of the Employees table."""

    family: Ints
    grade: Ints
    unit: Ints


def employee_id(place: int) -> str:
    """Zero-padded, so that the tables come out sorted."""
    return f"E{place:06d}"
