"""Files in, files out: scenarios, plans, the template. Heavy libraries load when needed."""

from succession.io.loading import Loaded, load, load_scenario
from succession.io.plan_file import dump_plan, plan_sha256, read_plan

__all__ = ["Loaded", "dump_plan", "load", "load_scenario", "plan_sha256", "read_plan"]
