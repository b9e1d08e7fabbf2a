"""Odd worksheets: every reader of Excel files gets some of these wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.io.books import SHEET, codes, findings, number_of, rewrite, tables, write_xlsx

from succession.errors import BadInput
from succession.io import convert, load, load_scenario

_EMPLOYEES = SHEET.format(number_of("Employees"))


def _spoilt(tmp_path: Path, change: Callable[[str], str], part: str = _EMPLOYEES) -> Path:
    return rewrite(write_xlsx(tmp_path / "a.xlsx", tables()), part, change)


def _add(xml: str) -> Callable[[str], str]:
    return lambda text: text.replace("</sheetData>", f"{xml}</sheetData>")


def _after(xml: str) -> Callable[[str], str]:
    return lambda text: text.replace("</sheetData>", f"</sheetData>{xml}")


def _cell(name: str, xml: str) -> Callable[[str], str]:
    """Replaces one cell of the sheet."""

    def change(text: str) -> str:
        start = text.index(f'<c r="{name}"')
        end = text.index("</c>", start) + 4
        return text[:start] + xml + text[end:]

    return change


@pytest.mark.parametrize(
    ("change", "code", "cell"),
    [
        (_add('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'), "E_RANGE", "XFD1048576"),
        (_add('<row r="4"><c r="XFD4"><v>1</v></c></row>'), "E_RANGE", "XFD4"),
        (_add('<row r="1048576"><c r="A1048576"><v>1</v></c></row>'), "E_ROWS", "A1048576"),
        (_add('<row r="99999999"><c r="A99999999"><v>1</v></c></row>'), "E_ROWS", None),
        (_add(f'<row r="{"9" * 5000}"/>'), "E_ROWS", None),
        (_add('<row r="0"><c r="A0"><v>1</v></c></row>'), "E_ROWS", None),
        (_add('<row r="4"><c r="A5"><v>1</v></c></row>'), "E_ROWS", None),
        (_after('<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'), "E_MERGE", None),
        (_after('<mergeCells><mergeCell ref="A1:Z100000"/></mergeCells>'), "E_MERGE", None),
        (_after('<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'), "E_HEADER_MERGED", None),
        (_cell("B2", '<c r="A2"><v>2</v></c>'), "E_XML_DUPCELL", "A2"),
        (_add('<row r="2"><c r="A2"><v>1</v></c></row>'), "E_XML_DUPCELL", None),
        (_cell("B2", '<c r="B2" t="s"><v>99999</v></c>'), "E_XML", "B2"),
        (_cell("B2", '<c r="B2" t="s"><v>x</v></c>'), "E_XML", "B2"),
        (_cell("B2", f'<c r="B2" t="s"><v>{"1" * 5000}</v></c>'), "E_XML", "B2"),
        (_cell("B2", '<c r="B2" t="inlineStr"><is><t>a\x07</t></is></c>'), "E_XML", None),
        (_cell("B2", '<c r="B2" t="inlineStr"><is><t>&x;</t></is></c>'), "E_XML", None),
        (lambda text: text.replace("</sheetData>", ""), "E_XML", None),
        (_cell("C2", '<c r="C2" t="e"><v>#REF!</v></c>'), "E_CELL_ERROR", "C2"),
        (_cell("C2", '<c r="C2" t="e"><f>1/0</f><v>#DIV/0!</v></c>'), "E_CELL_ERROR", "C2"),
        (_cell("C2", '<c r="C2"><f>A1</f></c>'), "E_FORMULA_NOT_CALCULATED", "C2"),
        (_cell("C2", '<c r="C2"><f>A1</f><v></v></c>'), "E_FORMULA_NOT_CALCULATED", "C2"),
        (_cell("A2", '<c r="A2"><v>12345678901234567</v></c>'), "E_ID_DIGITS", "A2"),
        (_cell("A2", '<c r="A2"><v>abc</v></c>'), "E_NUMBER", "A2"),
    ],
)
def test_a_broken_sheet_is_refused_with_its_cell(
    tmp_path: Path, change: Callable[[str], str], code: str, cell: str | None
) -> None:
    found = [finding for finding in findings(_spoilt(tmp_path, change)) if finding.code == code]
    assert found, load(tmp_path / "a.xlsx").findings
    assert found[0].sheet == "Employees"
    assert cell is None or found[0].cell == cell


@pytest.mark.parametrize("number", ["abc", "NaN", "INF", "1e400"])
def test_a_number_cell_without_a_number_is_refused(tmp_path: Path, number: str) -> None:
    part = SHEET.format(number_of("Roles"))
    path = _spoilt(tmp_path, _cell("B2", f'<c r="B2"><v>{number}</v></c>'), part)
    assert [(f.code, f.cell) for f in findings(path)] == [("E_NUMBER", "B2")]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("<dimension ref=", '<dimension ref="A1:XFD1048576" x='),
        lambda text: text.replace("<dimension ref=", '<dimension ref="A1" x='),
        lambda text: text.replace("<sheetData>", "<!-- rows --><sheetData>"),
        lambda text: text.replace("</row>", "</row>\n  "),
        lambda text: text.replace("<row ", "<!-- a row --><row "),
        lambda text: text.replace('<c r="A2"', "<c").replace('<c r="B2"', "<c"),
        _cell("B2", '<c r="B2" t="inlineStr"><is><t>A</t><r><t>na</t></r></is></c>'),
        _cell("B2", '<c r="B2" t="inlineStr"><is><t xml:space="preserve"> Ana</t></is></c>'),
        _cell("B2", '<c r="B2" t="str"><f>"A"&amp;"na"</f><v>Ana</v></c>'),
        _cell("B2", '<c r="B2" t="inlineStr"><is><t><![CDATA[Ana]]></t></is></c>'),
    ],
)
def test_any_sound_spelling_of_a_sheet_reads_the_same(
    tmp_path: Path, change: Callable[[str], str]
) -> None:
    expected = load_scenario(write_xlsx(tmp_path / "a.xlsx", tables()))
    assert load_scenario(_spoilt(tmp_path, change)) == expected


def test_namespace_prefixes_are_understood(tmp_path: Path) -> None:
    def prefixed(text: str) -> str:
        import re

        text = re.sub(r"<(/?)([a-zA-Z]+)(?=[ >/])", r"<\1x:\2", text)
        return text.replace("xmlns=", "xmlns:x=")

    expected = load_scenario(write_xlsx(tmp_path / "b.xlsx", tables()))
    assert load_scenario(_spoilt(tmp_path, prefixed)).sha256 == expected.sha256


def test_a_formatted_but_empty_far_cell_is_ignored_with_a_warning(tmp_path: Path) -> None:
    path = _spoilt(tmp_path, _add('<row r="1048576"><c r="XFD1048576" s="1"/></row>'))
    assert [(f.code, f.cell) for f in load(path).findings] == [("W_FORMAT_RANGE", "XFD1048576")]


def test_a_style_table_that_others_refuse_is_no_matter(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", tables())
    fill = '<fill><patternFill patternType="none"/></fill>'
    rewrite(path, "xl/styles.xml", lambda text: text.replace(fill, "<fill/>"))
    assert codes(path) == []


def test_hidden_sheets_and_rows_are_used_and_named(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", tables())
    rewrite(
        path,
        "xl/workbook.xml",
        lambda text: text.replace('name="Employees"', 'name="Employees" state="veryHidden"'),
    )
    rewrite(path, _EMPLOYEES, lambda text: text.replace('<row r="2"', '<row r="2" hidden="1"'))
    loaded = load(path)
    assert [finding.code for finding in loaded.findings] == ["W_HIDDEN", "W_HIDDEN_ROWS"]
    assert loaded.scenario is not None
    assert len(loaded.scenario.employees) == 2


def test_excels_escapes_are_decoded(tmp_path: Path) -> None:
    path = _spoilt(
        tmp_path,
        _cell("B2", '<c r="B2" t="inlineStr"><is><t>A_x0007__x005F_x0041_</t></is></c>'),
    )
    loaded = load(path)
    assert [finding.code for finding in loaded.findings] == ["F_INVISIBLE"]
    assert loaded.scenario is not None
    assert loaded.scenario.employees[0].name == "A_x0041_"


def test_a_strange_sheet_that_cannot_be_read_is_left_alone(tmp_path: Path) -> None:
    path = write_xlsx(tmp_path / "a.xlsx", tables(Pivot=[["a"], [1]]))
    far = '<row r="9"><c r="XFD9"><v>1</v></c></row>'
    rewrite(path, SHEET.format(len(tables()) + 1), _add(far))
    loaded = load(path)
    assert [(f.code, f.sheet) for f in loaded.findings] == [("W_SHEET_IGNORED", "Pivot")]
    assert loaded.scenario is not None
    with pytest.raises(BadInput):
        convert(path, tmp_path / "b")
