"""The one description of the scenario's tables, columns and settings."""

from succession.io.schema.columns import Column, Table, fold_name
from succession.io.schema.settings import SETTING_BY_KEY, SETTINGS
from succession.io.schema.tables import (
    COVER_SHEET,
    HELP_MARK,
    SETTINGS_TABLE,
    TABLE_BY_SHEET,
    TABLES,
)

__all__ = [
    "COVER_SHEET",
    "HELP_MARK",
    "SETTINGS",
    "SETTINGS_TABLE",
    "SETTING_BY_KEY",
    "TABLES",
    "TABLE_BY_SHEET",
    "Column",
    "Table",
    "fold_name",
]
