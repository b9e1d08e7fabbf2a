"""Enumeration of pathways: exactly the legal plans within the limits, up to left shifts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from random import Random

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.generator import tiny_previous, tiny_scenario
from tests.unit.pathways.detour import detour
from tests.unit.pathways.oracle_columns import (
    WITH_PURSES,
    Column,
    all_starts,
    legal_columns,
    random_duals,
    reduced_cost,
)

from succession.instance import Instance, build_instance
from succession.pathways.pathway import Pathway
from succession.pathways.prices import Duals
from succession.pathways.pricing import Pricer

SEEDS = (*range(60), *WITH_PURSES, 339)
MANY = 20_000
Floats = NDArray[np.float64]


def slack(value: float) -> float:
    return 1e-6 * max(1.0, abs(value))


def enumerated(pricer: Pricer, duals: Duals, limits: Floats) -> list[Pathway] | None:
    """The pathways within the limits, all rows being looked at."""
    every = np.ones(len(pricer.instance.limits.rows), dtype=np.bool_)
    found = pricer.enumerate(duals, limits, every, MANY)
    return None if found is None else [pricer.pathway(sketch) for sketch in found]


def is_covered(instance: Instance, column: Column, found: Sequence[Pathway]) -> bool:
    """Whether one of the pathways can always take the column's place.

    It has the same target, costs no more, uses no more of the upper limits (a class minimum is
    one, with −1 a start) and the same of the equations.
    """
    for pathway in found:
        if pathway.target != column.target or pathway.cost > column.cost + slack(column.cost):
            continue
        more = defaultdict[int, float](float, pathway.rows)
        for row, use in column.rows:
            more[row] -= use
        rows = instance.limits.rows
        if all(
            value <= 1e-6 and (rows[row].lower < rows[row].upper or value >= -1e-6)
            for row, value in more.items()
        ):
            return True
    return False


@pytest.mark.parametrize("seed", SEEDS)
def test_every_legal_plan_within_the_limit_is_covered(seed: int) -> None:
    """Each is enumerated, or one that costs no more and uses no more of any limit."""
    scenario, previous = tiny_scenario(seed), tiny_previous(seed)
    instance, rng = build_instance(scenario, previous), Random(f"enumerate/{seed}")
    columns = legal_columns(scenario, instance, previous)
    legal = {(c.target, c.starts): c for c in columns}
    for quantile in (0.3, 1.0):
        duals = random_duals(rng, instance, 1.0, all_starts(instance), cuts=True)
        values = [reduced_cost(column, duals) for column in columns]
        limit = float(np.quantile(values, quantile)) + 1e-3 if values else 0.0
        limits = np.full(len(instance.targets), limit)
        found = enumerated(Pricer(instance), duals, limits)
        assert found is not None
        assert len({pathway.key for pathway in found}) == len(found)
        for pathway in found:
            assert reduced_cost(legal[pathway.key], duals) <= limit + slack(limit)
        for column, value in zip(columns, values, strict=True):
            if value < limit - slack(limit):
                assert is_covered(instance, column, found), column


def test_a_plan_that_fills_a_class_is_covered_only_by_one_that_fills_it_too() -> None:
    """E1's detour over V is legal while U comes no earlier than W; earlier V would be idle.

    U may be shifted left where nobody needs V to be held, but not instead of the plan with V.
    """
    instance = build_instance(detour())
    duals = Duals(np.zeros(len(instance.limits.rows)), np.zeros(instance.persons))
    limits = np.full(len(instance.targets), 1e9)
    found = enumerated(Pricer(instance), duals, limits)
    assert found is not None
    columns = legal_columns(detour(), instance)
    assert any(len(column.starts) == 3 for column in columns)
    for column in columns:
        assert is_covered(instance, column, found), column


@pytest.mark.parametrize("seed", range(20))
def test_targets_without_a_limit_are_left_out(seed: int) -> None:
    """A limit of −inf forbids a target altogether; the others are enumerated as before."""
    instance = build_instance(tiny_scenario(seed))
    duals = random_duals(Random(f"some/{seed}"), instance)
    limits = np.full(len(instance.targets), 1e9)
    all_found = enumerated(Pricer(instance), duals, limits)
    limits[::2] = -np.inf
    some_found = enumerated(Pricer(instance), duals, limits)
    assert all_found is not None
    assert some_found is not None
    odd = {p.key for p in all_found if p.target % 2 == 1}
    assert {p.key for p in some_found} == odd


@pytest.mark.parametrize("seed", range(20))
def test_too_many_pathways_are_no_answer(seed: int) -> None:
    """None, and never a part of them, where they are more than asked for."""
    instance = build_instance(tiny_scenario(seed))
    duals = random_duals(Random(f"many/{seed}"), instance)
    every = np.ones(len(instance.limits.rows), dtype=np.bool_)
    limits = np.full(len(instance.targets), 1e9)
    found = enumerated(Pricer(instance), duals, limits)
    assert found is not None
    for most in {max(1, len(found) // 4), max(1, len(found) // 2)}:
        some = Pricer(instance).enumerate(duals, limits, every, most)
        assert some is None or len(some) == len(found)


@pytest.mark.parametrize("seed", range(12))
def test_two_threads_enumerate_what_one_does(seed: int) -> None:
    instance = build_instance(tiny_scenario(seed))
    duals = random_duals(Random(f"threads/{seed}"), instance)
    limits = np.full(len(instance.targets), 1e9)
    one = enumerated(Pricer(instance, 1), duals, limits)
    assert one is not None
    assert one == enumerated(Pricer(instance, 2), duals, limits)
