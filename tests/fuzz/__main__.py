"""The long run: `python -m tests.fuzz --minutes 10 [--seed N]`.

Draws bytes until the time is over, some ten thousand times, and says what came of them. An
exception, a hang (20 seconds) or more than a gibibyte and a half of memory ends it with the
smallest input that does the same.
"""

from __future__ import annotations

import argparse
import faulthandler
import resource
import time
import zlib
from collections import Counter
from collections.abc import Callable

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from tests.fuzz import mutations as m
from tests.fuzz import targets

_BATCH = 500
_MOST_BYTES = 3 << 29


def main() -> None:
    """Runs batch after batch, each target in turn."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz")
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, default=1)
    given_by = parser.parse_args()
    faulthandler.enable()
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_BYTES, _MOST_BYTES))
    end = time.monotonic() + 60 * given_by.minutes
    came: Counter[str] = Counter()
    number = given_by.seed
    while time.monotonic() < end:
        for name, target, draws in _targets():
            _batch(name, target, draws, number, end, came)
        number += 1
    for name, count in sorted(came.items()):
        print(f"{count:8,} {name}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10
    print(f"seeds {given_by.seed} to {number - 1}, peak memory {peak} MiB: nothing broke")


def _targets() -> list[tuple[str, Callable[..., str], tuple[st.SearchStrategy[object], ...]]]:
    parts, files = m.workbook_parts(), m.csv_files()
    plan = (m.SCENARIOS / "toy" / "previous.json").read_bytes()
    toy = (m.SCENARIOS / "toy" / "toy.xlsx").read_bytes()

    def whole(changes: list[m.Edit]) -> str:
        return targets.read_workbook(m.apply(m.workbook(), changes))

    def example(changes: list[m.Edit]) -> str:
        return targets.read_workbook(m.apply(toy, changes))

    def part(name: str, changes: list[m.Edit]) -> str:
        data = m.rezip({**parts, name: m.apply(parts[name], changes)})
        if zlib.crc32(data) % 100 == 0:
            targets.same_in_child(data)
        return targets.read_workbook(data)

    def table(name: str, changes: list[m.Edit]) -> str:
        return targets.read_csv(name, m.apply(files[name], changes), files)

    def plan_file(changes: list[m.Edit]) -> str:
        return targets.read_plan_file(m.apply(plan, changes))

    return [
        ("workbook", whole, (m.edits(),)),
        ("toy.xlsx", example, (m.edits(),)),
        ("part of a workbook", part, (st.sampled_from(sorted(parts)), m.edits())),
        ("CSV file", table, (st.sampled_from(sorted(files)), m.edits())),
        ("plan file", plan_file, (m.edits(),)),
    ]


def _batch(
    name: str,
    target: Callable[..., str],
    draws: tuple[st.SearchStrategy[object], ...],
    number: int,
    end: float,
    came: Counter[str],
) -> None:
    @seed(number)
    @settings(
        max_examples=_BATCH,
        deadline=None,
        database=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
    )
    @given(st.tuples(*draws))
    def run(drawn: tuple[object, ...]) -> None:
        if time.monotonic() < end:
            came[f"{name}: {target(*drawn)}"] += 1

    run()


if __name__ == "__main__":
    main()
