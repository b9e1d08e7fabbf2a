"""results.xlsx: the plan to work on, sheet by sheet."""

from succession.report.workbook.book import write_xlsx

__all__ = ["write_xlsx"]
