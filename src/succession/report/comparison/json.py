"""comparison.json: the comparison for programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from succession.report.comparison.lines import Line
from succession.report.comparison.record import Comparison

__all__ = ["comparison_summary", "write_comparison_json"]

_FORMAT = "succession-comparison/1"


def write_comparison_json(comparison: Comparison) -> bytes:
    """The file as UTF-8; the same comparison is the same file."""
    record = comparison_summary(comparison)
    for plan in record["plans"]:
        plan["budgets"] = [
            {key: value for key, value in asdict(row).items() if key != "plan"}
            for row in comparison.budgets.rows
            if row.plan == plan["name"]
        ]
        for table in comparison.changes:
            plan[f"{table.key.lower()}_changes"] = [
                {key: value for key, value in asdict(row).items() if key != "plan"}
                for row in table.rows
                if row.plan == plan["name"]
            ]
    text = json.dumps(record, ensure_ascii=False, indent=2, allow_nan=False)
    return (text + "\n").encode("utf-8", "backslashreplace")


def comparison_summary(comparison: Comparison) -> dict[str, Any]:
    """Every plan's measures and their differences against the first, without who and what.

    Shares are fractions, their differences too: 0.02 is two percentage points.
    """
    plans = []
    for number, (name, plan) in enumerate(zip(comparison.names, comparison.plans, strict=True)):
        measures: dict[str, Any] = {}
        differences: dict[str, Any] = {}
        for line in comparison.lines:
            if line.kind != "text":
                _put(measures, line, line.values[number])
                if number and line.differences[number] is not None:
                    _put(differences, line, line.differences[number])
        plans.append(
            {
                "name": name,
                "scenario": plan.scenario,
                "scenario_sha256": plan.scenario_sha256,
                "start": plan.start.isoformat(),
                "period": plan.period,
                "periods": plan.periods,
                "status": plan.status,
                **measures,
                "differences": differences,
            }
        )
    return {
        "format": _FORMAT,
        "currency": comparison.currency,
        "notes": list(comparison.notes),
        "plans": plans,
    }


def _put(record: dict[str, Any], line: Line, value: object) -> None:
    if line.group == "Against the first plan":
        if value is not None:
            record.setdefault("changes", {})[line.key] = value
        return
    part, dot, key = line.key.partition(".")
    if dot:
        record.setdefault(part, {})[key] = value
    else:
        record[part] = value
