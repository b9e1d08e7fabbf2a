"""Importing the room is cheap: heavy libraries load when they are needed."""

from __future__ import annotations

import subprocess
import sys


def test_no_heavy_library_is_loaded_by_the_import() -> None:
    heavy = "numpy highspy pandas ortools openpyxl xlsxwriter pydantic python_calamine hypothesis"
    code = (
        "import sys, succession.io; "
        f"print([name for name in {heavy.split()!r} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
