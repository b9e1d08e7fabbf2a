"""Generated scenarios are what they say they are: legal, seeded, as rich and tight as claimed."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from pathlib import Path
from statistics import mean

import pytest
from benchmarks.catalogue import COURSE_SHARE, TIGHT
from benchmarks.openings import demand
from benchmarks.scenarios import large_scenario
from benchmarks.world import Option, World

from succession.domain import SHEETS, Candidate, Scenario
from succession.io import load, write_scenario

OPTIONS: tuple[Option, ...] = ("plain", "rich", "tight", "chains")


@pytest.mark.parametrize("option", OPTIONS)
def test_reads_back_as_it_was_written(option: Option, tmp_path: Path) -> None:
    """No error, every table sorted by its key as a reader would sort it."""
    scenario = large_scenario(1_000, option=option)
    write_scenario(scenario, tmp_path / "company")
    loaded = load(tmp_path / "company")
    assert loaded.errors == ()
    assert loaded.scenario is not None
    for table in SHEETS.values():
        assert getattr(loaded.scenario, table) == getattr(scenario, table), table


def test_tables_stay_sorted_with_many_families() -> None:
    """More than a hundred families: ids still sort as numbers do."""
    scenario = large_scenario(70_000, option="tight")
    roles = [row.role for row in scenario.roles]
    assert len(roles) > 600
    assert roles == sorted(roles)
    assert [row.unit for row in scenario.units] == sorted(row.unit for row in scenario.units)


def test_the_seed_decides_everything() -> None:
    assert large_scenario(300, seed=2) == large_scenario(300, seed=2)
    assert large_scenario(300, seed=2).sha256 != large_scenario(300, seed=3).sha256


def test_options_share_people_and_openings() -> None:
    """A tight scenario is the rich one with less room."""
    rich, tight, chains = (large_scenario(1_000, option=o) for o in ("rich", "tight", "chains"))
    assert rich.employees == tight.employees == chains.employees
    assert rich.openings == tight.openings
    assert rich.profiles == tight.profiles
    assert rich.career_paths == tight.career_paths
    assert replace(chains.settings, name="", backfill="cost") == replace(rich.settings, name="")


@pytest.mark.parametrize("employees", [300, 1_000, 10_000])
def test_forty_to_fifty_activities_are_in_reach(employees: int) -> None:
    assert 40 <= mean(_reach(large_scenario(employees))) <= 50


def test_rich_scenarios_use_every_rule() -> None:
    """Every column that a rule reads is somewhere other than its default; locks are there."""
    rich = large_scenario(10_000)
    used = {
        "pass_rate": any(row.pass_rate < 1 for row in rich.activities),
        "leaving_risk": any(row.leaving_risk > 0 for row in rich.employees),
        "move_from": any(row.move_from > 1 for row in rich.employees),
        "available_from": any(row.available_from > 1 for row in rich.employees),
        "available_to": any(row.available_to < 8 for row in rich.employees),
        "valid_from": any(row.valid_from for row in rich.profiles),
        "valid_to": any(row.valid_to for row in rich.profiles),
        "valid_periods": any(row.valid_periods for row in rich.outcomes),
        "min_seats": any(row.min_seats > 1 for row in rich.activities),
        "away": any(row.away for row in rich.activities),
        "bench": any(row.bench for row in rich.openings),
        "nominated_only": any(row.nominated_only for row in rich.openings),
        "incumbent": any(row.incumbent for row in rich.openings),
        "resource by period": any(row.period for row in rich.resources),
        "unit budgets": any(row.unit for row in rich.budgets),
        "commitments": any(row.start < 1 for row in rich.commitments)
        and any(row.start >= 1 for row in rich.commitments),
    }
    assert [name for name, found in used.items() if not found] == []
    statuses = {row.status for row in rich.candidates}
    assert statuses == {"nominate", "exclude", "require", "standby"}


def test_who_is_decided_for_an_opening_is_ready() -> None:
    """So a scenario with locks has a plan."""
    scenario = large_scenario(10_000)
    held, asked = _held(scenario), _asked(scenario)
    decided = [row for row in scenario.candidates if row.status in ("require", "standby")]
    assert len(decided) > 3
    for row in decided:
        opening = scenario.opening_by_id[row.opening]
        assert _lacks(held[row.employee], asked[opening.role]) == set()
    assert _units(scenario, decided) == len(decided)


@pytest.mark.parametrize("employees", [1_000, 20_000])
def test_tight_seats_are_forty_percent_of_need(employees: int) -> None:
    scenario = large_scenario(employees, option="tight")
    seats = {row.activity: row.seats or 0 for row in scenario.activities}
    room = sum(row.sessions * seats[row.activity] for row in scenario.sessions)
    starts = demand(World(employees, 1, "tight", 8, 0.0))
    need = COURSE_SHARE * sum(sum(row) for row in starts)
    assert room == pytest.approx(TIGHT * need, rel=0.25)


def _held(scenario: Scenario) -> dict[str, dict[str, int]]:
    held: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in scenario.profiles:
        held[row.employee][row.competency] = row.level
    return held


def _asked(scenario: Scenario) -> dict[str, dict[str, int]]:
    asked: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for row in scenario.requirements:
        asked[row.role][row.competency] = row.level
    return asked


def _lacks(held: dict[str, int], asked: dict[str, int]) -> set[tuple[str, int]]:
    return {
        (name, level)
        for name, wanted in asked.items()
        for level in range(held.get(name, 0) + 1, wanted + 1)
    }


def _reach(scenario: Scenario) -> list[int]:
    """Activities of use to each person who lacks something for a role with openings ahead."""
    held, asked, wanted = _held(scenario), _asked(scenario), {o.role for o in scenario.openings}
    teaches: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for outcome in scenario.outcomes:
        teaches[outcome.competency, outcome.level].append(outcome.activity)
    goals: defaultdict[str, list[str]] = defaultdict(list)
    for path in scenario.career_paths:
        if path.to_role in wanted:
            goals[path.from_role].append(path.to_role)
    found = []
    for person in scenario.employees:
        own = held[person.employee]
        lacks = set().union(*(_lacks(own, asked[role]) for role in goals[person.role]))
        if lacks:
            found.append(sum(len(teaches[step]) for step in lacks))
    return found


def _units(scenario: Scenario, rows: list[Candidate]) -> int:
    return len({scenario.employee_by_id[row.employee].unit for row in rows})
