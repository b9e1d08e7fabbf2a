"""Section C of the catalogue: what stands in cells."""

from __future__ import annotations

from typing import Any

from tests.bad_inputs.case import Case, Maker, at, book, put, put_xml, text

__all__ = ["CASES"]

_AMOUNT = ("Roles", "external_cost")
_SHARE = ("Employees", "leaving_risk")
_DAY = ("Employees", "move_from")
_YESNO = ("Activities", "away")


def _all(
    number: int, column: tuple[str, str], code: str, *values: Any, also: str = ""
) -> list[Case]:
    """One case for each value in the same cell."""
    return [
        Case(number, f"{also or column[1]} {value!a}"[:60], put(*column, value), code, at(*column))
        for value in values
    ]


def _xml(number: int, column: tuple[str, str], code: str, *cells: str) -> list[Case]:
    return [
        Case(number, f"{column[1]} {cell}", put_xml(*column, cell), code, at(*column))
        for cell in cells
    ]


def _dated(cell: str) -> Maker:
    """A number in a cell that is formatted as a date (style 1)."""
    return text(
        "xl/styles.xml",
        "</cellXfs>",
        '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>',
        put_xml(*_DAY, f's="1"|<v>{cell}</v>'),
    )


def _roles(*rows: list[Any], header: tuple[str, ...] = ("role", "external_cost")) -> Maker:
    return book(Roles=[list(header), ["Dev", 5], ["Lead", 5], *rows])


def _risks(*risks: Any) -> Maker:
    rows = [[f"E{number}", "Dev", risk] for number, risk in enumerate(risks, start=1)]
    return book(Employees=[["employee", "role", "leaving_risk"], *rows])


_LEFT = ["E1", "Dev", 3, 2]
_DATE_1904 = text("xl/workbook.xml", "<workbookPr", '<workbookPr date1904="1"', _dated("44926"))
_MANUAL = text(
    "xl/workbook.xml",
    "<calcPr",
    '<calcPr calcMode="manual"',
    put_xml(*_AMOUNT, "<f>1+1</f><v>2</v>"),
)

