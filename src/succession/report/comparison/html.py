"""comparison.html: the comparison as one page that needs nothing else."""

from __future__ import annotations

from collections.abc import Callable

from succession.report.columns import Cell
from succession.report.comparison.record import Comparison, LineKind
from succession.report.html import environment, shower
from succession.report.tables import money

__all__ = ["write_comparison_html"]


def write_comparison_html(comparison: Comparison) -> bytes:
    """The page as UTF-8."""
    template = environment().get_template("comparison.html.j2")
    text = template.render(
        comparison=comparison,
        show=shower(comparison.decimals),
        value=_printer(comparison.decimals),
        signed=_signed(comparison.decimals),
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
        if kind in ("share", "gap"):
            return f"{cell:.{1 if kind == 'share' else 4}%}".replace("-", "−")
        return f"{cell:,d}" if isinstance(cell, int) else f"{cell:,.0f}".replace("-", "−")

    return value


def _signed(decimals: int) -> Callable[[Cell, LineKind], str]:
    plain = _printer(decimals)

    def signed(cell: Cell, kind: LineKind) -> str:
        """A difference with its sign; none is a dash."""
        if cell is None or isinstance(cell, str):
            return ""
        if not cell:
            return "–"
        text = plain(cell, kind)
        return f"+{text}" if cell > 0 else text

    return signed
