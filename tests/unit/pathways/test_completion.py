"""The completion bound: never more than what the cheapest legal learning costs."""

from __future__ import annotations

from random import Random

import numpy as np
import pytest
from tests.generator import tiny_scenario
from tests.unit.pathways.oracle_columns import legal_columns

from succession.instance import build_instance
from succession.pathways.kernel.blocks import build_blocks, held_bits
from succession.pathways.kernel.completion import completion_bound, fill_prices, least_needs
from succession.pathways.kernel.view import View, static_masks, view_person
from succession.pathways.prices import Duals
from succession.pathways.pricing import Pricer

SLACK = 1e-6


def bounds(view: View, lanes: float, hours: float) -> tuple[float, float]:
    """(by period, whenever): the least price of all that is missing, with what may be earned."""
    blocks = build_blocks(view)
    needs, prices = least_needs(view, blocks), fill_prices(view, blocks, 0.0 * view.log_pass)
    dated, ever, _ = completion_bound(
        blocks.first_bit, blocks.first_row, needs, prices.first, prices.width, prices.price,
        held_bits(view.masks, blocks.bit, view.lacks, view.deadline, 1), 1,
        np.zeros(len(prices.width), dtype=np.int64), -1, 0, lanes, hours,
    )  # fmt: skip
    return prices.earns[:, 1].sum() + dated, prices.earns[:, 1].sum() + ever


@pytest.mark.parametrize("dear", [False, True], ids=["own prices", "random prices"])
@pytest.mark.parametrize("seed", range(60))
def test_bound_is_at_most_the_least_price_of_learning(seed: int, dear: bool) -> None:
    """From nothing learned on, for every target that can be reached: bound ≤ least Σ prices.

    Lanes and hours left are all there are, so that the bound must be finite as well.
    """
    scenario = tiny_scenario(seed)
    instance, rng = build_instance(scenario), Random(f"completion/{seed}")
    pricer = Pricer(instance)
    rows = np.array([-rng.uniform(0, 900) * dear for _ in instance.limits.rows])
    duals = Duals(rows, np.zeros(instance.persons))
    prices = pricer.prices(duals)
    least: dict[int, float] = {}
    for column in legal_columns(scenario, instance):
        unit = int(instance.people.unit_class[column.person])
        price = sum(
            float(instance.starts.cost[a])
            - sum(rows[row] * use for row, use in instance.starts.uses(unit, a, t))
            for a, t in column.starts
        )
        least[column.target] = min(price, least.get(column.target, np.inf))
    for target, truth in least.items():
        person = int(instance.targets.person[target])
        role = int(instance.slot_role[instance.targets.slot[target]])
        deadline = instance.targets[target].period
        masks, world_log = static_masks(pricer.data, person, role)
        view = view_person(
            pricer.data, prices, target, person, role, -1, deadline, masks, world_log
        )
        lanes, hours = view.free_lanes[1:deadline].sum(), view.free_hours[1:deadline].sum()
        dated, ever = bounds(view, float(lanes), float(hours))
        assert ever <= dated + SLACK * max(1.0, abs(truth))
        assert dated <= truth + SLACK * max(1.0, abs(truth))


@pytest.mark.parametrize("seed", range(30))
def test_bound_without_room_is_infinite_only_where_learning_takes_room(seed: int) -> None:
    """With no lane left, whoever lacks something cannot be reached, and who is ready can."""
    scenario = tiny_scenario(seed)
    instance = build_instance(scenario)
    pricer = Pricer(instance)
    prices = pricer.prices(Duals(np.zeros(len(instance.limits.rows)), np.zeros(instance.persons)))
    for target in range(len(instance.targets)):
        person = int(instance.targets.person[target])
        role = int(instance.slot_role[instance.targets.slot[target]])
        deadline = instance.targets[target].period
        masks, world_log = static_masks(pricer.data, person, role)
        view = view_person(
            pricer.data, prices, target, person, role, -1, deadline, masks, world_log
        )
        assert (bounds(view, 0.0, 0.0)[0] == np.inf) == bool(view.lacks.any())
