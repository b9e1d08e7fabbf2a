"""What a person holds without new learning, and which activities can help them."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from tests import builders as build

from succession.domain import Scenario
from succession.instance import Instance, build_instance
from succession.pathways.kernel.view import View, static_masks, view_person
from succession.pathways.prices import Duals
from succession.pathways.pricing import Pricer

T = 6


def staff(**tables: Any) -> Scenario:
    """E1 may become senior (F at 2); Basics gives F at 1, Advanced F at 2 where F is held at 1."""
    defaults: dict[str, Any] = {
        "competencies": [build.competency("F"), build.competency("X")],
        "roles": [build.role("junior"), build.role("senior")],
        "requirements": [build.requirement("senior", "F", 2)],
        "employees": [build.employee("E1")],
        "career_paths": [build.path("junior", "senior")],
        "openings": [build.opening("O1", needed=5)],
        "activities": [
            build.activity("Advanced", cost=3.0),
            build.activity("Basics", cost=2.0),
            build.activity("Other"),
        ],
        "prerequisites": [build.prerequisite("Advanced", "F", 1)],
        "outcomes": [
            build.outcome("Advanced", "F", 2),
            build.outcome("Basics", "F", 1),
            build.outcome("Other", "X", 1),
        ],
    }
    return build.scenario(build.settings(periods=T), **{**defaults, **tables})


def free(instance: Instance) -> Duals:
    return Duals(np.zeros(len(instance.limits.rows)), np.zeros(instance.persons))


def view(scenario: Scenario, deadline: int = 5) -> View:
    instance = build_instance(scenario)
    pricer = Pricer(instance)
    masks, world_log = static_masks(pricer.data, 0, 0)
    prices = pricer.prices(free(instance))
    return view_person(pricer.data, prices, -1, 0, 0, -1, deadline, masks, world_log)


def held(scenario: Scenario, world: int = 0) -> dict[int, list[int]]:
    """Level of F → periods in which E1 holds it without new learning."""
    instance = build_instance(scenario)
    masks, _ = static_masks(Pricer(instance).data, 0, 0)
    return {
        int(level): [t for t in range(T + 2) if (int(masks[world, f]) >> t) & 1]
        for f, level in enumerate(instance.graphs.fact_level)
    }


@pytest.mark.parametrize(
    ("first", "last", "periods"),
    [
        (None, None, [1, 2, 3, 4, 5, 6]),
        (3, None, [3, 4, 5, 6]),
        (None, 2, [1, 2]),
        (2, 4, [2, 3, 4]),
        (-5, 1, [1]),
        (6, 99, [6]),
        (-5, 0, []),
        (7, 9, []),
    ],
)
def test_a_profile_counts_in_the_periods_it_is_valid(
    first: int | None, last: int | None, periods: list[int]
) -> None:
    """valid_from ≤ t ≤ valid_to, cut to the horizon; a level counts for all below it."""
    found = held(staff(profiles=[build.profile("E1", "F", 2, first, last)]))
    assert found == {1: periods, 2: periods}


def test_a_lower_level_does_not_count_for_a_higher_one() -> None:
    found = held(staff(profiles=[build.profile("E1", "F", 1), build.profile("E1", "F", 2, 4, 4)]))
    assert found == {1: [1, 2, 3, 4, 5, 6], 2: [4]}


@pytest.mark.parametrize(
    ("start", "valid", "periods"),
    [
        (1, None, [2, 3, 4, 5, 6]),
        (1, 2, [2, 3]),
        (-3, 4, [1]),
        (-3, 3, []),
        (0, None, [1, 2, 3, 4, 5, 6]),
    ],
)
def test_a_commitment_gives_its_outcome_when_it_is_finished(
    start: int, valid: int | None, periods: list[int]
) -> None:
    """One period long: finished in start + 1, held for `valid` periods from then on."""
    scenario = staff(
        outcomes=[build.outcome("Advanced", "F", 2), build.outcome("Basics", "F", 1, valid)],
        commitments=[build.commitment("E1", "Basics", start)],
    )
    assert held(scenario) == {1: periods, 2: []}


@pytest.mark.parametrize(("start", "worlds"), [(1, 2), (0, 1)])
def test_a_commitment_that_may_fail_has_a_world_without_it(start: int, worlds: int) -> None:
    """Half of all pass Basics; one that was finished before period 1 has been passed."""
    scenario = staff(
        activities=[build.activity("Advanced"), build.activity("Basics", pass_rate=0.5)],
        outcomes=[build.outcome("Advanced", "F", 2), build.outcome("Basics", "F", 1)],
        commitments=[build.commitment("E1", "Basics", start)],
    )
    masks, world_log = static_masks(Pricer(build_instance(scenario)).data, 0, 0)
    assert len(masks) == worlds
    if worlds == 2:
        assert world_log[1] == pytest.approx(math.log(0.5))
        assert held(scenario, world=1) == {1: [], 2: []}


def test_only_what_can_help_is_left() -> None:
    """Advanced gives what is missing, Basics what Advanced asks for, Other nothing."""
    found = view(staff())
    assert found.activity.tolist() == [0, 1]
    assert found.required[found.lacks].tolist() == [True]
    assert len(found.wants) == 2


def test_what_is_held_all_along_need_not_be_learned() -> None:
    """With F at 1 for good Basics is of no use; with it in period 1 only it still is."""
    assert view(staff(profiles=[build.profile("E1", "F", 1)])).activity.tolist() == [0]
    brief = staff(profiles=[build.profile("E1", "F", 1, 1, 1)])
    assert view(brief).activity.tolist() == [0, 1]


def test_who_is_ready_needs_nothing() -> None:
    assert len(view(staff(profiles=[build.profile("E1", "F", 2)])).activity) == 0


@pytest.mark.parametrize(
    ("valid_to", "lacks"), [(4, [True]), (5, [])], ids=["expires before", "lasts"]
)
def test_readiness_is_asked_at_the_deadline(valid_to: int, lacks: list[bool]) -> None:
    found = view(staff(profiles=[build.profile("E1", "F", 2, None, valid_to)]))
    assert found.lacks[found.lacks].tolist() == lacks


def test_starts_end_before_the_deadline_while_the_person_is_there() -> None:
    """Two periods long, deadline 5, available from 2: starts 2 and 3 alone have a price."""
    scenario = staff(
        employees=[build.employee("E1", available_from=2)],
        activities=[build.activity("Advanced", duration=2, cost=3.0)],
        prerequisites=[],
        outcomes=[build.outcome("Advanced", "F", 2)],
    )
    price = view(scenario).price[0]
    assert [t for t in range(T + 2) if price[t] < np.inf] == [2, 3]
    assert price[2] == 3.0


def test_what_is_committed_or_does_not_fit_is_not_offered_again() -> None:
    """Basics is committed for period 6, too late; 41 of 40 hours never fit."""
    committed = staff(commitments=[build.commitment("E1", "Basics", 6)])
    assert 1 not in view(committed).activity.tolist()
    heavy = staff(
        activities=[build.activity("Advanced", hours=41.0), build.activity("Basics")],
        outcomes=[build.outcome("Advanced", "F", 2), build.outcome("Basics", "F", 1)],
    )
    assert len(view(heavy).activity) == 0
