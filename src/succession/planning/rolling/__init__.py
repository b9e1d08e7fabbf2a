"""Quarter after quarter: what was due, and the scenario that follows from what became of it."""

from succession.planning.rolling.advance import advance
from succession.planning.rolling.due import due_lines
from succession.planning.rolling.files import (
    AdvanceOutcome,
    advance_files,
    as_planned,
    write_actuals_template,
)

__all__ = [
    "AdvanceOutcome",
    "advance",
    "advance_files",
    "as_planned",
    "due_lines",
    "write_actuals_template",
]
