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

_TEXT_NODE = re.compile(r"<t(?:\s[^>]*)?>([^<]*)</t>")
_HTML_TEXT = re.compile(r">\s*([^<]*?)\s*<|\"([^\"<>]*)\"")
_PERSON_COLUMNS = frozenset({"employee", "incumbent", "name"})
_NEVER = re.compile(r"(?!)")


class Mentions:
    """Looks for people, each an id or a name with what shall stand in its place.

    An id of digits alone is looked for where text stands, not among amounts.
    """

    def __init__(self, people: Mapping[str, str]) -> None:
        self._people = dict(people)

    def inside(self, name: str, content: bytes) -> bool:
        """Whether somebody is mentioned in a document of that file name."""
        text = content.decode("utf-8", "replace")
        if name.endswith(".xlsx") and zipfile.is_zipfile(io.BytesIO(content)):
            return self._in_workbook(content)
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

    def in_bytes(self, content: bytes) -> bool:
        """Whether a name or an id that is not digits alone stands in a file of any kind."""
        return self._words.search(content.decode("utf-8", "replace")) is not None

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
    def _numbers(self) -> frozenset[str]:
        return frozenset(person for person in self._people if person.isdecimal())

    def _number_among(self, texts: Iterator[str]) -> bool:
        return any(text.strip() in self._numbers for text in texts)

    def _in_workbook(self, content: bytes) -> bool:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for part in archive.namelist():
                text = archive.read(part).decode("utf-8", "replace")
                if self._words.search(html.unescape(text)) is not None:
                    return True
                if self._number_among(iter(_TEXT_NODE.findall(text))):
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
