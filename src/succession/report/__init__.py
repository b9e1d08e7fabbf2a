"""What a plan means, for people: one record of tables, shown as a workbook and as a page."""

from succession.report.comparison import (
    Comparison,
    build_comparison,
    comparison_summary,
    write_comparison_html,
    write_comparison_json,
    write_comparison_xlsx,
)
from succession.report.development import (
    DevelopmentPlan,
    development_plans,
    write_development_html,
)
from succession.report.html import write_html
from succession.report.reading import Reading, read_plan
from succession.report.stability import stability_summary
from succession.report.tables import Report, build_report
from succession.report.workbook import write_xlsx

__all__ = [
    "Comparison",
    "DevelopmentPlan",
    "Reading",
    "Report",
    "build_comparison",
    "build_report",
    "comparison_summary",
    "development_plans",
    "read_plan",
    "stability_summary",
    "write_comparison_html",
    "write_comparison_json",
    "write_comparison_xlsx",
    "write_development_html",
    "write_html",
    "write_xlsx",
]
