"""LibreOffice for tests: what people see when they open or print a workbook."""

from __future__ import annotations

import subprocess
from pathlib import Path

from tests.programs import needed

__all__ = ["convert", "pages"]


def convert(workbook: Path, form: str) -> Path:
    """The workbook calculated and converted (`pdf`, `xlsx`) into a folder beside it."""
    soffice = needed("soffice")
    folder = workbook.parent / f"{workbook.stem}-{form}"
    profile = f"-env:UserInstallation=file://{workbook.parent}/profile"
    command = [soffice, profile, "--headless", "--convert-to", form, "--outdir", str(folder)]
    subprocess.run([*command, str(workbook)], check=True, capture_output=True, timeout=240)
    return folder / f"{workbook.stem}.{form}"


def pages(workbook: Path) -> list[str]:
    """The text of every printed page."""
    show = [needed("pdftotext"), "-layout", str(convert(workbook, "pdf")), "-"]
    text = subprocess.run(show, check=True, capture_output=True, text=True, timeout=60).stdout
    return text.split("\f")[:-1]
