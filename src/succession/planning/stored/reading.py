"""A stored run read back: its scenario, its plan, and where that plan stands."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from succession import io
from succession.domain.plan import Plan
from succession.domain.scenario import Scenario
from succession.errors import Refused
from succession.metrics import Figures
from succession.planning.stored.documents import lay_out
from succession.planning.stored.standing import Standing, standing_of
from succession.store import Run, Store

__all__ = ["StoredPlan", "read_stored", "stored_figures", "stored_plan"]


@dataclass(frozen=True, slots=True)
class StoredPlan:
    """A run with a plan; `source` is where its scenario was laid out, `record` its run.json."""

    run: Run
    source: Path
    scenario: Scenario
    plan: Plan
    previous: Plan | None
    warnings: tuple[str, ...]
    record: dict[str, object]
    standing: Standing


def read_stored(store: Store, run: Run, folder: Path) -> StoredPlan:
    """Read a run's documents, laid out in an empty folder.

    Raises Refused where the run has no plan or its documents were pruned.
    """
    if run.decision is None:
        raise Refused(f"Run {run.number} came to no plan ({run.state}).")
    inputs = {item.name: store.document(item) for item in run.of_role("input")}
    plan = stored_plan(store, run, folder)
    item = run.file("output", "run.json")
    if not inputs or plan is None or item is None:
        raise Refused(f"The documents of run {run.number} were pruned.")
    source = lay_out(inputs, folder / "input")
    record = json.loads(store.document(item))
    return StoredPlan(
        run,
        source,
        io.load_scenario(source),
        plan,
        _previous(store, run, folder),
        tuple(record["warnings"]),
        record,
        standing_of(store, run),
    )


def stored_plan(store: Store, run: Run, folder: Path) -> Plan | None:
    """The run's plan, or None where its documents were pruned."""
    item = run.file("output", "plan.json")
    if item is None:
        return None
    return io.read_plan(_plan_file(store.document(item), folder / f"plan-{run.number}"))


def stored_figures(
    store: Store, run: Run, folder: Path, reworded: Callable[[bytes], bytes] = bytes
) -> Figures | None:
    """The key figures in the run's run.json, `reworded` first; None where it has none."""
    plan, record = run.file("output", "plan.json"), run.file("output", "run.json")
    if plan is None or record is None:
        return None
    laid = folder / f"figures-{run.number}"
    lay_out({"run.json": reworded(store.document(record))}, laid)
    return io.read_figures(_plan_file(store.document(plan), laid))


def _previous(store: Store, run: Run, folder: Path) -> Plan | None:
    item = run.file("previous", "plan.json")
    if item is None:
        return None
    return io.read_plan(_plan_file(store.document(item), folder / "previous"))


def _plan_file(content: bytes, folder: Path) -> Path:
    return lay_out({"plan.json": content}, folder)
