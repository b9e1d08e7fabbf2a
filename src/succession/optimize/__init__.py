"""The optimisation: restricted master, column generation, branch and price."""

from succession.optimize.solve import solve

__all__ = ["solve"]
