"""Workbook, page and JSON give the same key figures, to the cent, of plans really solved."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import pytest
from openpyxl import load_workbook

from succession.metrics import DEFINITIONS, Kpis, compute_kpis
from succession.planning import run

TOY = Path(__file__).parents[3] / "scenarios" / "toy"


@pytest.fixture(params=["toy.xlsx", "bench", "chain", "leaving-risk", "unit-budget"])
def solved(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, Kpis]:
    outcome = run(TOY / request.param, tmp_path / "out")
    return outcome.folder, compute_kpis(outcome.scenario, outcome.result.plan)


def in_workbook(path: Path) -> dict[str, set[float | None]]:
    """By label, the number in the cell to the right of it, wherever in the workbook that is."""
    labels = {row.label: row.key for row in DEFINITIONS}
    found: dict[str, set[float | None]] = {}
    for sheet in load_workbook(path).worksheets:
        for cells in sheet.iter_rows():
            for label, value in pairwise(cells):
                if label.value in labels and isinstance(value.value, (int, float)):
                    found.setdefault(labels[str(label.value)], set()).add(value.value)
    return found


def in_page(path: Path) -> dict[str, set[float | None]]:
    found: dict[str, set[float | None]] = {}
    for key, value in re.findall(
        r'<data data-kpi="(\w+)" value="([^"]*)">', path.read_text(encoding="utf-8")
    ):
        found.setdefault(key, set()).add(float(value))
    return found


def test_every_output_gives_the_same_figures(solved: tuple[Path, Kpis]) -> None:
    folder, kpis = solved
    record = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    assert record["kpis"] == dict(kpis.values)
    known = {key: {value} for key, value in kpis.values.items() if value is not None}
    page = in_page(folder / "report.html")
    assert page == known
    workbook = in_workbook(folder / "results.xlsx")
    assert {key: workbook.get(key) for key in known} == known


def test_key_figures_agree_with_the_plan_file(solved: tuple[Path, Kpis]) -> None:
    folder, kpis = solved
    plan = json.loads((folder / "plan.json").read_text(encoding="utf-8"))
    assert kpis["cost"] == pytest.approx(plan["cost"], abs=0.005)
    assert kpis["learning_spend"] == pytest.approx(
        plan["costs"]["learning"] + plan["costs"]["sessions"], abs=0.01
    )
    assert kpis["placements"] == len(plan["placements"])
    assert kpis["standbys"] == len(plan["standbys"])
    assert kpis["activities"] == len(plan["learning"])


def test_amounts_are_cut_to_cents(solved: tuple[Path, Kpis]) -> None:
    _, kpis = solved
    for row in kpis.rows:
        if row.kind == "amount" and row.value is not None:
            assert row.value == round(row.value, 2)
