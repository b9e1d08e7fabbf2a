"""The parts of an .xlsx package besides the sheets: which sheets, shared texts, date styles."""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING
from xml.parsers import expat

from defusedxml import ElementTree
from defusedxml.common import DefusedXmlException

from succession.io.read.raw import CellKind, RawCell, Stop, text_cell

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["Package", "SheetPart", "date_text", "part_chunks"]

_CHUNK = 1 << 18
_NO_MEMORY = 1
_BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_NOT_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_TRUE = ("1", "true", "on")
_DATE_MARKS = re.compile(r"[ymdhs]", re.IGNORECASE)
_RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_REL_IDS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)


@dataclass(frozen=True, slots=True)
class SheetPart:
    """A sheet of the workbook: its name, the part that holds it, and whether it is hidden."""

    name: str
    part: str
    hidden: bool


class Package:
    """The package's parts, read once."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = {name.lower(): name for name in archive.namelist()}
        self.workbook_part = self._find_workbook()
        workbook = self._tree(self.workbook_part)
        self.sheets = self._sheets(workbook)
        self.stale = any(
            _local(node.tag) == "calcPr"
            and (node.get("calcMode") == "manual" or node.get("fullCalcOnLoad") in _TRUE)
            for node in workbook
        )
        self.date_1904 = any(
            _local(node.tag) == "workbookPr" and node.get("date1904") in _TRUE for node in workbook
        )

    def shared_texts(self) -> list[RawCell | None]:
        """The shared strings as cells; texts of blanks alone are None."""
        part = self._related(self.workbook_part, "/sharedStrings")
        return [] if part is None else _SharedTexts().read(part_chunks(self._archive, part))

    def date_styles(self) -> frozenset[str]:
        """The cell style numbers that show a number as a date."""
        part = self._related(self.workbook_part, "/styles")
        return frozenset() if part is None else _date_styles(self._tree(part))

    def has_part(self, ending: str) -> bool:
        """Whether some part's name ends so."""
        return any(name.endswith(ending) for name in self._names)

    def has_folder(self, folder: str) -> bool:
        """Whether some part lies in this folder of the package."""
        return any(name.startswith(folder) for name in self._names)

    def _find_workbook(self) -> str:
        part = self._related("", "/officeDocument")
        if part is None:
            raise Stop("E_NOT_XLSX", "this is no Excel workbook", "Save it as .xlsx in Excel.")
        return part

    def _tree(self, part: str) -> Element:
        try:
            data = self._archive.read(part)
            return ElementTree.fromstring(data, forbid_dtd=True)
        except DefusedXmlException as error:
            raise Stop("E_DTD", f"{part} declares a DTD or entities") from error
        except (ElementTree.ParseError, expat.ExpatError) as error:
            raise Stop("E_XML", f"{part} is not well-formed: {error}") from error

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        folder, name = posixpath.split(part)
        path = self._names.get(posixpath.join(folder, "_rels", f"{name}.rels").lower())
        if path is None:
            return []
        found = []
        for node in self._tree(path).iter(_RELATION):
            target = node.get("Target", "")
            if node.get("TargetMode") == "External":
                continue
            full = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found.append((node.get("Id", ""), node.get("Type", ""), full))
        return found

    def _related(self, part: str, ending: str) -> str | None:
        for _, kind, target in self._relations(part):
            if kind.endswith(ending):
                return self._names.get(target.lower())
        return None

    def _sheets(self, workbook: Element) -> list[SheetPart]:
        targets = {
            identifier: target
            for identifier, kind, target in self._relations(self.workbook_part)
            if kind.endswith("/worksheet")
        }
        sheets = []
        for node in workbook.iter():
            if _local(node.tag) != "sheet":
                continue
            identifier = next((node.get(key) for key in _REL_IDS if node.get(key)), "")
            target = targets.get(identifier or "")
            part = self._names.get(target.lower()) if target else None
            if part is not None:
                hidden = node.get("state", "visible") != "visible"
                sheets.append(SheetPart(node.get("name", ""), part, hidden))
            elif target is not None:
                raise Stop("E_ZIP", f"the part of sheet {node.get('name')!r} is missing")
        return sheets


def part_chunks(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """A part's bytes in pieces; the last piece has passed the CRC check."""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            yield chunk


def date_text(date_1904: bool) -> _DateText:
    """A function from a date serial to the kind of cell and its ISO text."""
    return _DateText(date_1904)


class _DateText:
    def __init__(self, date_1904: bool) -> None:
        self._epoch = datetime(1904, 1, 1) if date_1904 else datetime(1899, 12, 30)
        self._first = 0 if date_1904 else 61

    def __call__(self, text: str) -> tuple[CellKind, str]:
        try:
            serial = float(text)
        except ValueError:
            return "number", text
        if not self._first <= serial < 2_958_466:
            return "date", text
        moment = self._epoch + timedelta(seconds=round(serial * 86_400))
        if moment.hour or moment.minute or moment.second:
            return "time", moment.isoformat()
        return "date", moment.date().isoformat()


class _SharedTexts:
    """Streams sharedStrings.xml: runs of one text joined, phonetic hints left out."""

    def __init__(self) -> None:
        self._texts: list[RawCell | None] = []
        self._parts: list[str] = []
        self._collect = False
        self._phonetic = 0

    def read(self, chunks: Iterator[bytes]) -> list[RawCell | None]:
        parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._chars
        parser.StartDoctypeDeclHandler = _stop_doctype
        try:
            for chunk in chunks:
                parser.Parse(chunk, False)
            parser.Parse(b"", True)
        except expat.ExpatError as error:
            if error.code == _NO_MEMORY:
                raise MemoryError from error
            raise Stop("E_XML", f"sharedStrings.xml is not well-formed: {error}") from error
        return self._texts

    def _chars(self, text: str) -> None:
        if self._collect:
            self._parts.append(text)

    def _start(self, tag: str, _: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "t" and not self._phonetic:
            self._collect = True
        elif tag == "rPh":
            self._phonetic += 1

    def _end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "t":
            self._collect = False
        elif tag == "si":
            text = "".join(self._parts)
            self._parts.clear()
            self._texts.append(text_cell(text))
        elif tag == "rPh":
            self._phonetic -= 1


def _stop_doctype(*_: object) -> None:
    raise Stop("E_DTD", "sharedStrings.xml declares a DTD")


def _date_styles(styles: Element) -> frozenset[str]:
    custom: dict[int, bool] = {}
    numbers: list[int] = []
    for node in styles:
        tag = _local(node.tag)
        if tag == "numFmts":
            for item in node:
                number = int(item.get("numFmtId", "0"))
                custom[number] = _shows_date(item.get("formatCode", ""))
        elif tag == "cellXfs":
            numbers = [int(item.get("numFmtId", "0")) for item in node]
    return frozenset(
        str(index)
        for index, number in enumerate(numbers)
        if custom.get(number, number in _BUILT_IN_DATES)
    )


@cache
def _shows_date(code: str) -> bool:
    bare = _NOT_FORMAT.sub("", code)
    return "general" not in bare.lower() and _DATE_MARKS.search(bare) is not None


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]
