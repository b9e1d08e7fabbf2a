"""What the documentation points at is there: links, sections, paths, commands and their options."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import click
import pytest

from succession.cli.main import cli

ROOT = Path(__file__).parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("scenarios/*/*.md")])
LINK = re.compile(r"\[[^]]*\]\(([^)\s]+)\)")
PATH = re.compile(r"`((?:src|docs|scripts|tests|scenarios|benchmarks|optimize|pathways|instance|"
                  r"verify|domain|io|planning|report|cli)/[\w./-]*\w)[ `]")  # fmt: skip
COMMAND = re.compile(r"(?:^\$ |`)(succession [^`|#\n]*)", re.MULTILINE)


def _name(page: Path) -> str:
    return page.relative_to(ROOT).as_posix()


def _anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    for link in LINK.findall(page.read_text(encoding="utf-8")):
        if "://" in link:
            continue
        path, _, anchor = link.partition("#")
        goal = (page.parent / path).resolve() if path else page
        assert goal.exists(), link
        assert not anchor or anchor in _anchors(goal), link


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_paths_that_are_named_are_there(page: Path) -> None:
    homes = (ROOT, ROOT / "src" / "succession", page.parent)
    for path in PATH.findall(page.read_text(encoding="utf-8")):
        assert any((home / f"{path}{end}").exists() for home in homes for end in ("", ".py")), path


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_commands_and_options_exist(page: Path) -> None:
    for line in COMMAND.findall(page.read_text(encoding="utf-8")):
        _, command, *rest = shlex.split(line, comments=True)
        if command.startswith("-"):
            continue
        assert command in cli.commands, line
        found = cli.commands[command]
        if isinstance(found, click.Group) and rest:
            assert rest[0] in found.commands, line
            found = found.commands[rest[0]]
        options = {name for option in found.params for name in option.opts}
        used = {word.strip("[]") for word in rest if word.strip("[]").startswith("-")}
        assert used <= options, line


def test_every_room_is_in_the_architecture() -> None:
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    for room in (ROOT / "src" / "succession").iterdir():
        if room.is_dir() and (room / "__init__.py").exists():
            assert re.search(rf"^{room.name} ", text, re.MULTILINE), room.name


def test_no_page_names_a_place_of_one_machine() -> None:
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"(?<![\w.])/(home|root|work|tmp|Users)/", text), page


def test_every_code_of_a_finding_is_explained() -> None:
    page = (ROOT / "docs" / "input-files.md").read_text(encoding="utf-8")
    codes = {
        code
        for path in (ROOT / "src" / "succession").rglob("*.py")
        for code in re.findall(r'"([EW]_[A-Z0-9_]+)"', path.read_text(encoding="utf-8"))
    }
    assert {code for code in codes if f"`{code}`" not in page} == set()
