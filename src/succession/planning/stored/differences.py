"""What differs between two stored runs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from succession.errors import BadInput
from succession.planning.comparing import compare, compare_files
from succession.planning.stored.reading import stored_plan
from succession.planning.stored.scratch import scratch_folder
from succession.report import Comparison
from succession.store import Run, Store

__all__ = ["Differences", "differences"]

_INCIDENTAL = ("timings", "seconds", "rounds", "columns")
"""What differs whenever something is done twice."""


@dataclass(frozen=True, slots=True)
class Differences:
    """Facts with both values, documents of the input by name, and how much of the plan changed."""

    facts: Mapping[str, tuple[object, object]]
    inputs: tuple[str, ...]
    plan: Mapping[str, int]
    incomparable: tuple[str, ...]


def differences(store: Store, number: int, other: int, out: Path | None = None) -> Differences:
    """Two runs side by side; with `out` their comparison is written there.

    Raises Refused where a run is not there, or `out` holds a comparison already.
    """
    one, two = store.run(number), store.run(other)
    before, after = dict(_facts(one)), dict(_facts(two))
    names = [*before, *(name for name in after if name not in before)]
    facts = {
        name: (before.get(name), after.get(name))
        for name in names
        if before.get(name) != after.get(name)
    }
    with scratch_folder(store) as folder:
        changed, incomparable = _plans(store, (one, two), folder, out)
    return Differences(facts, _inputs(one, two), changed, incomparable)


def _facts(run: Run) -> Iterator[tuple[str, object]]:
    yield from (("state", run.state), ("decision", run.decision))
    for name, value in run.document.items():
        if name in _INCIDENTAL:
            continue
        if isinstance(value, Mapping):
            yield from ((f"{name}.{key}", inner) for key, inner in value.items())
        else:
            yield name, value


def _inputs(one: Run, two: Run) -> tuple[str, ...]:
    before, after = (
        {item.name: item.sha256 for item in run.of_role("input")} for run in (one, two)
    )
    return tuple(
        name for name in sorted(before.keys() | after.keys()) if before.get(name) != after.get(name)
    )


def _plans(
    store: Store, runs: tuple[Run, Run], folder: Path, out: Path | None
) -> tuple[dict[str, int], tuple[str, ...]]:
    """How much of the plan changed, or why the two cannot be compared."""
    plans = []
    for run in runs:
        plan = stored_plan(store, run, folder)
        if plan is None or not plan.has_plan:
            return {}, (f"run {run.number} has none.",)
        plans.append(plan)
    names = [f"Run {run.number}" for run in runs]
    try:
        comparison = compare(plans, names)
        if out is not None:
            sources = [folder / f"plan-{run.number}" for run in runs]
            compare_files(sources, out)
    except BadInput as fault:
        return {}, tuple(finding.message for finding in fault.findings)
    return _amounts(comparison), ()


def _amounts(comparison: Comparison) -> dict[str, int]:
    amounts = {}
    for line in comparison.lines:
        value = line.values[1]
        if line.group == "Against the first plan" and isinstance(value, int) and value:
            amounts[line.label] = value
    return amounts
