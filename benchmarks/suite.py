"""Which measurements there are: methods, scenarios, limits; and the marks they are held to."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

__all__ = ["MARKS", "METHODS", "OPTIONS", "OURS", "PEERS", "SIZES", "Case", "Mark", "cases"]

ROOT = Path(__file__).resolve().parents[1]

OURS = "succession"
PEERS = ("HiGHS", "CP-SAT", "local search", "greedy")
METHODS = (OURS, *PEERS)

SMALL = (20, 40, 60)
SIZES = (*SMALL, 100, 300, 1_000, 3_000, 10_000, 30_000, 100_000, 1_000_000)
OPTIONS = ("small", "rich", "seats", "tight", "chains", "plain")
"""small: 50 activities, every rule by a draw of its own (tests/generator.py); scenarios.py has the
others."""

MOST = {"small": 60, "chains": 1_000, "plain": 100_000}
"""Largest size of an option; the others go all the way."""

PEER_OPTIONS = ("plain", "rich")

SOURCES = {
    OURS: ["src/succession/" + room for room in (
        "domain", "instance", "pathways", "optimize", "verify", "errors.py")],
    "peer": ["benchmarks/peers", "tests/oracle", "src/succession/domain", "src/succession/verify"],
    "scenario": ["benchmarks/" + name for name in (
        "candidates.py", "catalogue.py", "openings.py", "reach.py", "scenarios.py", "staff.py",
        "world.py")] + ["tests/generator.py", "tests/draws.py", "tests/draw_limits.py"],
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Mark:
    """On `option` at `employees`: a proven gap within `seconds`, in `gigabytes` at most."""

    option: str
    employees: int
    gap: float
    seconds: float
    gigabytes: float | None = None


OPTIMAL = 1e-6
_RICH = (
    Mark("rich", 300, 5e-4, 1.0),
    Mark("rich", 300, OPTIMAL, 60.0),
    Mark("rich", 1_000, 2e-3, 2.0, 0.5),
    Mark("rich", 1_000, 1e-4, 60.0, 0.5),
    Mark("rich", 10_000, 5e-4, 15.0, 1.0),
    Mark("rich", 100_000, 1e-4, 120.0, 6.0),
    Mark("rich", 1_000_000, 1e-4, 1_800.0, 20.0),
)
MARKS = (
    *(Mark("small", size, OPTIMAL, 2.0) for size in SMALL),
    *_RICH,
    *(replace(row, option="seats") for row in _RICH),
    *(Mark("tight", row.employees, row.gap, 3 * row.seconds, row.gigabytes) for row in _RICH),
    *(
        Mark("chains", row.employees, row.gap, 3 * row.seconds, row.gigabytes)
        for row in _RICH
        if row.employees == 1_000
    ),
)
"""Issue 3: tight cases have three times the time."""

LIMITS = {100: 60.0, 300: 180.0, 1_000: 180.0, 3_000: 180.0, 10_000: 120.0, 30_000: 180.0,
          100_000: 400.0, 1_000_000: 5_400.0}  # fmt: skip
SEEDS = {100: 5, 300: 5, 1_000: 5, 3_000: 3, 10_000: 3, 30_000: 1, 100_000: 1, 1_000_000: 1}


@dataclass(frozen=True, slots=True)
class Case:
    """One measurement: a method on a scenario, stopped at a gap or after `seconds`."""

    method: str
    option: str
    employees: int
    seed: int
    gap: float
    seconds: float
    threads: int

    @property
    def key(self) -> str:
        """Names the measurement; it changes with the code that is measured."""
        group = OURS if self.method == OURS else "peer"
        code = digest(*SOURCES[group], *SOURCES["scenario"])
        return (
            f"{self.method}/{self.option}/{self.employees}/seed {self.seed}/gap {self.gap:g}/"
            f"{self.seconds:g} s/{self.threads} threads/code {code}"
        )


def cases(
    *,
    methods: Sequence[str] = METHODS,
    options: Sequence[str] = OPTIONS,
    sizes: Sequence[int] = SIZES,
    seeds: int | None = None,
    seconds: float | None = None,
    peer_seconds: float = 600.0,
    threads: int = 2,
) -> Iterator[Case]:
    """Small sizes first; for each scenario our solver first. `seeds` and `seconds` replace the
    usual ones; peers look at the first seed alone."""
    for size in sorted(sizes):
        for option in options:
            if (size in SMALL) != (option == "small") or size > MOST.get(option, size):
                continue
            for seed in range(1, (seeds or (20 if option == "small" else SEEDS[size])) + 1):
                for method in methods:
                    if method == OURS:
                        gap = 0.0 if size <= 300 else 1e-4
                        limit = seconds or (20.0 if option == "small" else LIMITS[size])
                        yield Case(method, option, size, seed, gap, limit, threads)
                    elif seed == 1 and option in PEER_OPTIONS:
                        yield Case(method, option, size, seed, 0.0, peer_seconds, threads)


@cache
def digest(*paths: str) -> str:
    """Ten digits of what the Python files under the paths say."""
    found = hashlib.sha256()
    for path in paths:
        place = ROOT / path
        for file in [place] if place.is_file() else sorted(place.rglob("*.py")):
            found.update(file.relative_to(ROOT).as_posix().encode() + b"\0" + file.read_bytes())
    return found.hexdigest()[:10]
