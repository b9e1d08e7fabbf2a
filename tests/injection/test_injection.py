"""Nothing that stands in a cell becomes a formula, a link, a script or a broken file."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner
from defusedxml import ElementTree
from tests.browser import open_browser
from tests.injection.corpus import PAYLOADS, content, shown
from tests.programs import needed
from tests.unit.io.books import write_xlsx

from succession.cli.main import cli
from succession.domain import SHEETS
from succession.io import load, load_scenario, write_scenario
from succession.io.schema import TABLES

SHOWN = {shown(payload) for payload in PAYLOADS}
# `convert` writes what stood in the file; everything else what was read.
AS_THEY_ARE = {payload for payload in PAYLOADS if shown(payload) == payload}
EXPECTED = {
    "results.xlsx": SHOWN,
    "comparison.xlsx": SHOWN,
    "issues.xlsx": {
        f"{text} base is not there" for text in AS_THEY_ARE if len(text) < 50 and text.isprintable()
    },
    "again.xlsx": AS_THEY_ARE,
}
BOOKS = ("results.xlsx", "comparison.xlsx", "issues.xlsx", "again.xlsx")
PAGES = ("report.html", "comparison.html")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\x00")
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


# Our own sheets link to each other and count rows: never with a text of a table in it.
TARGETS = {name: {None, "wrong.xlsx"} if name == "issues.xlsx" else {None} for name in BOOKS}


def _is_ours(formula: str) -> bool:
    """Whether a formula or a place in the workbook holds none of the payloads."""
    return not any(text in formula for text in SHOWN if len(text) > 4 and text != "#REF!")


@pytest.fixture(scope="module")
def work(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Everything that the program writes about the corpus, in one folder."""
    folder = tmp_path_factory.mktemp("injection")
    source = write_xlsx(folder / "corpus.xlsx", content())
    _run("solve", source, "--out", folder / "one")
    tables = content()
    for row in tables["Interests"][1:]:
        row[2] = 0
    _run("solve", write_xlsx(folder / "cold.xlsx", tables), "--out", folder / "two")
    _run("compare", folder / "one", folder / "two", "--out", folder / "compared")
    tables = content()
    for row in tables["Employees"][1:]:
        row[2] = f"{row[2]} is not there"
    wrong = write_xlsx(folder / "wrong.xlsx", tables)
    _run("check", wrong, "--out", folder / "issues.xlsx", code=3)
    _run("convert", source, folder / "again.xlsx")
    _run("convert", source, folder / "csv")
    for name in ("results.xlsx", "report.html"):
        shutil.copy(folder / "one" / name, folder / name)
    for name in ("comparison.xlsx", "comparison.html"):
        shutil.copy(folder / "compared" / name, folder / name)
    return folder


def _run(*arguments: object, code: int = 0) -> None:
    done = CliRunner().invoke(cli, [str(argument) for argument in arguments])
    assert done.exit_code == code, done.output
    assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", done.output)


def test_every_payload_stands_in_every_text_field_of_every_table(work: Path) -> None:
    scenario = load_scenario(work / "corpus.xlsx")
    for table in TABLES[1:]:
        for column in table.columns:
            if column.kind in ("id", "text"):
                rows = getattr(scenario, SHEETS[table.sheet])
                values = {getattr(row, column.attribute) for row in rows}
                assert values >= SHOWN, (table.sheet, column.name)


@pytest.mark.parametrize("name", ["again.xlsx", "csv", "spelt.xlsx", "spelt"])
def test_the_scenario_round_trips(work: Path, name: str) -> None:
    scenario = load_scenario(work / "corpus.xlsx")
    if name.startswith("spelt"):
        write_scenario(scenario, work / name, force=True)
    again = load(work / name)
    assert again.scenario is not None
    assert again.scenario.sha256 == scenario.sha256
    assert again.scenario.groups == scenario.groups
    assert again.scenario.settings.name == scenario.settings.name


