"""Plans side by side: one record, shown as a workbook, a page and a file for programs."""

from succession.report.comparison.html import write_comparison_html
from succession.report.comparison.json import comparison_summary, write_comparison_json
from succession.report.comparison.lines import Line
from succession.report.comparison.record import Comparison, build_comparison
from succession.report.comparison.xlsx import write_comparison_xlsx

__all__ = [
    "Comparison",
    "Line",
    "build_comparison",
    "comparison_summary",
    "write_comparison_html",
    "write_comparison_json",
    "write_comparison_xlsx",
]
