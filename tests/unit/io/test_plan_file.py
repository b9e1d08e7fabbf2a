"""Plan files: the same bytes for the same plan, and nothing but a plan is read."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests import builders

from succession.domain import ConflictRow, Costs, Hires, Learning, Placement, Plan, SessionsHeld
from succession.errors import BadInput
from succession.io import dump_plan, plan_sha256, read_plan


def _plan(**changes: Any) -> Plan:
    staff = builders.scenario(roles=[builders.role("R")])
    return builders.plan(staff, **changes)


def _write(tmp_path: Path, data: bytes) -> Path:
    path = tmp_path / "plan.json"
    path.write_bytes(data)
    return path


def _changed(**changes: Any) -> bytes:
    content = json.loads(dump_plan(_plan()))
    content.update(changes)
    return json.dumps(content).encode()


def test_keys_stand_in_the_order_of_the_contract() -> None:
    content = json.loads(dump_plan(_plan()))
    assert list(content) == [
        *("format", "scenario", "scenario_sha256", "start", "period", "periods"),
        *("previous_sha256", "status", "cost", "bound", "gap", "currency", "costs"),
        *("placements", "vacated", "standbys", "learning", "sessions", "hires"),
        *("vacated_hires", "unfilled", "vacated_unfilled"),
    ]
    assert content["format"] == "succession-plan/1"
    assert next(iter(content["costs"])) == "learning"


def test_lists_are_sorted_and_the_order_given_means_nothing() -> None:
    rows = (Placement("O2", "E1", 1), Placement("O1", "E9", 2), Placement("O1", "E2", 3))
    first = dump_plan(_plan(placements=rows))
    assert first == dump_plan(_plan(placements=rows[::-1]))
    assert [row["employee"] for row in json.loads(first)["placements"]] == ["E2", "E9", "E1"]


def test_amounts_have_six_decimals_and_no_negative_zero() -> None:
    data = dump_plan(_plan(cost=1 / 3, bound=-1e-9, costs=Costs(moves=2 / 3)))
    content = json.loads(data)
    assert content["cost"] == 0.333333
    assert content["costs"]["moves"] == 0.666667
    assert b"-0.0" not in data
    assert data.endswith(b"}\n")


def test_a_conflict_is_written_for_infeasible_alone(tmp_path: Path) -> None:
    rows = (ConflictRow("Openings", 3, "b"), ConflictRow("Budgets", None, "a"))
    nothing = {"cost": None, "bound": None, "gap": None, "conflict": rows}
    data = dump_plan(_plan(status="infeasible", **nothing))
    assert [row["sheet"] for row in json.loads(data)["conflict"]] == ["Budgets", "Openings"]
    assert read_plan(_write(tmp_path, data)).conflict == rows[::-1]
    assert "conflict" not in json.loads(dump_plan(_plan(conflict=rows)))


@given(
    st.lists(
        st.builds(Learning, st.text(min_size=1), st.text(min_size=1), st.integers(1, 60)),
        max_size=5,
    )
)
def test_a_written_plan_reads_back_equal(
    tmp_path_factory: pytest.TempPathFactory, rows: list[Learning]
) -> None:
    plan = _plan(
        learning=tuple(sorted(rows)),
        hires=(Hires("Ö\u2028", 2),),
        sessions=(SessionsHeld("A", 1, 2),),
        cost=12.5,
    )
    path = _write(tmp_path_factory.mktemp("plan"), dump_plan(plan))
    assert read_plan(path) == plan


def test_the_hash_is_of_the_files_bytes(tmp_path: Path) -> None:
    data = dump_plan(_plan())
    assert plan_sha256(_write(tmp_path, data)) == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "E_JSON"),
        (b"[]", "E_PLAN"),
        (b"{}", "E_PLAN"),
        (b"\xff\xfe", "E_ENCODING"),
        (b"[" * 200_000, "E_JSON"),
        (dump_plan(_plan()).replace(b'"cost": 0.0', b'"cost": NaN'), "E_JSON"),
        (dump_plan(_plan()).replace(b'"cost": 0.0', b'"cost": Infinity'), "E_JSON"),
        (dump_plan(_plan()).replace(b'"cost": 0.0', b'"cost": 1e999'), "E_JSON"),
        (dump_plan(_plan()).replace(b'"gap"', b'"cost"'), "E_JSON"),
        (dump_plan(_plan()).replace(b'"cost": 0.0', b'"cost": ' + b"9" * 5000), "E_JSON"),
        (_changed(cost="12"), "E_PLAN"),
        (_changed(cost=True), "E_PLAN"),
        (_changed(cost=None), "E_PLAN"),
        (_changed(periods=0), "E_PLAN"),
        (_changed(period="year"), "E_PLAN"),
        (_changed(start="01.02.2027"), "E_PLAN"),
        (_changed(status="done"), "E_PLAN"),
        (_changed(format="succession-plan/2"), "E_PLAN"),
        (_changed(scenario_sha256="abc"), "E_PLAN"),
        (_changed(surprise=1), "E_PLAN"),
        (_changed(hires=[{"opening": "O1", "seats": 1.5}]), "E_PLAN"),
        (_changed(hires=[{"opening": "O1"}]), "E_PLAN"),
        (_changed(placements=[{"opening": "O1", "employee": 7, "period": 1}]), "E_PLAN"),
        (_changed(costs={}), "E_PLAN"),
    ],
)
def test_what_is_no_plan_is_refused_with_findings(tmp_path: Path, data: bytes, code: str) -> None:
    with pytest.raises(BadInput) as caught:
        read_plan(_write(tmp_path, data))
    assert {finding.code for finding in caught.value.findings} == {code}
    assert all(finding.sheet == "plan.json" for finding in caught.value.findings)


def test_all_findings_of_a_plan_come_in_one_pass(tmp_path: Path) -> None:
    path = _write(tmp_path, _changed(cost="x", periods=0, hires=[{"opening": 1, "seats": 0}]))
    with pytest.raises(BadInput) as caught:
        read_plan(path)
    places = [finding.column for finding in caught.value.findings]
    assert places == ["periods", "cost", "hires.0.opening", "hires.0.seats"]


def test_a_path_that_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.json"):
        with pytest.raises(BadInput):
            read_plan(path)
        with pytest.raises(BadInput):
            plan_sha256(path)
