"""RESULTS.md out of the records: marks, sizes, growth, peers, traces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import log
from statistics import median
from typing import Any

from benchmarks.suite import MARKS, METHODS, OPTIMAL, OPTIONS, OURS, Mark

__all__ = ["Record", "growth", "results_page", "seconds_to_cost", "seconds_to_gap"]

Record = dict[str, Any]
Key = tuple[str, int, int]

GAPS = (1e-2, 2e-3, 5e-4, 1e-4, OPTIMAL)
MOMENTS = (1, 2, 5, 10, 30, 60, 120, 300, 600, 1_200)


def results_page(records: Sequence[Record]) -> str:
    """The whole page; says what was measured on which machine, and nothing that was not."""
    records = _latest(records)
    ours = [row for row in records if row["method"] == OURS]
    return "\n".join(
        [
            "# Results",
            "",
            "Written by `benchmarks/run` from `results.jsonl`; README.md beside it says what is "
            "measured and how. Seconds are wall clock of solving alone, with the instance's "
            "construction in ours and without the program's in the peers'; memory is the peak of "
            "the whole process, the scenario included. Medians are over seeds.",
            "",
            *_machines(records),
            *_marks(ours),
            *_sizes(ours),
            *_growth(ours),
            *_peers(records),
            *_traces(records),
        ]
    )


def seconds_to_gap(record: Record, gap: float) -> float | None:
    """When the record's own proof was that close; None where it never was."""
    for seconds, cost, bound in record.get("trace", ()):
        if cost is not None and bound is not None and _gap(cost, bound) <= gap:
            return float(seconds)
    return None


def seconds_to_cost(record: Record, cost: float) -> float | None:
    """When the record had a plan that is no dearer; None where it never had."""
    for seconds, reached, _ in record.get("trace", ()):
        if reached is not None and reached <= cost + 1e-6 * max(1.0, abs(cost)):
            return float(seconds)
    return None


def growth(points: Iterable[tuple[int, float]]) -> float | None:
    """The exponent b of seconds ≈ a · employees^b, by least squares of the logarithms."""
    logs = [(log(size), log(max(seconds, 1e-3))) for size, seconds in points]
    if len({x for x, _ in logs}) < 2:
        return None
    mean_x, mean_y = (sum(column) / len(logs) for column in zip(*logs, strict=True))
    above: float = sum((x - mean_x) * (y - mean_y) for x, y in logs)
    below: float = sum((x - mean_x) ** 2 for x, _ in logs)
    return above / below


def _gap(cost: float, bound: float) -> float:
    return max(0.0, (cost - bound) / max(1.0, abs(cost)))


def _latest(records: Sequence[Record]) -> list[Record]:
    """The last record of each measurement, whatever the code was."""
    found: dict[tuple[Any, ...], Record] = {}
    for row in records:
        name = (row["method"], row["option"], row["employees"], row["seed"])
        found.pop(name, None)
        found[name] = row
    order = {name: place for place, name in enumerate((*OPTIONS, *METHODS))}
    return sorted(
        found.values(),
        key=lambda r: (order[r["option"]], r["employees"], r["seed"], order[r["method"]]),
    )


def _grouped(records: Iterable[Record]) -> dict[tuple[str, int], list[Record]]:
    found: dict[tuple[str, int], list[Record]] = defaultdict(list)
    for row in records:
        found[row["option"], row["employees"]].append(row)
    return found


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    rows = list(rows)
    lines = [f"| {' | '.join(head)} |", "|" + "|".join("---" for _ in head) + "|"]
    return [*lines, *(f"| {' | '.join(row)} |" for row in rows), ""] if rows else ["None yet.", ""]


def _machines(records: Sequence[Record]) -> list[str]:
    lines = ["## Machine", ""]
    for machine in {str(row["machine"]): row["machine"] for row in records}.values():
        libraries = ", ".join(f"{name} {version}" for name, version in machine["libraries"].items())
        lines.append(
            f"{machine['processor']}, {machine['cores']} cores, {machine['gigabytes']} GB; "
            f"{machine['system']}, Python {machine['python']}, {libraries}."
        )
    loads = [row["load"] for row in records]
    if loads:
        commits = ", ".join(sorted({f"`{row['commit']}`" for row in records}))
        lines += [
            "",
            f"Commits measured: {commits}. Load average of the machine before a measurement: "
            f"median {median(loads):.1f}, at most {max(loads):.1f}.",
        ]
    return [*lines, ""]


