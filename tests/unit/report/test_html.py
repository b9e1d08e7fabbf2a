"""report.html: complete, escaped, self-contained, the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest
from tests.unit.report import samples

from succession.report import build_report, write_html
from succession.report.tables import figure

OFFICE = samples.office_scenario()
REPORT = build_report(OFFICE, samples.office_plan(OFFICE), samples.WARNINGS)
PAGE = write_html(REPORT).decode("utf-8")


class _Reader(HTMLParser):
    """Collects tags, links and ids, and checks that what opens is closed."""

    VOID = frozenset({"meta", "link", "img", "br", "input", "col"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.ids: set[str] = set()
        self.text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        values = dict(attrs)
        self.links += [str(values[name]) for name in ("href", "src") if name in values]
        self.ids.add(str(values.get("id")))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text.append(data)


@pytest.fixture(scope="module")
def page() -> _Reader:
    reader = _Reader()
    reader.feed(PAGE)
    reader.close()
    assert reader.open == []
    return reader


def test_every_table_and_its_text_is_there(page: _Reader) -> None:
    text = " ".join(page.text)
    assert {table.key for table in REPORT.tables} <= page.ids
    for table in REPORT.tables:
        assert table.title in text
        for cells in table.cells:
            for value in cells:
                assert not isinstance(value, str) or value in text
    for kpi in REPORT.kpis.rows:
        assert figure(kpi, REPORT) in text


def test_names_cannot_become_markup(page: _Reader) -> None:
    assert "img" not in page.tags
    assert "&lt;img src=x onerror" in PAGE


def test_the_only_script_is_the_one_whose_hash_the_page_allows() -> None:
    (script,) = re.findall(r"<script>(.*?)</script>", PAGE, re.DOTALL)
    digest = base64.b64encode(hashlib.sha256(script.encode("utf-8")).digest()).decode("ascii")
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]*)"', PAGE)
    assert "default-src 'none'" in policy
    assert policy.endswith(f"script-src 'sha256-{digest}'")
    assert "innerHTML" not in script


def test_it_needs_nothing_but_itself(page: _Reader) -> None:
    assert page.links
    assert all(link.startswith("#") for link in page.links)
    assert {link[1:] for link in page.links} <= page.ids
    assert not re.search(r"url\((?!#)|@import|https?://(?!example\.invalid)", PAGE)


def test_it_is_fit_for_dark_rooms_and_paper() -> None:
    assert "color-scheme: light dark" in PAGE
    assert "@media print" in PAGE


def test_control_characters_are_gone_and_equal_reports_are_equal() -> None:
    assert not re.search(r"[\x00-\x08\x0b-\x1f]", PAGE)
    assert write_html(REPORT).decode("utf-8") == PAGE
