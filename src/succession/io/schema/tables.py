"""The one description of every table (scenario.md): reading, template and docs follow it."""

from __future__ import annotations

from collections.abc import Mapping

from succession.io.schema.columns import Column, Table
from succession.io.schema.jobs import JOBS
from succession.io.schema.learning import LEARNING
from succession.io.schema.limits import LIMITS
from succession.io.schema.moves import MOVES
from succession.io.schema.people import PEOPLE

__all__ = ["COVER_SHEET", "HELP_MARK", "SETTINGS_TABLE", "TABLES", "TABLE_BY_SHEET"]

SETTINGS_TABLE = Table(
    "Settings",
    None,
    "One setting a row; a setting that is not there takes its default.",
    (
        Column("key", "id", "which setting", blank="required"),
        Column("value", "text", "its value"),
    ),
    ("key",),
    required=True,
    notes=("unit", "default", "meaning"),
)

TABLES: tuple[Table, ...] = (
    SETTINGS_TABLE,
    *JOBS,
    *PEOPLE,
    *MOVES,
    *LEARNING,
    *LIMITS,
)
"""Every table, in the order of scenario.md."""

COVER_SHEET = "Read me"
"""The template's first sheet: for people, never read."""

HELP_MARK = "»"
"""Begins every row of help that a workbook has above its headings; such rows are never read."""

TABLE_BY_SHEET: Mapping[str, Table] = {table.sheet: table for table in TABLES}
