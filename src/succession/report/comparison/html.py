"""comparison.html: the comparison as one page that needs nothing else."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from succession.report.columns import Cell
from succession.report.comparison.charts import budget_lines, scatter, scores, stacks
from succession.report.comparison.lines import LineKind
from succession.report.comparison.record import Comparison
from succession.report.html import environment, page_script, shower
from succession.report.tables import money

__all__ = ["write_comparison_html"]

_FORMS: dict[LineKind, str] = {
    "share": ",.1%",
    "gap": ",.4%",
    "count": ",.0f",
    "hours": ",.0f",
    "periods": ",.2f",
}


def write_comparison_html(comparison: Comparison) -> bytes:
    """The page as UTF-8."""
    script, script_hash = page_script()
    text = (
        environment()
        .get_template("comparison.html.j2")
        .render(
            comparison=comparison,
            stacks=stacks(comparison),
            scores=scores(comparison),
            scatter=scatter(comparison),
            budgets=budget_lines(comparison),
            show=shower(comparison.decimals),
            value=_printer(comparison.decimals),
            signed=_signed(comparison.decimals),
            money=partial(money, decimals=comparison.decimals),
            script=script,
            script_hash=script_hash,
        )
    )
    return text.encode("utf-8")


def _printer(decimals: int) -> Callable[[Cell, LineKind], str]:
    def value(cell: Cell, kind: LineKind) -> str:
        """A measure as text."""
        if cell is None:
            return ""
        if isinstance(cell, str):
            return cell
        if kind == "amount":
            return money(cell, decimals)
        return format(cell, _FORMS[kind]).replace("-", "−")

    return value


def _signed(decimals: int) -> Callable[[Cell, LineKind], str]:
    plain = _printer(decimals)

    def signed(cell: Cell, kind: LineKind) -> str:
        """A difference with its sign, of shares in percentage points; none is a dash."""
        if cell is None or isinstance(cell, str):
            return ""
        if not cell:
            return "–"
        text = plain(cell, kind)
        if not any(digit in text for digit in "123456789"):
            return "≈ 0"
        if kind in ("share", "gap"):
            text = text.replace("%", " pp")
        return f"+{text}" if cell > 0 else text

    return signed
