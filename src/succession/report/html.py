"""report.html: the report as one page that needs nothing else, on screen and on paper."""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from succession.report.columns import Cell, Column
from succession.report.tables import Report, figure, money

__all__ = ["environment", "shower", "write_html"]


def write_html(report: Report) -> bytes:
    """The page as UTF-8."""
    largest = max((abs(row.amount) for row in report.costs.rows), default=0.0)
    text = (
        environment()
        .get_template("report.html.j2")
        .render(report=report, largest=largest or 1.0, show=shower(report.decimals), figure=figure)
    )
    return text.encode("utf-8")


@cache
def environment() -> Environment:
    """The templates of every page, escaping all that they are given."""
    return Environment(
        loader=PackageLoader("succession.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def shower(decimals: int) -> Any:
    """How a page prints a cell; `decimals` is for amounts."""

    def show(value: Cell, column: Column) -> str:
        """A cell as text."""
        if value is None:
            return ""
        if isinstance(value, str):
            return value
        if column.kind == "amount":
            return money(value, decimals)
        if column.kind == "share":
            return f"{value:.1%}"
        return f"{value:,.10g}"

    return show
