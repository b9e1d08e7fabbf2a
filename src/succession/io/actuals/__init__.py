"""What became of a plan: the form to fill in, reading it, and laying it over a scenario."""

from succession.io.actuals.overlay import lay_over
from succession.io.actuals.read import ActualsFile, read_actuals
from succession.io.actuals.template import write_actuals_template

__all__ = ["ActualsFile", "lay_over", "read_actuals", "write_actuals_template"]
