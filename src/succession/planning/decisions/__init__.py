"""What people decide about stored plans, and the check that nobody wrote it otherwise."""

from succession.planning.decisions.deciding import decide
from succession.planning.decisions.overriding import override

__all__ = ["decide", "override"]
