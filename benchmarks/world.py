"""Sizes and draws that the tables of a large scenario have in common."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from typing import Literal
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

__all__ = ["GRADES", "Ints", "Option", "Staff", "World"]

Option = Literal["plain", "seats", "rich", "tight", "chains"]
Ints = NDArray[np.int64]

GRADES = 6
SKILLS_OF_A_FAMILY = 8
ROLE_SKILLS = 6
TOP = 5
CERTIFICATES = 0.15
WINDOW = 14
"""Neighbouring skills that a family draws its own from: the next family shares about half."""


@dataclass(frozen=True)
class World:
    """Sizes and draws that the tables have in common; `gap` shifts what people lack (levels)."""

    employees: int
    seed: int
    option: Option
    periods: int
    gap: float

    def rng(self, table: str) -> np.random.Generator:
        """A table's own numbers: what one table draws moves no other, options share theirs."""
        return np.random.default_rng([self.seed, self.employees, crc32(table.encode())])

    @property
    def rich(self) -> bool:
        return self.option != "plain"

    @property
    def classes(self) -> bool:
        """Whether holding a session costs something, and may need learners."""
        return self.option != "seats"

    @property
    def tight(self) -> bool:
        return self.option == "tight"

    @property
    def openings(self) -> int:
        return max(1, round(0.05 * self.employees))

    @cached_property
    def families(self) -> int:
        """One for 250 people; beyond 10,000 people roles grow larger as well as more numerous."""
        return max(2, round(min(self.employees / 250, 40 * sqrt(self.employees / 10_000))))

    @property
    def skills(self) -> int:
        scale: float = (self.employees / 1000) ** 0.35
        return max(10, round(14 * scale))

    @cached_property
    def units(self) -> int:
        """Units of one family, some 30 people each."""
        return max(1, self.employees // (30 * self.families))

    @cached_property
    def family_skills(self) -> Ints:
        """Families × their skills, from a window of neighbours each."""
        rng, width = self.rng("family skills"), min(WINDOW, self.skills)
        rows = [
            (family * self.skills // self.families + rng.permutation(width)[:SKILLS_OF_A_FAMILY])
            % self.skills
            for family in range(self.families)
        ]
        return np.sort(np.array(rows), axis=1)

    @cached_property
    def top(self) -> Ints:
        """Top level by skill: a certificate is held or not."""
        return np.where(self.rng("skills").random(self.skills) < CERTIFICATES, 1, TOP)

    @cached_property
    def required(self) -> Ints:
        """Families × grades × skills of the family → level of the role, 0 for none."""
        rng = self.rng("required")
        offset = rng.uniform(0, 1.6, (self.families, 1, SKILLS_OF_A_FAMILY))
        grade = np.arange(1, GRADES + 1).reshape(1, GRADES, 1)
        level = np.clip(np.floor(0.65 * grade + offset), 1, 5).astype(np.int64)
        ranks = rng.random((self.families, 1, SKILLS_OF_A_FAMILY)).argsort(axis=2)
        return np.where(ranks < ROLE_SKILLS, level, 0)

    @cached_property
    def asked(self) -> Ints:
        """What `required` comes to: never above the skill's top."""
        return np.minimum(self.required, self.top[self.family_skills][:, np.newaxis, :])

    @cached_property
    def roles(self) -> list[list[str]]:
        """Role ids by family and grade; every table shares one string for each."""
        return [[f"R{f:03d}-{g + 1}" for g in range(GRADES)] for f in range(self.families)]

    @cached_property
    def unit_ids(self) -> list[list[str]]:
        """Unit ids by family and number."""
        return [[f"U{f:03d}-{n:03d}" for n in range(self.units)] for f in range(self.families)]

    @cached_property
    def people(self) -> list[str]:
        """Employee ids, zero-padded, so that the tables come out sorted."""
        return [f"E{place:06d}" for place in range(self.employees)]


@dataclass(frozen=True)
class Staff:
    """Columns of the Employees table, and what people hold of their family's skills.

    `level` and `ends` (people × skills of the family): 0 is none, and no end.
    """

    family: Ints
    grade: Ints
    unit: Ints
    level: Ints
    ends: Ints
