"""Fixing: nothing that a plan cheaper than the cutoff holds is ever left out."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from tests.generator import small_scenario, tiny_scenario

from succession.domain import Scenario
from succession.instance import build_instance
from succession.optimize import fixing, integer, integer_program
from succession.optimize.column_generation import relax
from succession.optimize.fixing import Fixing
from succession.optimize.integer import Closing, close_by_enumeration
from succession.optimize.integer_program import MixedSolution
from succession.optimize.master import RestrictedMaster
from succession.optimize.program import Program
from succession.optimize.restriction import root_restriction
from succession.optimize.stopping import Clock
from succession.pathways.pricing import MOST_LABELS, Pricer, Sketch

MANY, ROUNDS = 50_000, (1, 3, 100)
SMALL = (3, 6, 12, 24)


class Root:
    """The root of a scenario, relaxed for some rounds."""

    def __init__(self, scenario: Scenario, rounds: int) -> None:
        instance = build_instance(scenario)
        self.master, self.pricer = RestrictedMaster(instance), Pricer(instance)
        self.branch = root_restriction(instance)
        self.relaxation = relax(self.master, self.pricer, self.branch, rounds=rounds)
        self.clock = Clock(60.0)

    def closing(self, cutoff: float, nodes: int | None = None) -> Closing:
        return close_by_enumeration(
            self.master, self.pricer, self.branch, self.relaxation, cutoff, self.clock, most=MANY,
            nodes=nodes,
        )  # fmt: skip

    def fixing(self) -> Fixing:
        return Fixing(self.master, self.pricer, self.branch, self.relaxation)


@pytest.mark.parametrize("rounds", ROUNDS)
@pytest.mark.parametrize("seed", range(40))
def test_the_best_plan_survives_any_cutoff_above_it(seed: int, rounds: int) -> None:
    """Closed with all the room there is or hardly any, however rough the bound, the optimum is the
    same; and a cutoff below it is proven to be one."""
    root = Root(tiny_scenario(seed), rounds)
    best = root.closing(math.inf).solution
    if best is None or root.relaxation.bound == math.inf:
        return
    spare = 1e-3 * max(1.0, abs(best.cost))
    for above in (spare, 100.0, 5_000.0):
        found = root.closing(best.cost + above)
        assert found.done
        assert found.bound == pytest.approx(best.cost, rel=1e-6, abs=1e-3)
        assert found.solution is not None
        assert all(best.variables[k] == 0 for k in found.closed)
    below = root.closing(best.cost - spare)
    assert below.done
    assert below.bound >= best.cost - 1.001 * spare


@pytest.mark.parametrize("seed", SMALL)
def test_classes_close_and_pathways_fall_away(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Step by step no more is kept than at once, and less room never keeps more."""
    root = Root(small_scenario(seed, employees=20, activities=30), 100)
    active = np.ones(len(root.master.lower), dtype=np.bool_)

    def kept(room: float) -> set[object]:
        found = root.fixing().pathways(room, active, root.clock, MANY, MOST_LABELS)
        assert found
        return {pathway.key for pathway in found}

    little, much = kept(200.0), kept(1_000.0)
    assert little <= much
    monkeypatch.setattr(fixing, "STEPS", (1.0,))
    assert much <= kept(1_000.0)


