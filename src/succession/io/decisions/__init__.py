"""What planners decided in a results workbook, put into a scenario."""

from succession.io.decisions.applying import Decided, decide
from succession.io.decisions.reading import read_decisions
from succession.io.decisions.table import DECISIONS, SCENARIO_MARK, Decision

__all__ = ["DECISIONS", "SCENARIO_MARK", "Decided", "Decision", "decide", "read_decisions"]
