"""The plan file (plan.md): strict at the door, the same bytes for the same plan on the way out."""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import fields, replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any

from succession.domain import Costs, Finding, Plan
from succession.errors import BadInput
from succession.io.read import shorten

if TYPE_CHECKING:
    from pydantic import BaseModel, ValidationError

__all__ = ["PLAN_FORMAT", "dump_plan", "plan_sha256", "read_plan"]

PLAN_FORMAT = "succession-plan/1"
MAX_PLAN_BYTES = 32 * 1024 * 1024
_DECIMALS = 6
_HEAD = ("scenario", "scenario_sha256", "start", "period", "periods", "previous_sha256")
_RESULT = ("status", "cost", "bound", "gap", "currency", "costs")
_LISTS = (
    "placements",
    "vacated",
    "standbys",
    "learning",
    "sessions",
    "hires",
    "vacated_hires",
    "unfilled",
    "vacated_unfilled",
)


def dump_plan(plan: Plan) -> bytes:
    """The plan file's bytes: keys in the order of plan.md, lists sorted, six decimals."""
    content: dict[str, Any] = {"format": PLAN_FORMAT}
    for name in (*_HEAD, *_RESULT):
        content[name] = _plain(getattr(plan, name))
    for name in _LISTS:
        content[name] = [_row(row) for row in sorted(getattr(plan, name))]
    if plan.status == "infeasible":
        rows = sorted(plan.conflict, key=lambda row: (row.sheet, row.row or 0, row.text))
        content["conflict"] = [_row(row) for row in rows]
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2)
    return (text + "\n").encode("utf-8")


def _row(record: Any) -> dict[str, object]:
    return {name: getattr(record, name) for name in record.__slots__}


def _plain(value: object) -> object:
    if isinstance(value, float):
        return round(value, _DECIMALS) + 0.0
    if isinstance(value, Costs):
        return {item.name: _plain(float(getattr(value, item.name))) for item in fields(value)}
    if isinstance(value, (str, int)) or value is None:
        return value
    return str(value)


def plan_sha256(path: str | PathLike[str]) -> str:
    """The hash of a plan file's bytes, as `previous_sha256` records it. Raises BadInput."""
    return hashlib.sha256(_bytes(Path(path))).hexdigest()


def read_plan(path: str | PathLike[str]) -> Plan:
    """The plan of a file. Raises BadInput with every finding when it is no plan file."""
    from pydantic import ValidationError

    source = Path(path)
    content = _json(source, _bytes(source))
    try:
        model = _model().model_validate(content, strict=True)
    except ValidationError as error:
        raise BadInput(_findings(source, error)) from error
    except RecursionError as error:
        raise BadInput([_finding(source, "E_JSON", "the file is nested too deeply")]) from error
    return _sorted_plan(model)


def _bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise BadInput([_finding(path, "E_PATH", f"{path} is no file")])
        if path.stat().st_size > MAX_PLAN_BYTES:
            raise BadInput([_finding(path, "E_TOO_BIG", f"{path.name} is too large for a plan")])
        return path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read: {error.strerror}"
        raise BadInput([_finding(path, "E_PATH", message)]) from error


def _json(path: Path, data: bytes) -> object:
    try:
        return json.loads(
            data.decode("utf-8-sig"),
            parse_constant=_refuse_constant,
            parse_float=_finite,
            object_pairs_hook=_no_twins,
        )
    except UnicodeDecodeError as error:
        message = f"byte {error.start} is not UTF-8"
        raise BadInput([_finding(path, "E_ENCODING", message)]) from error
    except json.JSONDecodeError as error:
        message = f"no JSON: {error.msg} (line {error.lineno}, column {error.colno})"
        raise BadInput([_finding(path, "E_JSON", message, row=error.lineno)]) from error
    except (ValueError, RecursionError) as error:
        raise BadInput([_finding(path, "E_JSON", f"no plan: {error}")]) from error


def _refuse_constant(text: str) -> float:
    raise ValueError(f"{text} is no number that a plan may hold")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(f"{text[:40]} is too large")
    return number


def _no_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return content


def _model() -> type[BaseModel]:
    from succession.io.plan_model import PlanFile

    return PlanFile


def _sorted_plan(model: Any) -> Plan:
    plan: Plan = model.to_plan()
    lists: dict[str, Any] = {name: tuple(sorted(getattr(plan, name))) for name in _LISTS}
    return replace(plan, **lists)


def _finding(path: Path, code: str, message: str, *, row: int | None = None) -> Finding:
    hint = "Give a plan.json that succession solve wrote."
    return Finding("error", code, message, sheet=path.name, row=row, hint=hint)


def _findings(path: Path, error: ValidationError) -> list[Finding]:
    found = []
    for item in error.errors(include_url=False):
        where = ".".join(str(step) for step in item["loc"]) or "the file"
        value = None if item["type"] == "missing" else shorten(repr(item["input"]))
        found.append(
            Finding(
                "error",
                "E_PLAN",
                f"{where}: {item['msg']}",
                sheet=path.name,
                column=where,
                value=value,
                hint="Give a plan.json that succession solve wrote.",
            )
        )
    return found
