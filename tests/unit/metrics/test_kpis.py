"""Key figures of plans that are small enough to work them out by hand."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from tests import builders as build
from tests.unit.report import samples

from succession.domain import Hires, Placement
from succession.metrics import DEFINITIONS, compute_kpis
from succession.metrics.baseline import all_external_plan
from succession.verify import verify
from succession.verify.facts import index

OFFICE = samples.office_scenario()
PLAN = samples.office_plan(OFFICE)
KPIS = compute_kpis(OFFICE, PLAN)
SIGMA_E1 = 0.96**0.75 * 0.9


def test_the_all_external_plan_hires_for_everything_and_keeps_commitments() -> None:
    """O1 2 seats, O3 1 seat, O2 half a seat at 40,000, O3 two periods vacant, bench of 2."""
    hiring = 40_000 * 3.5 + 1_000 * 2
    assert KPIS["cost_all_external"] == hiring + 2 * 2_000 + 90
    assert KPIS["saving"] == pytest.approx(146_090 - (PLAN.cost or 0), abs=0.005)
    assert KPIS["saving_share"] == pytest.approx(1 - (PLAN.cost or 0) / 146_090, abs=1e-6)


def test_the_all_external_plan_is_legal_and_costs_what_the_verifier_says() -> None:
    external = all_external_plan(index(OFFICE, PLAN), PLAN)
    priced = samples.priced(OFFICE, external)
    assert priced.cost == KPIS["cost_all_external"]
    assert verify(OFFICE, priced).ok


def test_a_seat_that_can_only_be_filled_from_within_counts_nothing_in_it() -> None:
    scenario = build.scenario(
        roles=[build.role("a"), build.role("b")],
        employees=[build.employee("E1", "a")],
        career_paths=[build.path("a", "b", 100.0)],
        openings=[
            build.opening("O1", "b", external_cost=None, unfilled_cost=None),
            build.opening("O2", "b", external_cost=None, unfilled_cost=700.0),
        ],
    )
    external = all_external_plan(index(scenario, PLAN), PLAN)
    assert external.hires == ()
    assert [row.opening for row in external.unfilled] == ["O2"]


def test_return_on_learning_leaves_out_what_is_committed_anyway() -> None:
    assert KPIS["learning_spend"] == 2 * (800 + 300) + 90 + 2_500
    assert KPIS["new_learning_spend"] == 2 * (800 + 300) + 2_500
    assert KPIS["return_on_learning"] == pytest.approx(36_326.66 / 4_700, abs=1e-5)


def test_filling_counts_seats_and_weighs_chances() -> None:
    assert [KPIS[key] for key in ("seats", "placements", "hires", "unfilled")] == [4, 1, 2, 1]
    assert KPIS["internal_fill_rate"] == 0.25
    assert KPIS["expected_internal_fill_rate"] == pytest.approx(SIGMA_E1 / 3.5, abs=1e-6)


def test_coverage_counts_successors_and_the_bench_those_who_stand_by() -> None:
    assert KPIS["successor_coverage"] == 2 / 4
    assert KPIS["openings_covered"] == pytest.approx(1 / 3, abs=1e-6)
    assert (KPIS["bench_wanted"], KPIS["standbys"], KPIS["bench_strength"]) == (2, 1, 0.5)


def test_readiness_bands_are_shares_of_the_successors() -> None:
    """Both learn until period 4, which is three periods from now and so within a year."""
    bands = [KPIS[key] for key in ("ready_now", "ready_in_a_year", "ready_later")]
    assert bands == [0.0, 1.0, 0.0]
    assert KPIS["time_to_ready"] == 3.0


def test_vacancy_is_expected_over_hires_unfilled_seats_and_moves_that_fail() -> None:
    """O3 stays empty for 7 of 8 periods; E1's seat for 5 (left unfilled) if the move fails."""
    expected = 7 + (1 - SIGMA_E1) * 5
    # The hires search from period 1 on and come in time: 1 + 3 − 4 and 1 + 3 − 6 are not positive.
    assert KPIS["vacancy_periods"] == pytest.approx(expected, abs=1e-4)
    assert KPIS["vacancy_per_seat"] == pytest.approx(expected / 3.5, abs=1e-4)


