"""run.json, as far as it is read again: the figures that a comparison shows of a plan."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path

from succession.errors import BadInput
from succession.io.plan_file import plan_sha256
from succession.metrics import Figures

__all__ = ["read_figures"]

MAX_RUN_BYTES = 64 * 1024 * 1024


def read_figures(plan: Path) -> Figures | None:
    """The figures in the run.json beside a plan file.

    None where there is none, where it belongs to another plan, or where it cannot be read: a
    comparison does without.
    """
    from pydantic import TypeAdapter

    path = plan.with_name("run.json")
    try:
        if path.stat().st_size > MAX_RUN_BYTES:
            return None
        record = json.loads(path.read_bytes())
        if record["plan_sha256"] != plan_sha256(plan):
            return None
        found = {item.name: record[item.name] for item in fields(Figures)}
        return TypeAdapter(Figures).validate_python(found)
    except (OSError, ValueError, LookupError, TypeError, RecursionError, BadInput):
        return None
