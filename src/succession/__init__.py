"""Works out who should learn what, when, so that coming openings are filled from within.

    scenario = succession.load("company.xlsx")
    result = succession.solve(scenario)
    print(result.plan.cost, result.plan.gap)
    assert succession.verify(scenario, result.plan).ok

What reads files and solves loads when it is first used, so that importing this is cheap.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from succession.errors import BadInput, Refused, SolverError, SuccessionError

# Not lazy: the room of the same name would take the function's place when it is imported.
from succession.verify import Verification, verify

if TYPE_CHECKING:
    from succession.domain.actuals import Actuals
    from succession.domain.plan import Plan
    from succession.domain.result import Progress, SolveResult
    from succession.domain.scenario import Scenario
    from succession.io import Decided, decide
    from succession.io import load_scenario as load
    from succession.planning import advance, compare, figures, solve
    from succession.report import Comparison

__all__ = [
    "Actuals",
    "BadInput",
    "Comparison",
    "Decided",
    "Plan",
    "Progress",
    "Refused",
    "Scenario",
    "SolveResult",
    "SolverError",
    "SuccessionError",
    "Verification",
    "__version__",
    "advance",
    "compare",
    "decide",
    "figures",
    "load",
    "solve",
    "verify",
]

__version__ = "0.1.0"

_LAZY = {
    "Actuals": ("succession.domain.actuals", "Actuals"),
    "Comparison": ("succession.report", "Comparison"),
    "Decided": ("succession.io", "Decided"),
    "Plan": ("succession.domain.plan", "Plan"),
    "Progress": ("succession.domain.result", "Progress"),
    "Scenario": ("succession.domain.scenario", "Scenario"),
    "SolveResult": ("succession.domain.result", "SolveResult"),
    "advance": ("succession.planning", "advance"),
    "decide": ("succession.io", "decide"),
    "compare": ("succession.planning", "compare"),
    "figures": ("succession.planning", "figures"),
    "load": ("succession.io", "load_scenario"),
    "solve": ("succession.planning", "solve"),
}


def __getattr__(name: str) -> object:
    if name not in _LAZY:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    module, attribute = _LAZY[name]
    value = getattr(import_module(module), attribute)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
