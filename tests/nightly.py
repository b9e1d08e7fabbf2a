"""How much is tested: enough for every change by default, all of it with SUCCESSION_NIGHTLY=1."""

from __future__ import annotations

import os
from typing import TypeVar

__all__ = ["NIGHTLY", "more"]

NIGHTLY = os.environ.get("SUCCESSION_NIGHTLY", "") not in ("", "0")

T = TypeVar("T")


def more(nightly: T, by_default: T) -> T:
    """The nightly amount where it is asked for."""
    return nightly if NIGHTLY else by_default
