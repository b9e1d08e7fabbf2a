"""What stands in the way of comparing the costs of plans."""

from __future__ import annotations

from collections.abc import Sequence

from succession.domain.plan import Plan
from succession.metrics import Figures

__all__ = ["SAME", "notes"]

SAME = 0.005
"""Costs closer than this are the same: they print alike."""


def notes(
    names: Sequence[str], plans: Sequence[Plan], figures: Sequence[Figures | None]
) -> tuple[str, ...]:
    """What a reader should know before comparing costs; empty where nothing stands in the way."""
    first, others = plans[0], list(zip(names[1:], plans[1:], strict=True))
    span = (first.start, first.periods)
    times = [name for name, plan in others if (plan.start, plan.periods) != span]
    inputs = [name for name, plan in others if plan.scenario_sha256 != first.scenario_sha256]
    close = [name for name, plan in others if _is_open(plan, first)]
    blind = [name for name, item in zip(names, figures, strict=True) if item is None]
    texts = (
        (times, "Another horizon than {0}, so costs are of different times: {1}."),
        (inputs, "Another scenario than {0}, so differences may come from the input: {1}."),
        (
            blind if len(blind) < len(names) else [],
            "No key figures, for want of the run.json that belongs to the plan: {1}.",
        ),
        (close, "Closer to {0} in cost than what is not yet proven: {1}."),
    )
    return tuple(text.format(names[0], ", ".join(who)) for who, text in texts if who)


def _is_open(plan: Plan, first: Plan) -> bool:
    """Whether the order of two costs could still turn round."""
    difference = abs((plan.cost or 0.0) - (first.cost or 0.0))
    return SAME < difference < max(_unproven(plan), _unproven(first))


def _unproven(plan: Plan) -> float:
    """How much cheaper a plan could perhaps still be."""
    if plan.cost is None or plan.bound is None:
        return 0.0
    return plan.cost - plan.bound
