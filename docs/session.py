"""Writes README's session, and the picture of its results workbook, from commands really run.

    .venv/bin/python docs/session.py                            # the company: half a minute
    .venv/bin/python docs/session.py scenarios/toy/toy.xlsx     # a few seconds

The picture wants `soffice` (LibreOffice) and `pdftoppm` (poppler).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
README, PICTURE = ROOT / "README.md", ROOT / "docs" / "images" / "summary"
OUT = "out/session"
COMMANDS = (
    "succession check {scenario}",
    "succession solve {scenario} --gap 0.02 --out {out}",
    "succession verify {scenario} {out}/plan.json",
)
PROGRESS = re.compile(r"\w+ +round \d+ ")
MOST = 6
"""Lines of progress that are shown of a solve; the middle ones are left out."""


def main(scenario: str = "scenarios/company/company.xlsx") -> None:
    """Run the session and put it between the marks in README."""
    for name in ("plan.json", "results.xlsx", "report.html", "run.json"):
        (ROOT / OUT / name).unlink(missing_ok=True)
    session = "\n".join(_run(line.format(scenario=scenario, out=OUT)) for line in COMMANDS)
    block = f"<!-- session -->\n\n```console\n{session}```\n\n<!-- /session -->"
    text = README.read_text(encoding="utf-8")
    text = re.sub(r"<!-- session -->.*<!-- /session -->", lambda _: block, text, flags=re.DOTALL)
    README.write_text(text, encoding="utf-8")
    _draw(ROOT / OUT / "results.xlsx")


def _run(command: str) -> str:
    """The command and what it said; progress first, as it came."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        command.split(), cwd=ROOT, env={**os.environ, "PATH": path, "NO_COLOR": "1"},
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    lines = [line.replace(f"{ROOT}{os.sep}", "") for line in done.stdout.splitlines()]
    told = [k for k, line in enumerate(lines) if PROGRESS.match(line)]
    if len(told) > MOST:
        lines[told[MOST // 2] : told[-MOST // 2]] = ["…"]
    return "\n".join([f"$ {command}", *lines, ""])


def _draw(workbook: Path) -> None:
    """The first page of the workbook, cut to what is written on it."""
    with tempfile.TemporaryDirectory() as folder:
        office = ("soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless")
        subprocess.run(
            [*office, "--convert-to", "pdf", "--outdir", folder, str(workbook)],
            check=True, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        cut = ("-x", "45", "-y", "45", "-W", "850", "-H", "880")
        subprocess.run(
            ["pdftoppm", "-png", "-singlefile", "-r", "110", *cut,
             f"{folder}/{workbook.stem}.pdf", PICTURE], check=True,
        )  # fmt: skip


if __name__ == "__main__":
    main(*sys.argv[1:])
