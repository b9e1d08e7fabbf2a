"""Every target of every person: who may have which place, when, at what cost."""

from succession.instance.targets.build import build_targets
from succession.instance.targets.records import Target, Targets
from succession.instance.targets.slots import PLACEMENT, STANDBY, VACATED

__all__ = ["PLACEMENT", "STANDBY", "VACATED", "Target", "Targets", "build_targets"]
