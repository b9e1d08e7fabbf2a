"""Loading the compiled search ahead of time."""

from __future__ import annotations

from datetime import date

from succession.domain import CareerPath, Employee, Opening, Role, Scenario, Settings
from succession.instance import build_instance
from succession.pathways.kernel.cache import is_compiled
from succession.pathways.pricing import Pricer

__all__ = ["warm_up"]


def warm_up() -> None:
    """Load the search, a third of a second, where an earlier run has compiled it; compiling is left
    to who needs it."""
    if is_compiled():
        Pricer(build_instance(_one_of_each())).compile()


def _one_of_each() -> Scenario:
    """Somebody for an opening, so that there is a target to price."""
    low, high = (Role(name, name, "", 1, 1.0, 1, 1.0, 1.0, 0.0, 0.0) for name in ("low", "high"))
    opening = Opening("O", "high", None, 1, 1, 1.0, 0, 0, None, False, 1.0, 1, 1.0, 1.0)
    return Scenario(
        settings=Settings("warm-up", date(2000, 1, 1)),
        roles=(low, high),
        employees=(Employee("E", "E", "low", None, 0.0, 0.0, 1, 8, 1),),
        career_paths=(CareerPath("low", "high", "ladder", 0.0),),
        openings=(opening,),
    )
