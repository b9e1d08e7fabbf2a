"""The words that help people fill in a workbook, all taken from the schema."""

from __future__ import annotations

from dataclasses import dataclass

from succession.io.schema import HELP_MARK, SETTINGS_TABLE, TABLES, Column, Table

__all__ = [
    "COLOUR_KEY",
    "COVER_HEADINGS",
    "SCENARIO_COVER",
    "Cover",
    "cover_texts",
    "default_text",
    "example_text",
    "input_message",
    "meaning",
    "sheet_help",
    "type_text",
]

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


@dataclass(frozen=True, slots=True)
class Cover:
    """What the cover of a workbook says above its contents: a title, and steps with a word each."""

    title: str
    steps: tuple[tuple[str, str], ...]


_SCENARIO_STEPS = (
    (
        "What this is",
        "One scenario: who works here, which seats are to be filled, what people can learn.",
    ),
    (
        "Fill it in",
        "Settings first (start is required), then Roles, Employees and Openings. Every other sheet "
        "may stay empty. A blank cell takes the default that the grey row of help names.",
    ),
    (
        "Periods",
        "A number (1 is the first period), a label such as 2027-Q1 or 2027-03, or a date.",
    ),
    (
        "Amounts",
        "Money is in the currency of Settings, hours are hours a period, shares are percentages.",
    ),
    (
        "Check it",
        "succession check FILE.xlsx lists what is wrong, cell by cell, and how to mend it.",
    ),
    ("Plan", "succession solve FILE.xlsx --out FOLDER works out the plan."),
)

SCENARIO_COVER = Cover("Succession scenario", _SCENARIO_STEPS)

COVER_HEADINGS = ("Sheet", "Must be filled", "Rows", "What it holds")

COLOUR_KEY = (
    ("required", "Required", "this column must be filled in every row"),
    ("optional", "Optional", "blank takes the default, or stays blank"),
    ("help", f"{HELP_MARK} Help", "what belongs in the column below; never read, may be hidden"),
    ("to_do", "To fill in", "a required cell of a row that has been begun"),
    ("wrong", "Look again", "an id that stands twice, or that its own sheet does not have"),
)


def cover_texts() -> frozenset[str]:
    """Every text that may stand on a scenario's cover as we write it."""
    texts = {SCENARIO_COVER.title, "Colours", "yes", "", *COVER_HEADINGS}
    texts |= {text for pair in SCENARIO_COVER.steps for text in pair}
    texts |= {text for row in COLOUR_KEY for text in row[1:]}
    return frozenset(texts | {text for table in TABLES for text in (table.sheet, table.help)})


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
    """One line about a setting: what it is and its values."""
    return f"{column.help} ({_form_type(column)})"


def sheet_help(table: Table) -> list[str]:
    """The help above each column of a sheet; the first begins with the mark that readers skip."""
    if table is SETTINGS_TABLE:
        return [f"{HELP_MARK} which setting", "fill in here; blank takes the default"]
    texts = [_note(column) for column in table.columns]
    return [f"{HELP_MARK} {texts[0]}", *texts[1:]]


def input_message(column: Column) -> dict[str, str]:
    """The hint that Excel shows beside a cell (its limits: 32 and 255 characters)."""
    unit = f"\nUnit: {column.unit}" if column.unit else ""
    message = f"{column.help}\n{_form_type(column)}{unit}\n{_form_default(column)}"
    return {"input_title": column.name[:32], "input_message": message[:255]}


def example_text(column: Column) -> str:
    """What the error box of a cell asks for."""
    return f"{column.name}: {_form_type(column)}. {_form_default(column).capitalize()}."[:255]


def _note(column: Column) -> str:
    return f"{column.help}\n{_form_type(column)}\n{_form_default(column)}"


def _form_type(column: Column) -> str:
    """As `type_text`, in the terms of a workbook, where shares are shown as percentages."""
    if column.kind == "share":
        return "a percentage, such as 5%"
    if column.kind == "period":
        return "1, 2 …, 2027-Q1, 2027-03 or a date"
    return type_text(column)


def _form_default(column: Column) -> str:
    if column.kind == "share" and isinstance(column.default, float):
        return f"default {column.default:.0%}"
    return default_text(column)
