"""Covers: no plan breaks one, and those that a fractional solution breaks are found."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from random import Random

import numpy as np
from benchmarks.scenarios import large_scenario
from tests.generator import tiny_scenario
from tests.unit.pathways.oracle_columns import WITH_PURSES, Column, legal_columns

from succession.domain import Scenario
from succession.instance import Instance, build_instance
from succession.optimize import solve
from succession.optimize.column_generation import relax, trivial_bound
from succession.optimize.covers import BudgetCovers
from succession.optimize.integer import _rows_that_matter
from succession.optimize.master import RestrictedMaster
from succession.optimize.restriction import root_restriction
from succession.pathways.pathway import Pathway
from succession.pathways.prices import Cover
from succession.pathways.pricing import Pricer

DRAWS, SEED = 200, 3


def as_pathway(column: Column) -> Pathway:
    return Pathway(column.person, column.target, column.starts, 1.0, column.cost, column.rows)


def tight_budgets(seed: int) -> tuple[Instance, list[Column]]:
    """An instance, and legal columns that spend something of a unit's budget."""
    scenario: Scenario = tiny_scenario(seed)
    instance = build_instance(scenario, None)
    return instance, [c for c in legal_columns(scenario, instance) if any(s for _, s in c.spent)]


def counts(cover: Cover, column: Column) -> bool:
    """Whether a column spends what makes it count, by the oracle's sums."""
    spent = dict(column.spent).get(cover.row, 0.0)
    return spent >= dict(cover.least).get(column.person, cover.others)


def found_covers(seed: int) -> list[Cover]:
    """Covers that random fractional points break; budgets are cut so that they bind."""
    instance, columns = tight_budgets(seed)
    rng, found = Random(f"covers/{seed}"), []
    rows = instance.limits.rows
    for _ in range(DRAWS if columns else 0):
        some = rng.sample(columns, rng.randint(1, len(columns)))
        least = {row: max(dict(c.spent).get(row, 0.0) for c in some) for row in range(len(rows))}
        covers = BudgetCovers(instance)
        covers._limit = {row: rng.uniform(0.4, 2.0) * value for row, value in least.items()}
        values = np.array([rng.random() for _ in some])
        for cover in covers.broken(map(as_pathway, some), values, ()):
            limit = covers._limit[cover.row]
            share = sum(v for c, v in zip(some, values, strict=True) if counts(cover, c))
            assert share > cover.most
            together = [
                min(dict(c.spent)[cover.row] for c in columns if c.person == p and counts(cover, c))
                for p in sorted({c.person for c in columns if counts(cover, c)})
            ]
            for chosen in combinations(together, cover.most + 1):
                assert sum(chosen) > limit
            covers.add([cover])
            for column in columns:
                known = cover in covers.covers_of(as_pathway(column))
                assert known == (cover.row in dict(column.spent) and counts(cover, column))
            found.append(cover)
    return found


def test_a_cover_is_broken_by_its_point_and_by_no_people_who_fit_the_budget() -> None:
    found = [cover for seed in WITH_PURSES for cover in found_covers(seed)]
    assert any(cover.most == 0 for cover in found)
    assert any(cover.most > 0 for cover in found)


def test_covers_raise_the_bound_to_no_more_than_the_best_plan() -> None:
    scenario = large_scenario(1_500, seed=SEED, option="seats")
    instance = build_instance(scenario)
    with_covers, without = RestrictedMaster(instance), RestrictedMaster(instance)
    without.cuts._covers.broken = lambda *_: []  # type: ignore[method-assign]
    branch, pricer = root_restriction(instance), Pricer(instance)
    bound, lower = (relax(m, pricer, branch).bound for m in (with_covers, without))
    plan = solve(scenario, gap=1e-4).plan
    assert any(isinstance(cut, Cover) for cut in with_covers.cuts)
    assert plan.cost is not None
    assert lower + 1.0 < bound <= plan.cost - instance.constant + 1e-6 * plan.cost


def test_closing_looks_at_covered_budgets_though_its_duals_are_older_than_the_covers() -> None:
    """Pathways that differ in a cover's budget are not alike: the program holds every cover."""
    instance = build_instance(large_scenario(1_500, seed=SEED, option="seats"))
    master, branch, pricer = (
        RestrictedMaster(instance),
        root_restriction(instance),
        Pricer(instance),
    )
    relaxation = relax(master, pricer, branch)
    older = replace(relaxation, duals=trivial_bound(master, pricer, branch)[0])
    covered = [cut.row for cut in master.cuts if isinstance(cut, Cover)]
    assert covered
    assert _rows_that_matter(master, older)[covered].all()
