"""The house rules that a machine can check; every exception has a name and a reason."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "succession"
UNIT = ROOT / "tests" / "unit"
MODULES = sorted(SOURCE.rglob("*.py"))
PACKAGES = sorted({path.parent for path in MODULES})

LONGEST_MODULE, LONGEST_FUNCTION, MOST_MODULES = 300, 40, 9

LONG_MODULES = {
    "pathways/kernel/search.py": "compiled: split, it would copy state between calls",
}
LONG_FUNCTIONS = {
    "pathways/kernel/search.py:search": "the compiled loop over labels: calls in it cost time",
    "pathways/kernel/blocks.py:_number_bits": "compiled: union-find over facts, in arrays",
    "pathways/kernel/view.py:view_person": "compiled: hands plain arrays to the inner loop",
    "pathways/kernel/view.py:_cut_down": "compiled: fills a named tuple of arrays",
}
LARGE_PACKAGES = {
    "cli": "one command, one module",
    "domain": "a dictionary: one word, one module",
    "optimize": "one algorithm; each module is a step of it",
    "pathways/kernel": "one compiled search; each module is a part of it",
    "planning": "the front door: a module for each way in, and how results are written",
    "report": "one report; each module is a part of its pages",
}
FORBIDDEN = ("utils", "util", "helpers", "helper", "common", "misc", "manager", "engine")


def name(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Every function's name and its lines of code: docstring and signature do not count."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node) is not None else node.body
            first = body[0].lineno if body else node.lineno
            yield f"{name(path)}:{node.name}", (node.end_lineno or first) - first + 1


def test_modules_are_short() -> None:
    long = {name(path): lines(path) for path in MODULES if lines(path) > LONGEST_MODULE}
    assert set(long) <= set(LONG_MODULES), long


def lines(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def test_functions_are_short() -> None:
    long = {
        function: length
        for path in MODULES
        for function, length in functions(path)
        if length > LONGEST_FUNCTION
    }
    assert set(long) <= set(LONG_FUNCTIONS), long


def test_packages_are_small() -> None:
    large = {}
    for package in PACKAGES:
        modules = [path for path in package.glob("*.py") if path.stem not in PRIVATE]
        if len(modules) > MOST_MODULES:
            large[name(package)] = len(modules)
    assert set(large) <= set(LARGE_PACKAGES), large


PRIVATE = ("__init__", "__main__")


def test_exceptions_are_needed() -> None:
    """An exception for what has become short, or is gone, is taken off the list."""
    long = {function for path in MODULES for function, n in functions(path) if n > LONGEST_FUNCTION}
    assert {key for key in LONG_FUNCTIONS if key not in long} == set()
    assert {key for key in LONG_MODULES if lines(SOURCE / key) <= LONGEST_MODULE} == set()


def test_names_say_what_is_inside() -> None:
    names = [path.stem for path in MODULES] + [path.name for path in PACKAGES]
    assert [stem for stem in names if set(stem.split("_")) & set(FORBIDDEN)] == []


def test_every_module_says_what_it_is() -> None:
    silent = [
        name(path)
        for path in MODULES
        if ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) is None
    ]
    assert silent == []


def test_unit_tests_mirror_the_source() -> None:
    """Every room has a folder of tests, and every folder a room (scenarios have one as well)."""
    rooms = {path.name for path in PACKAGES if path.parent == SOURCE}
    folders = {path.name for path in UNIT.iterdir() if any(path.glob("test_*.py"))}
    assert rooms <= folders
    assert folders <= rooms | {"scenarios", "benchmarks", "docs"}


@pytest.mark.parametrize(
    "room", ["domain", "instance", "pathways", "optimize", "verify", "metrics"]
)
def test_the_core_prints_nothing_and_reads_no_files(room: str) -> None:
    """No print, open, input or environment below the adapters."""
    for path in (SOURCE / room).rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                assert node.func.id not in ("print", "open", "input", "exec", "eval"), name(path)


def test_rooms_keep_to_their_floors() -> None:
    """The import contracts of pyproject.toml."""
    script = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run(
        [str(script), "--no-cache"], capture_output=True, text=True, cwd=ROOT, check=False
    )
    assert done.returncode == 0, done.stdout
