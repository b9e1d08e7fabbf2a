"""run.json: how a plan came about; the one output in which times may differ from run to run."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Mapping, Sequence
from dataclasses import asdict, fields
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING

import succession
from succession.domain.calendar import Calendar
from succession.domain.findings import Finding
from succession.domain.result import Progress, SolveResult
from succession.domain.stability import PreviousDecision, Stability
from succession.metrics import Figures

if TYPE_CHECKING:
    from succession.planning.run import RunSettings

__all__ = ["file_sha256", "finding_record", "read_stability", "run_record", "stability_record"]

_LIBRARIES = ("numpy", "scipy", "numba", "highspy", "ortools")


def run_record(
    source: Path,
    settings: RunSettings,
    result: SolveResult,
    findings: Sequence[Finding],
    warnings: Sequence[str],
    plan_file: bytes,
    figures: Figures | None,
    timings: Mapping[str, float],
    stability: Stability | None = None,
) -> bytes:
    """The run record as UTF-8 JSON."""
    plan = result.plan
    record = {
        "format": "succession-run/1",
        "written": datetime.now(UTC).isoformat(timespec="seconds"),
        "scenario": plan.scenario,
        "scenario_sha256": plan.scenario_sha256,
        "input": {"name": source.name, "sha256": file_sha256(source)},
        "previous_sha256": plan.previous_sha256,
        "settings": {
            "gap": settings.gap,
            "time_limit": settings.time_limit,
            "threads": settings.threads,
            "strict": settings.strict,
            "force": settings.force,
            "previous": None if settings.previous is None else settings.previous.name,
        },
        "versions": _versions(),
        "status": plan.status,
        "stopped": result.stopped,
        "cost": plan.cost,
        "bound": plan.bound,
        "gap": plan.gap,
        "plan_sha256": hashlib.sha256(plan_file).hexdigest(),
        **_figures(figures),
        "rounds": result.rounds,
        "columns": result.columns,
        "history": [_history(line) for line in result.history],
        "changes": None if stability is None else stability_record(stability),
        "warnings": list(warnings),
        "findings": [finding_record(finding) for finding in findings],
        "timings": {name: round(seconds, 3) for name, seconds in timings.items()},
    }
    text = json.dumps(record, ensure_ascii=False, indent=2, allow_nan=False)
    return (text + "\n").encode("utf-8", "backslashreplace")


def stability_record(stability: Stability) -> dict[str, object]:
    """How much of the previous plan stands, and each of its decisions that does not."""
    label = stability.calendar.label
    return {
        "kept": stability.kept,
        "changed": len(stability.changes),
        "gone": len(stability.gone),
        "change_cost": stability.change_cost,
        "keeping_costs": stability.extra,
        "keeping_costs_at_least": stability.extra_at_least,
        "decisions": [
            {**asdict(row), "period": label(row.period), "number": row.period}
            for row in stability.decisions
        ],
    }


def read_stability(record: object, calendar: Calendar) -> Stability | None:
    """What `stability_record` wrote, read back; None for anything else."""
    if not isinstance(record, Mapping):
        return None
    names = [item.name for item in fields(PreviousDecision) if item.name != "period"]
    decisions = tuple(
        PreviousDecision(**{name: row[name] for name in names}, period=row["number"])
        for row in record["decisions"]
    )
    return Stability(
        calendar,
        record["kept"],
        decisions,
        record["change_cost"],
        record["keeping_costs"],
        record["keeping_costs_at_least"],
    )


def finding_record(finding: Finding) -> dict[str, object]:
    """A finding in the form and order of cli.md."""
    record = asdict(finding)
    order = ("severity", "code", "sheet", "cell", "row", "column", "value", "message", "hint")
    return {name: record[name] for name in order}


def file_sha256(path: Path) -> str:
    """Of a file's bytes, or of the names and bytes of a folder's CSV files."""
    digest = hashlib.sha256()
    for part in [path] if path.is_file() else sorted(path.glob("*.csv")):
        if part is not path:
            digest.update(part.name.encode("utf-8", "surrogateescape") + b"\0")
        with open(part, "rb") as stream:
            while block := stream.read(1 << 20):
                digest.update(block)
    return digest.hexdigest()


def _figures(figures: Figures | None) -> dict[str, object]:
    """What `io.read_figures` reads again; without a plan there are none."""
    if figures is None:
        return dict.fromkeys(item.name for item in fields(Figures))
    return asdict(figures)


def _history(line: Progress) -> dict[str, object]:
    return {**asdict(line), "seconds": round(line.seconds, 3), "gap": line.gap}


def _versions() -> dict[str, str]:
    versions = {"succession": succession.__version__, "python": platform.python_version()}
    for name in _LIBRARIES:
        versions[name] = metadata.version(name)
    return versions
