"""The cell formats of a scenario workbook, and which of them a column has."""

from __future__ import annotations

from typing import Any

from succession.io.schema import Column

__all__ = ["Look"]

INK, MUTED, TEAL, LIGHT, LINE = "#1F2A30", "#5F6F77", "#1F5F5B", "#DCE9E7", "#C9D3D7"

_NUMBERS = {"whole": "0_)", "amount": "#,##0.00_)", "hours": "General", "share": "0.0%_)"}


class Look:
    """The formats of one workbook, each made once."""

    def __init__(self, book: Any) -> None:
        def form(**properties: object) -> Any:
            return book.add_format({"font_name": "Calibri", "font_color": INK, **properties})

        head = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1}
        head |= {"border_color": LINE}
        self.required = form(**head | {"bg_color": TEAL, "font_color": "#FFFFFF"})
        self.optional = form(**head, bg_color=LIGHT)
        grey = {"font_color": MUTED, "font_size": 9, "text_wrap": True, "valign": "top"}
        self.help = form(**grey, bg_color="#F5F7F7")
        self.title = form(bold=True, font_size=16, font_color=TEAL)
        self.heading = form(bold=True, font_color=TEAL, bottom=2, bottom_color=TEAL)
        self.link = form(font_color="#0B5CAD", underline=1, valign="top")
        self.label = form(bold=True, valign="top")
        self.wrap = form(text_wrap=True, valign="top")
        self.count = form(num_format="#,##0", valign="top", align="center")
        self.muted = form(font_color=MUTED)
        self.text = form(num_format="@")
        self.plain = form()
        self.period = form(align="left")
        self.date = form(num_format="yyyy-mm-dd", align="left")
        self.time = form(num_format="yyyy-mm-dd hh:mm:ss", align="left")
        self.numbers = {kind: form(num_format=code) for kind, code in _NUMBERS.items()}
        self.settings = {
            kind: form(num_format=code, align="left", bg_color="#FFFFFF", border=1,
                       border_color=LINE)
            for kind, code in {**_NUMBERS, "": "General", "date": "yyyy-mm-dd"}.items()
        }  # fmt: skip
        self.to_do = form(bg_color="#FFE9A8")
        self.wrong = form(bg_color="#F8C9C4", font_color="#8A1C10")

    def of(self, column: Column | None) -> Any:
        """The format of a column's cells; a plain one for columns that are not ours."""
        if column is None:
            return self.plain
        if column.kind in ("id", "text"):
            return self.text
        if column.kind == "period":
            return self.period
        return self.numbers.get(column.kind, self.plain)

    def of_setting(self, column: Column | None) -> Any:
        """The format of a setting's value."""
        kind = "" if column is None else "date" if column.kind == "month" else column.kind
        return self.settings.get(kind, self.settings[""])
