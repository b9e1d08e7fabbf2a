"""Scenarios as files: a workbook or a CSV folder, whole or not at all."""

from succession.io.write.atomic import write_file, write_folder
from succession.io.write.csv_folder import csv_files
from succession.io.write.help import Cover, cover_texts
from succession.io.write.sheets import OutCell, OutSheet, scenario_sheets

__all__ = [
    "Cover",
    "OutCell",
    "OutSheet",
    "cover_texts",
    "csv_files",
    "scenario_sheets",
    "write_file",
    "write_folder",
]
