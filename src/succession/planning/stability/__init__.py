"""A new plan against the previous one: what changed, why, and what keeping it would have cost."""

from succession.planning.stability.examine import examine_changes

__all__ = ["examine_changes"]
