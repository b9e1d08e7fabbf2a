"""Pages in Chromium: quiet, offline, usable by keyboard and screen reader, printable."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.browser import Browser, Page, open_browser
from tests.unit.report import samples

import succession
from succession.domain import Hires, Placement
from succession.report import (
    build_report,
    development_plans,
    write_comparison_html,
    write_html,
)
from succession.report.development import write_development_html

AXE = Path(__file__).parents[2] / "vendor" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with open_browser(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


@pytest.fixture(scope="module", params=["office", "chain", "comparison"])
def file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each kind of page that can be sorted, searched and turned dark."""
    return written(request.param, tmp_path_factory.mktemp("page"))


@pytest.fixture(scope="module", params=["office", "chain", "comparison", "development"])
def any_file(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Each kind of page."""
    return written(request.param, tmp_path_factory.mktemp("page"))


def written(kind: str, folder: Path) -> Path:
    others = {"comparison": comparison_page, "development": development_page}
    path = folder / "page.html"
    path.write_bytes(others[kind]() if kind in others else report_page(kind))
    return path


def report_page(name: str) -> bytes:
    scenario = getattr(samples, f"{name}_scenario")()
    plan = getattr(samples, f"{name}_plan")(scenario)
    return write_html(build_report(scenario, plan, samples.WARNINGS))


def comparison_page() -> bytes:
    scenario = samples.office_scenario()
    plan = samples.office_plan(scenario)
    hires = (Hires("O1", 1), Hires("O2", 1), Hires("O3", 1))
    placed = (Placement("O1", "E3", 5),)
    other = replace(plan, standbys=(), placements=placed, hires=hires, unfilled=())
    figures = [succession.figures(scenario, item) for item in (plan, other)]
    names = ["<b>first</b>", "second"]
    return write_comparison_html(succession.compare([plan, other], names, figures))


def development_page() -> bytes:
    scenario = samples.office_scenario()
    reading = build_report(scenario, samples.office_plan(scenario)).reading
    return write_development_html(reading, development_plans(reading))


def violations(page: Page) -> list[Any]:
    """What axe finds with everything drawn, sections far down included."""
    page.evaluate(
        "for (const s of document.querySelectorAll('.late')) s.style.contentVisibility = 'visible';"
        "document.querySelectorAll('details').forEach(d => { d.open = true })"
    )
    page.evaluate(AXE.read_text(encoding="utf-8") + "; 0")
    found = page.evaluate(
        "axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations."
        "map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html + ' ' + n.failureSummary)])))"
    )
    return list(json.loads(found))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_axe_finds_no_violation(browser: Browser, any_file: Path, dark: bool) -> None:
    page = browser.open(any_file, dark=dark)
    assert violations(page) == []
    page.close()


def test_the_console_stays_clean_and_nothing_is_fetched(browser: Browser, any_file: Path) -> None:
    page = browser.open(any_file)
    assert page.complaints() == []
    assert page.requests() == []
    assert page.evaluate("document.images.length") == 0
    page.close()


@pytest.mark.parametrize("width", [380, 1000, 1600])
def test_it_fits_any_width(browser: Browser, any_file: Path, width: int) -> None:
    page = browser.open(any_file, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_search_narrows_the_timeline_and_says_so(browser: Browser, tmp_path: Path) -> None:
    page = browser.open(written("office", tmp_path))
    everybody = page.evaluate("document.querySelectorAll('#Timeline .person').length")
    left = page.evaluate(
        "(() => { const i = document.querySelector('#Timeline input'); i.value = 'nobody at all';"
        " i.dispatchEvent(new Event('input'));"
        " return [document.querySelectorAll('#Timeline .person:not([hidden])').length,"
        " document.querySelector('#Timeline output').textContent]; })()"
    )
    assert everybody > 0
    assert left == [0, f"0 of {everybody}"]
    page.close()


def test_tables_sort_from_the_keyboard(browser: Browser, file: Path) -> None:
    """Enter on the heading of a column sorts by it, once more turns it round."""
    page = browser.open(file)
    page.evaluate("for (const d of document.querySelectorAll('details')) d.open = true")
    page.evaluate("document.querySelector('table.data th button').focus()")
    sorts = []
    for _ in range(2):
        page.press("Enter")
        sorts.append(page.evaluate("document.activeElement.closest('th').ariaSort"))
    assert sorts == ["ascending", "descending"]
    page.close()


def test_tab_reaches_the_skip_link_first_and_shows_it(browser: Browser, file: Path) -> None:
    page = browser.open(file)
    page.press("Tab")
    focus = "document.activeElement"
    assert page.evaluate(f"{focus}.getAttribute('href')") == "#Overview"
    assert page.evaluate(f"{focus}.getBoundingClientRect().left") >= 0
    page.close()


def test_the_reader_may_choose_light_or_dark(browser: Browser, file: Path) -> None:
    page = browser.open(file)
    colour = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(colour)
    page.evaluate("document.querySelector('.theme').click()")
    dark = page.evaluate(colour)
    page.evaluate("document.querySelector('.theme').click()")
    assert (light, page.evaluate(colour)) == ("rgb(255, 255, 255)", "rgb(255, 255, 255)")
    assert dark != light
    page.close()


def test_it_prints_in_light_with_every_row_and_without_tools(browser: Browser, file: Path) -> None:
    page = browser.open(file, dark=True)
    page.media(dark=True, paper=True)
    shown = "getComputedStyle(document.querySelector('{}')).display"
    assert page.evaluate(shown.format("nav")) == "none"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf().startswith(b"%PDF-")
    page.close()


def test_development_plans_print_a_page_a_person(browser: Browser, tmp_path: Path) -> None:
    page = browser.open(written("development", tmp_path))
    people = page.evaluate("document.querySelectorAll('article').length")
    assert len(re.findall(rb"/Type /Page\b", page.pdf())) == people == 3
    page.close()


def test_ids_sort_by_their_numbers(browser: Browser, tmp_path: Path) -> None:
    """E10 comes after E7."""
    page = browser.open(written("office", tmp_path))
    found = page.evaluate(
        "(() => { const table = document.querySelector('#Learning table');"
        " const cell = table.tBodies[0].rows[0].cells[0]; cell.textContent = 'E10';"
        " table.querySelector('th button').click();"
        " return [...table.tBodies[0].rows].map(row => row.cells[0].textContent); })()"
    )
    assert found == ["E1", "E3", "E3", "E7", "E10"]
    page.close()
