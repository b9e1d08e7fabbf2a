"""The tutorial does what it says: typed, run and compared line by line."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
from docs import tutorial


def test_every_command_of_the_tutorial_says_what_the_page_shows(tmp_path: Path) -> None:
    assert tutorial.differences(tmp_path) == []
    marks = openpyxl.load_workbook(tmp_path / "out" / "first" / "results.xlsx")["Decisions"]
    assert (marks["A5"].value, marks["G5"].value) == ("lock", "Ada Brandt")


def test_the_tutorial_is_told_apart_into_all_its_steps() -> None:
    """A block that the script does not take for a step would not be tested."""
    text = tutorial.PAGE.read_text(encoding="utf-8")
    steps = [step[0] for step in tutorial.steps(text)]
    assert sum(step.startswith("```console") for step in steps) == text.count("```console")
    tables = re.findall(r"^\|---", text, re.MULTILINE)
    typed = sum(step.startswith("**") for step in steps)
    assert typed == len(tables) - 1, "the table of the three marks alone is not typed"
    assert sum(step.startswith(("In ", "In\n", "Save")) for step in steps) == 4
