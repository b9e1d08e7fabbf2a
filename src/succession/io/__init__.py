"""Files in, files out: scenarios, plans, the template. Heavy libraries load when needed."""

from succession.io.actuals import ActualsFile, lay_over, read_actuals, write_actuals_template
from succession.io.convert import convert, write_scenario
from succession.io.decisions import Decided, decide
from succession.io.describe import describe_tables
from succession.io.issues import write_issues
from succession.io.loading import Loaded, load, load_scenario
from succession.io.plan_file import dump_plan, plan_sha256, read_plan
from succession.io.run_file import read_figures
from succession.io.template import example_names, write_template

__all__ = [
    "ActualsFile",
    "Decided",
    "Loaded",
    "convert",
    "decide",
    "describe_tables",
    "dump_plan",
    "example_names",
    "lay_over",
    "load",
    "load_scenario",
    "plan_sha256",
    "read_actuals",
    "read_figures",
    "read_plan",
    "write_actuals_template",
    "write_issues",
    "write_scenario",
    "write_template",
]
