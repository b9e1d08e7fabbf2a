"""Cell formats of results.xlsx, each made once."""

from __future__ import annotations

from typing import Any

from succession.report.columns import Column

__all__ = ["ACCENT", "Styles"]

ACCENT = "#4F9A94"
_INK = "#1F2A30"
_MUTED = "#5F6F77"
_LINE = "#C9D3D7"
_HEAD = "#1F5F5B"
_FONT = "Calibri"


class Styles:
    """The formats of one workbook; `decimals` is for amounts."""

    def __init__(self, book: Any, decimals: int) -> None:
        self._book = book
        amount = "#,##0" + ("." + "0" * decimals if decimals else "")
        numbers = {"count": "#,##0", "hours": "#,##0.##", "amount": amount, "share": "0.0%"}
        self.title = self._format(bold=True, font_size=16, font_color=_HEAD)
        self.heading = self._format(bold=True, font_color=_HEAD, bottom=2, bottom_color=_HEAD)
        self.strong = self._format(bold=True, font_size=12)
        self.plain = self._format()
        self.muted = self._format(font_color=_MUTED)
        self.alert = self._format(bold=True, font_color="#9A4B00")
        self.label = self._format(bottom=1, bottom_color=_LINE)
        self.note = self._format(
            bottom=1, bottom_color=_LINE, font_color=_MUTED, indent=1, text_wrap=True
        )
        self.value = self._format(bottom=1, bottom_color=_LINE, bold=True, align="right")
        self.amount = self._format(bottom=1, bottom_color=_LINE, num_format=amount)
        self.total_label = self._format(bold=True, top=2, top_color=_HEAD)
        head = {"bold": True, "font_color": "#FFFFFF", "bg_color": _HEAD, "valign": "vcenter"}
        self.header = self._format(**head)
        self.header_right = self._format(**head, align="right")
        self.header_wrapped = self._format(**head, align="right", text_wrap=True)
        self.quoted = self._format(quote_prefix=True)
        self._text = self._format(valign="top", text_wrap=True)
        self._numbers = {
            kind: self._format(num_format=code, valign="top") for kind, code in numbers.items()
        }
        self._totals = {
            kind: self._format(num_format=code, bold=True, top=2, top_color=_HEAD)
            for kind, code in numbers.items()
        }

        self.line_quoted = self._line(quote_prefix=True, text_wrap=True)
        self._lines = {
            (kind, signed): self._line(num_format=f"+{code};-{code};–" if signed else code)
            for kind, code in {**numbers, "gap": "0.0000%", "periods": "#,##0.0"}.items()
            for signed in (False, True)
        }
        points = '+0.0" pp";-0.0" pp";–'
        self.points = self._line(num_format=points)
        self._line_text = self._line(text_wrap=True)

    def line(self, kind: str, *, signed: bool) -> Any:
        """The format of a measure that stands beside others of its kind, or of a difference."""
        return self._lines.get((kind, signed), self._line_text)

    def of(self, column: Column) -> Any:
        """The format of a column's cells."""
        return self._numbers.get(column.kind, self._text)

    def total_of(self, column: Column) -> Any:
        """The format of a column's total."""
        return self._totals[column.kind]

    def _line(self, **properties: object) -> Any:
        return self._format(align="right", valign="top", bottom=1, bottom_color=_LINE, **properties)

    def _format(self, **properties: object) -> Any:
        return self._book.add_format({"font_name": _FONT, "font_color": _INK, **properties})
