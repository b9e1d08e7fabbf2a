"""Text that every writer takes."""

from __future__ import annotations

from typing import get_args

import pytest

from succession.report.columns import Column, Kind, clean
from succession.report.rows import PlacementRow


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Zoë 王小明 🙂", "Zoë 王小明 🙂"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("bell\x07", "bell\ufffd"),
        ("\x00\x1b[31m\x85", "\ufffd\ufffd[31m\ufffd"),
        ("lone \ud800 surrogate", "lone \ufffd surrogate"),
        ("\uffff\ufffe", "\ufffd\ufffd"),
        ("=1+1", "=1+1"),
        ("x" * 40_000, "x" * 32_767),
    ],
)
def test_clean(text: str, safe: str) -> None:
    assert clean(text) == safe


def test_every_kind_is_text_or_number() -> None:
    assert [kind for kind in get_args(Kind) if Column("", kind).is_number] == [
        "count",
        "hours",
        "amount",
        "share",
    ]
    assert PlacementRow.__slots__[0] == "opening"
