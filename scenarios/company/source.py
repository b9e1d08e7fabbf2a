"""Reads the trimmed public data; what it says about an occupation or an employee, typed."""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

DATA = Path(__file__).parent / "data"
PERIODS = 8
YEAR = 4
FIRST_YEAR = 2027


@dataclass(frozen=True)
class Element:
    """An O*NET skill or knowledge area as one occupation needs it."""

    name: str
    domain: str
    importance: float
    level: float


@dataclass(frozen=True)
class Person:
    """One line of the staff file, as far as the scenario uses it."""

    employee: str
    age: int
    leaver: bool
    department: str
    field: str
    gender: str
    involvement: int
    grade: int
    job_role: str
    overtime: bool
    performance: int
    trainings: int
    years: int
    years_in_role: int


class Source:
    """The public data, each file read once."""

    @cached_property
    def staff(self) -> list[Person]:
        return [_person(row) for row in read_rows("hr_staff.csv")]

    @cached_property
    def elements(self) -> dict[str, dict[str, Element]]:
        """By occupation and element name."""
        found: dict[str, dict[str, Element]] = {}
        for domain in ("skills", "knowledge"):
            for row in read_rows(f"{domain}.csv"):
                element = Element(
                    row["element"],
                    domain,
                    float(row["importance_1_5"]),
                    float(row["level_0_7"]),
                )
                found.setdefault(row["onet_soc"], {})[element.name] = element
        return found

    @cached_property
    def related(self) -> set[frozenset[str]]:
        """Pairs of occupations of which one names the other as related."""
        rows = read_rows("related_occupations.csv")
        return {frozenset((row["onet_soc"], row["related_onet_soc"])) for row in rows}

    @cached_property
    def wages(self) -> dict[str, dict[str, int]]:
        """Annual wage percentiles by SOC code (the first seven characters of the O*NET code)."""
        rows = read_rows("wages_2025.csv")
        return {row["soc"]: {p: int(row[p]) for p in ("p25", "p50", "p75", "p90")} for row in rows}

    def wage(self, soc: str, percentile: str) -> int:
        return self.wages[soc[:7]][percentile]


def draw(*key: object) -> float:
    """A number in [0, 1) that depends on the key alone: the same on every machine, in any order."""
    digest = hashlib.sha256("|".join(map(str, key)).encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


def label(period: int) -> str:
    """The quarter of a period: 1 is 2027-Q1, 0 is 2026-Q4."""
    years, quarter = divmod(period - 1, YEAR)
    return f"{FIRST_YEAR + years}-Q{quarter + 1}"


def rounded(amount: float, step: int = 100) -> int:
    return int(amount / step + 0.5) * step


def read_rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _person(row: dict[str, str]) -> Person:
    return Person(
        employee=f"E{int(row['EmployeeNumber']):04d}",
        age=int(row["Age"]),
        leaver=row["Attrition"] == "Yes",
        department=row["Department"],
        field=row["EducationField"],
        gender=row["Gender"],
        involvement=int(row["JobInvolvement"]),
        grade=int(row["JobLevel"]),
        job_role=row["JobRole"],
        overtime=row["OverTime"] == "Yes",
        performance=int(row["PerformanceRating"]),
        trainings=int(row["TrainingTimesLastYear"]),
        years=int(row["YearsAtCompany"]),
        years_in_role=int(row["YearsInCurrentRole"]),
    )
