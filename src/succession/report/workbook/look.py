"""The formats that results.xlsx has beyond those of every table."""

from __future__ import annotations

from typing import Any

from succession.report.styles import ACCENT, Styles

__all__ = ["AMBER", "BLUE", "GREY", "LIGHT", "PALETTE", "RED", "Look"]

AMBER, RED, BLUE, GREY, LIGHT = "#D9A648", "#C25B4E", "#4A7FB5", "#9DB0B7", "#A9D3CF"
PALETTE = (ACCENT, AMBER, BLUE, "#8C6BB1", RED, GREY, "#6B8E23", "#B5838D")


class Look(Styles):
    """Formats of one results workbook."""

    def __init__(self, book: Any, decimals: int) -> None:
        super().__init__(book, decimals)
        amount = "#,##0" + ("." + "0" * decimals if decimals else "")
        self.link = self._format(font_color="#0B5CAD", underline=1)
        self.link_cell = self._format(font_color="#0B5CAD", underline=1, valign="top")
        self.wrapped = self._format(text_wrap=True, valign="top")
        wash = {"bg_color": "#F1F5F5", "align": "center"}
        self.card_label = self._format(**wash, font_size=9, font_color="#5F6F77", valign="bottom")
        self.card_note = self._format(**wash, font_size=8, font_color="#5F6F77", valign="top")
        codes = {"amount": amount, "share": "#,##0.0%", "gap": "0.00%", "count": "#,##0"}
        codes |= {"hours": "#,##0", "periods": "0.0"}
        self.cards = {
            kind: self._format(**wash, bold=True, font_size=15, num_format=code)
            for kind, code in codes.items()
        }
        self.entry = self._format(bg_color="#FFF6D6", bold=True, valign="top", locked=False)
        self._add_colours()
        self._add_page()
        self._pad_numbers(
            {"count": "#,##0", "hours": "#,##0", "amount": amount, "share": "#,##0.0%"}
        )
        exact = {"amount": "#,##0.00", "share": "#,##0.0%", "gap": "0.0000%", "count": "#,##0"}
        exact |= {"hours": "#,##0.00", "periods": "0.0"}
        self._figures = {kind: self._line(num_format=code) for kind, code in exact.items()}

    def _add_colours(self) -> None:
        """What cells turn into by their values."""
        self.good = self._format(bg_color="#DDF0E4", font_color="#1B5E38")
        self.bad = self._format(bg_color="#F8D7D2", font_color="#8A1C10")
        self.warn = self._format(bg_color="#FFF0CC", font_color="#7A5200")
        self.fixed = self._format(bg_color="#DCE8F5", font_color="#1D4F80")
        self.busy = self._format(bg_color="#DCEFED")
        self.full = self._format(bg_color="#4F9A94", font_color="#FFFFFF")
        self.move = self._format(bg_color="#F3E2B8", bold=True)

    def _add_page(self) -> None:
        """The page of a person."""
        self.choice = self._format(
            bg_color="#FFF6D6", bold=True, font_size=14, border=1, border_color="#D9A648"
        )
        rule = {"valign": "top", "bottom": 1, "bottom_color": "#C9D3D7"}
        self.ruled = self._book.add_format({"bottom": 1, "bottom_color": "#C9D3D7"})
        self.line_text = self._format(valign="top", text_wrap=True, align="left")
        self.line_numbers = {
            "count": self._format(valign="top", num_format="0", align="center"),
            "hours": self._format(valign="top", num_format="#,##0_)"),
            "amount": self._format(valign="top", num_format="#,##0.00_)"),
        }
        bold = {**rule, "bold": True, "align": "left", "text_wrap": True}
        self.fact = self._format(**bold)
        self.facts = {
            "chance": self._format(**bold, num_format="0%"),
            "hours": self._format(**bold, num_format="#,##0"),
            "cost": self._format(**bold, num_format="#,##0.00"),
        }

    def figure(self, kind: str) -> Any:
        """The format of a key figure to the last digit that it keeps."""
        return self._figures[kind]

    def _pad_numbers(self, codes: dict[str, str]) -> None:
        """Keeps numbers a little away from the text of the next column."""
        self._numbers = {
            kind: self._format(num_format=f"{code}_)", valign="top") for kind, code in codes.items()
        }
        top = {"bold": True, "top": 2, "top_color": "#1F5F5B"}
        self._totals = {
            kind: self._format(num_format=f"{code}_)", **top) for kind, code in codes.items()
        }
        head = {"bold": True, "font_color": "#FFFFFF", "bg_color": "#1F5F5B", "valign": "vcenter"}
        self.header_right = self._format(**head, align="right", indent=1)
