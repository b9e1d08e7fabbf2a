"""Zero-half cuts: no plan breaks one, fractional solutions do, and the bound stays one."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from benchmarks.scenarios import large_scenario
from tests.generator import tiny_scenario
from tests.unit.pathways.oracle_columns import Column, half_of, legal_columns

from succession.instance import Instance, build_instance
from succession.optimize import solve
from succession.optimize.column_generation import relax
from succession.optimize.links import SessionLinks
from succession.optimize.master import RestrictedMaster
from succession.optimize.restriction import root_restriction
from succession.optimize.zero_half import ZeroHalfCuts
from succession.pathways.half_cuts import HalfCut
from succession.pathways.link import Link
from succession.pathways.pathway import Pathway
from succession.pathways.pricing import Pricer

DRAWS = 60


def as_pathway(column: Column) -> Pathway:
    return Pathway(column.person, column.target, column.starts, 1.0, column.cost, column.rows)


class Draw:
    """A tiny instance, columns at random shares, variables at random values, and known links."""

    def __init__(self, seed: int) -> None:
        scenario = tiny_scenario(seed)
        self.rng = Random(f"halves/{seed}")
        self.instance: Instance = build_instance(scenario, None)
        self.columns = legal_columns(scenario, self.instance)
        self.sessions = SessionLinks(self.instance)
        pathways = [as_pathway(column) for column in self.columns]
        self.links = sorted({link for p in pathways for link in self.sessions.links_of(p)})
        self.most = np.array([v.upper for v in self.instance.limits.variables], dtype=np.float64)

    def point(self) -> tuple[list[Column], np.ndarray, np.ndarray]:
        """Some columns, their shares, and the values of the variables."""
        some = self.rng.sample(self.columns, self.rng.randint(1, min(12, len(self.columns))))
        shares = np.array([self.rng.choice((0.25, 0.5, 0.5, 1.0)) for _ in some])
        values = [self.rng.choice((0.0, 0.5, 1.0)) * min(1.0, most) for most in self.most]
        return some, shares, np.array(values, dtype=np.float64)

    def keeps(self, cut: HalfCut, chosen: list[Column], values: np.ndarray) -> bool:
        """Whether whole columns and values keep every row that the cut is half of."""
        rows, variables = self.instance.limits.rows, self.instance.limits.variables
        for row in cut.rows:
            used = sum(dict(column.rows).get(row, 0.0) for column in chosen)
            used += sum(
                dict(v.rows).get(row, 0.0) * value
                for v, value in zip(variables, values, strict=True)
            )
            if used > rows[row].upper + 1e-9:
                return False
        if any(sum(c.person == person for c in chosen) > 1 for person in cut.persons):
            return False
        return all(self.starts_of(link, chosen) <= self.held(link, values) for link in cut.links)

    def starts_of(self, link: Link, chosen: list[Column]) -> int:
        return sum(link in self.sessions.links_of(as_pathway(column)) for column in chosen)

    def held(self, link: Link, values: np.ndarray) -> float:
        variable, cover = self.sessions.covers(link)
        return -cover * float(values[variable])


def found_cuts(seed: int) -> int:
    """How many cuts random points break; every one is checked."""
    draw = Draw(seed)
    found = 0
    for _ in range(DRAWS if draw.columns else 0):
        halves = ZeroHalfCuts(draw.instance, draw.sessions)
        some, shares, values = draw.point()
        pathways = [as_pathway(column) for column in some]
        cuts = halves.broken(pathways, shares, values, draw.links)
        halves.add(cuts)
        for cut in cuts:
            held = dict(halves.variables(cut))
            left = sum(half_of(cut, c) * share for c, share in zip(some, shares, strict=True))
            left += sum(value * values[k] for k, value in held.items())
            assert left > cut.most
            for column in draw.columns:
                known = dict(halves.of_pathway(as_pathway(column)))
                assert known.get(cut, 0.0) == half_of(cut, column)
            for _ in range(20):
                chosen = draw.rng.sample(draw.columns, min(3, len(draw.columns)))
                whole = np.array([draw.rng.randint(0, int(most)) for most in draw.most])
                if draw.keeps(cut, chosen, whole):
                    assert (
                        sum(half_of(cut, column) for column in chosen)
                        + sum(value * whole[k] for k, value in held.items())
                        <= cut.most
                    )
            found += 1
    return found


def test_a_zero_half_cut_is_broken_by_its_point_and_by_nothing_whole() -> None:
    assert sum(found_cuts(seed) for seed in range(30)) > 100


@pytest.mark.parametrize("option", ["rich", "seats"])
def test_zero_half_cuts_raise_the_bound_to_no_more_than_the_best_plan(option: str) -> None:
    scenario = large_scenario(300, seed=1, option=option)  # type: ignore[arg-type]
    instance = build_instance(scenario)
    branch, pricer = root_restriction(instance), Pricer(instance)
    masters = RestrictedMaster(instance), RestrictedMaster(instance)
    bound, lower = (
        relax(master, pricer, branch, halving=halving)
        for master, halving in zip(masters, (15, 0), strict=True)
    )
    plan = solve(scenario, gap=0.0).plan
    assert plan.cost is not None
    assert bound.converged
    assert bound.master.value == pytest.approx(bound.bound, rel=1e-6)
    assert lower.bound + 1.0 < bound.bound <= plan.cost - instance.constant + 1e-6 * plan.cost
    assert any(isinstance(cut, HalfCut) for cut in masters[0].cuts)
    assert not any(isinstance(cut, HalfCut) for cut in masters[1].cuts)


def test_pathways_added_after_a_cut_count_in_it() -> None:
    """What the master says of a pathway's reduced cost is what the search says of it."""
    instance = build_instance(large_scenario(300, seed=2, option="rich"))
    master, pricer = RestrictedMaster(instance), Pricer(instance)
    relaxation = relax(master, pricer, root_restriction(instance), halving=6)
    assert any(relaxation.duals.halves.values())
    jobs = np.arange(len(instance.targets))
    priced = pricer.price(relaxation.duals, jobs, 500.0)
    master.add(priced.pathways)
    number = {pathway.key: k for k, pathway in enumerate(master.pathways)}
    reduced = master.reduced_costs(relaxation.duals)
    for pathway, value in zip(priced.pathways, priced.reduced_costs, strict=True):
        assert reduced[number[pathway.key]] == pytest.approx(value, abs=1e-3)


def test_columns_made_together_are_those_made_one_by_one() -> None:
    """What integer programs hold is what the master holds, in links, covers and halves."""
    instance = build_instance(large_scenario(300, seed=2, option="rich"))
    master, pricer = RestrictedMaster(instance), Pricer(instance)
    relaxation = relax(master, pricer, root_restriction(instance), halving=6)
    assert any(relaxation.duals.halves.values())
    together = master.cuts.columns(master.pathways, len(master.lower), instance.persons).toarray()
    one_by_one = np.zeros_like(together)
    for column, pathway in enumerate(master.pathways):
        for row, value in (*pathway.rows, *master.cut_rows(pathway)):
            one_by_one[row, column] = value
    assert (together == one_by_one).all()
