"""The independent check of every rule and every cost of a plan (model.md, sections 2 to 8).

It shares no code with the solver: from a Scenario and a Plan alone it lists all that is wrong.
"""

from succession.verify.limits import Excess
from succession.verify.verifier import Verification, success_chances, verify

__all__ = ["Excess", "Verification", "success_chances", "verify"]
