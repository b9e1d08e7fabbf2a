"""The charts' records: they add up to the plan, fit their track, and stay readable at any size."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import get_args, get_type_hints

import pytest
from tests import builders as build
from tests.unit.report import samples

from succession.domain import Activity, Hires, Placement
from succession.metrics import BenchCell, compute_kpis
from succession.report import Report, build_report, write_html
from succession.report.charts.bench_map import bench_map
from succession.report.charts.timeline import WAYS
from succession.report.reading import read_plan

OFFICE = samples.office_scenario()
PLAN = samples.office_plan(OFFICE)
KPIS = compute_kpis(OFFICE, PLAN)
CHARTS = build_report(OFFICE, PLAN).charts


def chain() -> Report:
    scenario = samples.chain_scenario()
    return build_report(scenario, samples.chain_plan(scenario))


def test_the_waterfall_leads_from_all_external_to_the_plan() -> None:
    first, *steps, last = CHARTS.waterfall
    assert (first.amount, last.amount) == (KPIS["cost_all_external"], KPIS["cost"])
    assert sum(step.amount for step in steps) == pytest.approx(last.amount - first.amount, abs=0.06)
    assert steps[-1].end == pytest.approx(last.left + last.width, abs=0.01)
    assert {step.kind for step in steps if step.amount < 0} == {"less"}


def test_every_bar_of_the_waterfall_is_within_its_track() -> None:
    for step in (*CHARTS.waterfall, *chain().charts.waterfall):
        assert step.left >= 0
        assert step.left + step.width <= 100.01


def test_columns_are_the_seats_of_each_period() -> None:
    found = [(row.placed, row.hired, row.unfilled) for row in CHARTS.columns]
    assert [sum(part) for part in zip(*found, strict=True)] == [1, 2, 1]
    assert max(sum(row.heights) for row in CHARTS.columns) == pytest.approx(100.0)


def test_the_timeline_shows_everybody_with_learning_or_a_target() -> None:
    rows = {row.employee: row for row in CHARTS.timeline.rows}
    assert set(rows) == {"E1", "E3", "E7"}
    goals = {name: row.goal.kind for name, row in rows.items() if row.goal is not None}
    assert goals == {"E1": "move", "E3": "standby"}
    bars = [(bar.activity, bar.first, bar.span, bar.committed) for bar in rows["E7"].bars]
    assert bars == [("A3", 2, 1, True)]
    assert [(bar.activity, bar.first, bar.span) for bar in rows["E1"].bars] == [
        ("A1", 1, 1),
        ("A2", 2, 2),
    ]


def test_bars_that_overlap_lie_in_lanes_of_their_own() -> None:
    plan = replace(
        PLAN,
        learning=tuple(
            sorted(replace(row, start=1) if row.employee == "E1" else row for row in PLAN.learning)
        ),
    )
    (row,) = (
        row for row in build_report(OFFICE, plan).charts.timeline.rows if row.name == "Zoë Žižek"
    )
    assert sorted(bar.lane for bar in row.bars) == [1, 2]
    assert row.lanes == 2


def test_every_kind_of_activity_has_a_way() -> None:
    assert set(get_args(get_type_hints(Activity)["kind"])) == set(WAYS)


def test_the_career_map_counts_moves_and_places_higher_roles_above() -> None:
    report = chain()
    flows = {(row.source, row.goal): row for row in report.charts.career.flows}
    assert set(flows) == {("junior", "senior"), ("senior", "head")}
    heights = {node.role: node.y for node in report.charts.career.nodes}
    assert heights["head"] < heights["senior"] < heights["junior"]
    assert sum(row.moves for row in report.charts.career.rows) == 2


def test_roles_of_the_map_never_lie_on_each_other() -> None:
    """Six roles of one family and grade stand side by side; a move within a role is no line."""
    names = [f"r{number}" for number in range(6)]
    scenario = build.scenario(
        roles=[build.role(name, external_cost=9.0) for name in names],
        units=[build.unit("u"), build.unit("v")],
        employees=[build.employee(f"E{name}", name, unit="u") for name in names],
        career_paths=[build.path(name, names[0]) for name in names],
        openings=[build.opening("O", names[0], unit="v", seats=6, external_cost=9.0)],
    )
    draft = build.plan(scenario, placements=[Placement("O", f"E{name}", 3) for name in names])
    chart = build_report(scenario, samples.priced(scenario, draft)).charts.career
    places = [(node.x, node.y) for node in chart.nodes]
    assert all(abs(x1 - x2) >= 76 or y1 != y2 for (x1, y1), (x2, y2) in combinations(places, 2))
    assert len(set(places)) == 6
    assert [node.inside for node in chart.nodes if node.role == "r0"] == [1]
    assert len(chart.flows) == 5


def test_the_gap_map_is_what_is_missing_today_and_at_the_end() -> None:
    gaps = CHARTS.gaps
    assert gaps.competencies == ("lead",)
    assert [(row.role, row.successors, row.before, row.after) for row in gaps.rows] == [
        ("Team lead", 2, (4,), (0,))
    ]
    assert [gap for _, gap in gaps.totals] == [4, 2, 2, 0, 0, 0, 0, 0]


def test_the_bench_map_colours_by_what_is_covered() -> None:
    (block,) = CHARTS.bench
    squares = dict(block.rows)
    assert [square.level for square in squares["south"] if square] == [2]
    assert [square.level for square in squares["north"] if square] == [0]


def test_a_large_bench_map_is_cut_by_family() -> None:
    reading = read_plan(OFFICE, PLAN)
    cells = [BenchCell(f"u{n}", "lead", 1, 1, 1, 0, 0) for n in range(300)]
    cells += [BenchCell("u0", "clerk", 1, 1, 0, 0, 0)]
    assert len(bench_map(reading, cells[:300])) == 1
    assert len(bench_map(reading, cells)) == 1  # one family, so it cannot be cut


def test_budgets_and_seats_show_used_of_available() -> None:
    assert [(row.pool, row.unit, row.used) for row in CHARTS.budgets] == [
        ("training", "", 4_700.0),
        ("moves", "south", 1_309.29),
    ]
    assert [(row.activity, row.used, row.held) for row in CHARTS.seats] == [("A2", 2, 4)]
    assert [row.pool for row in CHARTS.spend] == ["moves", "training"]
    assert CHARTS.spend[1].levels[:3] == (3, 4, 0)


def test_a_plan_without_anything_in_it_still_makes_a_page() -> None:
    scenario = build.scenario(roles=[build.role("r")])
    report = build_report(scenario, samples.priced(scenario, build.plan(scenario)))
    page = write_html(report).decode("utf-8")
    assert "Nobody moves." in page
    assert [step.amount for step in report.charts.waterfall] == [0.0, 0.0]


def test_sixty_months_are_labelled_sparsely() -> None:
    scenario = build.scenario(
        build.settings(period="month", periods=60),
        roles=[build.role("r", external_cost=9.0)],
        openings=[build.opening("O", "r", needed=30, external_cost=9.0)],
    )
    plan = samples.priced(scenario, build.plan(scenario, hires=[Hires("O", 1)]))
    page = write_html(build_report(scenario, plan)).decode("utf-8")
    head = page[page.index("gantt-row gantt-head") :]
    assert head[: head.index("</ol>")].count("<li") == 12
