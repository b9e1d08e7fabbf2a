"""Development plans: for each person the aim, the gap and how it closes, on one page each."""

from succession.report.development.html import write_development_html
from succession.report.development.record import (
    DevelopmentPlan,
    GapRow,
    Milestone,
    StepRow,
    development_plans,
)

__all__ = [
    "DevelopmentPlan",
    "GapRow",
    "Milestone",
    "StepRow",
    "development_plans",
    "write_development_html",
]
