"""Pseudonyms: stable while the key lives, nobody's afterwards."""

from __future__ import annotations

from pathlib import Path

import pytest

from succession.errors import SuccessionError
from succession.store import Keyring


def test_a_person_has_one_pseudonym_in_every_process(tmp_path: Path) -> None:
    one = Keyring.create(tmp_path)
    first = one.pseudonym("Jane Doe")
    assert Keyring.load(tmp_path).pseudonym("Jane Doe") == first
    assert one.names() == {first: "Jane Doe"}
    assert "Jane" not in first


def test_pseudonyms_of_two_keyrings_have_nothing_in_common(tmp_path: Path) -> None:
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    one, two = (Keyring.create(folder).pseudonym("E1") for folder in folders)
    assert one != two


def test_a_forgotten_person_comes_back_as_somebody_else(tmp_path: Path) -> None:
    keyring = Keyring.create(tmp_path)
    before = keyring.pseudonym("Jane Doe")
    assert keyring.forget(["Jane Doe", "nobody known"]) == 1
    assert b"Jane" not in (tmp_path / "people.json").read_bytes()
    assert keyring.pseudonym("Jane Doe") != before


def test_keys_made_by_another_process_are_kept(tmp_path: Path) -> None:
    one, two = Keyring.create(tmp_path), Keyring.load(tmp_path)
    known = one.pseudonym("E1")
    two.pseudonym("E2")
    assert Keyring.load(tmp_path).pseudonym("E1") == known


@pytest.mark.parametrize("content", [None, "", "[]", "{}", '{"format": "other/1", "people": {}}'])
def test_a_keyring_that_is_gone_or_damaged_is_said(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "people.json").write_text(content)
    with pytest.raises(SuccessionError, match="Put it back from a copy"):
        Keyring.load(tmp_path)
