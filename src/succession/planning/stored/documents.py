"""Documents of runs: taken in from files, laid out as files again, and put where people look."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from succession import report
from succession.domain.plan import Plan
from succession.metrics import Figures
from succession.planning.comparing import compare
from succession.planning.folder import STORED_OUTPUTS, existing_outputs, sweep, write_all
from succession.planning.lock import output_lock
from succession.store import File, Run, Store
from succession.store.objects import sha256_of

__all__ = [
    "comparison_files",
    "deliver",
    "json_bytes",
    "lay_out",
    "read_inputs",
    "restore",
]


def read_inputs(scenario: Path) -> dict[str, bytes]:
    """A workbook, or the CSV files of a folder, by name; empty where there is nothing to read."""
    try:
        if scenario.is_dir():
            files = sorted(scenario.glob("*.csv"))
            return {f"{scenario.name}/{path.name}": path.read_bytes() for path in files}
        return {scenario.name: scenario.read_bytes()}
    except OSError:
        return {}  # reading the scenario will say why


def lay_out(documents: Mapping[str, bytes], folder: Path) -> Path:
    """Write an input's documents into the folder; returns the workbook or CSV folder."""
    for name, content in documents.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder / next(iter(documents)).partition("/")[0]


def comparison_files(
    approved: int,
    number: int,
    plans: tuple[Plan, Plan],
    figures: tuple[Figures | None, Figures | None],
) -> dict[str, bytes]:
    """The new plan beside the one in force, first; raises BadInput for plans that cannot be."""
    comparison = compare(plans, [f"Run {approved}, approved", f"Run {number}, new"], figures)
    return {
        "comparison.xlsx": report.write_comparison_xlsx(comparison),
        "comparison.html": report.write_comparison_html(comparison),
        "comparison.json": report.write_comparison_json(comparison),
    }


def deliver(store: Store, run: Run) -> bool:
    """Put a run's outputs into its plan folder; False when they stand there as they should."""
    folder = store.plan_folder(run.number)
    outputs = run.of_role("output")
    if _delivered(folder, outputs):
        return False
    with output_lock(folder):
        sweep(folder)
        write_all(folder, {item.name: store.document(item) for item in outputs})
        for name in set(existing_outputs(folder, STORED_OUTPUTS)) - {item.name for item in outputs}:
            (folder / name).unlink()
    return True


def restore(store: Store) -> list[int]:
    """Deliver what dead processes left undelivered; returns the runs' numbers."""
    return [run.number for run in store.runs() if run.files and deliver(store, run)]


def json_bytes(record: Any) -> bytes:
    """A record as the bytes of a JSON file."""
    text = json.dumps(record, ensure_ascii=False, indent=2, allow_nan=False)
    return (text + "\n").encode("utf-8", "backslashreplace")


def _delivered(folder: Path, outputs: tuple[File, ...]) -> bool:
    if {item.name for item in outputs} != set(existing_outputs(folder, STORED_OUTPUTS)):
        return False
    try:
        return all(sha256_of((folder / item.name).read_bytes()) == item.sha256 for item in outputs)
    except OSError:
        return False
