"""A plan file in which any one value was changed is refused, or found wrong, or says the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from tests.nightly import more
from tests.oracle.judge import Judge, truthful

from succession.domain import Plan
from succession.errors import BadInput
from succession.io import dump_plan, load_scenario, plan_sha256, read_plan
from succession.optimize import solve
from succession.planning import verify_files

TOY = Path(__file__).resolve().parents[2] / "scenarios" / "toy"
EXPECTED: dict[str, Any] = json.loads((TOY / "expected.json").read_text(encoding="utf-8"))
WITH_PREVIOUS = [name for name, row in EXPECTED.items() if "previous" in row]
SOLVABLE = [name for name, row in EXPECTED.items() if row["status"] == "optimal"]
VARIANTS = more(SOLVABLE, ["chain", WITH_PREVIOUS[0]])
STRANGE: tuple[Any, ...] = (None, True, "x", [], {}, -1, 1e300)

Steps = tuple[str | int, ...]


def leaves(content: Any, steps: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    """Every value of the file and where it stands, lists and objects before what is in them."""
    if steps:
        yield steps, content
    parts = content.items() if isinstance(content, dict) else ()
    for step, value in enumerate(content) if isinstance(content, list) else parts:
        yield from leaves(value, (*steps, step))


def changed(content: Any, steps: Steps, value: Any) -> Any:
    copy = deepcopy(content)
    place = copy
    for step in steps[:-1]:
        place = place[step]
    place[steps[-1]] = value
    return copy


def without(content: Any, steps: Steps) -> Any:
    copy = deepcopy(content)
    place = copy
    for step in steps[:-1]:
        place = place[step]
    del place[steps[-1]]
    return copy


def others(value: Any) -> Iterator[Any]:
    yield from STRANGE
    if isinstance(value, str):
        yield from (value + "x", value.swapcase(), "", "0" * 64, "2031-01-01")
    elif isinstance(value, (int, float)):
        yield from (value + 1, value - 1, value + 0.25, str(value))
    elif isinstance(value, list):
        yield [*value, *value[:1]]
    elif isinstance(value, dict):
        yield {**value, "more": 1}


def mutants(content: dict[str, Any]) -> Iterator[tuple[Steps, Any]]:
    for steps, value in leaves(content):
        yield steps, without(content, steps)
        for other in others(value):
            if not (other == value and type(other) is type(value)):
                yield steps, changed(content, steps, other)
    yield (), {**content, "more": 1}


@pytest.mark.parametrize("name", VARIANTS)
def test_one_changed_value_is_noticed(name: str, tmp_path: Path) -> None:
    scenario, file = load_scenario(TOY / name), EXPECTED[name].get("previous")
    old = None if file is None else TOY / file
    previous = None if old is None else read_plan(old)
    sha256 = None if old is None else plan_sha256(old)
    good = solve(scenario, gap=0.0, previous=previous, previous_sha256=sha256).plan
    path = tmp_path / "plan.json"
    path.write_bytes(dump_plan(good))
    content = json.loads(path.read_text(encoding="utf-8"))
    judge = Judge(scenario, previous)
    assert verify_files(TOY / name, path, old).violations == ()
    count = 0
    for steps, mutant in mutants(content):
        count += 1
        path.write_text(json.dumps(mutant), encoding="utf-8")
        try:
            outcome = verify_files(TOY / name, path, old)
        except BadInput:
            continue
        if outcome.plan.has_plan and not outcome.violations:
            assert _true(judge, outcome.plan), (steps, mutant)
            assert steps != ("previous_sha256",) or scenario.settings.change_cost == 0
    assert count > 400


def _true(judge: Judge, plan: Plan) -> bool:
    """Whether the file is another legal plan whose claims are all true."""
    costs = judge.verdict(plan).costs
    return costs is not None and truthful(plan, costs)