def test_no_field_of_a_csv_file_is_a_formula(work: Path) -> None:
    for path in (work / "csv").iterdir():
        with path.open(encoding="utf-8", newline="") as stream:
            for row in csv.reader(stream):
                assert not [field for field in row if field.startswith(_FORMULA)], path.name


@pytest.mark.parametrize("name", BOOKS)
def test_no_cell_of_a_workbook_is_a_formula_or_a_link(work: Path, name: str) -> None:
    book = openpyxl.load_workbook(work / name)
    texts = set()
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.data_type == "f":
                    assert _is_ours(str(cell.value)), (sheet.title, cell.coordinate)
                link = cell.hyperlink
                assert link is None or link.target in TARGETS[name], link.target
                assert link is None or _is_ours(str(link.location))
                texts.add(cell.value)
    assert EXPECTED[name] - texts == set()


def test_libreoffice_shows_plain_text(work: Path) -> None:
    soffice = needed("soffice")
    profile = f"-env:UserInstallation=file://{work}/profile"
    convert = [soffice, profile, "--headless", "--convert-to", "fods", *BOOKS]
    subprocess.run(convert, cwd=work, check=True, capture_output=True, timeout=300)
    for name in BOOKS:
        root = ElementTree.parse(work / Path(name).with_suffix(".fods")).getroot()
        assert root is not None
        cells = list(root.iter(f"{_TABLE}table-cell"))
        formulas = {cell.get(f"{_TABLE}formula") or "" for cell in cells}
        assert all(map(_is_ours, formulas)), name
        links = {link.get("{http://www.w3.org/1999/xlink}href") for link in root.iter(f"{_TEXT}a")}
        assert all(str(link).removeprefix("./").startswith(("#", "wrong.xlsx#")) for link in links)
        texts = {"\n".join(_flat(p) for p in cell.findall(f"{_TEXT}p")) for cell in cells}
        assert EXPECTED[name] - texts == set(), name


def _flat(paragraph: Any) -> str:
    """A paragraph's text; runs of blanks are elements of their own."""
    parts = [paragraph.text or ""]
    for child in paragraph:
        if child.tag == f"{_TEXT}s":
            parts.append(" " * int(child.get(f"{_TEXT}c", "1")))
        parts += [_flat(child), child.tail or ""]
    return "".join(parts)


class _Words(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: dict[str, int] = {}
        self.attributes: set[str] = set()
        self.texts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] = self.tags.get(tag, 0) + 1
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.texts.append(data)


@pytest.mark.parametrize("name", PAGES)
def test_chromium_runs_no_payload_and_shows_them_all(work: Path, name: str, tmp_path: Path) -> None:
    with open_browser(tmp_path) as browser:
        opened = browser.open(work / name)
        html = opened.evaluate("document.documentElement.outerHTML")
        opened.close()
    page = _Words()
    page.feed(html)
    assert "data-hit" not in page.attributes
    assert not {"script", "img", "h1"} & set(page.tags) - _tags(work / name)
    assert not [attribute for attribute in page.attributes if attribute.startswith("on")]
    text = "".join(page.texts)
    assert {payload for payload in SHOWN if payload not in text} == set()


def _tags(page: Path) -> set[str]:
    """The tags that the template itself uses: those of a page about harmless names."""
    template = Path(__file__).parents[2] / "src" / "succession" / "report" / "templates"
    kinds = "report" if page.stem == "report" else "comparison"
    text = "".join(path.read_text("utf-8") for path in template.iterdir() if kinds in path.name)
    return set(re.findall(r"<([a-z][a-z0-9]*)", text))


def test_no_output_is_named_after_what_stands_in_a_cell(work: Path) -> None:
    names = {path.name for path in (work / "one").iterdir()}
    assert names == {"plan.json", "results.xlsx", "report.html", "run.json"}
    tables = {f"{table.sheet}.csv" for table in TABLES}
    assert {path.name for path in (work / "csv").iterdir()} <= tables
