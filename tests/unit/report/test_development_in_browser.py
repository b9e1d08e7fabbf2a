"""Development plans in Chromium: accessible, offline, on any width, one sheet of paper a person."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.browser import Browser, open_browser
from tests.unit.report import samples
from tests.unit.report.test_pages_in_browser import violations

from succession.report import build_report, development_plans
from succession.report.development import write_development_html


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with open_browser(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    scenario = samples.office_scenario()
    reading = build_report(scenario, samples.office_plan(scenario)).reading
    path = tmp_path_factory.mktemp("page") / "plans.html"
    path.write_bytes(write_development_html(reading, development_plans(reading)))
    return path


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_violation(browser: Browser, file: Path, dark: bool) -> None:
    page = browser.open(file, dark=dark)
    assert violations(page) == []
    page.close()


def test_the_console_stays_clean_and_nothing_is_fetched(browser: Browser, file: Path) -> None:
    page = browser.open(file)
    assert page.complaints() == []
    assert page.requests() == []
    page.close()


@pytest.mark.parametrize("width", [380, 1000, 1600])
def test_it_fits_any_width(browser: Browser, file: Path, width: int) -> None:
    page = browser.open(file, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_it_prints_a_page_a_person(browser: Browser, file: Path) -> None:
    page = browser.open(file)
    people = page.evaluate("document.querySelectorAll('article').length")
    assert len(re.findall(rb"/Type /Page\b", page.pdf())) == people == 3
    page.close()
