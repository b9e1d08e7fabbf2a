"""The compiled kernel's folder: another kernel, another folder."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from numba.core import config

from succession.pathways.kernel import cache as kernel_cache


def test_all_that_is_compiled_is_in_the_kernel() -> None:
    """A compiled function elsewhere could change without its callers being compiled anew."""
    kernel = Path(kernel_cache.__file__).parent
    compiled = [p for p in kernel.parent.rglob("*.py") if "@njit" in p.read_text(encoding="utf-8")]
    assert compiled
    assert {p.parent for p in compiled} == {kernel}


def test_folder_changes_with_any_source_of_the_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = Path(kernel_cache.__file__).parent
    for source in here.glob("*.py"):
        shutil.copy(source, tmp_path)
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setattr(kernel_cache, "__file__", str(tmp_path / "cache.py"))
    before = kernel_cache.kernel_folder()
    assert before == kernel_cache.kernel_folder()
    with (tmp_path / "labels.py").open("a", encoding="utf-8") as file:
        file.write("# changed\n")
    assert kernel_cache.kernel_folder() != before


def test_folder_that_the_user_names_comes_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    assert kernel_cache.kernel_folder().parent == tmp_path
    assert not kernel_cache.is_compiled()


def test_sources_that_cannot_be_written_beside_use_the_users_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`__pycache__` is a file here, so no folder can be made in it, whoever runs this."""
    for source in Path(kernel_cache.__file__).parent.glob("*.py"):
        shutil.copy(source, tmp_path)
    (tmp_path / "__pycache__").write_text("", encoding="utf-8")
    monkeypatch.delenv("NUMBA_CACHE_DIR", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(kernel_cache, "__file__", str(tmp_path / "cache.py"))
    assert kernel_cache.kernel_folder().parent == tmp_path / "cache"


def test_numbas_own_folder_is_left_as_it_was() -> None:
    before = _numba().CACHE_DIR
    with kernel_cache.keep_compiled():
        assert str(kernel_cache.kernel_folder()) == _numba().CACHE_DIR
    assert before == _numba().CACHE_DIR


def _numba() -> Any:
    return config
