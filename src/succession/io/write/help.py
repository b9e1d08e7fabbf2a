"""The words that help people fill in a workbook, all taken from the schema."""

from __future__ import annotations

from succession.io.schema import TABLES, Column

__all__ = ["cover_lines", "default_text", "input_message", "meaning", "note", "type_text"]

_TYPES = {
    "id": "text",
    "text": "text",
    "whole": "whole number",
    "amount": "amount",
    "hours": "hours",
    "share": "fraction 0…1",
    "yesno": "yes or no",
    "period": "period: a number, 2027-Q1, 2027-03 or a date",
    "month": "date",
    "currency": "three letters",
}


def type_text(column: Column) -> str:
    """What may stand in a cell, in a few words."""
    if column.kind == "choice":
        return ", ".join(column.choices)
    words = _TYPES[column.kind]
    if column.table:
        words = f"an id from {column.table}"
    if column.kind == "whole" and (column.low is not None or column.high is not None):
        high = "" if column.high is None else f"{column.high:g}"
        words += f" {column.low:g}…{high}"
    return f"{words}, or none" if column.none_word else words


def default_text(column: Column) -> str:
    """What a blank cell means."""
    if column.required:
        return "required"
    if column.blank == "rule":
        return f"default {column.rule}"
    if column.blank == "blank" or column.default == "":
        return "may stay blank"
    if column.kind == "yesno":
        return "default yes" if column.default else "default no"
    if isinstance(column.default, float):
        return f"default {column.default:g}"
    return f"default {column.default}"


def meaning(column: Column) -> str:
    """One line about a setting: what it is, its values, its default."""
    return f"{column.help} ({type_text(column)}; {default_text(column)})"


def note(column: Column) -> str:
    """The note on a heading."""
    unit = f"\nUnit: {column.unit}" if column.unit else ""
    return f"{column.help}\n{type_text(column)}{unit}\n{default_text(column)}"


def input_message(column: Column) -> dict[str, str]:
    """The hint that Excel shows beside a cell (its limits: 32 and 255 characters)."""
    return {"input_title": column.name[:32], "input_message": note(column)[:255]}


def cover_lines() -> list[tuple[str, str]]:
    """The lines of the sheet Read me, in two columns."""
    lines = [
        ("What this is", "One scenario: who works here, what is to be filled, what to learn."),
        ("How to fill it in", "Start with Settings (start is required), then Roles, Employees and "
         "Openings. All other sheets may stay empty. Blank cells take the default in the note "
         "on the heading. Sheets and columns may come in any order; add none that are not needed."),
        ("Periods", "A number (1 is the first period), a label such as 2027-Q1 or 2027-03, or a "
         "date. Money is in the currency of Settings, hours are hours a period, shares and rates "
         "are fractions from 0 to 1."),
        ("Then", "succession check FILE.xlsx lists what is wrong, cell by cell; succession solve "
         "FILE.xlsx --out DIR works out the plan."),
    ]  # fmt: skip
    lines += [(table.sheet, table.help) for table in TABLES]
    return lines
