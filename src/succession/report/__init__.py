"""What a plan means, for people: one record of tables, shown as a workbook and as a page."""

from succession.report.comparison import (
    Comparison,
    build_comparison,
    comparison_summary,
    write_comparison_html,
    write_comparison_json,
    write_comparison_xlsx,
)
from succession.report.html import write_html
from succession.report.tables import Report, build_report
from succession.report.xlsx import write_xlsx

__all__ = [
    "Comparison",
    "Report",
    "build_comparison",
    "build_report",
    "comparison_summary",
    "write_comparison_html",
    "write_comparison_json",
    "write_comparison_xlsx",
    "write_html",
    "write_xlsx",
]
