"""One cell to one value: a parser for every kind of column.

A parser returns the value, appends a Note for what it mended or wonders at, and raises Reject for
what it cannot read. It sees each distinct content once (`check.sheet` keeps a memo).
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any, NamedTuple

from succession.domain import Severity
from succession.io.read import RawCell
from succession.io.schema import Column, fold_name
from succession.io.values.text import clean
from succession.io.values.times import Clock, parse_month, parse_period
from succession.io.values.words import Note, Reject, nearest

__all__ = ["BAD", "NONE_WORD", "Parser", "Verdict", "parser_for", "read_number", "whole_digits"]

MAX_WHOLE = 1_000_000_000
MAX_AMOUNT = 1e12
ODD_AMOUNT = 1e9
_CENT_NOISE = 1e-9
_MILS = frozenset(["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?", re.ASCII)
_ONE_SEPARATOR = re.compile(r"[+-]?[1-9]\d{0,2}[.,'\u2019 \u00a0\u202f]\d{3}", re.ASCII)
_GROUPED = re.compile(
    r"[+-]?\d{1,3}([.,'\u2019 \u00a0\u202f]\d{3})+([.,]\d+)?|[+-]?\d+,\d+", re.ASCII
)
_ID_DATE = re.compile(r"\d{4}-\d\d-\d\d|\d{1,2}[-.][A-Z][a-z]{2}|\d\.\d+E\+\d+", re.ASCII)
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "¥": "JPY"}
_YES = frozenset(["yes", "true", "1", "x"])
_NO = frozenset(["no", "false", "0"])
_OTHER_YES = frozenset(
    ["y", "ja", "j", "oui", "o", "si", "sì", "sí", "s", "sim", "wahr", "vrai", "✓"]
)
_OTHER_NO = frozenset(["n", "nein", "non", "não", "falsch", "faux", "-"])
_WITH_UNIT = re.compile(
    r"[+-]?\d+(?:[.,]\d+)?\s*"
    r"(h|hrs?|hours?|std|stunden?|min|minutes?|d|days?|tage?|w|weeks?|wochen?"
    r"|months?|monate?|quarters?|quartale?|years?|jahre?|periods?|fte)\.?",
    re.ASCII | re.IGNORECASE,
)


class _Bad:
    def __repr__(self) -> str:
        return "BAD"


BAD: Any = _Bad()
"""Stands in a column where a cell could not be read."""

Parser = Callable[[RawCell, list[Note]], Any]


class Verdict(NamedTuple):
    """What is to be reported about a cell's content."""

    severity: Severity
    code: str
    message: str
    hint: str


def parser_for(column: Column, clock: Clock) -> Parser:
    """The parser of a column's cells; period columns need the clock."""

    def parse(cell: RawCell, notes: list[Note]) -> Any:
        if cell.kind == "error":
            raise Reject("E_CELL_ERROR", "the cell shows an error", "Mend the formula.")
        if cell.kind == "formula":
            hint = "Open the file in Excel, let it calculate, and save."
            raise Reject("E_FORMULA_NOT_CALCULATED", "the formula has no stored value", hint)
        return _PARSERS[column.kind](column, clock, cell, notes)

    return parse


def _text(column: Column, _: Clock, cell: RawCell, notes: list[Note]) -> str | None:
    if cell.kind == "number":
        return _digits(cell.text, is_id=False)
    return clean(cell.text, notes)


def _id(column: Column, _: Clock, cell: RawCell, notes: list[Note]) -> str | None:
    if cell.kind == "number":
        return _digits(cell.text, is_id=True)
    text = clean(cell.text, notes)
    if column.none_word and text.casefold() == "none":
        return None
    if not text:
        raise Reject("E_ID_MISSING", "the id is empty", "Fill it in.")
    if cell.kind in ("date", "time") or _ID_DATE.fullmatch(text):
        message = "the id looks like a date or a rounded number"
        notes.append(Note("warning", "W_ID_DATE", message, "Format the column as text."))
    return text


