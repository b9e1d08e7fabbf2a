"""Where people stand in documents, whatever the format; and text with others in their place."""

from __future__ import annotations

import csv
import html
import io
import json
import re
import zipfile
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import Any

__all__ = ["Mentions", "words_in"]

_TEXT_NODE = re.compile(r"<([\w:]+)(?:\s[^>]*)?>([^<]+)<")
_FORMULAS = frozenset({"f", "formula", "formula1", "formula2", "definedName"})
_QUOTED = re.compile(r'"([^"]*)"')
_HTML_TEXT = re.compile(r">\s*([^<]*?)\s*<|\"([^\"<>]*)\"")
_PERSON_COLUMNS = frozenset({"employee", "incumbent", "name"})
_SHORT = 4
_NEVER = re.compile(r"(?!)")


class Mentions:
    """Looks for people, each an id or a name with what shall stand in its place.

    An id of digits alone is looked for where text stands, not among amounts.
    """

    def __init__(self, people: Mapping[str, str]) -> None:
        self._people = dict(people)

    def inside(self, name: str, content: bytes) -> bool:
        """Whether somebody is mentioned in a document of that file name.

        In a binary file that is no workbook short words are not looked for: any bytes hold them.
        """
        if zipfile.is_zipfile(io.BytesIO(content)):
            return self._in_workbook(content)
        text = content.decode("utf-8", "replace")
        if b"\0" in content:
            return self._long_words.search(text) is not None
        if name.endswith(".json"):
            try:
                return any(self._anyone.search(item) for item in _strings(json.loads(text)))
            except ValueError:
                return self._anyone.search(text) is not None
        if name.endswith(".csv"):
            return self._words.search(text) is not None or self._in_csv(text)
        if name.endswith(".html"):
            plain = html.unescape(text)
            found = (part for match in _HTML_TEXT.findall(text) for part in match)
            return self._words.search(plain) is not None or self._number_among(found)
        return self._anyone.search(text) is not None

    def replaced(self, text: str) -> str:
        """The text with others in the place of everybody mentioned."""
        return self._anyone.sub(self._other, text)

    def replaced_words(self, text: str) -> str:
        """The same, but for ids of digits alone, which may be any number."""
        return self._words.sub(self._other, text)

    def replaced_json(self, content: bytes) -> bytes:
        """A JSON document with others in the place of everybody mentioned in its strings."""
        record = self._walked(json.loads(content))
        text = json.dumps(record, ensure_ascii=False, indent=2, allow_nan=False)
        return (text + "\n").encode("utf-8", "backslashreplace")

    def _walked(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.replaced(value)
        if isinstance(value, list):
            return [self._walked(item) for item in value]
        if isinstance(value, dict):
            return {self.replaced(key): self._walked(item) for key, item in value.items()}
        return value

    def _other(self, match: re.Match[str]) -> str:
        return self._people[match[0]]

    @cached_property
    def _anyone(self) -> re.Pattern[str]:
        return _pattern(self._people)

    @cached_property
    def _words(self) -> re.Pattern[str]:
        return _pattern({person for person in self._people if not person.isdecimal()})

    @cached_property
    def _long_words(self) -> re.Pattern[str]:
        return _pattern({person for person in self._people if len(person) > _SHORT})

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(person for person in self._people if person.isdecimal())

    def _number_among(self, texts: Iterator[str]) -> bool:
        return any(text.strip() in self._numbers for text in texts)

    def _in_workbook(self, content: bytes) -> bool:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                texts = list(_texts_of(archive.read(part).decode("utf-8", "replace")))
                if any(self._words.search(text) for _, text in texts):
                    return True
                if self._number_among(text for tag, text in texts if tag != "v"):
                    return True
        return False

    def _in_csv(self, text: str) -> bool:
        if not self._numbers:
            return False
        rows = csv.reader(text.lstrip("\ufeff").splitlines())
        head = [name.strip().casefold() for name in next(rows, [])]
        places = [place for place, name in enumerate(head) if name in _PERSON_COLUMNS]
        return any(
            self._number_among(row[place] for place in places if place < len(row)) for row in rows
        )


def words_in(content: bytes) -> set[str]:
    """Every word of a document, those of a workbook included."""
    if zipfile.is_zipfile(io.BytesIO(content)):
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return set().union(*(words_in(archive.read(part)) for part in archive.namelist()))
    return set(re.findall(r"[\w-]+", html.unescape(content.decode("utf-8", "replace"))))


def _pattern(people: Mapping[str, str] | set[str]) -> re.Pattern[str]:
    """Whoever it is as a word of their own: not E1 in E10 or in E1-b."""
    longest_first = sorted(people, key=lambda person: (-len(person), person))
    if not longest_first:
        return _NEVER
    words = "|".join(map(re.escape, longest_first))
    return re.compile(rf"(?<![\w-])(?:{words})(?![\w-])")


def _texts_of(part: str) -> Iterator[tuple[str, str]]:
    """Texts in a part of a workbook, with their element; of formulas what is quoted, for E1 is a
    cell as well."""
    for tag, text in _TEXT_NODE.findall(part):
        plain = html.unescape(text)
        if tag in _FORMULAS:
            yield from ((tag, quoted) for quoted in _QUOTED.findall(plain))
        else:
            yield tag, plain


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _strings(item)
