"""The optimisation: restricted master, column generation, branch and price."""

from succession.optimize.solve import solve
from succession.optimize.warm_up import warm_up

__all__ = ["solve", "warm_up"]
