"""The keys of people and of the decision trail, in one file apart from the database.

A person's pseudonym is an HMAC of who they are under a random key of their own. Without the key it
can be worked out from nothing, so destroying the key makes every mention of it nobody's.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Iterable
from pathlib import Path
from typing import TypedDict

from succession.errors import SuccessionError
from succession.store.objects import replace_file

__all__ = ["KEYRING_NAME", "Keyring"]

KEYRING_NAME = "people.json"
_FORMAT = "succession-people/1"
_PSEUDONYM_DIGITS = 20


class Keyring:
    """Keys by person, and the trail's.

    Every change is written at once; whoever changes it holds the store's write transaction.
    """

    def __init__(self, path: Path, chain_key: str, people: dict[str, str]) -> None:
        self._path = path
        self._chain_key = chain_key
        self._people = people

    @classmethod
    def create(cls, folder: Path) -> Keyring:
        """The keyring of the folder, made if there is none."""
        if (folder / KEYRING_NAME).exists():
            return cls.load(folder)
        keyring = cls(folder / KEYRING_NAME, secrets.token_hex(32), {})
        keyring._save()
        return keyring

    @classmethod
    def load(cls, folder: Path) -> Keyring:
        """Raises SuccessionError where the file is missing or is no keyring."""
        path = folder / KEYRING_NAME
        content = _read(path)
        return cls(path, content["chain_key"], content["people"])

    def sign(self, message: bytes) -> str:
        """The trail's keyed hash of a message."""
        return hmac.digest(bytes.fromhex(self._chain_key), message, hashlib.sha256).hex()

    def pseudonym(self, person: str) -> str:
        """Who this is in the trail and in exports; a key is made at first use."""
        return self.pseudonyms([person])[person]

    def pseudonyms(self, people: Iterable[str]) -> dict[str, str]:
        """The pseudonyms of many, with one write for all new keys."""
        wanted = list(dict.fromkeys(people))
        if any(person not in self._people for person in wanted):
            self._catch_up()
            new = [person for person in wanted if person not in self._people]
            self._people.update((person, secrets.token_hex(32)) for person in new)
            self._save()
        return {person: self._known(person) for person in wanted}

    def names(self) -> dict[str, str]:
        """Who stands behind each pseudonym that still has its key."""
        return {self._known(person): person for person in self._people}

    def forget(self, people: Iterable[str]) -> int:
        """Destroy keys; returns how many there were."""
        self._catch_up()
        known = [person for person in dict.fromkeys(people) if person in self._people]
        for person in known:
            del self._people[person]
        if known:
            self._save()
        return len(known)

    def _catch_up(self) -> None:
        """Take over what other processes have written since."""
        self._people = _read(self._path)["people"]

    def _known(self, person: str) -> str:
        key = bytes.fromhex(self._people[person])
        digest = hmac.digest(key, person.encode("utf-8", "surrogatepass"), hashlib.sha256)
        return f"p-{digest.hex()[:_PSEUDONYM_DIGITS]}"

    def _save(self) -> None:
        content = {
            "format": _FORMAT,
            "chain_key": self._chain_key,
            "people": dict(sorted(self._people.items())),
        }
        text = json.dumps(content, ensure_ascii=True, indent=1)
        replace_file(self._path, text.encode("ascii"))


class _Content(TypedDict):
    format: str
    chain_key: str
    people: dict[str, str]


def _read(path: Path) -> _Content:
    try:
        content: _Content = json.loads(path.read_text(encoding="ascii"))
        if content["format"] != _FORMAT or not isinstance(content["people"], dict):
            raise ValueError("another format")
        bytes.fromhex(content["chain_key"])
    except FileNotFoundError as fault:
        raise SuccessionError(
            f"{path} is missing: without its keys the decision trail cannot be checked. "
            "Put it back from a copy."
        ) from fault
    except (ValueError, LookupError, TypeError) as fault:
        raise SuccessionError(f"{path} is damaged. Put it back from a copy.") from fault
    return content
