"""comparison.xlsx, .html and .json: complete, safe, and the same bytes every time."""

from __future__ import annotations

import io
import json
import re
from dataclasses import replace

import openpyxl
import pytest
from tests.unit.report import samples

from succession.domain import Learning, Placement
from succession.report import (
    build_comparison,
    write_comparison_html,
    write_comparison_json,
    write_comparison_xlsx,
)

OFFICE = samples.office_scenario()
FIRST = samples.office_plan(OFFICE)
AWKWARD = (*samples.AWKWARD[:3], "<b>E9</b>")
OTHER = replace(
    FIRST,
    cost=(FIRST.cost or 0.0) + 1_234.5,
    placements=tuple(Placement("O1", who, 4) for who in AWKWARD),
    learning=(*FIRST.learning, Learning("=1+1", "@A1", 1)),
)
NAMES = ["=today", "<script>x</script>"]
COMPARISON = build_comparison([FIRST, OTHER], NAMES)
WRITERS = (write_comparison_xlsx, write_comparison_html, write_comparison_json)


@pytest.mark.parametrize("write", WRITERS)
def test_equal_comparisons_are_equal_bytes(write: object) -> None:
    assert callable(write)
    assert write(COMPARISON) == write(build_comparison([FIRST, OTHER], NAMES))


def test_the_workbook_holds_text_never_formulas() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_comparison_xlsx(COMPARISON)))
    assert book.sheetnames == ["Comparison", "Charts", "Seats", "Bench", "Learning"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    values = {cell.value for cell in cells}
    assert {*AWKWARD, *NAMES, "=1+1"} <= values
    assert all(cell.quotePrefix for cell in cells if cell.value == "=today" and cell.row > 6)


def test_the_workbook_has_values_and_differences_side_by_side() -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_comparison_xlsx(COMPARISON)))
    rows = {row[0]: row[1:] for row in book["Comparison"].iter_rows(values_only=True)}
    cost = FIRST.cost or 0.0
    assert rows["Cost"] == pytest.approx((cost, cost + 1_234.5, 1_234.5))
    assert rows["Placements"] == (1, 4, 3)


def test_the_page_is_escaped_and_needs_nothing_else() -> None:
    page = write_comparison_html(COMPARISON).decode("utf-8")
    assert page.count("<script") == 1
    assert "<b>E9" not in page
    assert "&lt;b&gt;E9&lt;/b&gt;" in page
    assert re.findall(r"(?:src|href)=\"(?!#)[^\"]*", page) == []
    assert "http://" not in page.replace("http://example.invalid", "")
    assert "script-src 'sha256-" in page
    assert page.lstrip().startswith("<!doctype html>")
    for line in COMPARISON.lines:
        assert line.label in page
    for table in COMPARISON.tables:
        assert f'id="{table.key}"' in page


def test_the_json_says_who_and_what() -> None:
    record = json.loads(write_comparison_json(COMPARISON))
    assert record["format"] == "succession-comparison/1"
    first, other = record["plans"]
    assert first["differences"] == {}
    assert first["seats_changes"] == []
    assert other["differences"]["cost"] == pytest.approx(1_234.5)
    assert other["differences"]["counts"]["placements"] == 3
    assert other["changes"]["seats"] == len(other["seats_changes"]) == 4
    assert other["learning_changes"][0]["what_added"] == "@A1 2027-Q1"


def test_text_that_no_file_can_hold_is_made_safe() -> None:
    comparison = build_comparison([FIRST, OTHER], ["a\x00\udc80", "b"])
    for write in WRITERS:
        assert write(comparison)
