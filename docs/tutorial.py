"""Does what docs/tutorial.md says, and writes what came of it into the page.

    .venv/bin/python docs/tutorial.py            # runs it, renews outputs and pictures
    .venv/bin/python docs/tutorial.py --check    # runs it, exit 1 where an output differs

The page is the script. A `console` block is run line by line; a table below **Sheet** of `FILE` is
typed into that sheet; "set **Sheet** `CELL` to `VALUE`" types one cell. The pictures want `soffice`
(LibreOffice) and `pdftoppm` (poppler).
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl

__all__ = ["PAGE", "differences", "follow", "steps"]

PAGE = Path(__file__).with_name("tutorial.md")
PICTURES = PAGE.parent / "images"
HEADINGS, FIRST = 3, 4
"""The template's rows of headings and of the first record."""

_STEP = re.compile(
    r"^```console\n(?P<console>.*?)^```$"
    r"|^\*\*(?P<sheet>\w+)\*\* of `(?P<file>[\w.-]+)`[^\n]*\n\n(?P<table>(?:\|[^\n]*\n)+)"
    r"|In\s`(?P<book>[\w./-]+)`,?\sset\s\*\*(?P<page>\w+)\*\*"
    r"\s`(?P<cell>[A-Z]+\d+)`\sto\s`(?P<value>[^`]+)`"
    r"|Save\s`(?P<old>[\w.-]+)`\sas\s`(?P<new>[\w.-]+)`",
    re.MULTILINE | re.DOTALL,
)
_TIMES = re.compile(r"^(Time +).*$", re.MULTILINE)
_PROGRESS = re.compile(r"^\w+ +round \d+ .*\n", re.MULTILINE)

_SHOTS: Mapping[str, tuple[str, int, tuple[int, int, int, int]]] = {
    "tutorial-employees": ("press.xlsx", 7, (20, 30, 900, 300)),
    "tutorial-summary": ("out/first/results.xlsx", 1, (40, 40, 770, 790)),
    "tutorial-person": ("out/first/results.xlsx", 5, (40, 40, 770, 580)),
    "tutorial-compared": ("out/compared/comparison.xlsx", 1, (40, 40, 770, 560)),
}
"""Picture: workbook, printed page, and the part of it (left, top, width, height at 100 dpi)."""


def steps(text: str) -> Iterator[re.Match[str]]:
    """Everything on the page that is to be done, in order."""
    return _STEP.finditer(text)


def follow(folder: Path, text: str) -> Iterator[tuple[re.Match[str], str]]:
    """Does every step of the page in a folder; each console block with what was really said."""
    for step in steps(text):
        if step["console"] is not None:
            commands = re.findall(r"^\$ (.*)$", step["console"], re.MULTILINE)
            yield step, "\n".join(_run(command, folder) for command in commands)
        elif step["table"] is not None:
            _type_table(folder / step["file"], step["sheet"], step["table"])
        elif step["cell"] is not None:
            _type_cell(folder / step["book"], step["page"], step["cell"], step["value"])
        else:
            shutil.copyfile(folder / step["old"], folder / step["new"])


def differences(folder: Path) -> list[str]:
    """What the page shows otherwise than it came; times apart."""
    found = []
    for step, said in follow(folder, PAGE.read_text(encoding="utf-8")):
        if _TIMES.sub(r"\1–", step["console"]) != _TIMES.sub(r"\1–", said):
            found.append(f"the page says\n{step['console']}\nbut it came\n{said}")
    return found


def main(*arguments: str) -> int:
    """Checks the page, or renews it with its pictures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if arguments == ("--check",):
            found = differences(folder)
            print("\n".join(found))
            return 1 if found else 0
        text = PAGE.read_text(encoding="utf-8")
        for step, said in reversed(list(follow(folder, text))):
            text = f"{text[: step.start()]}```console\n{said}```{text[step.end() :]}"
        PAGE.write_text(text, encoding="utf-8")
        _draw(folder)
    return 0


def _run(command: str, folder: Path) -> str:
    """A command with what it said, progress left out."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command.split(), cwd=folder, env={**os.environ, "PATH": path, "NO_COLOR": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        timeout=600, check=False,
    )  # fmt: skip
    text = _PROGRESS.sub("", done.stdout.replace(f"{folder.resolve()}{os.sep}", ""))
    return f"$ {command}\n{text.rstrip()}\n"


def _type_table(path: Path, sheet: str, table: str) -> None:
    """Types the rows of a Markdown table below the headings that are named alike."""
    lines = [[cell.strip() for cell in line[1:-1].split("|")] for line in table.splitlines()]
    book = openpyxl.load_workbook(path)
    page = book[sheet]
    names = [str(cell.value).split(" (")[0] for cell in page[HEADINGS]]
    settings = {page.cell(row, 1).value: row for row in range(FIRST, page.max_row + 1)}
    for number, values in enumerate(lines[2:]):
        row = settings[values[0]] if sheet == "Settings" else FIRST + number
        for name, value in zip(lines[0], values, strict=True):
            if value:
                page.cell(row, names.index(name) + 1, _typed(value))
    book.save(path)


def _type_cell(path: Path, sheet: str, cell: str, value: str) -> None:
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = _typed(value)
    book.save(path)


def _typed(value: str) -> Any:
    """What Excel makes of what is typed."""
    if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
        return date.fromisoformat(value)
    if re.fullmatch(r"\d+(\.\d+)?%", value):
        return float(value[:-1]) / 100
    if re.fullmatch(r"\d+", value):
        return int(value)
    return value


def _draw(folder: Path) -> None:
    """The pictures of the page, cut out of what LibreOffice prints."""
    for name, (workbook, page, (left, top, width, height)) in _SHOTS.items():
        source = folder / workbook
        office = ("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless")
        subprocess.run(
            [*office, "--convert-to", "pdf", "--outdir", str(source.parent), str(source)],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        cut = ("-x", left, "-y", top, "-W", width, "-H", height, "-f", page, "-l", page)
        subprocess.run(
            ["pdftoppm", "-png", "-singlefile", "-r", "100", *map(str, cut),
             str(source.with_suffix(".pdf")), str(PICTURES / name)], check=True,
        )  # fmt: skip


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
