"""Shorthand for the columns that many tables have."""

from __future__ import annotations

from succession.io.schema.columns import Column, Default, Edge, Span

__all__ = [
    "amount_column",
    "choice_column",
    "id_column",
    "level_column",
    "period_column",
    "ref_column",
    "share_column",
    "text_column",
    "whole_column",
    "yesno_column",
]


def id_column(name: str, help: str) -> Column:
    """An id that this table declares."""
    return Column(name, "id", help, blank="required")


def ref_column(name: str, table: str, help: str, *, optional: bool = False) -> Column:
    """An id that another table declares."""
    return Column(name, "id", help, blank="blank" if optional else "required", table=table)


def text_column(name: str, help: str) -> Column:
    """A text for people; blank is empty."""
    return Column(name, "text", help, blank="value", default="")


def amount_column(
    name: str, help: str, *, rule: str = "", blank: bool = False, none_word: bool = False
) -> Column:
    """An amount of money, not negative; blank means 0 unless told otherwise."""
    if rule or blank:
        how: Default = "rule" if rule else "blank"
        return Column(
            name, "amount", help, how, rule=rule, unit="money", low=0, none_word=none_word
        )
    return Column(name, "amount", help, "value", 0.0, unit="money", low=0)


def whole_column(
    name: str, help: str, default: int | None, *, low: float | None = 0, unit: str = ""
) -> Column:
    """A whole number; a default of None means that blank is no limit."""
    blank: Default = "blank" if default is None else "value"
    return Column(name, "whole", help, blank, default, unit=unit, low=low)


def level_column(help: str = "the level") -> Column:
    """A level of a competency."""
    return whole_column("level", help, 1, low=1)


def share_column(name: str, help: str, default: float, unit: str = "share") -> Column:
    """A share or rate from 0 to 1."""
    return Column(name, "share", help, "value", default, unit=unit, low=0, high=1)


def yesno_column(name: str, help: str) -> Column:
    """A yes/no column; blank means no."""
    return Column(name, "yesno", help, "value", False)


def choice_column(name: str, help: str, *choices: str) -> Column:
    """One of some words; the first is the default."""
    return Column(name, "choice", help, "value", choices[0], choices=choices)


def period_column(
    name: str,
    help: str,
    *,
    span: Span = "anywhere",
    edge: Edge = "first",
    default: int | None = None,
    rule: str = "",
    required: bool = False,
    field: str = "",
) -> Column:
    """A period: a number, a label or a date."""
    blank: Default = (
        "required" if required else "rule" if rule else "blank" if default is None else "value"
    )
    return Column(
        name,
        "period",
        help,
        blank,
        default,
        rule=rule,
        unit="period",
        edge=edge,
        span=span,
        field=field,
    )
