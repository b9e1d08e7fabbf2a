"""A comparison with key figures: what it adds, how shares differ, what its charts say."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from itertools import pairwise

import openpyxl
import pytest
from tests.unit.report import samples

from succession.domain import Costs, Hires, Placement, Plan
from succession.metrics import DEFINITIONS, Figures, compute_kpis, figures_of
from succession.report import (
    Comparison,
    build_comparison,
    write_comparison_html,
    write_comparison_json,
    write_comparison_xlsx,
)
from succession.report.comparison.charts import budget_lines, scatter, scores, stacks

OFFICE = samples.office_scenario()
FIRST = samples.office_plan(OFFICE)
NONE = samples.priced(
    OFFICE,
    replace(
        FIRST,
        placements=(),
        standbys=(),
        learning=tuple(row for row in FIRST.learning if row.employee == "E7"),
        sessions=(),
        hires=(Hires("O1", 2), Hires("O2", 1)),
    ),
)


def known(plan: Plan) -> Figures:
    return figures_of(OFFICE, plan, compute_kpis(OFFICE, plan))


COMPARISON = build_comparison([FIRST, NONE], ["plan", "hire"], [known(FIRST), known(NONE)])


def test_every_key_figure_stands_side_by_side() -> None:
    for row in DEFINITIONS:
        if row.group == "Proof" or row.key == "cost" or known(FIRST).kpis[row.key] is None:
            continue
        line = COMPARISON.line(f"kpis.{row.key}")
        assert line.values == (known(FIRST).kpis[row.key], known(NONE).kpis[row.key])


def test_counts_that_the_figures_have_are_not_shown_twice() -> None:
    shown = {line.key for line in COMPARISON.shown}
    assert "kpis.placements" in shown
    assert "counts.placements" not in shown
    partly = build_comparison([FIRST, NONE], ["plan", "hire"], [known(FIRST), None])
    assert "counts.placements" in {line.key for line in partly.shown}
    assert any("No key figures" in note and "hire" in note for note in partly.notes)


def test_shares_differ_in_percentage_points_everywhere() -> None:
    line = COMPARISON.line("kpis.internal_fill_rate")
    assert line.differences == (None, -0.25)
    assert "−25.0 pp" in write_comparison_html(COMPARISON).decode("utf-8")
    book = openpyxl.load_workbook(io.BytesIO(write_comparison_xlsx(COMPARISON)))
    rows = {row[0].value: row for row in book["Comparison"].iter_rows()}
    cell = rows["Internal fill rate"][3]
    assert cell.value == -25.0
    assert "pp" in cell.number_format
    plan = json.loads(write_comparison_json(COMPARISON))["plans"][1]
    assert plan["differences"]["kpis"]["internal_fill_rate"] == -0.25
    assert plan["kpis"] == {
        key: value
        for key, value in known(NONE).kpis.items()
        if f"kpis.{key}" in {line.key for line in COMPARISON.lines}
    }


def test_better_and_worse_are_said_where_one_can_say_so() -> None:
    assert COMPARISON.line("kpis.internal_fill_rate").verdict(1) == "worse"
    assert COMPARISON.line("cost").verdict(1) == "worse"
    assert COMPARISON.line("kpis.vacancy_per_seat").verdict(1) == "better"
    assert COMPARISON.line("kpis.learning_spend").verdict(1) == ""


def test_openings_and_people_are_called_by_name() -> None:
    (row,) = COMPARISON.seats.rows
    assert (row.seat, row.what, row.before_name) == ("O1", "Team lead, south", "Zoë Žižek")
    assert "Zoë Žižek" in {row.name for row in COMPARISON.learning.rows}
    assert COMPARISON.bench.rows[0].what == "Team lead, south"


def test_budgets_of_every_plan() -> None:
    rows = [(row.plan, row.pool, row.unit, row.used) for row in COMPARISON.budgets.rows]
    assert ("plan", "training", "", 4_700.0) in rows
    assert ("hire", "training", "", 0.0) in rows
    assert (COMPARISON.budgets.rows[0].start, COMPARISON.budgets.rows[0].end) == (
        "2027-Q1",
        "2028-Q4",
    )
    plan = json.loads(write_comparison_json(COMPARISON))["plans"][0]
    assert [row["used"] for row in plan["budgets"]] == [1_309.29, 4_700.0]


def test_budgets_stand_side_by_side_even_where_a_plan_has_none() -> None:
    blind = build_comparison([FIRST, NONE], ["plan", "hire"], [known(FIRST), None])
    lines = {line.pool: line for line in budget_lines(blind)}
    used = [None if cell is None else cell.used for cell in lines["training"].cells]
    assert used == [4_700.0, None]
    assert lines["moves"].unit == "south"


def test_stacks_add_up_to_the_cost_before_retention() -> None:
    for stack, plan in zip(stacks(COMPARISON), COMPARISON.plans, strict=True):
        parts = sum(part.amount for part in stack.parts)
        assert parts + plan.costs.retention == pytest.approx(plan.cost)
    assert max(sum(p.width for p in row.parts) for row in stacks(COMPARISON)) == pytest.approx(100)


def test_the_best_of_each_measure_is_marked_and_a_draw_is_not() -> None:
    found = {score.line.key: score.best for score in scores(COMPARISON)}
    assert found["cost"] == (True, False)
    assert found["kpis.internal_fill_rate"] == (True, False)
    assert found["kpis.new_learning_spend"] == (False, False)
    twins = build_comparison([FIRST, FIRST], ["a", "b"], [known(FIRST)] * 2)
    assert not any(any(score.best) for score in scores(twins))


def test_the_drawing_places_dearer_plans_to_the_right_and_fuller_ones_above() -> None:
    first, other = scatter(COMPARISON).points
    assert first.x < other.x
    assert first.y < other.y
    assert first.low == first.x  # optimal: nothing is unproven


@pytest.mark.parametrize("figures", [True, False])
def test_equal_plans_can_be_drawn(figures: bool) -> None:
    """No range to scale by; costs of nothing too."""
    items = [known(FIRST)] * 2 if figures else None
    twins = build_comparison([FIRST, FIRST], ["a", "b"], items)
    drawing = scatter(twins)
    assert all(0 <= point.x <= drawing.width for point in drawing.points)
    assert all(0 <= point.y <= drawing.floor for point in drawing.points)
    free = replace(FIRST, cost=0.0, bound=0.0, costs=Costs())
    assert stacks(build_comparison([free, free], ["a", "b"]))[0].parts == ()


def test_six_plans_fit() -> None:
    plans = [
        replace(FIRST, placements=(Placement("O1", f"E{number}", 4),)) for number in range(1, 7)
    ]
    six: Comparison = build_comparison(plans, [f"p{n}" for n in range(6)], [known(FIRST)] * 6)
    for write in (write_comparison_xlsx, write_comparison_html, write_comparison_json):
        assert write(six)


def test_names_in_the_drawing_keep_clear_of_each_other() -> None:
    crowd = build_comparison([FIRST] * 6, [f"p{n}" for n in range(6)])
    heights = sorted(point.label for point in scatter(crowd).points)
    assert all(after - before > 15 for before, after in pairwise(heights))


def test_a_difference_too_small_to_print_is_not_a_signed_zero() -> None:
    other = replace(FIRST, cost=(FIRST.cost or 0.0) + 0.3)
    page = write_comparison_html(build_comparison([FIRST, other], ["a", "b"])).decode("utf-8")
    assert "+0<" not in page
    assert "≈ 0" in page
