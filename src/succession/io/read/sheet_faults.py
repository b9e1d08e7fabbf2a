"""What stops the reading of a worksheet, in words."""

from __future__ import annotations

from succession.io.read.raw import Stop, column_letters

__all__ = ["MAX_COLUMNS", "SAVE_AGAIN", "far_column", "far_row", "lost_text", "out_of_order"]

MAX_COLUMNS = 256
SAVE_AGAIN = "Open the file in Excel, save it again and retry."


def far_row(sheet: str, column: int, row: int, value: str) -> Stop:
    """A cell lies below every row that a table may have, or says that it does."""
    return Stop(
        "E_ROWS",
        f"a cell lies in row {value[:20]!r}, far beyond the table",
        "Delete the far rows, save and retry.",
        sheet=sheet,
        cell=f"{column_letters(column or 1)}{row}" if row else None,
        row=row or None,
        value=value[:80],
    )


def far_column(sheet: str, column: int, row: int) -> Stop:
    """A cell lies to the right of every column that a table may have."""
    address = f"{column_letters(column)}{row}"
    return Stop(
        "E_RANGE",
        f"the cell {address} lies far outside the table (at most {MAX_COLUMNS} columns)",
        "Delete the far columns, save and retry.",
        sheet=sheet,
        cell=address,
        row=row,
    )


def lost_text(sheet: str, column: int, row: int, value: str) -> Stop:
    """A cell points to a shared text that is not there."""
    address = f"{column_letters(column)}{row}"
    return Stop(
        "E_XML",
        f"the cell {address} points to a text that is not there",
        SAVE_AGAIN,
        sheet=sheet,
        cell=address,
        row=row,
        value=value[:80],
    )


def out_of_order(sheet: str, what: str, row: int, cell: str | None = None) -> Stop:
    """A row or cell stands twice or before its turn: readers disagree about such files."""
    message = f"{what} stands twice, or out of order"
    return Stop("E_XML_DUPCELL", message, SAVE_AGAIN, sheet=sheet, cell=cell, row=row)
