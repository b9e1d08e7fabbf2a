"""Pages in Chromium: quiet, offline, usable by keyboard and screen reader, printable."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.browser import Browser, Page, open_browser
from tests.unit.report import samples

from succession.report import build_report, write_html

AXE = Path(__file__).parents[2] / "vendor" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with open_browser(tmp_path_factory.mktemp("browser")) as browser:
        yield browser


@pytest.fixture(scope="module", params=["office", "chain"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    scenario = getattr(samples, f"{request.param}_scenario")()
    plan = getattr(samples, f"{request.param}_plan")(scenario)
    path = tmp_path_factory.mktemp("page") / "report.html"
    path.write_bytes(write_html(build_report(scenario, plan, samples.WARNINGS)))
    return path


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
def test_axe_finds_no_violation(browser: Browser, report: Path, dark: bool) -> None:
    page = browser.open(report, dark=dark)
    assert violations(page) == []
    page.close()


def test_the_console_stays_clean_and_nothing_is_fetched(browser: Browser, report: Path) -> None:
    page = browser.open(report)
    assert page.complaints() == []
    assert page.requests() == []
    assert page.evaluate("document.images.length") == 0
    page.close()


@pytest.mark.parametrize("width", [380, 1000, 1600])
def test_it_fits_any_width(browser: Browser, report: Path, width: int) -> None:
    page = browser.open(report, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_search_narrows_the_timeline_and_says_so(browser: Browser, report: Path) -> None:
    page = browser.open(report)
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


def test_tables_sort_from_the_keyboard(browser: Browser, report: Path) -> None:
    """Enter on the heading of a column sorts by it, once more turns it round."""
    page = browser.open(report)
    page.evaluate("document.querySelector('#Cost details').open = true")
    page.evaluate("document.querySelector('#Cost table.data th.number button').focus()")
    sorts = []
    for _ in range(2):
        page.press("Enter")
        sorts.append(page.evaluate("document.activeElement.closest('th').ariaSort"))
    assert sorts == ["ascending", "descending"]
    page.close()


def test_tab_reaches_the_skip_link_first_and_shows_it(browser: Browser, report: Path) -> None:
    page = browser.open(report)
    page.press("Tab")
    focus = "document.activeElement"
    assert page.evaluate(f"{focus}.getAttribute('href')") == "#Overview"
    assert page.evaluate(f"{focus}.getBoundingClientRect().left") >= 0
    page.close()


def test_the_reader_may_choose_light_or_dark(browser: Browser, report: Path) -> None:
    page = browser.open(report)
    colour = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(colour)
    page.evaluate("document.querySelector('.theme').click()")
    dark = page.evaluate(colour)
    page.evaluate("document.querySelector('.theme').click()")
    assert (light, page.evaluate(colour)) == ("rgb(255, 255, 255)", "rgb(255, 255, 255)")
    assert dark != light
    page.close()


def test_it_prints_in_light_with_every_row_and_without_tools(
    browser: Browser, report: Path
) -> None:
    page = browser.open(report, dark=True)
    page.media(dark=True, paper=True)
    shown = "getComputedStyle(document.querySelector('{}')).display"
    assert page.evaluate(shown.format("nav")) == "none"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert page.pdf().startswith(b"%PDF-")
    page.close()