def test_learning_hours_are_of_whole_activities() -> None:
    assert (KPIS["learners"], KPIS["activities"], KPIS["sessions"]) == (3, 5, 1)
    assert KPIS["learning_hours"] == 2 * (16 + 2 * 8)
    assert KPIS["seat_use"] == 2 / 4


def test_budgets_count_rows_of_units_where_a_pool_has_no_other() -> None:
    moved = SIGMA_E1 * 1_500
    assert (KPIS["budget"], KPIS["budget_used"]) == (14_000.0, round(moved + 4_700, 2))
    assert [(row.pool, row.used) for row in KPIS.budgets] == [
        ("moves", round(moved, 2)),
        ("training", 4_700.0),
    ]
    assert [sum(row.amounts) for row in KPIS.spend] == [round(moved, 2), 4_700.0]


def test_charts_add_up_to_the_figures() -> None:
    assert sum(row.seats for row in KPIS.fill) == KPIS["seats"]
    assert sum(row.placed for row in KPIS.fill) == KPIS["placements"]
    assert sum(row.hired for row in KPIS.fill) == KPIS["hires"]
    assert sum(row.unfilled for row in KPIS.fill) == KPIS["unfilled"]
    assert sum(row.standing for row in KPIS.bench) == KPIS["standbys"]
    assert sum(row.seats for row in KPIS.bench) == KPIS["seats"]


def test_vacated_seats_count_in_chains_alone() -> None:
    scenario = samples.chain_scenario()
    kpis = compute_kpis(scenario, samples.chain_plan(scenario))
    assert (kpis["vacated"], kpis["vacated_fill_rate"]) == (2, 0.5)
    # Head waits two periods for Sam, Sam's seat one for Jo, Jo's seat none for a hire.
    assert kpis["vacancy_periods"] == pytest.approx(1.0)
    assert KPIS["vacated_fill_rate"] is None


def test_a_figure_without_anything_to_count_is_empty() -> None:
    scenario = build.scenario(
        roles=[build.role("r", external_cost=10.0)],
        employees=[build.employee("E1", "r")],
        openings=[build.opening("O1", "r", external_cost=10.0)],
    )
    plan = samples.priced(scenario, build.plan(scenario, hires=[Hires("O1", 1)]))
    kpis = compute_kpis(scenario, plan)
    empty = {key for key, value in kpis.values.items() if value is None}
    assert {"bench_strength", "budget_use", "seat_use", "time_to_ready"} <= empty
    assert (kpis["saving"], kpis["internal_fill_rate"]) == (0.0, 0.0)


def test_without_a_plan_there_is_nothing_to_count() -> None:
    with pytest.raises(ValueError, match="unknown"):
        compute_kpis(OFFICE, replace(PLAN, status="unknown", cost=None, gap=None))


def test_later_placement_shows_in_vacancy_and_not_in_the_fill_rate() -> None:
    later = replace(PLAN, placements=(Placement("O1", "E1", 5),))
    kpis = compute_kpis(OFFICE, later)
    assert kpis["internal_fill_rate"] == KPIS["internal_fill_rate"]
    assert (kpis["vacancy_periods"] or 0) > (KPIS["vacancy_periods"] or 0)


def test_every_figure_and_no_other_is_documented() -> None:
    page = Path(__file__).parents[3] / "docs" / "kpis.md"
    rows = re.findall(r"^\| (`.*?) \|", page.read_text(encoding="utf-8"), re.MULTILINE)
    documented = [key for row in rows for key in re.findall(r"`(\w+)`", row)]
    assert documented == [row.key for row in DEFINITIONS]
