"""One worksheet's XML, streamed: the only place that knows how Excel writes cells."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import NoReturn
from xml.parsers import expat

from succession.io.read.raw import (
    CellKind,
    Grid,
    RawCell,
    Stop,
    column_letters,
    merged_cells,
    text_cell,
)
from succession.io.read.sheet_fast import GiveUp, read_plain_rows, split_sheet
from succession.io.read.sheet_faults import (
    MAX_COLUMNS,
    SAVE_AGAIN,
    far_column,
    far_row,
    lost_text,
    out_of_order,
)

__all__ = ["BookFacts", "SheetParser", "read_sheet"]

MAX_ROWS = 1_048_576
FAR_ROW = 200_000
MAX_MERGED_CELLS = 10_000
_DIGITS = "0123456789"
_NO_MEMORY = 1

_ATTRIBUTE = re.compile(r' ([a-z]+)="([^"]*)"')

DateText = Callable[[str], tuple[CellKind, str]]


@dataclass(frozen=True, slots=True)
class BookFacts:
    """What all sheets of a workbook share: texts, which styles are dates, how dates count."""

    shared: list[RawCell | None]
    date_styles: frozenset[str]
    date_text: DateText


def read_sheet(
    open_chunks: Callable[[], Iterable[bytes]], sheet: str, facts: BookFacts
) -> tuple[Grid, list[str]]:
    """Reads a worksheet part; also returns the addresses of formatted but empty far cells.

    Raises Stop when the XML is broken, or a cell lies beyond what a table may hold.
    """
    parser = SheetParser(sheet, facts)
    skeleton: list[bytes] = []
    try:
        read_plain_rows(split_sheet(open_chunks(), skeleton), parser.grid, parser.plain_cell)
        chunks: Iterable[bytes] = skeleton
    except GiveUp:
        parser = SheetParser(sheet, facts)
        chunks = open_chunks()
    for chunk in chunks:
        parser.feed(chunk, final=False)
    parser.feed(b"", final=True)
    parser.grid.pad()
    return parser.grid, parser.far_blanks


class SheetParser:
    """Handlers of an expat parser that fill a Grid. Attributes are hot: locals where it pays."""

    def __init__(self, sheet: str, facts: BookFacts) -> None:
        self.grid = Grid(sheet)
        self.far_blanks: list[str] = []
        self._shared = facts.shared
        self._date_styles = facts.date_styles
        self._date_text = facts.date_text
        self._memo: dict[tuple[str | None, str | None, str], RawCell | None] = {}
        self._letters: dict[str, int] = {}
        self._row = 0
        self._row_text = "0"
        self._column = 0
        self._row_open = False
        self._attributes: dict[str, str] = {}
        self._text: list[str] = []
        self._collect = False
        self._formula = False
        self._phonetic = 0
        self._parser = expat.ParserCreate(namespace_separator=None)
        self._parser.buffer_text = True
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._chars
        self._parser.StartDoctypeDeclHandler = self._doctype

    def feed(self, chunk: bytes, *, final: bool) -> None:
        """Parses the next bytes."""
        try:
            self._parser.Parse(chunk, final)
        except expat.ExpatError as error:
            if error.code == _NO_MEMORY:
                raise MemoryError from error
            raise Stop(
                "E_XML",
                f"sheet {self.grid.sheet!r} is not well-formed: {error}",
                SAVE_AGAIN,
                sheet=self.grid.sheet,
            ) from error

    def plain_cell(self, attributes: str, text: str) -> RawCell | None:
        """The cell of the quick reader's attributes and text. Raises GiveUp."""
        found = dict(_ATTRIBUTE.findall(attributes))
        kind = found.get("t")
        if not text:
            return None
        if kind == "s":
            index = _whole(text)
            if not 0 <= index < len(self._shared):
                raise GiveUp
            return self._shared[index]
        return self._make(kind, found.get("s"), text)

    def _doctype(self, *_: object) -> NoReturn:
        raise Stop("E_DTD", "the sheet's XML declares a DTD", sheet=self.grid.sheet)

    def _chars(self, text: str) -> None:
        if self._collect:
            self._text.append(text)

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._attributes = attributes
            self._formula = False
        elif tag == "v" or (tag == "t" and not self._phonetic):
            self._collect = True
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "f":
            self._formula = True
        elif tag == "rPh":
            self._phonetic += 1
        elif tag == "mergeCell":
            self._merge(attributes.get("ref", ""))
        elif ":" in tag and not tag.startswith(("x14", "xm:", "mc:", "xr", "x15")):
            self._start(tag.partition(":")[2], attributes)

    def _end(self, tag: str) -> None:
        if tag == "v" or tag == "t":
            self._collect = False
        elif tag == "c":
            self._end_cell()
        elif tag == "rPh":
            self._phonetic -= 1
        elif ":" in tag and not tag.startswith(("x14", "xm:", "mc:", "xr", "x15")):
            self._end(tag.partition(":")[2])

    def _start_row(self, attributes: dict[str, str]) -> None:
        text = attributes.get("r")
        number = self._row + 1 if text is None else _whole(text)
        if not 0 < number <= MAX_ROWS:
            raise far_row(self.grid.sheet, 0, 0, text or "")
        if number <= self._row:
            raise out_of_order(self.grid.sheet, f"row {number}", number)
        self._row = number
        self._row_text = str(number)
        self._column = 0
        self._row_open = False
        if attributes.get("hidden") in ("1", "true"):
            self.grid.hidden_rows += 1

    def _end_cell(self) -> None:
        text = "".join(self._text) if self._text else ""
        self._text.clear()
        attributes = self._attributes
        column = self._place(attributes.get("r"))
        kind = attributes.get("t")
        if not text and not self._formula:
            if column > MAX_COLUMNS or self._row > FAR_ROW:
                self._note_far_blank(column)
            return
        if self._formula:
            self.grid.formulas += 1
        cell = self._shared_cell(text, column) if kind == "s" else self._cell(kind, text)
        if cell is not None:
            self._put(column, cell)

    def _place(self, reference: str | None) -> int:
        if reference is None:
            column = self._column + 1
        else:
            letters = reference.rstrip(_DIGITS)
            column = self._letters.get(letters) or self._learn(letters)
            if reference[len(letters) :] != self._row_text:
                self._stop_far(reference)
        if column <= self._column:
            raise out_of_order(self.grid.sheet, f"the cell {reference}", self._row, reference)
        self._column = column
        return column

    def _learn(self, letters: str) -> int:
        number = 0
        for letter in letters.upper():
            if not "A" <= letter <= "Z":
                self._stop_far(letters)
            number = number * 26 + ord(letter) - 64
        if not letters or number > 16_384:
            self._stop_far(letters)
        self._letters[letters] = number
        return number

    def _shared_cell(self, text: str, column: int) -> RawCell | None:
        index = _whole(text)
        if 0 <= index < len(self._shared):
            return self._shared[index]
        raise lost_text(self.grid.sheet, column, self._row, text)

    def _cell(self, kind: str | None, text: str) -> RawCell | None:
        style = self._attributes.get("s")
        key = (kind, style, text)
        if self._formula and not text:
            return None if kind == "str" else RawCell("formula", "")
        if key not in self._memo:
            self._memo[key] = self._make(kind, style, text)
        return self._memo[key]

    def _make(self, kind: str | None, style: str | None, text: str) -> RawCell | None:
        if kind is None or kind == "n":
            if style in self._date_styles:
                return RawCell(*self._date_text(text))
            return RawCell("number", text)
        if kind == "b":
            return RawCell("bool", "TRUE" if text.strip() in ("1", "true") else "FALSE")
        if kind == "e":
            return RawCell("error", text)
        if kind == "d":
            return RawCell("time" if "T" in text else "date", text)
        return text_cell(text)

    def _put(self, column: int, cell: RawCell) -> None:
        grid = self.grid
        cells = grid.columns.get(column)
        if cells is None and column > MAX_COLUMNS:
            raise far_column(self.grid.sheet, column, self._row)
        if not self._row_open:
            self._open_row()
        if cells is None:
            cells = grid.columns[column] = []
        missing = len(grid.rows) - 1 - len(cells)
        if missing:
            cells.extend([None] * missing)
        cells.append(cell)

    def _open_row(self) -> None:
        grid = self.grid
        if self._row > FAR_ROW and len(grid.rows) < self._row // 4:
            self._stop_far(str(self._row))
        grid.rows.append(self._row)
        self._row_open = True

    def _stop_far(self, value: str) -> NoReturn:
        raise far_row(self.grid.sheet, self._column, self._row, value)

    def _note_far_blank(self, column: int) -> None:
        if len(self.far_blanks) < 5:
            self.far_blanks.append(f"{column_letters(column)}{self._row}")

    def _merge(self, reference: str) -> None:
        reference = reference[:40]
        self.grid.merges.append(reference)
        if merged_cells(reference) > MAX_MERGED_CELLS or len(self.grid.merges) > 1000:
            raise Stop(
                "E_MERGE",
                f"merged cells {reference} cover more than a table can hold",
                "Undo the merge.",
                sheet=self.grid.sheet,
                cell=reference,
            )


def _whole(text: str) -> int:
    """A number of at most nine digits, or −1."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1