def _digits(text: str, *, is_id: bool) -> str:
    number = _finite(text)
    if is_id and abs(number) >= 1e15:
        hint = "Format the column as text and type the id again."
        raise Reject("E_ID_DIGITS", "a number of so many digits loses its last ones", hint)
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return repr(number)


def whole_digits(text: str) -> str:
    """A number cell as an id or text is read: `123` for `123.0`. Raises Reject."""
    return _digits(text, is_id=False)


def read_number(text: str) -> float | None:
    """The number that a text in plain form means, or None."""
    text = text.strip()
    plain = _NUMBER.fullmatch(text) and not _ONE_SEPARATOR.fullmatch(text)
    return float(text) if plain else None


def _finite(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        raise Reject(
            "E_NUMBER", "the number cell holds no number", "Type the number again."
        ) from None
    if not math.isfinite(number):
        raise Reject("E_NUMBER", "the number is not finite", "Type a number.")
    return number


def _number(column: Column, clock: Clock, cell: RawCell, notes: list[Note]) -> float:
    if cell.kind == "number":
        return _finite(cell.text)
    if cell.kind in ("date", "time", "bool"):
        what = "a yes/no value" if cell.kind == "bool" else "a date"
        raise Reject("E_NUMBER", f"{what} stands where a number is wanted", _wanted(column))
    text = cell.text.strip()
    if _ONE_SEPARATOR.fullmatch(text):
        plain = re.sub(r"[^0-9+-]", "", text)
        hint = f"Write {plain} for thousands, or one digit more after the point."
        raise Reject("E_AMBIGUOUS", "the separator may mean thousands or decimals", hint)
    if not _NUMBER.fullmatch(text):
        if _GROUPED.fullmatch(text):
            hint = "Write digits and a decimal point alone, such as 1234.50."
            raise Reject("E_AMBIGUOUS", "the separators depend on the country", hint)
        if column.kind == "share" and text.endswith("%"):
            raise Reject("E_PERCENT", "percent as text", "Write a fraction, such as 0.8 for 80%.")
        _refuse_currency(text, clock)
        if _WITH_UNIT.fullmatch(text):
            hint = f"Write the number of {column.unit or column.name} alone."
            raise Reject("E_UNIT", "a number with a unit of its own", hint)
        raise Reject("E_NUMBER", f"not {_a_number(column)}", _wanted(column))
    if cell.kind == "text":
        notes.append(Note("fix", "F_NUMBER_TEXT", "a number stored as text", ""))
    return float(text)


def _refuse_currency(text: str, clock: Clock) -> None:
    code = re.search(r"\b[A-Z]{3}\b", text)
    found = code[0] if code else next((_SIGNS[mark] for mark in text if mark in _SIGNS), None)
    if found is None or not any(mark.isdigit() for mark in text):
        return
    if found != clock.currency:
        hint = f"Give amounts in {clock.currency}, the currency of Settings."
        raise Reject("E_CURRENCY", "another currency than the scenario's", hint)
    raise Reject("E_NUMBER", "a number with a currency", "Write the number alone.")


def _in_range(column: Column, number: float) -> None:
    low, high = column.low, column.high
    if column.kind == "share" and number > 1:
        hint = f"Write {number / 100:g} for {number:g} percent."
        raise Reject("E_PERCENT", "not a fraction from 0 to 1", hint if number <= 100 else "")
    if (low is not None and number < low) or (high is not None and number > high):
        raise Reject("E_RANGE", f"outside {_range_words(column)}", _wanted(column))
    if abs(number) > (MAX_WHOLE if column.kind == "whole" else MAX_AMOUNT):
        raise Reject("E_RANGE", "too large to be meant", _wanted(column))


def _whole(column: Column, clock: Clock, cell: RawCell, notes: list[Note]) -> int:
    number = _number(column, clock, cell, notes)
    if not number.is_integer():
        raise Reject("E_NUMBER", "not a whole number", _wanted(column))
    _in_range(column, number)
    return int(number)


def _amount(column: Column, clock: Clock, cell: RawCell, notes: list[Note]) -> float | str:
    if column.none_word and cell.text.strip().casefold() == "none":
        return NONE_WORD
    number = _number(column, clock, cell, notes)
    _in_range(column, number)
    if number > ODD_AMOUNT:
        notes.append(Note("warning", "W_OUTLIER", "an unusually large amount", "Check it."))
    if column.kind == "amount":
        _notice_cents(number, clock, notes)
    return number + 0.0


def _notice_cents(number: float, clock: Clock, notes: list[Note]) -> None:
    whole = round(number, 3 if clock.currency in _MILS else 2)
    if abs(number - whole) > _CENT_NOISE * (1 + number):
        message = "fractions of a cent; counted as they stand, shown rounded"
        notes.append(Note("warning", "W_CENTS", message, "Round it, if that is meant."))


def _yesno(column: Column, _: Clock, cell: RawCell, notes: list[Note]) -> bool:
    text = cell.text if cell.kind != "number" else _digits(cell.text, is_id=False)
    word = clean(text, []).casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    meant = "yes" if word in _OTHER_YES else "no" if word in _OTHER_NO else ""
    hint = f"Did you mean {meant}? " if meant else ""
    raise Reject(
        "E_YESNO", "neither yes nor no", f"{hint}Write yes or no (true/false, 1/0, x/blank)."
    )


def _choice(column: Column, _: Clock, cell: RawCell, notes: list[Note]) -> str:
    word = fold_name(cell.text)
    for choice in column.choices:
        if fold_name(choice) == word:
            return choice
    close = nearest(cell.text, column.choices)
    hint = f"Did you mean {close}? " if close else ""
    listed = ", ".join(column.choices)
    raise Reject("E_CHOICE", f"not one of the words for {column.name}", f"{hint}Use {listed}.")


def _period(column: Column, clock: Clock, cell: RawCell, notes: list[Note]) -> int:
    if cell.kind == "number":
        number = _finite(cell.text)
        if not number.is_integer() or abs(number) > MAX_WHOLE:
            raise Reject("E_PERIOD", "no period number", "Write a whole number.")
        return int(number)
    return parse_period(cell, column.edge, clock, notes)


def _month(column: Column, clock: Clock, cell: RawCell, notes: list[Note]) -> Any:
    if cell.kind in ("number", "bool"):
        hint = "Write a date such as 2027-01-01, or format the cell as a date."
        raise Reject("E_DATE", "a plain number is no date", hint)
    return parse_month(cell, notes)


def _currency(column: Column, _: Clock, cell: RawCell, notes: list[Note]) -> str:
    text = clean(cell.text, notes).upper()
    if not re.fullmatch(r"[A-Z]{3}", text):
        raise Reject("E_CURRENCY", "no ISO 4217 code", "Write three letters such as EUR.")
    return text


NONE_WORD = "none"
"""What `none` in an opening's cost reads as, before it becomes None."""

_PARSERS: dict[str, Callable[[Column, Clock, RawCell, list[Note]], Any]] = {
    "id": _id,
    "text": _text,
    "whole": _whole,
    "amount": _amount,
    "hours": _amount,
    "share": _amount,
    "yesno": _yesno,
    "choice": _choice,
    "period": _period,
    "month": _month,
    "currency": _currency,
}


def _a_number(column: Column) -> str:
    return "a whole number" if column.kind == "whole" else "a number"


def _range_words(column: Column) -> str:
    if column.high is not None:
        return f"{column.low:g} to {column.high:g}"
    return "0 and above" if column.low == 0 else f"{column.low:g} and above"


def _wanted(column: Column) -> str:
    if column.low is None:
        return f"Use {_a_number(column)}."
    return f"Use {_a_number(column)}, {_range_words(column)}."
