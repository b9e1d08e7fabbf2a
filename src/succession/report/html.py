"""report.html: the report as one page that needs nothing else, on screen and on paper."""

from __future__ import annotations

import base64
import hashlib
from functools import cache, partial
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from succession.report.columns import Cell, Column
from succession.report.tables import Report, figure, money

__all__ = ["environment", "page_script", "shower", "write_html"]


def write_html(report: Report) -> bytes:
    """The page as UTF-8."""
    script, script_hash = page_script()
    text = (
        environment()
        .get_template("report.html.j2")
        .render(
            report=report,
            charts=report.charts,
            kpi=report.kpis.values,
            show=shower(report.decimals),
            money=partial(money, decimals=report.decimals),
            figure=figure,
            script=script,
            script_hash=script_hash,
        )
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


@cache
def page_script() -> tuple[Markup, str]:
    """The script of every page, and the hash by which alone a page lets a script run."""
    source = files("succession.report").joinpath("templates/page.js").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(source.encode("utf-8")).digest())
    return Markup(source), f"sha256-{digest.decode('ascii')}"


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
