"""The quick way through a worksheet's XML, for sheets of plain cells alone.

A regular expression takes rows and cells of the form that Excel, XlsxWriter, openpyxl and
LibreOffice write for values. Whatever else it meets (formulas, comments, cells out of order, far
cells, anything odd) makes it give up, and `sheet_xml` reads the sheet again and says what is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from succession.io.read.raw import Grid, RawCell

__all__ = ["GiveUp", "read_plain_rows", "split_sheet"]

_OPEN = b"<sheetData>"
_CLOSE = b"</sheetData>"
_ROW_END = b"</row>"
_TEXT = r"((?:[^<&\x00-\x08\x0b\x0c\x0e-\x1f]|&(?:amp|lt|gt|quot|apos);)*)"
_ITEM = re.compile(
    r'<c r="([A-Z]{1,3})([0-9]{1,7})"((?: [a-z]+="[^"<>&]*")*)'
    rf"(?:/>|>(?:<v>{_TEXT}</v>|<is><t(?: xml:space=\"preserve\")?>{_TEXT}</t></is>)?</c>)"
    r'|<row r="([0-9]{1,7})"([^<>&]*)>'
    r"|(</row>\s*|\s+)"
    r"|(.)",
    re.DOTALL,
)
_HIDDEN = re.compile(r' hidden="(?:1|true)"')
_ENTITIES = ("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'")
_MOST_COLUMNS = 256
_MOST_ROWS = 1_048_576
_GAP = 100_000

MakeCell = Callable[[str, str], RawCell | None]


class GiveUp(Exception):
    """The sheet holds more than plain cells."""


def split_sheet(chunks: Iterable[bytes], skeleton: list[bytes]) -> Iterator[str]:
    """Yields the rows in pieces of whole rows; `skeleton` gets what surrounds them."""
    buffer = b""
    stream = iter(chunks)
    for chunk in stream:
        buffer += chunk
        if _OPEN in buffer:
            break
    else:
        raise GiveUp
    head, _, buffer = buffer.partition(_OPEN)
    skeleton.append(head + _OPEN)
    while _CLOSE not in buffer:
        cut = buffer.rfind(_ROW_END) + len(_ROW_END)
        if cut >= len(_ROW_END):
            yield _decoded(buffer[:cut])
            buffer = buffer[cut:]
        chunk = next(stream, b"")
        if not chunk:
            raise GiveUp
        buffer += chunk
    body, _, tail = buffer.partition(_CLOSE)
    yield _decoded(body)
    skeleton.append(_CLOSE + tail)
    skeleton.extend(stream)


def _decoded(piece: bytes) -> str:
    try:
        return piece.decode("utf-8")
    except UnicodeDecodeError:
        raise GiveUp from None


def read_plain_rows(pieces: Iterable[str], grid: Grid, make_cell: MakeCell) -> None:
    """Fills the grid from the rows' XML. Raises GiveUp, with the grid half filled."""
    reader = _PlainRows(grid, make_cell)
    for piece in pieces:
        reader.read(piece)


class _Memo(dict[str, RawCell | None]):
    """The cells of one set of attributes by their text."""

    def __init__(self, attributes: str, make_cell: MakeCell) -> None:
        super().__init__()
        self._attributes = attributes
        self._make_cell = make_cell

    def __missing__(self, text: str) -> RawCell | None:
        cell = self[text] = self._make_cell(self._attributes, unescape(text))
        return cell


class _PlainRows:
    def __init__(self, grid: Grid, make_cell: MakeCell) -> None:
        self._grid = grid
        self._make_cell = make_cell
        self._memos: dict[str, _Memo] = {}
        self._numbers: dict[str, int] = {}
        self._lists: dict[int, list[RawCell | None]] = grid.columns
        self._row = 0

    def read(self, piece: str) -> None:
        """Reads whole rows. One loop, and nothing in it that could be outside: it is hot."""
        row_text = ""
        filled = False
        last = 0
        memos, numbers, lists, rows = self._memos, self._numbers, self._lists, self._grid.rows
        for letters, number, attributes, text, inline, row, more, _, stray in _ITEM.findall(piece):
            if letters:
                column = numbers.get(letters) or self._learn(letters)
                if number != row_text or column <= last:
                    raise GiveUp
                last = column
                memo = memos.get(attributes) or self._new_memo(attributes)
                cell = memo[text or inline]
                if cell is None:
                    continue
                if not filled:
                    rows.append(self._row)
                    filled = True
                cells = lists.get(column)
                if cells is None:
                    cells = lists[column] = []
                missing = len(rows) - 1 - len(cells)
                if missing:
                    cells.extend([None] * missing)
                cells.append(cell)
            elif row:
                self._start_row(int(row), more)
                row_text = row
                filled = False
                last = 0
            elif stray:
                raise GiveUp

    def _start_row(self, row: int, more: str) -> None:
        far = row - (self._grid.rows[-1] if self._grid.rows else 0) > _GAP
        if row <= self._row or row > _MOST_ROWS or far or more.endswith("/"):
            raise GiveUp
        self._row = row
        if _HIDDEN.search(more):
            self._grid.hidden_rows += 1

    def _learn(self, letters: str) -> int:
        number = 0
        for letter in letters:
            number = number * 26 + ord(letter) - 64
        if number > _MOST_COLUMNS:
            raise GiveUp
        self._numbers[letters] = number
        return number

    def _new_memo(self, attributes: str) -> _Memo:
        memo = self._memos.get(attributes)
        if memo is None:
            memo = self._memos[attributes] = _Memo(attributes, self._make_cell)
        return memo


def unescape(text: str) -> str:
    """The five entities of XML as characters."""
    if "&" in text:
        for entity, mark in reversed(_ENTITIES):
            text = text.replace(entity, mark)
    return text
