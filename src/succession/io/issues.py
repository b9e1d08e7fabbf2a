"""issues.xlsx: the findings of a check as a workbook, with links to the cells they are about."""

from __future__ import annotations

import io
import os
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from succession.domain import Finding, group_findings
from succession.domain.findings import FindingGroup
from succession.errors import Refused
from succession.io.write.atomic import write_file

__all__ = ["issues_bytes", "write_issues"]

_CREATED = datetime(2026, 1, 1)
_MOST_ROWS = 200_000
_MOST_LINKS = 60_000
_TITLES = {"error": "Error", "warning": "Warning", "fix": "Repaired"}
_COLOURS = {"error": "#9C1C1C", "warning": "#8A5A00", "fix": "#2D6A3E"}
_MESSAGE, _HINT = 44, 38
_COLUMNS = (
    ("", 11),
    ("Where", 20),
    ("What stands there", 22),
    ("What is wrong", 46),
    ("How to mend it", 40),
    ("Code", 22),
)
_GROUPS = (
    ("", 11),
    ("Sheet", 15),
    ("Column", 15),
    ("How often", 12),
    ("First", 20),
    ("Such as", 46),
    ("How to mend it", 40),
    ("Code", 22),
)


def write_issues(
    findings: Sequence[Finding], source: Path, target: Path, *, force: bool = False
) -> None:
    """Writes the findings as a workbook whose links lead to the file or folder `source`.

    Raises Refused where something stands at the target and `force` is not set, and always where
    the target is, or lies in, the source.
    """
    if target.resolve() == source.resolve() or source.resolve() in target.resolve().parents:
        raise Refused(f"{target} belongs to the scenario itself; give another name.")
    if target.is_dir():
        raise Refused(f"{target} is a folder; give another name.")
    if os.path.lexists(target) and not force:
        raise Refused(f"{target} is there already. Use --force to replace it, or another name.")
    write_file(target, issues_bytes(findings, source, target))


def issues_bytes(findings: Sequence[Finding], source: Path, target: Path) -> bytes:
    """The workbook's bytes; links lead from `target`'s folder to the file or folder `source`."""
    import xlsxwriter

    buffer = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, {**options, "strings_to_numbers": False})
    book.set_properties({"created": _CREATED, "title": f"Findings in {source.name}"[:200]})
    pages = _Pages(book, source, target)
    groups = group_findings(findings)
    pages.summary(groups, Counter(finding.severity for finding in findings))
    if findings:
        pages.listing(findings)
    book.close()
    return buffer.getvalue()


class _Pages:
    """The two sheets and what they share: formats and links."""

    def __init__(self, book: Any, source: Path, target: Path) -> None:
        self._book = book
        self._source = source
        self._base = _relative(source, target)
        self._links = 0
        face: dict[str, object] = {"font_name": "Calibri", "valign": "top"}
        self._title = book.add_format({**face, "bold": True, "font_size": 16})
        self._muted = book.add_format({**face, "font_color": "#5F6F77"})
        head = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F4E79"}
        self._head = book.add_format({**face, **head})
        self._text = book.add_format({**face, "text_wrap": True, "quote_prefix": True})
        self._count = book.add_format({**face, "num_format": "#,##0", "align": "center"})
        self._link = book.add_format({**face, "font_color": "#0B5CAD", "underline": 1})
        self._kinds = {
            severity: book.add_format({**face, "bold": True, "font_color": colour})
            for severity, colour in _COLOURS.items()
        }

    def summary(self, groups: Sequence[FindingGroup], count: Counter[str]) -> None:
        """What was found, alike findings in one row."""
        page = self._page("Summary", _GROUPS, 4)
        page.set_row(0, 24)
        page.write_string(0, 0, f"Findings in {self._source.name}"[:32_000], self._title)
        page.write_string(1, 0, _counts(count), self._muted)
        for row, group in enumerate(groups, start=5):
            finding = group.first
            page.write_string(row, 0, _TITLES[finding.severity], self._kinds[finding.severity])
            page.write_string(row, 1, finding.sheet, self._text)
            page.write_string(row, 2, finding.column or "", self._text)
            page.write_number(row, 3, len(group.findings), self._count)
            self._place(page, row, 4, finding)
            page.write_string(row, 5, finding.message, self._text)
            page.write_string(row, 6, finding.hint, self._text)
            page.write_string(row, 7, finding.code, self._muted)
            page.set_row(row, _height(finding.message, finding.hint))
        if groups:
            page.autofilter(4, 0, 4 + len(groups), len(_GROUPS) - 1)

    def listing(self, findings: Sequence[Finding]) -> None:
        """Every finding."""
        page = self._page("Findings", _COLUMNS, 0)
        shown = findings[:_MOST_ROWS]
        for row, finding in enumerate(shown, start=1):
            page.write_string(row, 0, _TITLES[finding.severity], self._kinds[finding.severity])
            self._place(page, row, 1, finding)
            page.write_string(row, 2, finding.value or "", self._text)
            page.write_string(row, 3, finding.message, self._text)
            page.write_string(row, 4, finding.hint, self._text)
            page.write_string(row, 5, finding.code, self._muted)
            page.set_row(row, _height(finding.message, finding.hint))
        page.autofilter(0, 0, len(shown), len(_COLUMNS) - 1)
        if len(shown) < len(findings):
            more = f"{len(findings) - len(shown):,} more findings are not listed."
            page.write_string(len(shown) + 1, 3, more, self._muted)

    def _page(self, name: str, columns: Sequence[tuple[str, int]], row: int) -> Any:
        page = self._book.add_worksheet(name)
        page.hide_gridlines(2)
        page.freeze_panes(row + 1, 0)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.repeat_rows(row)
        for number, (title, width) in enumerate(columns):
            page.set_column(number, number, width)
            page.write_string(row, number, title, self._head)
        return page

    def _place(self, page: Any, row: int, column: int, finding: Finding) -> None:
        """The finding's place, as a link to it where the file can be linked to."""
        text = finding.place
        link = None if self._base is None or not finding.sheet else self._target(finding)
        if link is None or not text or self._links >= _MOST_LINKS:
            page.write_string(row, column, text, self._text)
            return
        self._links += 1
        page.write_url(row, column, link, self._link, text[:32_000], "Open the cell")

    def _target(self, finding: Finding) -> str | None:
        if self._source.is_dir():
            link = f"external:{self._base}/{finding.sheet}"
            return link if _linkable(finding.sheet) else None
        name = finding.sheet.replace("'", "''")
        link = f"external:{self._base}#'{name}'!{finding.cell or 'A1'}"
        return link if _linkable(name) else None


def _relative(source: Path, target: Path) -> str | None:
    """The way from the workbook to the file in the form of a link, or None if it has none."""
    way = os.path.relpath(source.resolve(), target.resolve().parent)
    return way.replace(os.sep, "/") if _linkable(way) else None


def _linkable(text: str) -> bool:
    """Whether a link may hold this: no marks that mean something in a link, and not too long."""
    return text.isprintable() and not set(text) & set('#%"<>|?*[]') and len(text) < 500


def _height(message: str, hint: str) -> int:
    """Points for the lines that the two texts take in their columns."""
    return 15 * max(1, -(-len(message) // _MESSAGE), -(-len(hint) // _HINT))


def _counts(count: Counter[str]) -> str:
    nouns = {"error": "errors", "warning": "warnings", "fix": "values repaired"}
    found = [f"{count[severity]:,} {noun}" for severity, noun in nouns.items() if count[severity]]
    text = ", ".join(found) if found else "Nothing was found"
    return f"{text}. Errors must be mended; warnings should be looked at."