@pytest.mark.parametrize("seed", SMALL)
def test_a_pathway_stays_just_where_each_of_its_classes_has_room(seed: int) -> None:
    """Its excess, what the session costs and the least excesses of as many others as the class
    lacks: counted anew, one by one, for what is left."""
    root = Root(small_scenario(seed, employees=20, activities=30), 100)
    every = np.ones(len(root.master.lower), dtype=np.bool_)
    look, room = root.fixing(), 500.0
    margin = root.relaxation.margin[root.pricer.instance.targets.group]
    limits = np.where(root.branch.allowed, room + margin, -np.inf)
    found = root.pricer.enumerate(root.relaxation.duals, limits, every, MANY)
    assert found
    kept = fixing._Known(look.classes, found, margin, room).kept(room)

    def excess(sketch: Sketch) -> float:
        return max(0.0, sketch.reduced_cost - float(margin[sketch.target]))

    def fits(sketch: Sketch, start: tuple[int, int], left: list[Sketch]) -> bool:
        least: dict[int, float] = {}
        for other in left:
            if start in other.starts and other.person != sketch.person:
                least[other.person] = min(excess(other), least.get(other.person, math.inf))
        asked = look.classes[start]
        others = sorted(least.values())[: asked.others]
        return len(others) == asked.others and (
            excess(sketch) + asked.cost + sum(others) <= room + 1e-9
        )

    left = found
    while True:
        fewer = [p for p in left if all(fits(p, s, left) for s in p.starts if s in look.classes)]
        if len(fewer) == len(left):
            break
        left = fewer
    assert kept == left


def test_too_many_pathways_still_close_classes() -> None:
    """None is the answer, but what was learned on the way is not lost."""
    root = Root(small_scenario(20, employees=60, openings=20, activities=50, periods=8), 40)
    active = np.ones(len(root.master.lower), dtype=np.bool_)
    look = root.fixing()
    assert look.pathways(1_200.0, active, root.clock, 2_000, MOST_LABELS) is None
    assert look.closed


def test_where_more_are_known_than_may_be_looked_at_nobody_is_searched(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """All that the master holds is within a great room: one more than may be is too many, as many
    are not."""
    root = Root(tiny_scenario(3), 100)
    active, known = np.ones(len(root.master.lower), dtype=np.bool_), len(root.master.pathways)
    searched: list[int] = []
    monkeypatch.setattr(fixing, "FEW", 0)
    monkeypatch.setattr(root.pricer, "enumerate", lambda *given, **more: searched.append(1))
    assert known > 1
    assert root.fixing().pathways(1e9, active, root.clock, known - 1, MOST_LABELS) is None
    assert not searched
    root.fixing().pathways(1e9, active, root.clock, known, MOST_LABELS)
    assert searched


def test_over_few_pathways_every_row_counts_and_the_search_is_longer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The fewer there are, the less time each node takes. Where every row counts, those alike on
    some rows only must not stand for each other: what is dearer may be what fits."""
    asked: list[tuple[int, int, int]] = []
    whole: list[int] = []
    looked_at: list[bool] = []
    search, build = integer_program.solve_mixed, integer._program
    enumerate_pool = integer._enumerated

    def enumerated(look: Fixing, room: float, active: Any, *known: Any) -> Any:
        looked_at.append(bool(active.all()))
        return enumerate_pool(look, room, active, *known)

    def noted(program: Program, seconds: float, *, nodes: int, **options: Any) -> MixedSolution:
        asked.append((*program.matrix.shape, nodes))
        assert (asked[-1][0] == whole[-1]) == looked_at[-1]
        return search(program, seconds, nodes=nodes, **options)

    def measured(*known: Any) -> Program:
        program = build(*known)
        whole.append(program.matrix.shape[0])
        return program

    monkeypatch.setattr(integer, "solve_mixed", noted)
    monkeypatch.setattr(integer, "_program", measured)
    monkeypatch.setattr(integer, "_enumerated", enumerated)
    root = Root(small_scenario(20, employees=60, openings=20, activities=50, periods=8), 40)
    for room in (50.0, 500.0):
        root.closing(root.relaxation.bound + room, nodes=100)
    pools = [columns - len(root.master.variable_cost) for _, columns, _ in asked]
    assert pools[0] <= integer.FEW < pools[-1]
    assert asked[0][0] == whole[0]
    assert asked[-1][0] < whole[-1]
    for pool, (*_, nodes) in zip(pools, asked, strict=True):
        assert nodes == max(100, 100 * integer.MANY // max(1, pool))
