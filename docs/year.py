"""Writes the year in docs/quarterly.md from commands really run; a few seconds.

.venv/bin/python docs/year.py
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl

PAGE = Path(__file__).with_name("quarterly.md")
HEADINGS = 3
"""The row of the headings on every sheet of the form; help stands above them."""
Line = Mapping[str, Any]

STORY: Sequence[Mapping[str, Sequence[tuple[Line, Line]]]] = (
    {
        "Learning": [
            ({"employee": "E02", "activity": "lead-basics"}, {"mark": "failed"}),
            (
                {"employee": "E04", "activity": "lead-coaching"},
                {"mark": "moved", "period": "2027-Q2"},
            ),
            ({"employee": "E04", "activity": "plan-project"}, {"mark": "done"}),
        ],
        "Seats": [({"opening": "O-plan"}, {"mark": "done"})],
        "Sessions held": [({"activity": "lead-basics"}, {"held": 1})],
        "Employees": [
            ({}, {"employee": "E08", "name": "Hana Novak", "role": "planner", "unit": "office"}),
        ],
    },
    {
        "Learning": [
            ({"employee": "E04", "activity": "plan-project"}, {"mark": "done"}),
            ({"employee": "E04", "activity": "lead-coaching"}, {"mark": "done"}),
        ],
        "Leavers": [({}, {"employee": "E02"})],
        "Openings": [
            (
                {},
                {
                    "opening": "O-lead-2",
                    "role": "shift-lead",
                    "unit": "hall-a",
                    "needed": "2028-Q2",
                    "max_delay": 1,
                },
            ),
        ],
    },
    {
        "Learning": [
            ({"employee": "E01", "activity": "lead-basics"}, {"mark": "done"}),
            ({"employee": "E04", "activity": "lead-coaching"}, {"mark": "done"}),
        ],
        "Seats": [({"opening": "O-lead"}, {"mark": "done"})],
        "Sessions held": [({"activity": "lead-basics"}, {"held": 1})],
        "Agreed": [
            ({"employee": "E01", "activity": "safety-cert"}, {"agreed": "yes"}),
            ({"employee": "E04", "opening": "O-manager"}, {"agreed": "yes"}),
        ],
        "Employees": [
            (
                {},
                {"employee": "E09", "name": "Idris Bello", "role": "shift-lead", "unit": "hall-b"},
            ),
        ],
        "Spent": [({"pool": "training", "from": "2027-Q3"}, {"spent": 2600})],
    },
    {
        "Learning": [({"employee": "E01", "activity": "safety-cert"}, {"mark": "failed"})],
    },
)
"""Quarter by quarter: on each sheet, which line (none: a new one) gets which values."""


def main() -> None:
    """Play the year and put every quarter between its marks in the page."""
    text = PAGE.read_text(encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        for number, block in enumerate(year(Path(folder)), start=1):
            mark = f"quarter-{number}"
            text, found = re.subn(
                f"<!-- {mark} -->.*?<!-- /{mark} -->",
                lambda _, b=block, m=mark: f"<!-- {m} -->\n\n```console\n{b}```\n\n<!-- /{m} -->",
                text,
                flags=re.DOTALL,
            )
            assert found == 1, mark
    PAGE.write_text(text, encoding="utf-8")


def year(folder: Path) -> Iterator[str]:
    """What the commands of each quarter say, run in `folder`."""
    commands = ["succession new q1.xlsx --example toy", "succession solve q1.xlsx --out plan-1"]
    for number, told in enumerate(STORY, start=1):
        form = f"actuals-{number}.xlsx"
        before = f"q{number}.xlsx plan-{number}"
        commands.append(f"succession advance {before} --actuals-template {form}")
        text = "".join(_run(command, folder) for command in commands)
        _fill(folder / form, told)
        after = number + 1
        text += _run(f"succession advance {before} --actuals {form} --out q{after}.xlsx", folder)
        previous = f"--previous plan-{number}/plan.json"
        text += _run(f"succession solve q{after}.xlsx --out plan-{after} {previous}", folder)
        yield text
        commands = []


def _run(command: str, folder: Path) -> str:
    """The command and its answer: how long it took and where it stood on the way left out."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command.split(), cwd=folder, env={**os.environ, "PATH": path, "NO_COLOR": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert done.returncode == 0, (command, done.stdout)
    lines = [
        line.replace(f"{folder.resolve()}{os.sep}", "")
        for line in done.stdout.splitlines()
        if not re.match(r"(\w+ +round \d+ |Time |Scenario |Results are in )", line)
    ]
    return "\n".join([f"$ {command}", *lines, ""])


def _fill(form: Path, told: Mapping[str, Sequence[tuple[Line, Line]]]) -> None:
    book = openpyxl.load_workbook(form)
    for name, lines in told.items():
        sheet = book[name]
        header = [str(cell.value).partition(" (")[0] for cell in sheet[HEADINGS]]
        for match, values in lines:
            row = _row(sheet, header, match)
            for column, value in values.items():
                sheet.cell(row, header.index(column) + 1).value = value
    book.save(form)


def _row(sheet: Any, header: Sequence[str], match: Line) -> int:
    """The line that has these values, or for none a new one."""
    if not match:
        return int(sheet.max_row) + 1
    for row in range(HEADINGS + 1, sheet.max_row + 1):
        if all(sheet.cell(row, header.index(k) + 1).value == v for k, v in match.items()):
            return row
    raise LookupError(f"{sheet.title}: no line for {match}")


if __name__ == "__main__":
    main()
