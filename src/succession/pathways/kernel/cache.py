"""Where the compiled kernel is kept between runs.

Numba notices a change of a function's own file, but not of the files of the functions it calls. So
the folder's name carries a digest of all sources of the kernel: another kernel, another folder.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numba
from numba.core import config as numba_config

__all__ = ["is_compiled", "keep_compiled", "kernel_folder"]


def kernel_folder() -> Path:
    """A folder that can be written: beside the sources, else in the user's or the system's cache.

    `NUMBA_CACHE_DIR` comes first where it is set.
    """
    digest = hashlib.sha256(numba.__version__.encode())
    for source in sorted(Path(__file__).parent.glob("*.py")):
        digest.update(source.read_bytes())
    name = f"succession-kernel-{digest.hexdigest()[:16]}"
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    if chosen:
        return Path(chosen) / name
    home = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    for base in (Path(__file__).parent / "__pycache__", home):
        try:
            (base / name).mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(base / name, os.W_OK):
            return base / name
    return Path(tempfile.gettempdir()) / name


def is_compiled() -> bool:
    """Whether the kernel was compiled by an earlier run; the first one takes most of a minute."""
    return any(kernel_folder().rglob("*.nbi"))


@contextmanager
def keep_compiled() -> Iterator[None]:
    """While functions are declared: keep what is compiled of them in the kernel's folder."""
    config: Any = numba_config
    before = config.CACHE_DIR
    config.CACHE_DIR = str(kernel_folder())
    try:
        yield
    finally:
        config.CACHE_DIR = before