def _seconds(value: float | None) -> str:
    if value is None:
        return "–"
    return f"{value:.2f} s" if value < 10 else f"{value:,.0f} s"


def _percent(gap: float | None) -> str:
    if gap is None:
        return "–"
    if gap <= OPTIMAL:
        return "optimal"
    return f"{100 * gap:,.0f} %" if gap >= 0.1 else f"{100 * gap:.2g} %"


def _amount(value: float | None) -> str:
    return "–" if value is None else f"{value:,.0f}"


def _median_of(values: Sequence[float | None]) -> float | None:
    """The median (of two the later), where never is later than any time; None: that is never."""
    endless = sorted(float("inf") if value is None else value for value in values)
    middle = endless[len(endless) // 2] if endless else float("inf")
    return None if middle == float("inf") else middle


def _marks(ours: Sequence[Record]) -> list[str]:
    groups = _grouped(ours)
    rows = [_mark(mark, groups.get((mark.option, mark.employees), [])) for mark in MARKS]
    head = ["scenario", "employees", "gap", "within", "median", "slowest", "in time",
            "memory", "mark", "reached"]  # fmt: skip
    return ["## The marks", "", *_table(head, [row for row in rows if row])]


def _mark(mark: Mark, records: Sequence[Record]) -> list[str]:
    if not records:
        return []
    times = [_proof(row, mark.gap) for row in records]
    in_time = sum(value is not None and value <= mark.seconds for value in times)
    memory = max((row.get("megabytes", 0) for row in records), default=0) / 1024
    small = mark.gigabytes is None or memory <= mark.gigabytes
    slowest = None if None in times else max(value for value in times if value is not None)
    return [
        mark.option,
        f"{mark.employees:,}",
        _percent(mark.gap),
        _seconds(mark.seconds),
        _seconds(_median_of(times)),
        _seconds(slowest),
        f"{in_time} of {len(times)}",
        f"{memory:.2f} GB",
        "" if mark.gigabytes is None else f"{mark.gigabytes:g} GB",
        "yes" if in_time == len(times) and small else "no",
    ]


def _proof(record: Record, gap: float) -> float | None:
    """When the gap was proven, or that there is no plan."""
    if record.get("status") == "infeasible":
        return float(record["seconds"])
    return seconds_to_gap(record, gap)


def _sizes(ours: Sequence[Record]) -> list[str]:
    head = ["scenario", "employees", "openings", "seeds", "solved", "gap",
            *(f"to {_percent(gap)}" for gap in GAPS), "memory", "of it the scenario"]  # fmt: skip
    rows = []
    for (option, size), records in _grouped(ours).items():
        done = [row for row in records if "failed" not in row]
        gaps = [_gap(r["cost"], r["bound"]) for r in done if None not in (r["cost"], r["bound"])]
        rows.append(
            [
                option,
                f"{size:,}",
                f"{done[0]['openings']:,}" if done else "–",
                str(len(records)),
                _seconds(_median_of([row.get("seconds") for row in records])),
                _percent(median(gaps)) if gaps else "–",
                *(_seconds(_median_of([_proof(row, gap) for row in records])) for gap in GAPS),
                f"{max((row['megabytes'] for row in done), default=0):,} MB",
                f"{max((row['scenario_megabytes'] for row in done), default=0):,} MB",
            ]
        )
    text = "Median seconds until a gap was proven; – where half of the seeds or more never were."
    return ["## Every size", "", text, "", *_table(head, rows)]


def _growth(ours: Sequence[Record]) -> list[str]:
    rows = []
    for option in OPTIONS:
        for gap in GAPS:
            points = [
                (size, time)
                for (name, size), records in _grouped(ours).items()
                if name == option and size >= 1_000
                for time in [_median_of([seconds_to_gap(row, gap) for row in records])]
                if time is not None
            ]
            exponent = growth(points)
            if exponent is not None and len(points) > 2:
                sizes = [size for size, _ in points]
                between = f"{min(sizes):,} to {max(sizes):,} ({len(sizes)} sizes)"
                rows.append([option, _percent(gap), between, f"{exponent:.2f}"])
    text = "Exponent b of seconds ≈ a · employees^b, least squares of the logarithms; mark: 1.1."
    return ["## Growth", "", text, "", *_table(["scenario", "gap", "employees", "b"], rows)]


def _peers(records: Sequence[Record]) -> list[str]:
    by_case: dict[Key, dict[str, Record]] = defaultdict(dict)
    for row in records:
        by_case[row["option"], row["employees"], row["seed"]][row["method"]] = row
    head = ["scenario", "employees", "method", "written in", "seconds", "cost", "bound", "own gap",
            "above the best bound", "memory", "ours as close after", "times faster"]  # fmt: skip
    rows = []
    for methods in by_case.values():
        if len(methods) > 1:
            best = max((_best(row, 2, max) for row in methods.values()), default=None, key=_least)
            rows += [_peer(row, methods.get(OURS), best) for row in methods.values()]
    text = (
        "One scenario a size. A peer with a bound is compared by its own gap: when it first stood "
        "where it ended, and when ours had proven as much. One without is compared by its plan: "
        "when we had one as cheap. A peer that finds no plan at a size is not tried on larger ones."
    )
    return ["## Beside the peers", "", text, "", *_table(head, rows)]


def _least(value: float | None) -> float:
    return float("-inf") if value is None else value


def _best(record: Record, column: int, choose: Callable[..., float]) -> float | None:
    """The best cost (column 1) or bound (2) of a trace."""
    values = [point[column] for point in record.get("trace", ()) if point[column] is not None]
    return choose(values) if values else None


def _peer(record: Record, ours: Record | None, best: float | None) -> list[str]:
    name = [record["option"], f"{record['employees']:,}", record["method"]]
    if "failed" in record:
        return [*name, record["failed"], *[""] * 8]
    cost, bound = record["cost"], record["bound"]
    gap = None if cost is None or bound is None else _gap(cost, bound)
    excess = None if cost is None or best is None else _gap(cost, best)
    theirs = mine = None
    if cost is not None and ours is not None and record is not ours:
        if gap is not None:
            theirs, mine = (seconds_to_gap(row, gap + 1e-9) for row in (record, ours))
        else:
            theirs, mine = (seconds_to_cost(row, cost) for row in (record, ours))
    faster = "" if theirs is None or mine is None else f"{theirs / max(mine, 1e-3):,.1f}"
    return [
        *name,
        _seconds(record["build_seconds"]) if record["build_seconds"] else "",
        _seconds(record["seconds"]),
        _amount(cost),
        _amount(bound),
        _percent(gap),
        _percent(excess),
        f"{record['megabytes']:,} MB",
        "" if record is ours else _seconds(mine),
        faster,
    ]


def _traces(records: Sequence[Record]) -> list[str]:
    rows = []
    for record in records:
        if record["seed"] == 1 and record["option"] != "small" and record.get("trace"):
            name = [record["option"], f"{record['employees']:,}", record["method"]]
            rows.append([*name, *(_standing(record, moment) for moment in MOMENTS)])
    head = ["scenario", "employees", "method", *(f"{moment:,} s" for moment in MOMENTS)]
    text = "Proven gap, or the cost where there is no bound, of seed 1 after so many seconds."
    return ["## Against time", "", text, "", *_table(head, rows)]


def _standing(record: Record, moment: float) -> str:
    """What was known by then; blank once it had ended before the moment before."""
    points = [point for point in record["trace"] if point[0] <= moment]
    ended = record["trace"][-1][0]
    if ended <= moment and any(ended <= other < moment for other in MOMENTS):
        return ""
    if not points or points[-1][1] is None:
        return "–"
    _, cost, bound = points[-1]
    return _amount(cost) if bound is None else _percent(_gap(cost, bound))
