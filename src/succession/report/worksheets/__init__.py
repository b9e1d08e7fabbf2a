"""The tables that the workbook alone shows."""

from succession.report.worksheets.calendars import activity_calendar, person_calendar
from succession.report.worksheets.decisions import decisions_table
from succession.report.worksheets.filling import filling_table
from succession.report.worksheets.matrix import Matrix
from succession.report.worksheets.succession import succession_table

__all__ = [
    "Matrix",
    "activity_calendar",
    "decisions_table",
    "filling_table",
    "person_calendar",
    "succession_table",
]