CASES = [
    *_all(64, _AMOUNT, "F_NUMBER_TEXT", "42"),
    *_all(65, _AMOUNT, "E_AMBIGUOUS", "1.234,50", "1,234.50", "1'234.50", "1\u202f234,50", "1.234"),
    *_all(66, _AMOUNT, "E_NUMBER", "€1,200", "1200 EUR", "1.2k", "(500)", "500-"),
    *_all(66, _AMOUNT, "E_CURRENCY", "1200 USD", "£300"),
    *_all(67, _AMOUNT, "E_NUMBER", "nan", "Infinity", "1_000", "٣٤", "12e3"),
    *_xml(68, _AMOUNT, "E_NUMBER", "<v>NaN</v>", "<v>INF</v>", "<v>1e400</v>"),
    *_all(69, _AMOUNT, "E_RANGE", -1),
    *_all(69, ("Employees", "hours"), "E_RANGE", -1),
    *_all(69, ("Openings", "seats"), "E_RANGE", -1),
    *_all(69, ("Profiles", "level"), "E_RANGE", -1),
    Case(70, "cost 0", put("Activities", "cost", 0), ""),
    *_all(71, _AMOUNT, "W_OUTLIER", 2e9),
    Case(
        71,
        "a thousand times the median",
        _roles(*([f"R{k}", 5] for k in range(9)), ["Dear", 5001]),
        "W_OUTLIER",
        "Roles!B13",
    ),
    Case(
        71,
        "a sum beyond exact cents",
        _roles(*([f"R{k}", 9e11] for k in range(200))),
        "E_RANGE",
        "Roles",
    ),
    *_all(72, _AMOUNT, "W_CENTS", 10.005),
    *_all(73, _SHARE, "E_PERCENT", 80, "80%", 1.2),
    Case(73, "a share of 0.8", put(*_SHARE, 0.8), ""),
    Case(73, "a share of 1", put(*_SHARE, 1), ""),
    Case(73, "percents and fractions", _risks(0.1, 80), "E_PERCENT", "Employees!C3"),
    Case(73, "a 1 among percents", _risks(1, 80), "E_PERCENT", "Employees!C2"),
    *_all(74, ("Profiles", "level"), "E_NUMBER", "3 - advanced", "III", "expert", 2.5),
    *_all(75, ("Profiles", "level"), "E_RANGE", 7),
    *(
        Case(76, f"yes as {v!a}", put(*_YESNO, v), "")
        for v in ("yes", "x", 1, True, "TRUE", None, "no")
    ),
    *_all(76, _YESNO, "E_YESNO", "ja", "oui", "maybe"),
    *_all(77, _DAY, "E_DATE_AMBIGUOUS", "03/04/2026"),
    Case(78, "dates from 1904", _DATE_1904, ""),
    *(
        Case(79, f"serial {serial}", _dated(serial), "E_DATE", at(*_DAY))
        for serial in ("60", "0", "-5", "99999999")
    ),
    *_all(80, _DAY, "W_DATE_TIME", "2027-04-01T10:00", "2027-04-01T10:00Z"),
    *_all(81, _DAY, "E_DATE", "31.12.27", "2027-02-30"),
    Case(
        81,
        "end before start",
        book(Employees=[["employee", "role", "available_from", "available_to"], _LEFT]),
        "E_DATE",
        "Employees!D2",
    ),
    *_xml(82, _AMOUNT, "E_FORMULA_NOT_CALCULATED", "<f>1+1</f>", "<f>1+1</f><v></v>"),
    *_xml(
        83,
        _AMOUNT,
        "E_CELL_ERROR",
        't="e"|<v>#REF!</v>',
        't="e"|<v>#N/A</v>',
        't="e"|<f>1/0</f><v>#DIV/0!</v>',
        't="e"|<v>#VALUE!</v>',
    ),
    *_xml(83, ("Employees", "unit"), "E_CELL_ERROR", 't="e"|<v>#REF!</v>'),
    Case(84, "stale formulas", _MANUAL, "W_FORMULAS", "Roles"),
    Case(
        84,
        "values that wait for a calculation",
        put_xml(*_AMOUNT, "<f>1+1</f><v>0</v>"),
        "W_FORMULAS",
        "Roles",
    ),
    Case(
        85,
        "a numeric id",
        book(Employees=[["employee", "role"], ["E1", "Dev"], [123, "Dev"]]),
        "",
    ),
    Case(
        85,
        "leading zeros",
        book(Employees=[["employee", "role"], ["E1", "Dev"], [123, "Dev"], ["00123", "Dev"]]),
        "E_ID_AMBIGUOUS",
        "Employees!A4",
    ),
    Case(
        86,
        "17 digits",
        put_xml("Employees", "employee", "<v>12345678901234567</v>"),
        "E_ID_DIGITS",
        "Employees!A3",
    ),
    *_all(87, ("Employees", "employee"), "F_TRIM", " E2", "E2\u00a0"),
    *(
        Case(
            88,
            f"twins {one!a} {other!a}",
            book(Employees=[["employee", "role"], ["E1", "Dev"], [one, "Dev"], [other, "Dev"]]),
            "E_ID_TWINS",
            "Employees!A4",
        )
        for one, other in (
            ("x1", "X1"),
            ("Jos\u00e9", "Jose\u0301"),
            ("o\ufb01", "ofi"),
            ("Stra\u00dfe", "STRASSE"),
            ("A B", "A\u00a0B"),
            ("A B", "A  B"),
            ("E9", "\uff259"),
        )
    ),
    *_all(89, ("Employees", "name"), "W_MIXED_SCRIPT", "P\u0430ul"),
    *_all(90, ("Employees", "name"), "F_INVISIBLE", "a\u200bb", "a\u202eb"),
    *_xml(90, ("Employees", "name"), "F_INVISIBLE", 't="inlineStr"|<is><t>a_x0007_b</t></is>'),
    *_xml(
        91,
        ("Employees", "name"),
        "E_TEXT",
        't="inlineStr"|<is><t>a_xD800_b</t></is>',
        't="inlineStr"|<is><t>a_xFFFF_b</t></is>',
    ),
    *_all(92, ("Employees", "name"), "E_LONG", "x" * 300, "y" * 32_767),
    Case(
        92,
        "more than a cell holds",
        put_xml("Employees", "name", f't="inlineStr"|<is><t>{"x" * 40_000}</t></is>'),
        "E_LONG",
        "Employees!B3",
    ),
    *_all(93, ("Employees", "name"), "W_LINE_BREAK", "Ana\nRuiz", "Ana\tRuiz"),
    *_all(93, ("Profiles", "competency"), "E_REF", "Java; Java", "Java\nJava"),
    *(
        Case(94, f"a name {value!a}", put("Employees", "name", value), "")
        for value in ("😀 👩\u200d💻", "محمد علي", "山田太郎", "Zoë Straße")
    ),
    *(
        Case(95, f"a formula {value!a}", put("Employees", "name", value), "")
        for value in ('=HYPERLINK("http://x","y")', "+cmd|' /C calc'!A0", "@SUM(1)", "-1+1")
    ),
    *(
        Case(96, f"a page {value!a}", put("Employees", "name", value), "")
        for value in ("<img src=x onerror=alert(1)>", "</script>", "\"'")
    ),
    *(
        Case(97, f"a path {value!a}", put("Roles", "title", value), "")
        for value in ("../../etc/passwd", "CON", "a/b", "[x]:*?")
    ),
    Case(
        97,
        "a sheet named like a path",
        text("xl/workbook.xml", 'name="Extra"', 'name="../../x"', book(Extra=[["a"], [1]])),
        "W_SHEET_IGNORED",
        "../../x",
    ),
]
