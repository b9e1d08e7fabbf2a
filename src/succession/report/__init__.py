"""What a plan means, for people: one record of tables, shown as a workbook and as a page."""

from succession.report.html import write_html
from succession.report.tables import Report, build_report
from succession.report.xlsx import write_xlsx

__all__ = ["Report", "build_report", "write_html", "write_xlsx"]
