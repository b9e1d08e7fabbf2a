"""A workbook (.xlsx) as raw tables."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from succession.domain import Finding
from succession.io.read.guard import open_workbook
from succession.io.read.package import Package, SheetPart, date_text, part_chunks
from succession.io.read.raw import RawBook, Stop
from succession.io.read.sheet_xml import BookFacts, read_sheet
from succession.io.schema import TABLES, Table

__all__ = ["read_workbook"]


def read_workbook(path: Path, tables: Sequence[Table] = TABLES) -> RawBook:
    """Reads every sheet; what stops one sheet is a finding, what stops the file raises Stop."""
    book = RawBook(path, "xlsx", tables=tables)
    with open_workbook(path) as archive:
        try:
            package = Package(archive)
            _warn_about_package(package, path, book)
            _read_sheets(archive, package, book)
        except (zipfile.BadZipFile, zlib.error, EOFError, KeyError) as error:
            raise Stop("E_ZIP", f"{path.name} is damaged: {error}", "Save it again.") from error
        except (ValueError, RecursionError) as error:
            raise Stop("E_XML", f"{path.name} holds XML that is no workbook's: {error}") from error
    return book


def _warn_about_package(package: Package, path: Path, book: RawBook) -> None:
    if package.has_part("vbaproject.bin"):
        message = f"{path.name} carries macros; they are never run"
        book.findings.append(Finding("warning", "W_MACRO", message))
    if package.has_folder("xl/externallinks/") or package.has_part("connections.xml"):
        message = "the workbook links to other files; their stored values are used"
        book.findings.append(Finding("warning", "W_LINK", message))


def _read_sheets(archive: zipfile.ZipFile, package: Package, book: RawBook) -> None:
    book.stale = package.stale
    dates = date_text(package.date_1904)
    facts = BookFacts(package.shared_texts(), package.date_styles(), dates)
    for sheet in package.sheets:
        try:
            chunks = partial(part_chunks, archive, sheet.part)
            grid, far_blanks = read_sheet(chunks, sheet.name, facts)
        except Stop as stop:
            book.give_up(sheet.name, stop)
            continue
        if book.knows(sheet.name):
            grid.drop_help()
        book.grids.append(grid)
        if sheet.hidden:
            book.hidden.add(sheet.name)
        _warn_far(sheet, far_blanks, book)


def _warn_far(sheet: SheetPart, far_blanks: list[str], book: RawBook) -> None:
    if far_blanks:
        book.findings.append(
            Finding(
                "warning",
                "W_FORMAT_RANGE",
                f"formatted but empty cells far from the table, such as {far_blanks[0]}",
                sheet=sheet.name,
                cell=far_blanks[0],
                hint="They are ignored; delete the far rows and columns to get rid of them.",
            )
        )
