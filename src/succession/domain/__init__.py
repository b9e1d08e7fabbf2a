"""The vocabulary: scenario, plan, rules and results as frozen records of the standard library."""

from succession.domain.actuals import *
from succession.domain.calendar import *
from succession.domain.findings import *
from succession.domain.plan import *
from succession.domain.records import *
from succession.domain.result import *
from succession.domain.rules import *
from succession.domain.scenario import *
from succession.domain.stability import *
