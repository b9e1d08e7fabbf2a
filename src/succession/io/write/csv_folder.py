"""Sheets as CSV files: UTF-8, commas, numbers without exponents, texts that stay texts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal

from succession.io.write.sheets import OutCell, OutSheet

__all__ = ["csv_files", "number_text"]

_QUOTE = re.compile(r'[,;|\t\r\n"]|^\s|\s$')
_DANGEROUS = re.compile(r"'*[=+\-@\t\r]")
_ONE_SEPARATOR = re.compile(r"-?[1-9]\d{0,2}\.\d{3}")


def csv_files(sheets: Sequence[OutSheet]) -> dict[str, bytes]:
    """File names and their bytes; names that no file may have are made safe."""
    files: dict[str, bytes] = {}
    taken: set[str] = set()
    for sheet in sheets:
        name = _file_name(sheet.name, taken)
        lines = [_line(sheet.header)]
        lines += map(_line, sheet.rows)
        files[f"{name}.csv"] = ("\n".join(lines) + "\n").encode("utf-8")
    return files


def number_text(number: float) -> str:
    """A number's digits in full, so that reading them gives the same number.

    `12.125` becomes `12.1250`, for one separator and three digits may mean thousands.
    """
    if number == int(number):
        return str(int(number))
    text = format(Decimal(repr(number)), "f")
    return f"{text}0" if _ONE_SEPARATOR.fullmatch(text) else text


def _line(cells: Sequence[OutCell]) -> str:
    return ",".join(map(_field, cells))


def _field(cell: OutCell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, int):
        return str(cell)
    if isinstance(cell, float):
        return number_text(cell)
    if isinstance(cell, (datetime, date)):
        return cell.isoformat()
    text = cell.replace("\x00", "")
    if _DANGEROUS.match(text):
        text = f"'{text}"
    if _QUOTE.search(text):
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
    return text


def _file_name(sheet: str, taken: set[str]) -> str:
    safe = re.sub(r'[\x00-\x1f<>:"/\\|?*]', "_", sheet).strip(" .") or "sheet"
    name = safe[:100]
    number = 1
    while name.casefold() in taken:
        number += 1
        name = f"{safe[:100]}_{number}"
    taken.add(name.casefold())
    return name
